"""The element that holds most of a page's text, and the boxes below it that are none of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from index.sources.page.blocks import HEADING_TAGS, Block, width
from index.sources.page.furniture import is_called_tail
from index.sources.page.main_text import running_width
from index.sources.page.shared_words import shares_words, words_of
from index.sources.page.stock_phrases import is_phrase

MOST = 0.5
"""Share of the running text that one element holds from which it is where the text stands."""
MAX_BELOW = 0.2
"""Share of that text which a box below it may have in sentences that are no part of it. This number
and those below are from 102 invented pages; the real ones of `make accuracy` read alike."""
MAX_SHORT_BELOW = 0.6
"""The same of a short text, as far as the sentences are no wider than `MAX_TOLD`."""
MAX_TOLD = 300
"""Width of what a page tells of itself below a short text."""
MAX_CARD = 400
"""Characters of a box that leads to another story, with its teaser."""
MAX_CARD_LINKS = 3
"""Links of such a box: picture, headline, `Read more`."""
MAX_HEADLESS = 2
"""Sentences of a box without a heading that may be a notice; more are text."""

_OF_TEXT = frozenset(
    ["p", "li", "ul", "ol", "blockquote", "pre", "dd", "dl", "h1", "h2", "h3", "h4", "h5", "h6",
     "th", "tr", "tbody", "table"]
)  # fmt: skip
_CARDS = frozenset(["div", "li", "article", "section"])
_TEXTS = frozenset(["main", "article"])


def end_of_core(blocks: list[Block], content: range, prose: list[int]) -> int:
    """The number of the line that begins the first of the boxes below the text which hold
    sentences of the page (a licence, an author's life, what a newsletter is); else the end.

    :param prose: the numbers of the lines that are running text.
    """
    core = core_of(blocks, range(prose[0], content.stop)) if prose else None
    if core is None:
        return content.stop
    around = path_of(core)
    last = content.stop - 1
    while last >= content.start and blocks[last].element not in around:
        if core in blocks[last].element.iterancestors():
            break
        last -= 1
    below = range(last + 1, content.stop)
    sentences = frozenset(place for place in prose if place > last)
    if any(is_phrase("notes", blocks[place].text) for place in below):
        return content.stop
    own = sum(running_width(blocks[place]) for place in range(content.start, last + 1))
    words = words_of(block.text for block in blocks[content.start : last + 1]) if below else set()
    return _first_apart(blocks, below, sentences, around, own, words)


def core_of(blocks: list[Block], places: range) -> Any | None:
    """The innermost element that holds most of the running text of some lines, no paragraph."""
    weights: dict[Any, int] = defaultdict(int)
    count: dict[Any, int] = defaultdict(int)
    whole = 0
    for block in blocks[places.start : places.stop]:
        weight = running_width(block)
        whole += weight
        for element in (block.element, *block.element.iterancestors()) if weight else ():
            weights[element] += weight
            count[element] += 1
    found = (
        element
        for element, weight in weights.items()
        if weight > MOST * whole and count[element] > 1 and element.tag not in _OF_TEXT
    )
    return max(found, key=lambda element: len(list(element.iterancestors())), default=None)


def _first_apart(
    blocks: list[Block],
    below: range,
    sentences: frozenset[int],
    around: dict[Any, Any],
    own: int,
    words: set[str],
) -> int:
    """The number of the line at which the boxes begin of which all that hold sentences are apart
    from the text.

    :param own: width of the running text above them; `words` are its words.
    """
    boxes: dict[Any, list[int]] = defaultdict(list)
    for place in below:
        boxes[box_of(blocks[place].element, around)].append(place)
    first = below.stop
    for box, places in boxes.items():
        told = [width(blocks[place].text) for place in places if place in sentences]
        cards = box is not None and _holds_cards(box)
        if not told and not cards:
            continue
        lines = [blocks[place] for place in places]
        if cards or _speaks_of_page(box, lines, told, around, own, words):
            first = places[0] if first == below.stop else first
        else:
            first = below.stop
            own += sum(told)
    return first


def _is_much(told: int, own: int) -> bool:
    """Whether the sentences of a box are wider than what a page says of itself."""
    return told > max(MAX_BELOW * own, min(MAX_TOLD, MAX_SHORT_BELOW * own))


def path_of(element: Any) -> dict[Any, Any]:
    """An element and all around it, each with its child that leads there; itself with None."""
    path = [element, *element.iterancestors()]
    return dict(zip(path, [None, *path], strict=False))


def box_of(element: Any, around: dict[Any, Any]) -> Any | None:
    """The outermost element around a line that does not hold the text, too."""
    if element in around:
        return None
    while (parent := element.getparent()) is not None and parent not in around:
        element = parent
    return element


def _speaks_of_page(
    box: Any | None,
    lines: list[Block],
    told: list[int],
    around: dict[Any, Any],
    own: int,
    words: set[str],
) -> bool:
    """Whether a box beside the one with the text is short and speaks of the page: by what it is
    called, because it stands outside of the article, or as a notice without a heading that has
    none of the words of the text."""
    if box is None or _is_much(sum(told), own):
        return False
    text = around[box.getparent()]
    in_article = any(each.tag in _TEXTS for each in around)
    if text is not None and in_article and box.getparent().tag == "body":
        return True
    named = names_of(text) if text is not None else set()
    # Where nothing is called a text, what a box is called is no verdict on it.
    if text is None or not (named or text.tag in _TEXTS):
        return False
    if any(is_called_tail(each, names_of(each) - named) for each in (box, *single(box))):
        return True
    if box.tag in _OF_TEXT or names_of(box) & named or lines[0].element.tag in HEADING_TAGS:
        return False
    return len(told) <= MAX_HEADLESS and not shares_words([each.text for each in lines], words)


def _holds_cards(box: Any) -> bool:
    """Whether a box holds boxes alike that lead elsewhere, each with a link and few words."""
    kinds: dict[tuple[str, str], int] = defaultdict(int)
    for each in box:
        if each.tag not in _CARDS or not 0 < len(each.findall(".//a")) <= MAX_CARD_LINKS:
            return False
        if each.find(".//p") is None or len(each.text_content()) > MAX_CARD:
            return False
        if any(link.getparent().tag == "p" and link.tail for link in each.iter("a")):
            return False  # a link inside a sentence leads on from the text
        kinds[each.tag, each.get("class") or ""] += 1
    return len(kinds) == 1 and sum(kinds.values()) > 1


def single(box: Any) -> list[Any]:
    """The elements of a box that each hold all of it."""
    found = []
    while len(box) == 1 and isinstance(box[0].tag, str) and not (box.text or "").strip():
        box = box[0]
        found.append(box)
    return found


def names_of(element: Any) -> set[str]:
    """The classes and the id of an element."""
    return {*(element.get("class") or "").split(), *(element.get("id") or "").split()}
