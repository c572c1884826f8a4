"""Who issued a page: what its labels, its letterhead and its metadata say."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, NamedTuple

from index.sources.html_text import element_text
from index.sources.issuer_lines import names_issuer, names_site_owner
from index.sources.issuers import (
    body_name,
    is_body,
    is_institution,
    is_name,
    may_be_body,
)
from index.sources.page.blocks import Block, one_line
from index.sources.page.lines import (
    SENTENCE_END,
    is_caption,
    is_mostly_links,
    is_sentence,
)
from index.sources.page.metadata import Metadata
from index.sources.page.name_forms import (
    MAX_LETTERHEAD,
    is_press_office,
    is_slogan,
    is_wide,
    is_word_alone,
    may_be_name,
    owner_name,
)
from index.sources.page.outlet import outlet_name, sure_outlet
from index.sources.page.shown_days import whole_day
from index.sources.page.site_owner import is_foreign, is_of_trail, rights_holder, site_name
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import heads_tags
from index.text.folding import fold

LETTERHEAD = 6
"""Lines above the headline, and below it, in which the name of the issuer may stand alone."""
MIN_LEADING_IN = 6
"""Words of a line that leads in a list (`The Governor today made the following appointments:`); a
label has fewer."""
MAX_SIGNED = 150
"""Characters of a line that says by whom a text was issued."""
_LABEL = re.compile(
    r"(?i)^[(（]?(?:from|issued by|published by|released by|publisher|issuing "
    r"(?:authority|body|agency)|issuer|author(?:ity)?|office|agency|agencies|department|organi[sz]ation|ministry|source|"
    r"herausgeber|herausgegeben von|original-content von|absender|autor|quelle|provenance|auteur|"
    r"publié par|émetteur|editore|(?:distribu|difund)id[ao] por|"
    r"autore|emitido por|publicado por|fuente|fonte|sumber|kilde|källa|lähde|"
    r"zdroj|źródło|izvor|forrás|sursa|kaynak|nguồn|πηγή|источник|джерело|извор|المصدر|منبع|出典|출처|"
    r"communiqué par|organismo|發布機關|發布單位|发布机构|来源|發稿單位|"
    r"供稿|供稿单位|信息来源|信息來源|資料來源|资料来源|來源|稿源|主办单位|主辦單位|"
    r"発表(?:者|機関|元)?|発行(?:元|者)?|(?:情報)?発信元|발행처?|배포처|제공(?:부서|기관)|издатель|vydavatel|wydawca|"
    r"utgivare|avsändare|avsender|utgiver|afsender|udgiver|julkaisija|afzender|uitgegeven door|"
    r"entidade?|órgano|pengirim|đơn vị|الجهة(?: المصدرة)?|صادر عن|"
    r"מאת|contact office)\s*(?:\(?s\)?|于|於)?\s*[:：]\s*(.*?)[)）]?$"
)
_SIGNED = re.compile(
    r"(?i)^[(（]?(?:(?:issued|published|released) by (?:the )?|"
    r"(?:communiqué|publié) par (?:le |la |l['’]|les )?|"
    r"herausgegeben (?:von |vom )(?:der |dem )?|(?:emitido|publicado) por (?:el |la |o |a )?|"
    r"uitgegeven door (?:het |de )?)([^.:]{6,120})\.?[)）]?$"
)
"""`Issued by the Ministry of X`: how a text ends."""
_OF_CONTACTS = re.compile(r"(?i)(?:contact )?office\s*:")
"""A label that below a text says who answers questions about it."""
_LABEL_INSIDE = re.compile(
    r"(?:来源|來源|出處|发布机构|发布单位|發布單位|發布機關|發稿單位|소관부처|담당부처)[于於]?\s*[:：]\s*(\S{2,40})"
)
"""Labels that stand in a line with the date, in scripts without spaces."""
_BARE_LABELS = (
    r"communiqué par|from|issued by|published by|herausgeber|publié par|issuing authority|"
    r"agency|organisations?|a cura di|verantwoordelijk|cơ quan chủ quản|auteur|autore|autor|"
    r"author"
)
_BARE_LABEL = re.compile(rf"(?i)^(?:{_BARE_LABELS})$")
_LABEL_BESIDE = re.compile(
    rf"(?i)^(?:{_BARE_LABELS}|departments?|ministry|institution|dependencia|entidad|organismo|"
    r"autor|fuente|source|publisher)$"
)
"""The same where the name stands in the same line: a menu has such words alone."""
_FROM = re.compile(
    r"(?i)^(?:by|por|par|di|av|af|od|oleh|door|autor|от|від|"
    r"(?:[^\W\d_]+ ){0,2}(?:from|issued by|published by|von|vom|från|fra|van|del?|da|du))[: ] ?"
    r"(?:the )?(?=[^\W\d_])(.{4,})$"
)
_JOINT = re.compile(r"\s+(?:and|und|et|y)\s+(?=the\b|[A-Z]\w*\s+[A-Z])|;|\s\|\s")
"""Parts the names of bodies that issue something together."""
_CALLED_ISSUER = re.compile(
    r"(?i)\b(?:organi[sz]ations?|ministr(?:y|ies)|departments?|dept|office|issuer|publisher|customer|agency)\b"
)
_SENT = re.compile(
    r"(?i)^(?P<sender>[^\W\d_].{3,80}?) sent this (?:bulletin|message|email)\b|"
    r"^subscribe to updates from (?:the )?(?P<list>[^\W\d_].{3,80})$"
)
"""Who sent what a service for bulletins shows."""
_NAME_GOES_ON = re.compile(r"(?i)(?:of|for|and|de|del|des|du|da|do|der|des|und|für|et|y|e|i)\s")
_IN_PLACE = re.compile(r"^[市县縣區区省州][\u3400-\u9fff]{2,14}$")
"""An office as its own city names it, without the city's name."""
_SENDER = re.compile(r"(?i)(?:from|issued by|published by|released by)\s?:")
"""A label that says who issued a page, not who wrote or holds something on it."""
_NEXT_LABEL = re.compile(r"\s+\S{1,6}[:：].*$|[|｜].*$|, übermittelt durch .*$")
"""What follows a value in a line of labels."""


