"""Where the text of a release begins and ends among the lines of its page."""

from __future__ import annotations

import re
from typing import Any

from index.sources.issuer_lines import names_issuer
from index.sources.page.blocks import TABLE_TAGS, Block, one_line, width
from index.sources.page.date_lines import is_date_line, tells_a_day
from index.sources.page.edge_lines import (
    MIN_WORDS,
    belongs_to_picture,
    dates_signature,
    is_heading,
    is_of_tools,
    is_prose,
    is_reference,
    is_signature,
    may_be_text,
    stands_after_text,
)
from index.sources.page.lines import (
    SENTENCE_END,
    is_bare_label,
    is_called_label,
    is_furniture_line,
    is_label_line,
    is_labelled,
    is_mostly_links,
    is_sentence,
)
from index.sources.page.main_text import around_all
from index.sources.page.shared_words import shares_words, words_of
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import (
    MAX_CALLED,
    MAX_SHORT,
    is_for_press,
    is_tail_line,
    is_way_to_call,
    names_file,
    reaches,
)
from index.sources.page.text_core import core_of
from index.sources.page.text_end import MAX_CONTACT
from index.sources.page.text_parts import MIN_ANNOUNCING
from index.sources.page.title_lines import names_kind

MAX_LEADING = 15
"""Lines below the headline among which dates, labels and tools may stand."""
MOST_BESIDE = 0.8
"""Share of the paragraphs that stand directly in one element, from which a short line with a link
that stands there in a box of its own is none."""
MAX_KIND_WORDS = 3
"""Words that say what a release is, before those for who speaks in it."""
MIN_IN_TABLE = 2
"""Words of the text that a table below it has which is a part of it."""
MAX_APART = 120
"""Width of a line outside of the running text that is none; more may be a paragraph of it."""
_OF_TEXT = frozenset(
    ["p", "li", "ul", "ol", "blockquote", "pre", "dd", "dl", "h1", "h2", "h3", "h4", "h5", "h6"]
)
_SUBTITLES = frozenset(["h2", "h3", "h4"])
_OF_POINTS = frozenset(["li", "ul", "ol", "blockquote", "pre", "dd", "dl"])
_POINT = re.compile(r"[•·▪●○■◆※*–—-]\s*\w|\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.)、]\s*\w")
_GOES_ON = re.compile(r"(?i)[;；,](?: (?:and|or|und|oder|et|ou|y|o|e))?$")
_ASKS = re.compile(r"[?？؟]\s*$")
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
_TIME = re.compile(r"(?i)\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?")
_BOXES = frozenset(["div", "section", "span"])
_LABELLING = frozenset(["div", "dt", "th", "td", "span", "label", "small"])

_DIVISION = re.compile(r"[\u3040-\u30ff\u3400-\u9fff（）()]{4,24}[課室係班科組]")
"""`X県農林水産部農産課`: a division, down to the smallest."""


def body_range(blocks: list[Block], content: range) -> range:
    """The lines of the text, without what stands around it at both ends."""
    start, stop = _after_labels(blocks, content), content.stop
    prose = _Prose([blocks[place] for place in range(start, stop) if is_prose(blocks[place])])
    while start < stop:
        after = _below_digest(blocks, range(start, stop))
        none = _stands_before_text(blocks[start]) or prose.stands_over(blocks[start])
        if after == start and not none and not prose.is_boxed_with_label(blocks, content, start):
            break
        if start + 1 < stop and _leads_in(blocks[start], blocks[start + 1]):
            break
        start = max(after, start + 1)
    if _is_subtitle(blocks, start, content):
        start += 1
    called: Any = None
    while stop > start:
        last = blocks[stop - 1]
        if is_signature(last, blocks[stop] if stop < len(blocks) else None):
            break
        if stop - start > 1 and _ends_by_form(last, blocks[stop - 2]):
            break
        below = blocks[stop] if stop < len(blocks) else None
        if not (stands_after_text(last) or prose.lacks(last) or _is_name_of(called, last)
                or _is_of_list_below(last, below)):  # fmt: skip
            break
        called = last.element if reaches(last.text) or is_for_press(last.text) else called
        stop -= 1
    return range(start, stop)


