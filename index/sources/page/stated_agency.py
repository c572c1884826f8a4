"""Who issued a page: what its labels, its letterhead and its metadata say."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, NamedTuple

from index.addresses import split_address
from index.sources.issuer_lines import is_kind_alone, names_issuer, names_site_owner
from index.sources.issuers import (
    body_name,
    is_body,
    is_institution,
    is_name,
    may_be_body,
)
from index.sources.page.blocks import Block, one_line
from index.sources.page.lines import (
    RIGHTS_RESERVED,
    SENTENCE_END,
    is_caption,
    is_mostly_links,
    is_sentence,
)
from index.sources.page.metadata import Metadata
from index.sources.page.shown_days import whole_day
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import heads_tags
from index.sources.page.title_lines import is_generic, title_parts
from index.text.analysis import fold

LETTERHEAD = 6
"""Lines above the headline, and below it, in which the name of the issuer may stand alone."""
MAX_LETTERHEAD = 100
MIN_LINKED = 3
"""Words of a name in a link at the top from which it is the site's: `City Council` is a section."""
MAX_AGREED = 7
"""Words of a name that only agreement tells to be a body's."""

_LABEL = re.compile(
    r"(?i)^(?:from|issued by|published by|released by|publisher|issuing (?:authority|body|agency)|"
    r"issuer|author(?:ity)?|office|agency|agencies|department|organi[sz]ation|ministry|source|"
    r"herausgeber|herausgegeben von|original-content von|absender|autor|quelle|provenance|auteur|"
    r"publié par|émetteur|editore|"
    r"autore|emitido por|publicado por|fuente|organismo|發布機關|發布單位|发布机构|来源|發稿單位|"
    r"供稿|供稿单位|信息来源|信息來源|資料來源|资料来源|來源|稿源|主办单位|主辦單位|"
    r"発表(?:者|機関)?|発行(?:元|者)?|(?:情報)?発信元|발행처?|배포처|제공(?:부서|기관)|издатель|vydavatel|wydawca|"
    r"utgivare|avsändare|avsender|utgiver|afsender|udgiver|julkaisija|afzender|uitgegeven door|"
    r"entidade?|órgano|pengirim|đơn vị|الجهة(?: المصدرة)?|صادر عن|"
    r"contact office)\s*(?:\(?s\)?|于|於)?\s*[:：]\s*(.*)$"
)
_OF_CONTACTS = re.compile(r"(?i)(?:contact )?office\s*:")
"""A label that below a text says who answers questions about it."""
_LABEL_INSIDE = re.compile(
    r"(?:来源|來源|出處|发布机构|发布单位|發布單位|發布機關|發稿單位|소관부처|담당부처)[于於]?\s*[:：]\s*(\S{2,40})"
)
"""Labels that stand in a line with the date, in scripts without spaces."""
_BARE_LABEL = re.compile(
    r"(?i)^(?:from|issued by|published by|herausgeber|publié par|issuing authority|"
    r"agency|organisations?|a cura di|verantwoordelijk|cơ quan chủ quản|auteur|autore|autor|"
    r"author)$"
)
_LABEL_BESIDE = re.compile(
    rf"{_BARE_LABEL.pattern[:-2]}|departments?|ministry|institution|dependencia|entidad|organismo|"
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
_NO_ISSUER = re.compile(
    r"(?i)\d|®|\bweb ?sites? by\b|^(?:built|powered|designed|hosted|developed) by\b|"
    r"^(?:\w+ ){0,2}(?:departments|"
    r"agencies|ministries|services|offices|governments|boards)\b(?! (?:of|de)\b)"
)
_BARE_KIND = re.compile(
    r"(?i)(?:the )?(?:minist\w+|department|d[eé]partement|departamento|office|agency|agence|bureau|"
    r"government|gouvernement|gobierno|governo|regierung|authority|council|commission|services?|"
    r"administration|secretary|secretariat|secretar[ií]a|court|board|committee|division)"
)
"""A word for a kind of body is no body's name."""
_COPYRIGHT = re.compile(
    r"(?i)(?:(?:©|\(c\)|copyright|版权所有|版權所有|主办单位|主辦單位|主办|"
    r"cơ quan chủ quản|đơn vị chủ quản|"
    r"bản quyền|hak cipta(?: terpelihara)?|(?:کلیه|تمامی) حقوق .{0,20}متعلق به|جميع الحقوق محفوظة|"
    rf"(?:{RIGHTS_RESERVED})\s+\w+)"
    r"[\s\d,–:：.-]*)+(?:by\s+|the\s+|thuộc(?: về)?\s+|لـ\s*)?(.*)"
)
_RESERVED = (
    r"[.|]| - |\s(?:技术支持|技術支援|承办|备案|地址|(?:powered|designed|developed|built) by\b)|"
    rf"\b(?:{RIGHTS_RESERVED})| است$| می باشد| می‌باشد"
)
"""What follows the name of who holds a copyright."""
_CALLED_ISSUER = re.compile(
    r"(?i)\b(?:organi[sz]ations?|ministr(?:y|ies)|departments?|dept|issuer|publisher|customer|agency)\b"
)
_YEARS = re.compile(r"(?<![\s,–-])[\s,–-]*\b(?:19|20)\d\d(?:\s?[–-]\s?\d{2,4})?\s*$")
_PREFIXED = ((re.compile("^لل"), "ال"), (re.compile("^ل(?!جن)"), ""))
"""`Of` as Arabic writes it before a name, one word with it, and what the name is without it."""
_COMPANY = re.compile(
    r"(?i)\b(?:gmbh|ltd|limited|inc|llc|corp|s\.?a\.?|s\.?r\.?l|s\.?p\.?a|n\.?v|b\.?v|ag|plc|pty|oy|ab|"
    r"a/s|kft|sp\. z o\.o|ооо|оао|зао|пао)\.?$|公司$|株式会社|㈱|주식회사"
)
_WIDE = re.compile(
    r"(?i)^(?:the )?(?:government|gouvernement|gobierno|governo|regierung|bundesregierung|state|"
    r"republic|commonwealth)\b|portal|\bpress\b|gov\.|政府$"
)
"""Names of whole governments and of portals: a body of theirs may head a page."""
_LOGOS = (
    '//header//img/@alt | //a[@rel="home"]/@title | //a[@rel="home"]//img/@alt | '
    '//*[contains(@class, "logo")]//@alt | //*[contains(@id, "logo")]//@alt | '
    '//img[contains(@alt, "logo") or contains(@alt, "Logo")]/@alt | //a[@href="/"]//img/@alt | '
    '//a[@rel="home"]//text() | //a[contains(@class, "brand")]//text() | '
    '//*[contains(@class, "site-title") or @id="site-name" or '
    'contains(@class, "site-name") or contains(@id, "logo") or @class="logo"]//text() | '
    '//a[@href="/" or @href="./" or @href="index.html"]//text()'
)
_OF_GOVERNMENT = re.compile(
    r"(?:^|\.)(?:gov|gob|gouv|gub|govt|go|gv|mil|gc|admin|bund|riik)(?:\.|$)"
)
"""Labels of hosts that governments alone are given."""
_OF_SITES = re.compile(
    r"(?i)\b(?:news\w*|media|online|digital\w*|services?|information|newsroom|plataforma|home|gov\w*|"
    r"official|public|blog|gateway|hub|centre|center)\b|[.\d]"
)
"""Words of a site's name that say what the site is, not whose."""
_NO_NAMES = ("related", "sharing", "contact", "standing", "vendor", "error")
_NOT_IN_NAMES = re.compile(r"[/›»©|:;!?。、，「」]|\.$|…")
_TRAILS = (
    '//*[contains(@class, "breadcrumb") or contains(@id, "breadcrumb") or '
    '@aria-label="breadcrumb" or @aria-label="Breadcrumb"]//a[@href]'
)
_BRACKETED = re.compile(r"\s*\((?![A-ZÄÖÜ]{2,}\))[^()]*\)$")
"""Words in brackets after a name that are no abbreviation of it (`(link to the home page)`)."""
_NEXT_LABEL = re.compile(r"\s+\S{1,6}[:：].*$|[|｜].*$|, übermittelt durch .*$")
"""What follows a value in a line of labels."""

_SLOGAN = re.compile(
    r"(?i)^an? |\bvisit\b|\b(?:remarks|statement|speech) by\b|\bweb ?site\b|\bportal\b|портал"
)
_SITE_WORDS = re.compile(
    r"(?i)(?:全球資訊網|门户网站|官方网站|官网|網站|网站|(?:公式)?(?:ホームページ|(?:ウェブ|Web)?サイト)|홈페이지|누리집)$|"
    r"^(?:(?:home(?: ?page)?|accueil|retour à l['’]accueil|startseite|zur startseite|inicio|início|"
    r"página inicial|forside|etusivu|strona główna|domů|naslovna|главная|головна)\s*[-–|:]\s*|"
    r"t\.c\. ?(?=\w{3})|cổng thông tin điện tử |trang thông tin điện tử |"
    r"portal (?:rasmi|resmi|oficial|officiel) (?:d[aeou]s? |del |de la )?|"
    r"(?:the )?logo (?:of |der |des )?|welcome to |"
    r"(?:پورتال|درگاه|وب‌?\s?سایت|پایگاه اطلاع\s?رسانی|بوابة|موقع)\s+|"
    r"(?:the )?official (?:web ?site|site|page|portal) of (?:the )?)|"
    r"\s*(?:[-|]\s*)?\b(?:logo|home(?: ?page)?|seal|web ?site|official site|portal)$"
)


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
    others = [block for place, block in enumerate(every_block) if place != headline]
    weak = _site_name(root, metadata, others, titles)
    stated = {fold(name) for name, source in metadata.agencies if source == "meta-issuer"}
    labelled = _labelled(every_block, headline, stated) or _from_whom(every_block, headline)
    if labelled is not None:
        return StatedAgency(labelled, "from-line", weak)
    for name, source in metadata.agencies:
        known = may_be_body(name) if source == "meta-issuer" else is_body(name)
        if known and fold(name) != fold(metadata.title):
            return StatedAgency(name, source.removesuffix("-issuer"), weak)
    letterhead = _letterhead(every_block, headline)
    if letterhead is not None and _site_states_another(metadata, letterhead):
        letterhead = None
    nobody = letterhead is None and weak is None
    possible = _possible_name(metadata, every_block, headline, titles) if nobody else None
    return StatedAgency(letterhead, "letterhead" if letterhead else "", weak, possible)


def _possible_name(
    metadata: Metadata, blocks: list[Block], headline: int, titles: tuple[str, ...]
) -> str | None:
    """A line above the headline, the end of the title or the site's name that is written like the
    name of a body and is none by its words (`Fisheries and Oceans`)."""
    above = blocks[max(0, headline - LETTERHEAD) : max(0, headline)]
    lines = [block.text for block in reversed(above) if not block.linked]
    return next(filter(_may_be_name, (*titles[-1:], *metadata.site_names[:1], *lines)), None)


def _may_be_name(line: str) -> bool:
    if len(line) > MAX_LETTERHEAD or not 2 <= len(line.split()) <= MAX_AGREED or not is_name(line):
        return False
    if body_name(line) is None or is_generic(line, set()) or is_kind_alone(line):
        return False
    if any(is_phrase(kind, line) for kind in _NO_NAMES):
        return False
    marks = (_NO_ISSUER, _SLOGAN, _COMPANY, _WIDE, _OF_SITES, _NOT_IN_NAMES)
    return not any(each.search(line) for each in marks)


def _site_states_another(metadata: Metadata, letterhead: str) -> bool:
    """Whether the site calls itself by the name of another body: what it states beats a guess."""
    named = [name for name in metadata.site_names if is_institution(name) and is_name(name)]
    return any(fold(name) != fold(letterhead) and not _WIDE.search(name) for name in named[:1])


def _labelled(blocks: list[Block], headline: int, stated: set[str]) -> str | None:
    """`From: Ministry of X`, `Herausgeber` with the name on the next line or in the next cell.

    The name of a body, or any name that metadata state as well (`stated`, folded).
    """
    start = max(0, headline - 15)
    for place in range(start, len(blocks)):
        text = blocks[place].text
        match = _LABEL.match(text) if len(text) < 300 else None
        if match and _OF_CONTACTS.match(text) and _is_below_text(blocks, headline, place):
            continue
        inside = _LABEL_INSIDE.search(text) if len(text) < 120 else None
        value = match[1] if match else inside[1] if inside else ""
        bare = bool(_BARE_LABEL.match(text)) or (match is not None and not value)
        first = None
        beside = _beside_label(blocks[place]) if match is None else None
        if beside is not None:
            value = beside
        elif bare and place + 1 < len(blocks):
            value, first = blocks[place + 1].text, _first_link(blocks[place + 1])
        value = _NEXT_LABEL.sub("", value) if inside or not value.isascii() else value
        parts = (_SITE_WORDS.sub("", part) for part in (first, *_parts(value)) if part)
        names = [body_name(part) for part in parts]
        if names and names[0] and any(n and (may_be_body(n) or fold(n) in stated) for n in names):
            return None if is_phrase("own", names[0]) else names[0]
    return None


def _is_below_text(blocks: list[Block], headline: int, place: int) -> bool:
    return any(is_sentence(block.text) for block in blocks[headline + 1 : place])


def _beside_label(block: Block) -> str | None:
    """`<span>Department</span><span>Ministry of X</span>`: what follows a label without a colon
    that stands in an element of its own."""
    element = block.element
    if len(element) == 0 or len(block.text) > MAX_LETTERHEAD or (element.text or "").strip():
        return None
    if not isinstance(element[0].tag, str):  # a comment
        return None
    label = one_line(element[0].text_content())
    if not label or label == block.text or not _LABEL_BESIDE.match(label):
        return None
    return block.text[len(label) :].strip()


def _from_whom(blocks: list[Block], headline: int) -> str | None:
    """`Press release from Ministry of X`, `3 March | Ministry of X`: a line beside the headline."""
    around = range(max(0, headline - LETTERHEAD), min(len(blocks), headline + 1 + LETTERHEAD))
    for place in around if headline >= 0 else ():
        text = blocks[place].text
        if len(text) > MAX_LETTERHEAD or place == headline or is_mostly_links(blocks[place]):
            continue
        match = _FROM.match(text)
        day = whole_day(text)
        undated = _parted(text.replace(day, " | ")) if day and not SENTENCE_END.search(text) else []
        parts = [match[1]] if match else (undated or text.split(" | ")[1:])
        names = (name for part in parts if (name := body_name(part)))
        found = next((name for name in names if names_issuer(name)), None)
        if found is not None and not _SLOGAN.search(found) and not _BARE_KIND.fullmatch(found):
            return found
    return None


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
    return one_line(links[0].text_content()) if links else None


def _letterhead(blocks: list[Block], headline: int) -> str | None:
    """Lines beside the headline that are a body's name and nothing else; of a run the first,
    which names the body whose office the next one is."""
    if headline < 0:
        return None
    above = range(headline - 1, max(-1, headline - 1 - LETTERHEAD), -1)
    below = range(headline + 1, min(len(blocks), headline + 1 + LETTERHEAD))
    heads = takewhile(lambda place: not _ends_heads(blocks[place].text), below)
    for places, step in ((above, -1), (heads, 0)):
        place = next((each for each in places if _heads_letter(blocks[each])), None)
        if place is None:
            continue
        while step and place > 0 and _heads_letter(blocks[place - 1]):
            place -= 1
        return body_name(blocks[place].text)
    return None


def _ends_heads(text: str) -> bool:
    """Whether a line is running text, or a label of subjects: what comes after it heads nothing."""
    running = len(text) > MAX_LETTERHEAD and bool(SENTENCE_END.search(text))
    return running or heads_tags(text)


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
    if _BARE_KIND.fullmatch(text) or _SLOGAN.search(text):
        return False
    return body_name(text) is not None and names_issuer(text) and is_institution(text)


def _is_called_issuer(block: Block) -> bool:
    """Whether an element, or the one around it, is called what those who issue releases are."""
    around = (block.element, block.element.getparent())
    called = " ".join(each.get("class") or "" for each in around if each is not None)
    return block.links == 1 and _CALLED_ISSUER.search(called) is not None


def _site_name(
    root: Any, metadata: Metadata, others: list[Block], titles: tuple[str, ...]
) -> str | None:
    """A body that the site is named after: its stated name, the end of its titles, its logo, or
    who holds its copyright.

    :param others: the lines of the page without its headline.
    """
    for names in (
        lambda: metadata.site_names,
        lambda: titles[::-1],
        lambda: _trail(root),
        lambda: _owners(others),
        lambda: _logos(root),
        lambda: _edges(others),
    ):  # each is looked for only where those before it name nobody
        for candidate in names():
            line = one_line(candidate)
            named = [part for part in title_parts(line) if is_body(part)]
            line = named[-1] if len(named) == 1 else line
            name = body_name(_BRACKETED.sub("", _SITE_WORDS.sub("", line)))
            if name is not None and len(set(title_parts(name))) == 1:
                name = title_parts(name)[0]
            if name is None or len(name) > MAX_LETTERHEAD or _NO_ISSUER.search(name):
                continue
            if _BARE_KIND.fullmatch(name) or is_kind_alone(name):
                continue
            if _SLOGAN.search(name) or _COMPANY.search(name):
                continue
            if any(is_phrase(kind, name) for kind in ("vendor", "section", "contact")):
                continue
            if names_site_owner(name) or (is_body(name) and is_name(name)):
                return name
    return _agreed_name(metadata, titles)


def _agreed_name(metadata: Metadata, titles: tuple[str, ...]) -> str | None:
    """What a site of a government calls itself and its titles end with: the name of a body without
    a word for one (`National Coast Survey`)."""
    host = split_address(metadata.url).hostname or ""
    if not _OF_GOVERNMENT.search(host):
        return None
    ends = {fold(part) for part in titles}
    for name in metadata.site_names:
        words = name.split()
        if fold(name) not in ends or not 2 <= len(words) <= MAX_AGREED or not is_name(name):
            continue
        if not (_WIDE.search(name) or _SLOGAN.search(name) or _OF_SITES.search(name)):
            return name
    return None


def _logos(root: Any) -> list[str]:
    """Names in the logo and in the link to the home page."""
    return [str(each) for each in root.xpath(_LOGOS)]


def _trail(root: Any) -> list[str]:
    """Names of bodies in the trail of links to a page, the nearest first: on the site of a whole
    government it leads over the body that the page is of."""
    links = [one_line(link.text_content()) for link in root.xpath(_TRAILS)]
    return [name for name in reversed(links) if names_issuer(name)]


def _owners(blocks: list[Block]) -> list[str]:
    """Who holds the copyright, as the last lines of the page say."""
    rights = (_COPYRIGHT.search(block.text) for block in blocks[-60:] if len(block.text) < 250)
    names = [re.split(_RESERVED, match[1], flags=re.IGNORECASE)[0] for match in rights if match]
    return [_unprefixed(_YEARS.sub("", name.strip(" ©")).strip(" ©")) for name in names]


def _unprefixed(name: str) -> str:
    for prefix, instead in _PREFIXED:
        name = prefix.sub(instead, name)
    return name


def _edges(blocks: list[Block]) -> list[str]:
    """Lines at the top and the foot of the page that are a body's name; else the one name of a body
    among the links at its top: a menu has several, or words alone."""
    near = [
        block
        for block in (*blocks[:12], *blocks[-12:])
        if not is_caption(block) and names_issuer(_SITE_WORDS.sub("", block.text))
    ]
    stated = [block.text for block in near if not block.linked]
    linked = {block.text for block in near if block.linked and block in blocks[:12]}
    whole = [name for name in linked if len(name.split()) >= MIN_LINKED]
    return stated or (whole if len(linked) == 1 else [])