class StatedAgency(NamedTuple):
    """The agency that a page states with the rule that found it, one that it suggests, and, where
    there is neither, a name that is one if other pages of the site show it, too."""

    name: str | None
    rule: str
    weak: str | None
    possible: str | None = None


def page_agency(
    root: Any, metadata: Metadata, every_block: list[Block], headline: int, titles: tuple[str, ...]
) -> StatedAgency:
    """What a page says of its issuer, labels first, then structured data, then its letterhead.

    :param every_block: all lines, with those of header and footer; `headline`: the number of the
        one that shows the headline, -1 if none does.
    :param titles: parts of the page's title that are not its headline.
    """
    medium = sure_outlet(metadata)
    if medium is not None:
        return StatedAgency(medium, "json-ld", medium)
    headline_text = every_block[headline].text if headline >= 0 else metadata.title
    others = [block for place, block in enumerate(every_block) if place != headline]
    weak = site_name(root, metadata, others, titles, headline_text)
    stated = _stated(metadata, every_block, headline, headline_text, weak)
    if stated is not None:
        return StatedAgency(*stated, weak)
    letterhead = _letterhead(every_block, headline, titles)
    called = _called_issuer(every_block, headline) if letterhead is None else None
    if called is not None and not _site_states_another(metadata, called):
        return StatedAgency(called, "from-line", weak)
    if letterhead is not None and _site_states_another(metadata, letterhead):
        letterhead = None
    if letterhead is None and weak is None:
        weak = outlet_name(root, metadata, every_block, headline)
        if weak is not None and "newsarticle" in metadata.kinds:
            return StatedAgency(weak, "json-ld", weak)
    nobody = letterhead is None and weak is None
    possible = _possible_name(metadata, every_block, headline, titles) if nobody else None
    return StatedAgency(letterhead, "letterhead" if letterhead else "", weak, possible)