def _below_digest(blocks: list[Block], rest: range) -> int:
    """The number of the line below a box with a digest that no writer of the text made; that of the
    first line where it is none."""
    first = blocks[rest.start]
    if not is_phrase("digest", first.text):
        return rest.start
    holds = [first.element in blocks[each].element.iterancestors() for each in rest]
    box = first.element if any(holds) else first.element.getparent()
    inside = [
        each
        for each in rest
        if box in (blocks[each].element, *blocks[each].element.iterancestors())
    ]
    told = any(is_prose(blocks[each]) for each in rest if each not in inside)
    return inside[-1] + 1 if told and inside else rest.start


def _is_subtitle(blocks: list[Block], place: int, content: range) -> bool:
    """Whether the line above the first sentence, with no text between it and the headline, is a
    heading of a level that no other has: headings of parts are several."""
    block = blocks[place] if place + 1 < content.stop else None
    if block is None or block.element.tag not in _SUBTITLES or block.linked:
        return False
    if width(block.text) > MAX_APART or not is_prose(blocks[place + 1]):
        return False
    return all(blocks[each].element.tag != block.element.tag for each in content if each != place)


class _Prose:
    """The elements that hold the running text of a page."""

    def __init__(self, prose: list[Block]) -> None:
        self._words = words_of(block.text for block in prose)
        self._tables: dict[Any, bool] = {}
        self._tags = {block.element.tag for block in prose}
        self._around = around_all([block.element for block in prose])
        self._holding = {
            each for block in prose for each in (block.element, *block.element.iterancestors())
        }
        beside = [block.element.getparent() is self._around for block in prose]
        self._in_one = sum(beside) > MOST_BESIDE * len(beside)
        self._beside = self._in_one and "div" not in self._tags
        self._names = frozenset.intersection(*map(_names_of, prose)) if prose else frozenset()

    def stands_over(self, block: Block) -> bool:
        """Whether a short line, no sentence, stands above what holds the running text."""
        if self._around is None or block.element.tag in TABLE_TAGS or may_be_text(block):
            return False
        if width(block.text) > MAX_SHORT:
            return False
        if block.element is not self._around and self._around not in block.element.iterancestors():
            return True
        return self._in_one and self._is_unlike(block)

    def is_boxed_with_label(self, blocks: list[Block], content: range, place: int) -> bool:
        """Whether a short line, neither a sentence nor a heading, stands in a box without running
        text below a byline, a day or their like."""
        block = blocks[place]
        if width(block.text) > MAX_SHORT or may_be_text(block) or is_heading(block):
            return False
        box = block.element
        if box in self._holding or self._around is None or block.element.tag in _OF_POINTS:
            return False
        while (parent := box.getparent()) is not None and parent not in self._holding:
            box = parent
        above = (blocks[each] for each in range(content.start, place))
        return any(box in each.element.iterancestors() and _is_surely_none(each) for each in above)

    def _is_unlike(self, block: Block) -> bool:
        """Whether a line among the paragraphs has neither their tag nor, where that is one for
        boxes, a name that all of them have."""
        tag = block.element.tag
        if tag not in _BOXES or block.element is self._around:
            return False
        return tag not in self._tags or not (self._names <= _names_of(block))

    def lacks(self, block: Block) -> bool:
        """Whether a short line, no sentence, stands in no paragraph or point and outside of what
        holds the running text, or where that has paragraphs the line has none."""
        tag = block.element.tag
        if self._around is None or tag in _OF_POINTS or width(block.text) > MAX_APART:
            return False
        if _POINT.match(block.text) or (may_be_text(block) and not _ASKS.search(block.text)):
            return False
        if self._around is not block.element and self._around not in block.element.iterancestors():
            return not self._goes_on_in_table(block)
        if self._beside and block.linked and tag not in TABLE_TAGS:
            return self._around not in (block.element, block.element.getparent())
        return tag not in self._tags and tag not in TABLE_TAGS and tag not in _OF_TEXT

    def _goes_on_in_table(self, block: Block) -> bool:
        """Whether a line stands in a table of the matter of the text."""
        table = next(block.element.iterancestors("table"), None)
        if block.element.tag not in TABLE_TAGS or table is None:
            return False
        if table not in self._tables:
            cells = map(one_line, table.itertext())
            self._tables[table] = shares_words(cells, self._words, MIN_IN_TABLE)
        return self._tables[table]


