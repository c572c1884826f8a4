"""Headings with a day each and a line or two below, one after the other: a list of news."""

from __future__ import annotations

import re
from itertools import pairwise

from index.sources.page.blocks import Block, width
from index.sources.page.date_lines import is_date_line
from index.sources.page.lines import is_sentence
from index.sources.page.shown_days import MAX_DATE_LINE, full_day

MIN_LISTED = 3
"""The same where nothing but such headings stands below the headline."""
MAX_ENTRY = 4
"""Lines below such a heading that are its day, its teaser and what leads on (`Read more`)."""
MIN_AT_HOME = 2
"""The same on a page whose title is that of a home page."""
MIN_DATED = 4
"""Headings with a day each from which a page is a list."""
MAX_TEASER = 400
"""Width of a teaser, of one sentence or paragraph, between two headings with days: the text of a
release is longer, or has several."""
MAX_BEFORE = 40
"""Characters before a day that begins a teaser: its weekday, its place."""
_HEADING = re.compile("h[2-5]")


def shows_days_of_many(blocks: list[Block]) -> bool:
    """Whether the first headings of a page below its own have a day each and no more than a teaser
    between them."""
    places = [
        place
        for place, block in enumerate(blocks)
        if _HEADING.fullmatch(str(block.element.tag)) is not None
    ]
    dated = 0
    for place, after in pairwise([*places, len(blocks)]):
        below = blocks[place + 1 : after]
        if not _has_day(blocks[max(0, place - 1) : place], below):
            break
        if after != len(blocks) and not _is_teaser(below):
            break
        dated += 1
    return dated >= MIN_DATED


def lists_days(blocks: list[Block], headline: int) -> bool:
    """Whether below the headline are nothing but headings of one level with a day each, in a line
    of its own, and a teaser under each, with no more than a sentence about them above."""
    if headline < 0:
        return False
    below = blocks[headline + 1 :]
    places = [place for place, each in enumerate(below) if _HEADING.fullmatch(each.element.tag)]
    if len(places) < MIN_LISTED or not _is_teaser(below[: places[0]]):
        return False
    if len({below[place].element.tag for place in places}) > 1:
        return False
    entries = [below[place + 1 : after] for place, after in pairwise([*places, len(below)])]
    dated = all(any(is_date_line(each.text, None) for each in entry[:2]) for entry in entries)
    return dated and all(map(_is_teaser, entries))


def is_one_of_several(blocks: list[Block], headline: int, least: int = MIN_LISTED) -> bool:
    """Whether the line taken for the headline is the first of several headings alike, each with a
    day right above or below and a teaser: entries of a list, or of a home page."""
    if headline < 0 or _HEADING.fullmatch(str(blocks[headline].element.tag)) is None:
        return False
    return _entries(blocks, headline, blocks[headline].element.tag) >= least


def entries_from(blocks: list[Block], start: int) -> int:
    """How many headings alike, from the first of a level below a line, have a day and a teaser
    each."""
    tags = {str(block.element.tag) for block in blocks[start:]}
    return max((_entries(blocks, start, tag) for tag in tags if _HEADING.fullmatch(tag)), default=0)


def _entries(blocks: list[Block], start: int, tag: str) -> int:
    alike = [place for place in range(start, len(blocks)) if blocks[place].element.tag == tag]
    count = 0
    for place, after in pairwise([*alike, len(blocks)]):
        below = blocks[place + 1 : after]
        if not _has_day_alone(blocks[place - 1 : place] if place else [], below):
            break
        if not _is_teaser(below[:MAX_ENTRY]):
            break
        count += 1
    return count


def _has_day_alone(above: list[Block], below: list[Block]) -> bool:
    """Whether the line above a heading, or one of the two below it, is a day and little else."""
    return any(is_date_line(each.text, None) for each in (*above, *below[:2]))


def _is_teaser(lines: list[Block]) -> bool:
    told = sum(is_sentence(each.text) for each in lines)
    return told <= 1 and sum(width(each.text) for each in lines) <= MAX_TEASER


def _has_day(above: list[Block], below: list[Block]) -> bool:
    """Whether the line above a heading is a day, or one of the two below it begins with one."""
    if any(_begins_with_day(each, short=True) for each in above):
        return True
    return any(_begins_with_day(each, short=False) for each in below[:2])


def _begins_with_day(block: Block, *, short: bool) -> bool:
    if short and len(block.text) > MAX_DATE_LINE // 2:
        return False
    day = full_day(block.text[:MAX_DATE_LINE])
    return day is not None and day.start() <= MAX_BEFORE