def _stated(
    metadata: Metadata, blocks: list[Block], headline: int, headline_text: str, weak: str | None
) -> tuple[str | None, str] | None:
    """The name that a label, structured data or a signature states, with the rule."""
    issuers = {fold(name) for name, source in metadata.agencies if source == "meta-issuer"}
    labelled = _labelled(blocks, headline, issuers) or _from_whom(blocks, headline)
    if labelled is not None:
        if is_press_office(labelled) and weak is not None:
            labelled = weak
        return _with_place(labelled, blocks), "from-line"
    for value, source in metadata.agencies:
        name = rights_holder(value) or value
        known = may_be_body(name) if source == "meta-issuer" else is_body(name)
        translated = weak is not None and _is_translated(name, weak, headline_text)
        if translated or (weak is not None and is_press_office(name)):
            continue
        if known and fold(name) != fold(metadata.title):
            return owner_name(name), source.removesuffix("-issuer")
    signed = _signed(blocks[max(headline, 0) + 1 :])
    return (signed, "from-line") if signed is not None else None


def _is_translated(name: str, weak: str, headline: str) -> bool:
    """Whether a name is in other letters than the page, whose own name for its site is not."""
    return is_foreign(name, headline) and not is_foreign(weak, headline)


def _possible_name(
    metadata: Metadata, blocks: list[Block], headline: int, titles: tuple[str, ...]
) -> str | None:
    """A line above the headline, the end of the title or the site's name that is written like the
    name of a body and is none by its words (`Fisheries and Oceans`)."""
    above = blocks[max(0, headline - LETTERHEAD) : max(0, headline)]
    lines = [block.text for block in reversed(above) if not block.linked]
    return next(filter(may_be_name, (*titles[-1:], *metadata.site_names[:1], *lines)), None)


def _site_states_another(metadata: Metadata, letterhead: str) -> bool:
    """Whether the site calls itself by the name of another body: what it states beats a guess."""
    named = [name for name in metadata.site_names if is_institution(name) and is_name(name)]
    return any(fold(name) != fold(letterhead) and not is_wide(name) for name in named[:1])


def _labelled(blocks: list[Block], headline: int, stated: set[str]) -> str | None:
    """`From: Ministry of X`, `Herausgeber` with the name on the next line or in the next cell.

    The name of a body, or any name that metadata state as well (`stated`, folded).
    """
    start = max(0, headline - 15)

    def known(name: str | None) -> bool:
        if not name:
            return False
        return may_be_body(name) or names_issuer(name) or fold(name) in stated

    for place in range(start, len(blocks)):
        text = blocks[place].text
        match = _LABEL.match(text) if len(text) < 300 else None
        if match and _OF_CONTACTS.match(text) and _is_below_text(blocks, headline, place):
            continue
        inside = _LABEL_INSIDE.search(text) if len(text) < 120 else None
        value = match[1] if match else inside[1] if inside else ""
        bare = bool(_BARE_LABEL.match(text)) or (match is not None and not value)
        first = None
        beside = _beside_label(blocks[place])
        if beside is not None:
            value = beside
        elif bare and place + 1 < len(blocks):
            value, first = blocks[place + 1].text, _first_link(blocks[place + 1])
        value = _NEXT_LABEL.sub("", value) if inside or not value.isascii() else value
        names = [owner_name(part) for part in (first, *_parts(value)) if part]
        if names and names[0] and any(map(known, names)):
            return None if is_phrase("own", names[0]) else names[0]
        if names and names[0] and _SENDER.match(text) and _is_shown_again(names[0], blocks, place):
            return names[0]
    return None