def _names_of(block: Block) -> frozenset[str]:
    return frozenset((block.element.get("class") or "").split())


def _ends_by_form(block: Block, above: Block) -> bool:
    """Whether a line that looks like none of the text is its last by what stands above it."""
    return _is_linked_text(block, above) or dates_signature(block, above)


def _is_linked_text(block: Block, above: Block) -> bool:
    """Whether a paragraph that is a link is text all the same: a sentence below one, or the address
    that a line above it announces."""
    element = block.element
    if element.tag != "p" or above.element.getparent() is not element.getparent():
        return False
    if not is_mostly_links(block) or above.linked or above.element.tag != "p":
        return False
    if _ADDRESS.fullmatch(block.text):
        return len(above.text.split()) >= MIN_WORDS and above.text.endswith((":", "："))
    enough = len(block.text.split()) > MIN_WORDS
    return enough and _may_end_text(block.text) and not is_tail_line(block.text)


def _may_end_text(line: str) -> bool:
    return SENTENCE_END.search(line) is not None and not line.endswith((":", "："))


def _is_of_list_below(block: Block, below: Block | None) -> bool:
    """Whether a label or a value stands in one list of such with the line below it, which is none
    of the text (`Responsible:`, a name, `Changed:`, a day)."""
    element = block.element
    if below is None or element.tag not in ("dt", "dd") or may_be_text(block):
        return False
    return below.element.tag in ("dt", "dd") and below.element.getparent() is element.getparent()


def _is_name_of(called: Any, block: Block) -> bool:
    """Whether a short line stands in one element, or one table, with the number or address below
    it."""
    if called is None or may_be_text(block):
        return False
    if called.tag in TABLE_TAGS:
        table = next(called.iterancestors("table"), None)
        small = table is not None and len(table.text_content()) <= MAX_CONTACT
        return small and table in block.element.iterancestors()
    return called is block.element and called.tag != "div"


def _after_labels(blocks: list[Block], content: range) -> int:
    """The line after the last date, label or tool above the first sentence: what stands over those
    is a subtitle, a value or points of the text, not the text."""
    near = range(content.start, min(content.stop, content.start + MAX_LEADING))
    prose = [place for place in near if is_prose(blocks[place])]
    first = _below_lead(blocks, content, prose) if prose else content.start
    above = range(first - 1, content.start - 1, -1)
    return next(
        (
            place + 1
            for place in above
            if _is_surely_none(blocks[place]) or _is_value(blocks[place], blocks[place - 1])
        ),
        content.start,
    )


def _leads_in(block: Block, below: Block) -> bool:
    """Whether a line names those to whom a text is written (`各有关单位：`): right above its first
    sentence, in a paragraph beside it; or whether its words announce the list right below."""
    if block.linked or block.element.tag != "p" or not is_bare_label(block.text):
        return False
    announced = below.element.getparent() is block.element.getnext() and below.element.tag == "li"
    if announced and len(block.text.split()) >= MIN_ANNOUNCING:
        return True
    beside = below.element.getparent() is block.element.getparent() and below.element.tag == "p"
    return beside and not is_heading(block) and is_sentence(below.text)


