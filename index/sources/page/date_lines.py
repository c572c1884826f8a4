"""The date of issue as a page shows it: near the headline, at the foot, in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from index.addresses import split_address
from index.dates.day_order import order_in, order_of_dots
from index.dates.resolution import FoundDate, read_date
from index.sources.page.blocks import Block, width
from index.sources.page.lines import SENTENCE_END, may_lead_to_headline, related_from
from index.sources.page.metadata import Metadata
from index.sources.page.shown_days import (
    MAX_DATE_LINE,
    NUMERAL,
    date_in_line,
    dateline_day,
    full_day,
)
from index.sources.page.title_lines import is_day_alone, names_kind
from index.sources.record_dates import as_written

NEAR_BEFORE, NEAR_AFTER = 8, 10
"""Lines before and after the headline in which its date may stand."""
FOOT_LINES = 12
"""Lines at the end of the text in which a date may stand."""
DATELINE_LINES = 5
"""Lines after the headline that may begin with the date (`Bern, 17.08.2007 - ...`)."""
MIN_PARAGRAPH = 60
"""Width from which a line is text, no label: an ideograph says as much as three letters."""
MIN_SENTENCE_WORDS = 3
"""Words in lower case, the date apart, of a sentence; `Done at Bern on 1 May 2025.` has two."""

MIN_SENTENCE_LETTERS = 6
"""Letters of the same in scripts that have no small ones (`本办法自2025年2月1日起施行。`)."""

_CHANGE_LABELS = (
    r"updated?\b|modifi|last (?:change|review|edit)|revis|änderung|aktualisiert|geändert|"
    r"mis à jour|mise à jour|actualiza|atualiza|aggiorna|обновлен|оновлен|更新|修正|수정|갱신|"
    r"aktualiza[cč]|posodobl|oppdatert|uppdaterad|opdateret|päivitetty|bijgewerkt|aktualizov|zaktualiz|güncelle|ažurir|ενημέρωσ|"
    r"עודכן|עדכון|تحديث|به‌روز|reviewed|edited|अद्यतन|संशोधित|হালনাগাদ|آخر تعديل|"
    r"imesasishwa|imehuishwa|diperbarui|pemutakhiran|kemaskini|dikemas ?kini|yangilan|"
    r"жаңарт|yenilənm|përditës|ажурира|թարմաց|განახლ|шинэчил|atnauj|atjaun|uuenda|uppfært|"
    r"nuashonr|frissít|módosít|actualitz|eguneratu|gewijzigd|senast (?:ändr|gransk)|sist endret|"
    r"sidst ændret|muokattu|ostatni\w+ (?:modyf|zmian)|posledn\w+ (?:změn|zmen|úprav|измен)"
)
"""What introduces the day of a change."""
_CHANGED = re.compile(rf"(?i){_CHANGE_LABELS}")
_MODIFIED = re.compile(
    rf"(?i){_CHANGE_LABELS}|date of (?:birth|appointment)|"
    r"\bdata (?:as )?(?:at|of)\b|\b(?:appointed|sworn in)(?: on)?\s*:?\s*$|"
    r"(?:zeitraum|(?<!sperr)frist)\b|"
    r"\b(?:close[sd]?|closing(?: date)?|due|apply by) ?[^.]{0,20}$|"
    r"\b(?:période|período|periodo|periode|period) ?[^.]{0,20}$|"
    r"accessed|printed|copyright|©|expires?|deadline|valid until|gültig bis|"
    r"\btoday(?: is)?\s?:|\btoday is\b|今天是|今日は|오늘은"
)
"""What introduces a day that is not that of issue."""
_ISSUED_LABELS = (
    r"publi[shcké]|released?\b|issued|posted|\bdate\b|datum|stand\b|erschienen|veröffentlicht|"
    r"vom\b|\bdated|en ligne|fecha|data\b|дата|опубликован|оприлюднен|опубліков|"
    r"δημοσι|발행|등록|게시|公開|掲載|yayın|แพร่|نشر|פרסום|發布|发布|日期|ends?/|"
    r"press release|immediate|media release|pressemitteilung|communiqué|tarikh|dikeluarkan|"
    r"julkais|tiedote|pressemelding|pressmeddelande|sent this (?:bulletin|message|email)"
)
_ISSUED = re.compile(rf"(?i){_ISSUED_LABELS}|ministry|bern|washington")
_OF_LABEL = re.compile(rf"(?i){_ISSUED_LABELS}|{_CHANGE_LABELS}|accessed|printed|copyright|©")
"""What a line begins with that says when the page was issued, changed or looked at."""
_OF_EVENT = re.compile(
    r"(?i)\d\s?(?:[:.]\d\d|[時点시h]\d{0,2}|[ap]\.?m\.?)[\s\w]{0,6}?(?:から|[-–~～]|\b(?:to|bis|until|till|a|à|al|"
    r"til|tot|до)\b)\s?(?:正午|noon|(?:[^\W\d_]{2} ?)?\d)|"
    r"[日일]\s?(?:[（(]\w{1,3}[)）]\s?)?(?:から|부터|至|[~～〜])"
)
"""From what hour to what hour something takes place, or from what day."""
_AS_OF = re.compile(r"(?i)\W*stand\b")
"""What states as of which day a page is: that of its last change; another is that of its issue."""
_OF_PAGE = re.compile(
    r"(?i)\b(?:(?:web)?page|website|site|content|seite|page|p[áa]gina|sivu|strona|stránka|stran|sida|"
    r"siden|страница|сторінка|σελίδα|sayfa|halaman|laman)\b|本页|頁面|ページ|페이지|الصفحة"
)
_OF_WORK = re.compile(r"(?i)[《「『]|\bpdf\b")
"""What the name of a document stands in, or says what it is: an entry of a list with a day."""
_MONTH_DAY = re.compile(
    r"(?<!\d)\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?:\s?[（(]\w{1,3}[)）])?(?:\s?\d{1,2}[時时시:]\s?\d{0,2}[分분]?)?"
)
_BRACKETED = re.compile(r"\s?[（(]\w{1,3}[)）]")
"""A weekday in brackets."""
_LABEL = re.compile(
    r"(?i)^((?:first |originally )?(?:published|issued|posted|released)(?: on| at| date)?|"
    r"date(?: (?:of (?:issue|publication|release)|published|issued|posted))?|"
    r"(?:release|publication|publish|issue|posting|press release) date|"
    r"for (?:immediate )?release(?: on)?|(?:under )?embargo(?:ed)?(?: until)?|sperrfrist|"
    r"sous embargo(?: jusqu['’]au)?|embargo (?:hasta(?: el)?|fino al)|onder embargo tot|"
    r"veröffentlicht(?: am)?|erschienen(?: am)?|datum|veröffentlichungsdatum|publié le|"
    r"date de publication|"
    r"fecha(?: de publicación)?|publicado(?: el| em)?|data(?: di pubblicazione)?|pubblicato il|"
    r"發布日期|发布日期|发布时间|發布時間|日期|tarikh|дата(?: публикации)?|"
    r"опубликовано)(?:\s*[:：.]\s*|\s+(?=\d|[^\W\d]{3,9}\.?,?\s+\d)|\s*$)(.*)$"
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
MIN_STORY_WORDS = 3
"""Words of a heading in one box with a date that may be the headline of a story."""
_DATE_ALONE = re.compile(r"(?i)date|datum|fecha|data|日期|tarikh|дата")
_NOW = re.compile(
    r"(?i)(?:^|[\s_-])(?:today|current-?(?:date|time)|(?<!fa-)(?<!fas-)(?<!bi-)(?<!icon-)(?<!la-)(?<!mdi-)"
    r"clock|top-?bar)(?:$|[\s_-])"
)
"""What elements are called that show the date of the visit; `fa-clock` is a picture beside any."""
_PUBLISHED = re.compile(
    r"(?i)\b(?:publi(?:shed|é|cado|sert|cerad)|pubblicat[oa]|veröffentlicht|gepubliceerd|julkaistu|"
    r"opublikowano|опубликовано|issued|posted|released)"
    r"(?: on| le| am| el| em| il| op| den)?\s*:?\s+(?=\d|[^\W\d_]{3,9}\.? \d)"
)
_FIRST = re.compile(r"(?i)^(?:first|originally)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)")


def page_dates(
    metadata: Metadata,
    every_block: list[Block],
    headline: int,
    blocks: list[Block],
    body: range,
    day_first: bool | None,
    listed: frozenset[Any] = frozenset(),
) -> tuple[FoundDate, ...]:
    """Dates that a page states as those of its issue, most trusted first.

    A date beside the headline is what the issuer shows; metadata follow, which systems write (in
    UTC, or anew with every change); then the foot of the text, and the address.

    :param every_block: all lines, with those of header and footer.
    :param headline: the number of the headline's line among them, -1 if none shows it.
    :param blocks: the lines of the content; `body` says which of them are the text.
    :param day_first: the order of day and month that the page shows, see `order_of_page`.
    :param listed: the elements of days that are those of other pages, see `days_of_entries`.
    """
    beside, far = _beside_headline(every_block, headline, day_first, listed)
    if headline < 0:
        beside = [*_above_text(blocks, body, day_first)]
    labelled, below = _labelled(every_block, headline, day_first)
    found = [
        *labelled,
        *beside,
        *_time_elements(every_block, headline, listed),
        *_from_metadata(metadata, day_first),
        *below,
        *_at_foot(blocks, body, day_first, listed),
        *_from_address(metadata.url),
        *far,
        *_without_year(every_block, headline),
    ]
    found = found or [*_of_headline(every_block, headline, day_first)]
    return _merged(found) or tuple(_changed(metadata, every_block, headline, day_first))


def _of_headline(
    every_block: list[Block], headline: int, day_first: bool | None
) -> Iterator[FoundDate]:
    """The day that is the whole headline, as of daily reports."""
    line = every_block[headline].text if headline >= 0 else ""
    found = date_in_line(line, day_first) if is_day_alone(line) else None
    if found is not None:
        yield found


def shown_order(every_block: list[Block]) -> bool | None:
    """The order of day and month in which the dates that a page shows can all be read, if one."""
    return order_in(block.text for block in every_block if len(block.text) <= MAX_DATE_LINE)


def order_of_page(every_block: list[Block], shown: bool | None, url: str | None) -> bool | None:
    """The order that a page shows, else that of its dates with dots, see `order_of_dots`."""
    lines = (block.text for block in every_block if len(block.text) <= MAX_DATE_LINE)
    return order_of_dots(lines, url) if shown is None else shown


def without_dateline(line: str) -> str:
    """A paragraph without a label and a date that a bar parts from it (`Release of 3 May 2024 | `);
    a dateline with the place (`Bern, 3 May 2024 - `) is part of the text."""
    head, bar, rest = line.partition(" | ")
    if not bar or len(head) > MAX_DATE_LINE or not rest.strip():
        return line
    return rest if is_date_line(head, None) else line


def tells_change(line: str) -> bool:
    """Whether a line says when the page was changed, and little else."""
    if not NUMERAL.search(line) or len(line) > MAX_DATE_LINE:
        return False
    changed = _CHANGED.search(line) is not None or _AS_OF.match(line) is not None
    return changed and not tells_a_day(line) and is_date_line(line, None)


def is_date_line(line: str, day_first: bool | None) -> bool:
    """Whether a line holds a date and little else."""
    match = full_day(line) if len(line) <= MAX_DATE_LINE else None
    if match is None or date_in_line(line, day_first) is None:
        return False
    rest = re.sub(r"[\W\d_]+", "", line.replace(match[0], " "))
    more = _stands_apart(match) or _ISSUED.search(line) or _CHANGED.search(line, match.end())
    return len(rest) <= (90 if more else 45)


def _stands_apart(day: re.Match[str]) -> bool:
    """Whether marks part a date from the other values of its line (`Port | 3 May 2024 | Notes`)."""
    before, after = day.string[: day.start()].rstrip(), day.string[day.end() :].lstrip()
    return (not before or before[-1] in "|·•") and (not after or after[0] in "|·•")


def tells_a_day(line: str) -> bool:
    """Whether a line with a date is a sentence of the text (`The rules apply from 1 May 2025.`).

    A line that says when the page itself was issued or changed is none, nor a place before a date.
    """
    match = full_day(line)
    if match is None or SENTENCE_END.search(line) is None or re.search("[:：|]", line):
        return False
    if _OF_LABEL.match(line):
        return False
    if _CHANGED.search(line) and _OF_PAGE.search(line):
        return False
    rest = line.replace(match[0], " ")
    letters = sum(char.isalpha() and char.lower() == char.upper() for char in rest)
    words: list[str] = re.findall(r"[^\W\d_]+", rest)
    small = len([word for word in words if word.islower()])
    return small >= MIN_SENTENCE_WORDS or letters >= MIN_SENTENCE_LETTERS


def _beside_headline(
    blocks: list[Block], headline: int, day_first: bool | None, listed: frozenset[Any]
) -> tuple[list[FoundDate], list[FoundDate]]:
    """The nearest date: in the first list if it stands before the text, else in the second."""
    if headline < 0:
        return [], []
    first = max(0, headline - NEAR_BEFORE)
    last = min(related_from(blocks, headline), headline + 1 + NEAR_AFTER)
    text_begins = _first_paragraph(blocks, headline)
    for place in sorted(range(first, last), key=lambda place: abs(place - headline)):
        block, far = blocks[place], place > text_begins
        if NUMERAL.search(block.text) is None or block.element in listed:
            continue
        if place == headline or _of_another(block) or _AS_OF.match(block.text):
            continue
        if far and (block.element.tag == "li" or _OF_EVENT.search(block.text)):
            continue
        if far and _of_teaser(block, blocks[headline]):
            continue
        if place < headline and _is_of_story(block, blocks[headline]):
            continue
        near = headline < place <= headline + DATELINE_LINES
        found = dateline_day(block.text, day_first) if near else None
        line = _without_change(block.text)
        if found is None and is_date_line(block.text, day_first) and not tells_a_day(block.text):
            found = date_in_line(line, day_first)
        told = _with_label(blocks, place) if line == block.text else line
        if found is None or _MODIFIED.search(_before_date(told)):
            continue
        return ([], [found]) if far else ([found], [])
    return [], []


def _above_text(blocks: list[Block], body: range, day_first: bool | None) -> Iterator[FoundDate]:
    """The day that stands alone right above the text, where no line shows the headline."""
    for block in blocks[max(0, body.start - DATELINE_LINES) : body.start]:
        found = date_in_line(block.text, day_first)
        if found is not None and is_date_line(block.text, day_first) and not _of_another(block):
            yield found


def _is_of_story(block: Block, headline: Block) -> bool:
    """Whether a line above the headline stands in a box with the headline of another story, or
    in a list beside the text."""
    inside = {headline.element, *headline.element.iterancestors()}
    boxes = list(takewhile(lambda each: each not in inside, block.element.iterancestors()))
    if block.element.tag == "li" and any(box.tag in ("aside", "nav") for box in boxes):
        return True
    headings = (each.text_content() for box in boxes for each in box.iter(*_HEADINGS))
    return any(len(text.split()) >= MIN_STORY_WORDS and not names_kind(text) for text in headings)


def _of_teaser(block: Block, headline: Block) -> bool:
    """Whether the day of a line stands in a small box with the linked headline of another story."""
    inside = {headline.element, *headline.element.iterancestors()}
    around = takewhile(
        lambda each: each not in inside, (block.element, *block.element.iterancestors())
    )
    box = next((each for each in around if each.tag in ("article", "li")), None)
    headings = box.iter(*_HEADINGS) if box is not None else ()
    return any(next(each.iter("a"), None) is not None for each in headings)


def _first_paragraph(blocks: list[Block], headline: int) -> int:
    """The number of the first line after the headline that is text: a date below is another's."""
    places = range(headline + 1, len(blocks))
    return next((place for place in places if _is_paragraph(blocks[place])), len(blocks))


