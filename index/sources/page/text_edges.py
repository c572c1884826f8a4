"""Where the text of a release begins and ends among the lines of its page."""

from __future__ import annotations

import re
from typing import Any

from index.sources.issuer_lines import names_issuer
from index.sources.issuers import is_name
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.date_lines import MAX_DATE_LINE, is_date_line, tells_a_day, whole_day
from index.sources.page.lines import (
    SENTENCE_END,
    heads_related,
    is_called_label,
    is_caption,
    is_contact_line,
    is_end_mark,
    is_furniture_line,
    is_label_line,
    is_labelled,
    is_mostly_links,
    is_sentence,
    may_lead_to_headline,
)
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import (
    MAX_CALLED,
    MAX_SHORT,
    asks_of_page,
    heads_tags,
    invites,
    is_for_press,
    is_surely_of_page,
    is_tail_line,
    names_file,
    names_network,
    reaches,
    states_rights,
    tells_rights,
)

MAX_AFTER = 0.15
"""Share of the running text that may stand below a heading over related news, as their teasers; the
small inputs after bug reports have such headings inside a text, too."""
MAX_NOTICE = 200
"""Characters of a notice to readers, such as how to report a mistake, below a line about the page,
as far as a text of few words has them in no more than `MAX_AFTER_SHORT` of its own."""
MAX_AFTER_SHORT = 0.3
MAX_CONTACT = 800
"""Characters below a heading over contacts that are contacts; more is text."""
MAX_LEADING = 15
"""Lines below the headline among which dates, labels and tools may stand."""
MIN_WORDS = 5
"""Words from which a line that ends as a sentence may be one, however short."""
LINKED_TAIL = 0.6
"""Share of a short line below the text, no sentence, that a link has which leads elsewhere from
there (`Next: Ferry fares rise`): those of invented pages have 0.73 and more."""
MAX_BESIDE_LINK = 12
"""Characters that a link and a date may leave of a line that is no more than both."""

MAX_APART = 120
"""Width of a line outside of the running text that is none; more may be a paragraph of it."""

_OF_TEXT = frozenset(
    ["p", "li", "ul", "ol", "blockquote", "pre", "dd", "dl", "h1", "h2", "h3", "h4", "h5", "h6"]
)
_OF_TABLES = frozenset(["td", "th", "caption", "tr", "table"])
_POINT = re.compile(r"[•·▪●○■◆※*–—-]\s*\w|\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.)、]\s*\w")
_ASKS = re.compile(r"[?？؟]\s*$")
_STARS = re.compile(r"[*＊\s]+")
_TEXT_HEADING = re.compile("h[1-6]|dt|legend")
_LABELLING = frozenset(["div", "dt", "th", "td", "span", "label", "small"])
_PICTURES = frozenset(["img", "picture", "figure"])


def body_range(blocks: list[Block], content: range) -> range:
    """The lines of the text, without what stands around it at both ends."""
    start, stop = _after_labels(blocks, content), content.stop
    while start < stop and _stands_before_text(blocks[start]):
        start += 1
    prose = _Prose([blocks[place] for place in range(start, stop) if _is_prose(blocks[place])])
    called: Any = None
    while stop > start:
        last = blocks[stop - 1]
        if not (_stands_after_text(last) or prose.lacks(last) or _is_name_of(called, last)):
            break
        called = last.element if reaches(last.text) or is_for_press(last.text) else called
        stop -= 1
    return range(start, stop)


class _Prose:
    """The elements that hold the running text of a page."""

    def __init__(self, prose: list[Block]) -> None:
        self._tags = {block.element.tag for block in prose}
        self._around = _common([block.element for block in prose])

    def lacks(self, block: Block) -> bool:
        """Whether a short line, no sentence, stands in no paragraph or point and outside of what
        holds the running text, or where that has paragraphs the line has none."""
        tag = block.element.tag
        if self._around is None or tag in _OF_TEXT or width(block.text) > MAX_APART:
            return False
        if _POINT.match(block.text) or (_may_be_text(block) and not _ASKS.search(block.text)):
            return False
        if self._around is not block.element and self._around not in block.element.iterancestors():
            return True
        return tag not in self._tags and tag not in _OF_TABLES


def _common(elements: list[Any]) -> Any | None:
    """The innermost element around all of some, itself no paragraph and no point."""
    if not elements:
        return None
    around = [*reversed(list(elements[0].iterancestors())), elements[0]]
    for each in elements[1:]:
        inside = {each, *each.iterancestors()}
        while around and around[-1] not in inside:
            around.pop()
    while len(around) > 1 and around[-1].tag in _OF_TEXT:
        around.pop()
    return around[-1] if around else None


def _is_name_of(called: Any, block: Block) -> bool:
    """Whether a short line stands in one element with the number or address below it."""
    return called is block.element and called.tag != "div" and not _may_be_text(block)


