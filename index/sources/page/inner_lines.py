"""Lines between the paragraphs of a text that are none of it: links to other stories, notices."""

from __future__ import annotations

from typing import Any

from index.sources.page.blocks import Block, one_line, width
from index.sources.page.lines import SENTENCE_END
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import MAX_SHORT

MAX_NOTICE = 20
"""Characters of the longest word for advertising with the dashes around it."""
_INLINE = ("b", "strong", "span", "em", "i", "u")
_PARAGRAPHS = frozenset(["p", "div", "blockquote", "aside", "section"])


def drop_inner_lines(blocks: list[Block], body: range) -> None:
    """Takes lines such as `Read also: Ferry fares rise` and `Advertisement` out of the tree, where
    text stands above and below them."""
    dropped: dict[Any, None] = {}
    for place in body[1:-1]:
        block = blocks[place]
        if width(block.text) > 2 * MAX_SHORT or block.element.tag not in _PARAGRAPHS:
            continue
        alone = all(blocks[each].element is not block.element for each in (place - 1, place + 1))
        if _leads_away(block) or _is_notice(block.text):
            element = block.element if alone else _around_line(block)
            if element is not None:
                dropped[element] = None
        elif alone and place + 2 < body.stop and _leads_away_below(block, blocks[place + 1]):
            dropped.update(dict.fromkeys((block.element, blocks[place + 1].element)))
    for element in dropped:
        element.drop_tree()


def _around_line(block: Block) -> Any | None:
    """The element that holds a line, and nothing else, among others that breaks part."""
    inside = block.element.iterdescendants(*_INLINE)
    return next((each for each in inside if one_line(each.text_content()) == block.text), None)


def _is_notice(line: str) -> bool:
    return len(line) <= MAX_NOTICE and is_phrase("advertisement", line.strip("-–—*[]() "))


def _leads_away(block: Block) -> bool:
    """Whether a line is words such as `Read also`, a colon, and the headline of another story,
    which is a link, or no sentence where the link has lost its address."""
    head, colon, rest = block.text.replace("：", ":").partition(":")
    if not colon or not rest.strip() or not is_phrase("reading", head, whole=True):
        return False
    led = 2 * block.linked >= len(rest)
    return led or (next(block.element.iter("a"), None) is not None and not _tells(rest))


def _leads_away_below(block: Block, below: Block) -> bool:
    """Whether a line is words such as `Read also` alone, over a line that is a link."""
    if below.element.tag not in _PARAGRAPHS or 10 * below.linked < 9 * len(below.text):
        return False
    return is_phrase("reading", block.text, whole=True)


def _tells(text: str) -> bool:
    return SENTENCE_END.search(text) is not None