def _is_paragraph(block: Block) -> bool:
    wide = width(block.text) >= MIN_PARAGRAPH
    return wide and block.element.tag in ("p", "div", "td") and not block.linked


def _without_year(blocks: list[Block], headline: int) -> Iterator[FoundDate]:
    """A month and a day that stand alone near the headline, as East Asian news sites have it."""
    for block in blocks[max(0, headline - 2) : headline + 4] if headline >= 0 else ():
        match = _MONTH_DAY.fullmatch(block.text.strip("[](){}（）【】［］ "))
        found = read_date(_BRACKETED.sub("", match[0]), "page") if match else None
        if found is not None:
            yield found
            return


def _changed(
    metadata: Metadata, blocks: list[Block], headline: int, day_first: bool | None
) -> Iterator[FoundDate]:
    """The day of a change, for a page that states no other: shown, or in its metadata."""
    for place in range(max(0, headline - NEAR_BEFORE), len(blocks)):
        if not is_date_line(blocks[place].text, day_first):
            continue
        line = _with_label(blocks, place)
        if _CHANGED.search(_before_date(line)) or _AS_OF.match(line):
            found = date_in_line(blocks[place].text, day_first)
            if found is not None:
                yield found._replace(source="updated")
                return
    for text in metadata.changes:
        found = read_date(text[:100], "updated", day_first=day_first)
        if found is not None and found.precision == "day":
            yield found
            return