def _is_shown_again(name: str, blocks: list[Block], place: int) -> bool:
    """Whether another line of the page is that name, which is written like that of a body."""
    others = (block.text for each, block in enumerate(blocks) if each != place)
    return may_be_name(name) and any(fold(line) == fold(name) for line in others)


def _signed(below: list[Block]) -> str | None:
    """Whom a line below the headline says to have issued it, in a sentence without a label."""
    for block in below:
        match = _SIGNED.match(block.text) if len(block.text) < MAX_SIGNED else None
        name = owner_name(match[1]) if match else None
        if name is not None and names_site_owner(name) and not is_word_alone(name):
            return name
    return None


def _with_place(name: str, blocks: list[Block]) -> str:
    """`市X局` as a line of the page says it in full, with the name of its city."""
    if not _IN_PLACE.match(name):
        return name
    full = (block.text for block in blocks if block.text.endswith(name) and block.text != name)
    return next((line for line in full if re.fullmatch("[\u3400-\u9fff]{5,24}", line)), name)


def _is_below_text(blocks: list[Block], headline: int, place: int) -> bool:
    return any(is_sentence(block.text) for block in blocks[headline + 1 : place])


def _beside_label(block: Block) -> str | None:
    """`<span>Department</span><span>Ministry of X</span>`: what follows a label that stands in an
    element of its own, without a colon; or with one, and other labels follow."""
    element = block.element
    if len(element) == 0 or len(block.text) > MAX_LETTERHEAD or (element.text or "").strip():
        return None
    label = one_line(element[0].text_content())
    if len(element) > 2 and label.endswith((":", "：")) and _LABEL.match(label):
        return one_line(element[1].text_content())
    if not label or label == block.text or not _LABEL_BESIDE.match(label):
        return None
    return block.text[len(label) :].strip()


def _from_whom(blocks: list[Block], headline: int) -> str | None:
    """`Press release from Ministry of X`, `3 March | Ministry of X`: a line beside the headline."""
    around = range(max(0, headline - LETTERHEAD), min(len(blocks), headline + 1 + LETTERHEAD))
    for place in around if headline >= 0 else ():
        text = blocks[place].text
        if len(text) > MAX_LETTERHEAD or place == headline:
            continue
        if (linked := _linked_issuer(blocks[place])) is not None:
            return linked
        if is_mostly_links(blocks[place]):
            continue
        sent = _SENT.match(text)
        sender = owner_name(sent["sender"] or sent["list"]) if sent else None
        if sender is not None and may_be_body(sender):
            return sender
        match = _FROM.match(text)
        day = whole_day(text)
        undated = _parted(text.replace(day, " | ")) if day and not SENTENCE_END.search(text) else []
        parts = [match[1]] if match else (undated or text.split(" | ")[1:])
        names = (name for part in parts if (name := body_name(part)))
        found = next((name for name in names if names_issuer(name)), None)
        if found is not None and not is_slogan(found) and not is_word_alone(found):
            return found
    return None


def _linked_issuer(block: Block) -> str | None:
    """`From <a>Ministry of X</a>`, `By: <a>Ministry of X</a>, <a>Ministry of Y</a>`: the first body
    that is a link behind such a word."""
    if not block.links or not (block.element.text or "").strip() or _FROM.match(block.text) is None:
        return None
    name = body_name(_first_link(block) or "")
    return name if name is not None and names_issuer(name) and not is_word_alone(name) else None


def _parted(line: str) -> list[str]:
    """Parts of a line, and of each what is before its last comma if one word follows that
    (`Ministry of X, published`)."""
    parts = re.split(r"\s[|·•–-]\s|\|", line)
    return [re.sub(r",\s+[^\s,]+\s*$", "", part) for part in parts]


def _parts(value: str) -> tuple[str, ...]:
    """The first of the bodies in a value, and the value; one name may hold an `and`, too.

    `Securities and Exchange Commission` is one body, and so is `Department of Health and Human
    Services`: what stands on both sides of the `and` must be a body's whole name.
    """
    parts = _JOINT.split(value)
    if len(parts) < 2 or not is_body(parts[0]):
        return (value,)
    last = re.sub(r"(?i)^the ", "", parts[-1].strip())
    whole = names_issuer(last) and not last.lower().endswith("services")
    return (parts[0], value) if whole else (value,)


