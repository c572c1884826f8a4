"""The heading, or the line in bold or capitals, above a page's first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, takewhile

from index.same_text import letters_of
from index.sources.issuers import is_institution
from index.sources.page.blocks import Block, width
from index.sources.page.date_lines import states_own_day
from index.sources.page.headings import heading_around, level_of
from index.sources.page.lines import SENTENCE_END, is_sentence
from index.sources.page.title_lines import (
    MAX_HEADLINE,
    MAX_NAME_WORDS,
    MIN_AGREEING,
    is_bodys_name,
    is_generic,
)

MIN_PARAGRAPH, MIN_SENTENCE = 120, 80
"""Characters from which a line is a paragraph of the text, and where none is, from which a line
that ends as a sentence does may be one; an East Asian character counts as three."""
MIN_CAPITAL_WORDS = 3
"""Words in capitals from which a line may be a headline; two may be a kind or a place."""
_BOLD = frozenset(["b", "strong", "font"])
_BOLD_BY_STYLE = re.compile(
    r"(?i)font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)|font-size\s{0,9}:\s{0,9}"
    r"(?:x{0,2}-?large|(?:2\d|[3-6]\d)(?:\.\d{1,3})?px|(?:1[5-9]|[2-4]\d)(?:\.\d{1,3})?pt)"
)
"""How a page without headings sets a line off by its style."""


def line_above_text(shown: list[Block], blocks: list[Block], sites: set[str]) -> Block | None:
    """The last heading, or line in bold, before the first paragraph: old pages have no more.

    A sentence in bold is a lead where another line in bold stands above it.
    """
    likely = chain(_paragraphs(blocks, MIN_PARAGRAPH), _paragraphs(blocks, MIN_SENTENCE))
    text = next(likely, 0)
    headings = {each.element: each for each in shown}
    before = [block for block in reversed(blocks[max(0, text - 12) : text]) if not block.linked]
    around = [headings.get(heading_around(block.element)) for block in before]
    for place, heading in enumerate(around):
        if heading is not None:
            return _over_subtitle(heading, around[place + 1 :]) or heading
    lines = (block for block in before if _is_bold(block) or _is_in_capitals(block.text))
    usable = [
        each
        for each in lines
        if not is_generic(each.text, sites)
        and not states_own_day(each.text)
        and (not _may_be_letterhead(each.text) or _goes_on(each, before))
    ]
    lines_of_a_title = (each for each in usable if not is_sentence(each.text))
    found = next(lines_of_a_title, usable[0] if usable else None)
    return _with_lines_above(found, before) if found is not None else None


def _goes_on(line: Block, before: list[Block]) -> bool:
    """Whether a break alone parts a line from one above it that is no letterhead."""
    place = next(place for place, block in enumerate(before) if block is line)
    above = before[place + 1 : place + 2]
    return any(
        each.element is line.element and _is_in_capitals(each.text) == _is_in_capitals(line.text)
        and not is_generic(each.text, set()) and not _may_be_letterhead(each.text)
        for each in above
    )  # fmt: skip


def _with_lines_above(line: Block, before: list[Block]) -> Block:
    """A line in bold or capitals after those like it that `<br>` parts from it.

    :param before: the lines above the text, the nearest first.
    """
    places = [place for place, block in enumerate(before) if block is line]
    rest = takewhile(lambda each: each.element is line.element, before[places[0] + 1 :])
    alike = [*takewhile(lambda each: _is_bold(each) or _is_in_capitals(each.text), rest)]
    if any(is_generic(each.text, set()) or SENTENCE_END.search(each.text) for each in alike):
        return line
    text = " ".join(each.text for each in (*reversed(alike), line))
    return line._replace(text=text) if len(text) <= MAX_HEADLINE else line


def _over_subtitle(heading: Block, above: list[Block | None]) -> Block | None:
    """The heading right above one of a lower level, which then is its subtitle."""
    other = next((each for each in above[:2] if each is not heading), None)
    if other is None or not 1 < level_of(other.element) < level_of(heading.element):
        return None
    return None if is_bodys_name(other.text) else other


def _may_be_letterhead(line: str) -> bool:
    """Whether a line in bold or capitals is short enough for the name of the body in it."""
    return is_institution(line) and len(line.split()) <= MAX_NAME_WORDS


def _paragraphs(blocks: list[Block], least: int) -> Iterator[int]:
    """The numbers of the lines that are paragraphs of running text."""
    for place, block in enumerate(blocks):
        if width(block.text) <= least or block.linked * 2 >= len(block.text):
            continue
        if least >= MIN_PARAGRAPH or SENTENCE_END.search(block.text):
            yield place


def _is_bold(block: Block) -> bool:
    bold = "".join(
        each.text_content()
        for each in block.element.iter()
        if each.tag in _BOLD or _BOLD_BY_STYLE.search(each.get("style") or "")
    )
    return len(block.text) >= MIN_AGREEING and letters_of(block.text) in letters_of(bold)


def _is_in_capitals(line: str) -> bool:
    """Whether a line is written in capitals, as headlines of plain pages are."""
    if not line.isupper() or len(line.split()) < MIN_CAPITAL_WORDS:
        return False
    letters = [char for char in line if char.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)  # `IST` among letters without case