def _with_label(blocks: list[Block], place: int) -> str:
    """A line with the one before it where that is a label (`Last updated:`)."""
    before = blocks[place - 1].text if place else ""
    label = (
        before
        if len(before) < 40 and (before.endswith(":") or blocks[place - 1].element.tag == "dt")
        else ""
    )
    return f"{label} {blocks[place].text}"


def _without_change(line: str) -> str:
    """A line without the day of a change that it begins with, where another day follows
    (`Updated 4 May 2024 Published 3 May 2024`)."""
    match = full_day(line)
    if match is None or _CHANGED.search(line[: match.start()]) is None:
        return line
    rest = line[match.end() :]
    return rest if full_day(rest) is not None else line


def _before_date(line: str) -> str:
    """What introduces the first date of a line; the whole line where it has none."""
    match = full_day(line)
    return line[: match.start()] if match else line


def _of_another(block: Block) -> bool:
    """Whether the line is inside a link or shows the day on which the page is looked at."""
    if block.linked * 2 > len(block.text) and may_lead_to_headline(block):
        day = full_day(block.text)
        if day is None or not _stands_apart(day):  # not `Office of Ports | 3 May | Notices`
            return True
    around = (block.element.getparent(), block.element, *list(block.element)[:1])
    called = " ".join(
        f"{each.get('class') or ''} {each.get('id') or ''}" for each in around if each is not None
    )
    return _NOW.search(called) is not None