def _below_lead(blocks: list[Block], content: range, prose: list[int]) -> int:
    """The number of the first sentence of the text: not that of a summary above the day of issue
    and its like, which stands outside of what holds the text."""
    core = core_of(blocks, content)
    inside = [each for each in prose if core in blocks[each].element.iterancestors()]
    if not inside or inside[0] == prose[0]:
        return prose[0]
    between = range(prose[0] + 1, inside[0])
    return inside[0] if any(_is_surely_none(blocks[each]) for each in between) else prose[0]


def _is_value(block: Block, before: Block) -> bool:
    """Whether a short line follows a label that stands in an element of its own: one with a colon,
    or, in a table, one for whom to ask (`担当`)."""
    label = before.text
    cells = (before.element.tag, block.element.tag) == ("th", "td")
    return (
        (label.endswith((":", "：")) or (cells and is_phrase("contact", label)))
        and width(label) <= MAX_CALLED
        and before.element.tag in _LABELLING
        and width(block.text) <= MAX_SHORT
        and not is_sentence(block.text)
    )


def _is_surely_none(block: Block) -> bool:
    text = block.text
    if _states_day(block) or is_reference(text):
        return True
    if is_of_tools(block) or is_called_label(block) or block.element.tag in ("dt", "dd"):
        return True
    if _begins_in_bold(block) or reaches(text) or is_phrase("sharing", text):
        return True
    return is_label_line(text) and not text.endswith((":", "："))


def _states_day(block: Block) -> bool:
    """Whether a line is about a day, and neither a sentence nor one of points that a comma or the
    like parts (`until 30 May 2025; and`)."""
    text = block.text
    if block.element.tag == "li" and _GOES_ON.search(text):
        return False
    return is_date_line(text, None) and not tells_a_day(text)


def _begins_in_bold(block: Block) -> bool:
    """Whether a short line that is no sentence is a label in bold with its value after it."""
    element = block.element
    if width(block.text) > MAX_SHORT or SENTENCE_END.search(block.text) or len(element) == 0:
        return False
    label = element[0]
    if label.tag not in ("b", "strong") or (element.text or "").strip():
        return False
    tail = (label.tail or "").strip()
    return bool(tail) and tail[0] not in "–—-,."


def _stands_before_text(block: Block) -> bool:
    """Whether a line above the first sentence is no text: date, byline, label, caption, links."""
    text = block.text
    if is_furniture_line(text) or is_label_line(text) or belongs_to_picture(block):
        return True
    if len(text) <= MAX_SHORT and not is_sentence(text) and names_file(text):
        return True
    if names_kind(text) or _names_kind_and_speaker(text) or _TIME.fullmatch(text):
        return True
    if _states_day(block) or is_of_tools(block) or is_reference(text):
        return True
    if is_mostly_links(block) or is_labelled(block) or _begins_in_bold(block):
        return True
    if reaches(text) or is_way_to_call(text) or _is_issuer(text):
        return True
    if width(text) <= MAX_CALLED and is_for_press(text) and not is_heading(block):
        return True
    return any(is_phrase(kind, text) for kind in ("section", "related", "page"))


def _names_kind_and_speaker(line: str) -> bool:
    """Whether a line in capitals says what follows and from whom (`PRESS STATEMENT BY X`)."""
    if not line.isupper() or width(line) > MAX_SHORT or SENTENCE_END.search(line):
        return False
    words = line.split()
    return any(names_kind(" ".join(words[:count])) for count in range(1, MAX_KIND_WORDS + 1))


def _is_issuer(line: str) -> bool:
    """Whether a line is the name of a body, or of a division of one, and nothing else."""
    if width(line) > MAX_SHORT or SENTENCE_END.search(line):
        return False
    return names_issuer(line) or _DIVISION.fullmatch(line) is not None
