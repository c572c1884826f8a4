"""Boxes beside the one with most of a text that hold a part of it: a lead, boxes that go on."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from index.sources.page.blocks import Block
from index.sources.page.edge_lines import (
    belongs_to_picture,
    is_heading,
    is_prose,
    leads_elsewhere,
    may_be_text,
)
from index.sources.page.furniture import is_called_tail
from index.sources.page.lines import SENTENCE_END, heads_related, is_contact_line, is_sentence
from index.sources.page.shared_words import shares_words, words_of
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import is_surely_of_page, is_tail_line
from index.sources.page.text_core import box_of, names_of, path_of, single

_PAGE_HEADINGS = ("page", "section", "sharing", "standing", "tags")
MIN_ANNOUNCING = 3
"""Words of a line that announces a list; fewer may be a label (`Main topics:`)."""
_BOXES = frozenset(["div", "section", "table", "ul", "ol", "blockquote", "p"])


def going_on(blocks: list[Block], content: range, main: Any, headline: int) -> range:
    """The lines of a text with the lead above and those of boxes right below that go on with it.

    :param headline: the number of the line with the headline, -1 where none shows it.
    """
    while (parent := main.getparent()) is not None and len(parent) == 1 and parent.tag != "body":
        main = parent
    around = path_of(main)
    heading = blocks[headline].element if headline >= 0 else None
    titled = heading is not None and main.getparent() in heading.iterancestors()
    words: set[str] = set()
    stop = content.stop
    while stop < len(blocks):
        box = box_of(blocks[stop].element, around)
        if box is None or box.getparent() is not main.getparent():
            break
        lines = _lines_of(box, blocks, stop, around)
        if not _goes_on_alike(lines, box, main):
            words = words or words_of(block.text for block in blocks[content.start : content.stop])
            goes_on = _is_announced(blocks[stop - 1], lines) or _is_of_text(lines, box, main, words)
            if not titled or not goes_on:
                break
        stop += len(lines)
    return range(_lead(blocks, content, headline), stop)


def _lead(blocks: list[Block], content: range, headline: int) -> int:
    """The number of the first of the sentences between the headline and the text, right above it;
    advice which of the paragraphs are the text may leave out a lead in a box of its own."""
    start = content.start
    if headline < 0 or start >= content.stop or not is_prose(blocks[start]):
        return start  # a picture's caption or the like parts what is above from the text
    while start - 1 > headline and _leads(blocks[start - 1]):
        start -= 1
    return start


def _leads(block: Block) -> bool:
    box = block.element if block.element.tag == "div" else block.element.getparent()
    told = is_prose(block) and SENTENCE_END.search(block.text) and not block.linked
    if not told or block.element.tag not in ("div", "p"):
        return False
    if belongs_to_picture(block) or _is_of_page(block):
        return False
    return not is_called_tail(box, names_of(box))


def _lines_of(box: Any, blocks: list[Block], start: int, around: dict[Any, Any]) -> list[Block]:
    """The lines from one on, as far as they stand in a box."""
    rest = (blocks[place] for place in range(start, len(blocks)))
    return [*takewhile(lambda block: box_of(block.element, around) is box, rest)]


def _goes_on_alike(lines: list[Block], box: Any, main: Any) -> bool:
    """Whether a box is called like the one with the text, or begins with the word for notes, and
    leads nowhere."""
    if box.tag != main.tag or any(block.linked for block in lines):
        return False
    if not any(is_sentence(block.text) for block in lines) or _heads_tail(lines[0]):
        return False
    own = names_of(main)
    return is_phrase("notes", lines[0].text) or (bool(own) and names_of(box) == own)


def _is_of_text(lines: list[Block], box: Any, main: Any, words: set[str]) -> bool:
    """Whether a box of whatever name holds sentences or a table of the matter of the text, and
    nothing of the page."""
    if box.tag not in _BOXES or _heads_tail(lines[0]) or _heads_page(lines[0]):
        return False
    named = names_of(main)
    if any(is_called_tail(each, names_of(each) - named) for each in (box, *single(box))):
        return False
    if any(map(_is_of_page, lines)):
        return False
    tells = box.tag == "table" or any(may_be_text(block) for block in lines)
    listed = is_heading(lines[0]) and len(lines) > 1
    return (tells or listed) and shares_words([block.text for block in lines], words)


def _is_announced(above: Block, lines: list[Block]) -> bool:
    """Whether a box is a list that leads nowhere, which the last line above it announces."""
    if not above.text.endswith((":", "：")) or len(above.text.split()) < MIN_ANNOUNCING:
        return False
    return all(block.element.tag == "li" and not block.linked for block in lines)


def _heads_tail(block: Block) -> bool:
    return is_contact_line(block.text) or heads_related(block)


def _heads_page(block: Block) -> bool:
    return any(is_phrase(kind, block.text) for kind in _PAGE_HEADINGS)


def _is_of_page(block: Block) -> bool:
    return leads_elsewhere(block) or is_surely_of_page(block.text) or is_tail_line(block.text)