def _labelled(
    blocks: list[Block], headline: int, day_first: bool | None
) -> tuple[list[FoundDate], list[FoundDate]]:
    """`Published: 25 February 2014`, on one line or two; a first publication before others.

    In the second list if it says no more than `Date:` and stands below the beginning of the text:
    an event may be of that day.
    """
    found: list[tuple[bool, FoundDate]] = []
    below: list[FoundDate] = []
    text_begins = _first_paragraph(blocks, headline)
    for place in range(max(0, headline - NEAR_BEFORE), related_from(blocks, headline)):
        text = blocks[place].text
        if len(text) > MAX_DATE_LINE:
            continue
        label = _LABEL.match(text)
        if label is None and not NUMERAL.search(text):
            continue
        after = _PUBLISHED.search(text)
        if label is None and after is None:
            continue
        if _MODIFIED.search(
            _before_date(text)
        ):  # `Mis à jour le 04/05/2024 - Publié le 03/05/2024`
            date = date_in_line(text[after.end() :], day_first) if after else None
            if date is not None:
                found.append((False, date))
            continue
        if label is None:
            continue
        follows = not label[2] and place + 1 < len(blocks)
        date = date_in_line(blocks[place + 1].text if follows else label[2], day_first)
        if date is not None and place > text_begins and _DATE_ALONE.fullmatch(label[1]):
            below.append(date)
        elif date is not None:
            found.append((not _FIRST.search(text), date))
    found.sort(key=lambda each: each[0])
    return [date for _, date in found[:1]], below[:1]


