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
from index.sources.page.date_labels import (
    AS_OF_LABEL,
    CHANGE_LABEL,
    DATE_WORD,
    EVENT_HOURS,
    FIRST_ISSUED,
    ISSUE_LABEL,
    LABELLED_DAY,
    OTHER_DAY_LABEL,
    PUBLISHED_ON,
    WORK_SIGN,
)
from index.sources.page.date_lines import is_date_line, stands_apart, tells_a_day
from index.sources.page.lines import may_lead_to_headline, related_from
from index.sources.page.metadata import Metadata
from index.sources.page.shown_days import (
    MAX_DATE_LINE,
    NUMERAL,
    date_in_line,
    dateline_day,
    full_day,
    is_period,
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


_MONTH_DAY = re.compile(
    r"(?<!\d)\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?:\s?[（(]\w{1,3}[)）])?(?:\s?\d{1,2}[時时시:]\s?\d{0,2}[分분]?)?"
)
_BRACKETED = re.compile(r"\s?[（(]\w{1,3}[)）]")
"""A weekday in brackets."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
MIN_STORY_WORDS = 3
"""Words of a heading in one box with a date that may be the headline of a story."""
_NOW = re.compile(
    r"(?i)(?:^|[\s_-])(?:today|current-?(?:date|time)|(?<!fa-)(?<!fas-)(?<!bi-)(?<!icon-)(?<!la-)(?<!mdi-)"
    r"clock|top-?bar)(?:$|[\s_-])"
)
"""What elements are called that show the date of the visit; `fa-clock` is a picture beside any."""
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)|"
    r"/((?:19|20)\d\d)/([^\W\d_]{3,12}|\d\d?)/(\d\d?)(?![^/._-])"
)
"""A day in the path of an address: `/2021/09/07/`, `/20210907_1`, `/2021/sep/7/`, `/2021/9/7/`."""


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
        if place == headline or _of_another(block) or AS_OF_LABEL.match(block.text):
            continue
        if is_period(block.text):
            continue
        if far and (block.element.tag == "li" or EVENT_HOURS.search(block.text)):
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
        if found is None or OTHER_DAY_LABEL.search(_before_date(told)):
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
        if CHANGE_LABEL.search(_before_date(line)) or AS_OF_LABEL.match(line):
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
    if match is None or CHANGE_LABEL.search(line[: match.start()]) is None:
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
        if day is None or not stands_apart(day):  # not `Office of Ports | 3 May | Notices`
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
        label = LABELLED_DAY.match(text)
        if label is None and not NUMERAL.search(text):
            continue
        after = PUBLISHED_ON.search(text)
        if label is None and after is None:
            continue
        if OTHER_DAY_LABEL.search(
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
        if date is not None and place > text_begins and DATE_WORD.fullmatch(label[1]):
            below.append(date)
        elif date is not None:
            found.append((not FIRST_ISSUED.search(text), date))
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
            if OTHER_DAY_LABEL.search(f"{around} {element.get('class') or ''}"):
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
        if block.element in listed or AS_OF_LABEL.match(block.text):
            continue
        line = _with_label(blocks, place)
        if OTHER_DAY_LABEL.search(line) or block.linked * 2 > len(block.text) or _of_another(block):
            continue
        if EVENT_HOURS.search(line):
            continue
        is_item = block.element.tag == "li"
        alone = not is_item or bool(ISSUE_LABEL.search(line) and not WORK_SIGN.search(line))
        if alone and (place < body.stop or ISSUE_LABEL.search(line)):
            found = date_in_line(block.text, day_first)
            if found is not None:
                yield found
                return


def _from_address(url: str | None) -> Iterator[FoundDate]:
    match = _IN_ADDRESS.search(split_address(url).path)
    if match is None:
        return
    year, month, day = filter(None, match.groups())
    written = f"{day} {month} {year}" if month.isalpha() else f"{year}-{month:0>2}-{day:0>2}"
    found = read_date(written, "address")
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
