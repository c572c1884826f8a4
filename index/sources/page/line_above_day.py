"""The line above the day of issue, which is the headline on pages that mark none as a heading."""

from __future__ import annotations

import re

from index.sources.page.blocks import Block, width
from index.sources.page.date_lines import is_date_line, tells_a_day
from index.sources.page.lines import SENTENCE_END, is_label_line
from index.sources.page.title_lines import is_generic

MIN_WORDS = 4
"""Words from which the line above the day is no label or name."""
MAX_WIDTH = 200
"""Width of that line up to which it is no paragraph."""
MIN_PARAGRAPH = 120
"""Width of the paragraph that begins right below the day."""
MAX_LABELS = 3
"""Labels with their values (`Issued by: Port Division`) above the day and below the headline."""
NEAR = 3
"""Lines below the day in which it begins."""

_LABELLED = re.compile(r"[^\s:：][^:：.!?。]{1,20}[:：]\s?\S.{0,60}$")
"""A label and its value."""


def line_above_day(blocks: list[Block], sites: set[str]) -> Block | None:
    """The line right above the first day that stands alone right above the text."""
    for place in range(1, len(blocks) - 1):
        line, day = _above_labels(blocks, place), blocks[place]
        if not is_date_line(day.text, None) or tells_a_day(day.text) or day.linked:
            continue
        below = blocks[place + 1 : place + 1 + NEAR]
        if any(width(each.text) >= MIN_PARAGRAPH and not each.linked for each in below):
            return line if _may_be_headline(line, sites) else None
    return None


def _above_labels(blocks: list[Block], day: int) -> Block:
    """The line above the day, or above labels with their values that stand between the two."""
    above = range(day - 1, max(-1, day - 1 - MAX_LABELS), -1)
    free = (each for each in above if not _LABELLED.match(blocks[each].text))
    return blocks[next(free, day - 1)]


def _may_be_headline(line: Block, sites: set[str]) -> bool:
    if line.linked or width(line.text) > MAX_WIDTH or width(line.text) < 5 * MIN_WORDS:
        return False
    if SENTENCE_END.search(line.text) or is_label_line(line.text) or is_generic(line.text, sites):
        return False
    return len(line.text.split()) >= MIN_WORDS or line.text.lower() == line.text.upper()