def text_end(blocks: list[Block], content: range) -> int:
    """The number of the line before which the text ends: by a mark, a heading over related news or
    over contacts, where no running text of its own follows."""
    start, stop = content.start, content.stop
    prose = [
        place
        for place in content
        if _is_prose(blocks[place]) and not (place and is_mostly_links(blocks[place - 1]))
    ]  # below a linked headline stands its teaser
    late = _last_of_most(blocks, prose, stop)
    for place in content:
        text = blocks[place].text
        below = bool(prose) and prose[0] < place
        if is_end_mark(text) and below:
            if not _goes_on(blocks, prose, range(place, stop)):
                return place
        elif place > start and _heads_stories(blocks, prose, place):
            return place
        elif below and (is_contact_line(text) or _heads_invitation(text)):
            rest = range(place + 1, stop)
            if sum(len(blocks[each].text) for each in rest) <= MAX_CONTACT:
                return _before_name(blocks, place, start)
        elif place > late and _ends_above(blocks, prose, place, stop):
            return place
    return stop


def _last_of_most(blocks: list[Block], prose: list[int], stop: int) -> int:
    """The number of the paragraph below which no more running text stands than a notice has."""
    whole = left = _length(blocks, prose, -1)
    allowed = max(MAX_AFTER * whole, min(MAX_NOTICE, MAX_AFTER_SHORT * whole))
    for place in prose:
        left -= len(blocks[place].text)
        if left <= allowed:
            return place
    return stop


def _heads_stories(blocks: list[Block], prose: list[int], place: int) -> bool:
    """Whether a line is a heading over related news, with hardly any running text below."""
    if not heads_related(blocks[place]):
        return False
    return _length(blocks, prose, place) <= MAX_AFTER * _length(blocks, prose, -1)


def _ends_above(blocks: list[Block], prose: list[int], place: int, stop: int) -> bool:
    """Whether a line below nearly all of the text stands under the whole of it: it speaks of the
    page, or it heads what is no text."""
    block = blocks[place]
    titled = is_phrase("page", block.text) and not block.text.endswith((":", "："))
    if prose[-1] < place and (titled or heads_tags(block.text) or _heads_rest(blocks, place, stop)):
        return True
    if block.element.tag in _OF_TABLES:
        return False
    if not (is_surely_of_page(block.text) or (titled and _is_heading(block))):
        return False
    return not any(is_phrase("notes", blocks[each].text) for each in range(place, stop))


def _goes_on(blocks: list[Block], prose: list[int], rest: range) -> bool:
    """Whether notes follow a mark for the end, or, where it is a row of stars that may part
    chapters, much text."""
    if any(is_phrase("notes", blocks[each].text) for each in rest):
        return True
    stars = _STARS.fullmatch(blocks[rest.start].text) is not None
    return stars and _length(blocks, prose, rest.start) > MAX_AFTER * _length(blocks, prose, -1)


def _before_name(blocks: list[Block], place: int, start: int) -> int:
    """The number of the line with the name of whom to call, where one stands right above."""
    above, contact = blocks[place - 1], blocks[place]
    parents = {each.element.getparent() for each in (above, contact)}
    if place - 1 <= start or len(parents) > 1 or _is_heading(contact) or _is_heading(above):
        return place
    named = len(above.text) <= MAX_CALLED and is_name(above.text)
    return place - 1 if named and not SENTENCE_END.search(above.text) else place


def _length(blocks: list[Block], prose: list[int], after: int) -> int:
    return sum(len(blocks[place].text) for place in prose if place > after)


def _is_prose(block: Block) -> bool:
    text = block.text
    if block.linked * 3 >= len(text) or not is_sentence(text):
        return False
    return not (asks_of_page(text) or tells_rights(text) or invites(text))