def _time_elements(
    blocks: list[Block], headline: int, listed: frozenset[Any]
) -> Iterator[FoundDate]:
    """The first `<time>` around the headline that is no time of change."""
    if headline < 0:
        return
    last = min(related_from(blocks, headline), headline + 1 + NEAR_AFTER)
    seen: set[Any] = set(listed)
    for block in blocks[max(0, headline - NEAR_BEFORE) : last]:
        if block.element in seen or _of_another(block) or _of_teaser(block, blocks[headline]):
            continue
        seen.add(block.element)
        for element in block.element.iter("time"):
            around = block.text if len(block.text) < MAX_DATE_LINE else ""
            if _MODIFIED.search(f"{around} {element.get('class') or ''}"):
                continue
            text = element.get("datetime") or element.text_content()
            found = read_date(text.strip()[:100], "page")
            if found is not None and found.precision == "day":
                yield found
                return


def _from_metadata(metadata: Metadata, day_first: bool | None) -> Iterator[FoundDate]:
    for text, source in metadata.dates:
        found = read_date(as_written(text[:100]), source, day_first=day_first)
        if found is not None and found.precision != "month-day":
            yield found


def _at_foot(
    blocks: list[Block], body: range, day_first: bool | None, listed: frozenset[Any]
) -> Iterator[FoundDate]:
    """A date in the last lines of the text: alone, or with a word for issuing."""
    start = max(body.start, body.stop - FOOT_LINES)
    end = min(related_from(blocks, body.start), body.stop + FOOT_LINES)
    for place in range(end - 1, start - 1, -1):
        block = blocks[place]
        if not is_date_line(block.text, day_first) or tells_a_day(block.text):
            continue
        if block.element in listed or _AS_OF.match(block.text):
            continue
        line = _with_label(blocks, place)
        if _MODIFIED.search(line) or block.linked * 2 > len(block.text) or _of_another(block):
            continue
        if _OF_EVENT.search(line):
            continue
        is_item = block.element.tag == "li"
        alone = not is_item or bool(_ISSUED.search(line) and not _OF_WORK.search(line))
        if alone and (place < body.stop or _ISSUED.search(line)):
            found = date_in_line(block.text, day_first)
            if found is not None:
                yield found
                return


def _from_address(url: str | None) -> Iterator[FoundDate]:
    match = _IN_ADDRESS.search(split_address(url).path)
    found = read_date("-".join(match.groups()), "address") if match else None
    if found is not None and found.precision == "day":
        yield found


def _merged(found: list[FoundDate]) -> tuple[FoundDate, ...]:
    """Each date once; the first gets the time of a later one that means the same day."""
    if not found:
        return ()
    first = found[0]
    if first.issued_at is None:
        same = (each for each in found if each.date == first.date and each.issued_at)
        timed = next(same, None)
        first = first._replace(issued_at=timed.issued_at) if timed else first
    rest = (each for each in found[1:] if each.date != first.date)
    return (first, *dict.fromkeys(rest))