def _first_link(block: Block) -> str | None:
    """The first of several bodies, where each is a link of its own."""
    if block.links < 1 or block.linked < 4:
        return None
    links = block.element.xpath(".//a[@href]")
    return one_line(element_text(links[0])) if links else None


def _letterhead(blocks: list[Block], headline: int, titles: tuple[str, ...]) -> str | None:
    """Lines beside the headline that are a body's name and nothing else; of a run the first,
    which names the body whose office the next one is, or the one that the page's title names."""
    if headline < 0:
        return None
    own = {fold(title) for title in titles}
    above = range(headline - 1, max(-1, headline - 1 - LETTERHEAD), -1)
    below = range(headline + 1, min(len(blocks), headline + 1 + LETTERHEAD))
    heads = takewhile(lambda place: not _ends_heads(blocks[place].text), below)
    for places, step in ((above, -1), (heads, 0)):
        place = next((each for each in places if _heads_letter(blocks[each])), None)
        if place is None:
            continue
        while step and place > 0 and _heads_letter(blocks[place - 1]):
            if fold(blocks[place].text) in own or is_wide(blocks[place - 1].text):
                break
            place -= 1
        return owner_name(_whole_name(blocks, place))
    return None


def _whole_name(blocks: list[Block], place: int) -> str:
    """A name at the head of a page with the line that goes on with it, where a break parts them."""
    block, below = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
    if below is None or below.element is not block.element or not _NAME_GOES_ON.match(below.text):
        return block.text
    whole = f"{block.text} {below.text}"
    return whole if len(whole) <= MAX_LETTERHEAD and names_issuer(whole) else block.text


def _ends_heads(text: str) -> bool:
    """Whether a line is running text, leads in what follows, or is a label of subjects: what comes
    after it heads nothing."""
    running = len(text) > MAX_LETTERHEAD and bool(SENTENCE_END.search(text))
    leads_in = text.endswith((":", "：")) and len(text.split()) >= MIN_LEADING_IN
    return running or leads_in or heads_tags(text)


def _heads_letter(block: Block) -> bool:
    text = block.text
    if (
        len(text) > MAX_LETTERHEAD
        or (block.linked and not _is_called_issuer(block))
        or SENTENCE_END.search(text)
        or is_caption(block)
        or re.search(r"[…;]$|\d|[/›»©|，。！？；「」]", text)
    ):
        return False
    if text.lower().startswith("copyright"):
        return False
    if is_word_alone(text) or is_slogan(text):
        return False
    if body_name(text) is None or not names_issuer(text) or not is_institution(text):
        return False
    return not is_of_trail(block.element)


def _called_issuer(blocks: list[Block], headline: int) -> str | None:
    """A name of a body, in small letters, too, in an element beside the headline that is called
    what those who issue releases are, and stands in one line with others."""
    if headline < 0:
        return None
    for block in blocks[max(0, headline - LETTERHEAD) : headline + 1 + LETTERHEAD]:
        for element in block.element.iterdescendants("span", "a", "div"):
            if _CALLED_ISSUER.search(element.get("class") or "") is None:
                continue
            text = one_line(element.text_content())[:MAX_LETTERHEAD]
            name = body_name(text[:1].upper() + text[1:])
            if name is not None and names_issuer(name) and not is_word_alone(name):
                return name
    return None


def _is_called_issuer(block: Block) -> bool:
    """Whether an element, or the one around it, is called what those who issue releases are."""
    if block.links != 1:
        return False
    around = (block.element, block.element.getparent(), next(block.element.iter("a"), None))
    called = " ".join(each.get("class") or "" for each in around if each is not None)
    return _CALLED_ISSUER.search(called) is not None
