"""Records, no releases: pages that are labels with their values and hardly a sentence beside."""

from __future__ import annotations

import re

from index.sources.page.blocks import Block, width
from index.sources.page.lines import SENTENCE_END, is_sentence
from index.sources.page.shown_days import whole_day
from index.sources.page.stock_phrases import is_phrase

MIN_PAIRS = 4
"""Labels with a value beside each from which a page may be a record; the heads of releases on
boards have as many, but the title is one of theirs, and sentences follow."""
MAX_TOLD = 200
"""Width of the sentences beside them on a page without a day above or below: what a record says of
itself (`Comments may be sent until ...`); a release says more. With a day one sentence is enough:
reports of earthquakes and recalls of products say hardly more."""
MAX_VALUE = 200
"""Width of a value; more is text in a cell."""

_OF_PAIRS = frozenset(["dt", "dd", "th", "td"])


def is_record(headline: str | None, page: list[Block], lines: list[Block]) -> bool:
    """Whether the text of a page is labels and values, as registers and catalogues show them.

    :param page: all lines of the page; a board has its title above the text.
    """
    pairs = {label: block for block in lines if (label := _label(block)) is not None}
    if len(pairs) < MIN_PAIRS:
        return False
    beside = [each for each in lines if each.element.tag not in _OF_PAIRS]
    if _shows_day(page) and any(SENTENCE_END.search(each.text) for each in beside):
        return False
    told = [each for each in beside if is_sentence(each.text)]
    titles = [each.text for each in page if is_phrase("title", _label(each) or "")]
    if headline in titles or (titles and told):
        return False
    values = [block.text for block in pairs.values()]
    worded = sum(re.search(r"[^\W\d_]{2}", value) is not None for value in values)
    if 2 * worded < len(values) or any(width(value) > MAX_VALUE for value in values):
        return False
    return sum(width(each.text) for each in told) <= MAX_TOLD


def _shows_day(page: list[Block]) -> bool:
    """Whether a page shows a day that is no value of its labels and stands in no sentence."""
    beside = (block.text for block in page if block.element.tag not in _OF_PAIRS)
    return any(whole_day(text) is not None and not SENTENCE_END.search(text) for text in beside)


def _label(block: Block) -> str | None:
    """What stands beside a value: the term above a description, or the head of a row of two."""
    before = block.element.getprevious()
    if before is None or (before.tag, block.element.tag) not in (("dt", "dd"), ("th", "td")):
        return None
    if before.tag == "th" and len(block.element.getparent()) > len(("th", "td")):
        return None
    label = " ".join(before.text_content().split()).rstrip(":：")
    return label or None