def _heads_rest(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line below the last sentence says whose the page is, or leads to other stories, or
    is a heading and under it are, up to the end, links, days, files or ways to reach somebody: most
    of the lines, and none that is a sentence."""
    if states_rights(blocks[place].text) or _leads_to_teasers(blocks, place, stop):
        return True
    if not _is_heading(blocks[place]) or place + 1 == stop:
        return False
    under = blocks[place + 1 : stop]
    listed = sum(_is_listed(block) for block in under)
    return 2 * listed >= len(under) and not any(map(_may_be_text, under))


def _heads_invitation(line: str) -> bool:
    return width(line) <= MAX_SHORT and invites(line) and SENTENCE_END.search(line) is None


def _leads_to_teasers(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line is a linked headline over its teaser: one that is a heading, or one of two."""
    rest = range(place, stop - 1)
    pairs = [each for each in rest if _is_teased(blocks[each]) and _may_be_text(blocks[each + 1])]
    if not pairs or pairs[0] != place:
        return False
    return _TEXT_HEADING.fullmatch(str(blocks[place].element.tag)) is not None or len(pairs) > 1


def _is_teased(block: Block) -> bool:
    return block.element.tag != "p" and is_mostly_links(block) and may_lead_to_headline(block)


def _may_be_text(block: Block) -> bool:
    """Whether a line, which may be short, ends as a sentence and has the words of one."""
    if is_mostly_links(block) or SENTENCE_END.search(block.text) is None:
        return False
    return is_sentence(block.text) or len(block.text.split()) >= MIN_WORDS


def _is_listed(block: Block) -> bool:
    return _leads_elsewhere(block) or reaches(block.text) or _stands_after_text(block)


def _is_heading(block: Block) -> bool:
    """Whether a line is a heading, by its element or as a short line all in bold."""
    element = block.element
    if _TEXT_HEADING.fullmatch(str(element.tag)) is not None:
        return True
    if width(block.text) > MAX_SHORT or re.search(r"[.!?。！？।]$", block.text):
        return False
    bold = "".join(each.text_content() for each in element.iter("b", "strong"))
    return bool(bold) and one_line(bold) == one_line(element.text_content())


def _after_labels(blocks: list[Block], content: range) -> int:
    """The line after the last date, label or tool above the first sentence: what stands over those
    is a subtitle, a value or points of the text, not the text."""
    near = range(content.start, min(content.stop, content.start + MAX_LEADING))
    first = next((place for place in near if _is_prose(blocks[place])), content.start)
    above = range(first - 1, content.start - 1, -1)
    return next(
        (
            place + 1
            for place in above
            if _is_surely_none(blocks[place]) or _is_value(blocks[place], blocks[place - 1])
        ),
        content.start,
    )


def _is_value(block: Block, before: Block) -> bool:
    """Whether a short line follows a label that stands in an element of its own."""
    label = before.text
    return (
        label.endswith((":", "："))
        and width(label) <= MAX_CALLED
        and before.element.tag in _LABELLING
        and width(block.text) <= MAX_SHORT
        and not is_sentence(block.text)
    )


def _is_surely_none(block: Block) -> bool:
    text = block.text
    if is_date_line(text, None) and not tells_a_day(text):
        return True
    if _is_of_tools(block) or is_called_label(block) or block.element.tag in ("dt", "dd"):
        return True
    if _begins_in_bold(block) or reaches(text) or is_phrase("sharing", text):
        return True
    return is_label_line(text) and not text.endswith((":", "："))


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
    if is_furniture_line(text) or is_label_line(text) or _is_caption(block):
        return True
    if (is_date_line(text, None) and not tells_a_day(text)) or _is_of_tools(block):
        return True
    if is_mostly_links(block) or is_labelled(block) or _begins_in_bold(block):
        return True
    if reaches(text) or _is_issuer(text):
        return True
    return any(is_phrase(kind, text) for kind in ("section", "related", "page"))


def _is_issuer(line: str) -> bool:
    """Whether a line is the name of a body and nothing else."""
    return width(line) <= MAX_SHORT and SENTENCE_END.search(line) is None and names_issuer(line)


def _stands_after_text(block: Block) -> bool:
    """Whether a line below the last sentence is no text: date, label, links, a heading alone."""
    text = block.text
    if is_furniture_line(text) or is_label_line(text) or _is_caption(block):
        return True
    if (is_date_line(text, None) and not tells_a_day(text)) or _leads_elsewhere(block):
        return True
    if is_called_label(block) or _is_of_tools(block):
        return True
    return is_tail_line(text) or _is_heading(block)


def _leads_elsewhere(block: Block) -> bool:
    """Whether a line is links, a link with its day, or the name of a file."""
    text = block.text
    if is_mostly_links(block):
        return True
    if width(text) < 2 * MAX_SHORT and not is_sentence(text) and names_file(text):
        return True
    if not block.linked or len(text) > 2 * MAX_DATE_LINE:
        return False
    if block.linked >= LINKED_TAIL * len(text) and SENTENCE_END.search(text) is None:
        return True
    day = whole_day(text)
    return day is not None and len(text) - block.linked - len(day) <= MAX_BESIDE_LINK


def _is_of_tools(block: Block) -> bool:
    """Whether each of the words of a line that stands in an element of its own is a tool's name:
    `A+ A-`, `Listen Print`."""
    if len(block.text) > MAX_SHORT:
        return False
    parts = [one_line(each) for each in block.element.itertext()]
    parts = [each for each in parts if each]
    if names_network(block.text):
        return True
    return len(parts) > 1 and all(map(_is_tool, parts))


def _is_tool(part: str) -> bool:
    return is_phrase("sharing", part) or re.search(r"\w\w", part) is None


def _is_caption(block: Block) -> bool:
    """Whether a line belongs to a picture: by its words, or as a short one right below it."""
    if is_caption(block):
        return True
    if width(block.text) > 2 * MAX_SHORT or is_sentence(block.text):
        return False
    element = block.element
    before = element.getprevious()
    if before is not None and _is_picture(before) and not (before.tail or "").strip():
        return True
    alone = one_line(element.text_content()) == block.text
    return alone and next(element.iter("img"), None) is not None


def _is_picture(element: Any) -> bool:
    """Whether an element is a picture and holds no words."""
    if element.tag in _PICTURES:
        return not element.text_content().strip()
    picture = len(element) > 0 and next(element.iter("img"), None) is not None
    return picture and not element.text_content().strip()
