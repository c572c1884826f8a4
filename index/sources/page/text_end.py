"""Where the text of a release ends: by a mark, or by a heading over what is no text."""

from __future__ import annotations

import re
from itertools import takewhile

from index.sources.issuer_lines import names_site_owner
from index.sources.issuers import is_name
from index.sources.page.blocks import TABLE_TAGS, Block, width
from index.sources.page.edge_lines import (
    TEXT_HEADING,
    is_heading,
    is_prose,
    is_signature,
    leads_elsewhere,
    may_be_text,
    stands_after_text,
)
from index.sources.page.lines import (
    SENTENCE_END,
    heads_related,
    is_contact_line,
    is_end_mark,
    is_mostly_links,
    may_lead_to_headline,
)
from index.sources.page.shown_days import whole_day
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import (
    MAX_CALLED,
    MAX_SHORT,
    heads_tags,
    holds_way,
    invites,
    is_surely_of_page,
    names_file,
    reaches,
    states_rights,
)
from index.sources.page.text_core import end_of_core

MAX_AFTER = 0.15
"""Share of the running text that may stand below a heading over related news, as their teasers; the
small inputs after bug reports have such headings inside a text, too."""
MAX_NOTICE = 200
"""Characters of a notice to readers, such as how to report a mistake, below a line about the page,
as far as a text of few words has them in no more than `MAX_AFTER_SHORT` of its own."""
MAX_AFTER_SHORT = 0.3
"""Share of a text of few words that a notice to readers below it may have."""
MAX_COMMENT = 3
"""Lines below a heading over comments of readers in which the day of the first of them stands."""
MAX_CONTACT = 800
"""Characters below a heading over contacts that are contacts; more is text."""
MIN_CHAPTER = 2
"""Paragraphs beside a row of stars from which it parts chapters, however long the text above; a
sentence, where such rows have parted chapters before."""
_COUNT = re.compile(r"\s?[(（]\d{1,5}[)）]$")
"""How many there are of what a heading is over (`Comments (2)`)."""
_STARS = re.compile(r"[*＊\s]+")
_MORE = re.compile(r"(?i)inform|lisäti|detail|savoir|подробн|информ")
_ABOUT = re.compile(
    r"(?i)(?:about|über|zum|zur|over|à propos d(?:e (?:la )?|u |e l['’])|acerca del?|sobre|"
    r"(?:informazioni )?su(?:l|lla)?|om|tietoa|o|про|о)\s+"
    r"(?:the |das |die |den |het |de |la |el |os? |as? )?(?P<body>[^.!?:]{4,90}):?$"
)
"""A heading over what is said of a body below all of its releases."""


def text_end(blocks: list[Block], content: range) -> int:
    """The number of the line before which the text ends: by a mark, a heading over related news or
    over contacts, where no running text of its own follows."""
    start, stop = content.start, content.stop
    prose = [
        place
        for place in content
        if is_prose(blocks[place]) and not (place and is_mostly_links(blocks[place - 1]))
    ]  # below a linked headline stands its teaser
    content = range(start, stop := end_of_core(blocks, content, prose))
    prose = [place for place in prose if place < stop]
    late = _last_of_most(blocks, prose, stop)
    for place in content:
        text = blocks[place].text
        below = bool(prose) and prose[0] < place
        if below and _is_end_mark(blocks[place]):
            if not _goes_on(blocks, prose, range(place, stop)):
                return place
        elif place > start and _heads_stories(blocks, prose, place):
            return place
        elif below and (_heads_contacts(blocks, place) or _heads_invitation(text)):
            rest = range(place + 1, stop)
            if blocks[place].linked and any(blocks[each].text == text for each in rest):
                continue  # a table of contents, with the heading itself below
            if sum(len(blocks[each].text) for each in rest) <= MAX_CONTACT:
                return _before_name(blocks, place, start)
        elif place > late and _ends_above(blocks, prose, place, stop):
            return place
    return stop


def _is_end_mark(block: Block) -> bool:
    """Whether a line says that the release ends there; the `30` of a table is a number."""
    return is_end_mark(block.text) and not (
        block.element.tag in TABLE_TAGS and block.text.isdecimal()
    )


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
    near = blocks[place + 1 : place + 1 + MAX_COMMENT]
    if is_phrase("comments", blocks[place].text) and any(whole_day(each.text) for each in near):
        return True
    return _length(blocks, prose, place) <= MAX_AFTER * _length(blocks, prose, -1)


def _ends_above(blocks: list[Block], prose: list[int], place: int, stop: int) -> bool:
    """Whether a line below nearly all of the text stands under the whole of it: it speaks of the
    page, or it heads what is no text."""
    block = blocks[place]
    counted = _COUNT.sub("", block.text)
    titled = is_phrase("page", block.text) and not block.text.endswith((":", "："))
    titled = titled or (counted != block.text and is_phrase("comments", counted))
    if prose[-1] < place and (titled or heads_tags(block.text) or _heads_rest(blocks, place, stop)):
        return True
    if block.element.tag in TABLE_TAGS:
        return False
    if _heads_files(blocks, place, stop) or _heads_boilerplate(block):
        return True
    if not (is_surely_of_page(block.text) or (titled and is_heading(block))):
        return False
    return not any(is_phrase("notes", blocks[each].text) for each in range(place, stop))


def _goes_on(blocks: list[Block], prose: list[int], rest: range) -> bool:
    """Whether notes follow a mark for the end, or, where it is a row of stars that may part
    chapters, much text or paragraphs beside the mark."""
    mark = blocks[rest.start]
    if any(is_phrase("notes", blocks[each].text) for each in rest):
        return True
    if _STARS.fullmatch(mark.text) is None:
        return False
    around = mark.element.getparent()
    beside = [each for each in prose if each in rest and blocks[each].element.getparent() is around]
    much = _length(blocks, prose, rest.start) > MAX_AFTER * _length(blocks, prose, -1)
    if any(block.text == mark.text for block in blocks[prose[0] : rest.start]):
        beside = [each for each in rest[1:] if SENTENCE_END.search(blocks[each].text)]
        return any(blocks[each].element.getparent() is around for each in beside)
    return much or len(beside) >= MIN_CHAPTER


def _before_name(blocks: list[Block], place: int, start: int) -> int:
    """The number of the line with the name of whom to call, where one stands right above."""
    above, contact = blocks[place - 1], blocks[place]
    parents = {each.element.getparent() for each in (above, contact)}
    if place - 1 <= start or len(parents) > 1 or is_heading(contact) or is_heading(above):
        return place
    named = len(above.text) <= MAX_CALLED and is_name(above.text)
    return place - 1 if named and not SENTENCE_END.search(above.text) else place


def _length(blocks: list[Block], prose: list[int], after: int) -> int:
    return sum(len(blocks[place].text) for place in prose if place > after)


def _heads_rest(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line below the last sentence says whose the page is, or leads to other stories, or
    is a heading and under it are, up to the end, links, days, files or ways to reach somebody: most
    of the lines, and none that is a sentence."""
    if states_rights(blocks[place].text) or _leads_to_teasers(blocks, place, stop):
        return True
    if place + 1 == stop or not is_heading(blocks[place]):
        return False
    if is_signature(blocks[place], blocks[place + 1]):
        return False
    under = blocks[place + 1 : stop]
    own = [*takewhile(lambda block: not is_heading(block), under)] or under
    listed = [sum(map(_is_listed, each)) / len(each) for each in (own, under)]
    return min(listed) >= 1 / 2 and not any(map(may_be_text, under))


def _heads_files(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line is a heading over files, below which no other follows: sentences there say how
    these may be used."""
    under = blocks[place + 1 : stop]
    if not is_heading(blocks[place]) or any(map(is_heading, under)):
        return False
    files = [*takewhile(lambda block: leads_elsewhere(block), under)]
    return any(names_file(block.text) for block in files)


def _heads_boilerplate(block: Block) -> bool:
    """Whether a heading is over what a body says of itself (`About the Harbour Office`)."""
    match = _ABOUT.match(block.text) if is_heading(block) else None
    return match is not None and names_site_owner(match["body"])


def _heads_contacts(blocks: list[Block], place: int) -> bool:
    """Whether a line heads contacts: not `More information` over a paragraph that tells it."""
    line = blocks[place].text
    if not is_contact_line(line) or not _MORE.search(line) or place + 1 == len(blocks):
        return is_contact_line(line)
    below = blocks[place + 1]
    return not (is_heading(blocks[place]) and is_prose(below)) or holds_way(below.text)


def _heads_invitation(line: str) -> bool:
    return width(line) <= MAX_SHORT and invites(line) and SENTENCE_END.search(line) is None


def _leads_to_teasers(blocks: list[Block], place: int, stop: int) -> bool:
    """Whether a line is a linked headline over its teaser: one that is a heading, or one of two."""
    if not _heads_teaser(blocks, place, stop):
        return False
    if TEXT_HEADING.fullmatch(str(blocks[place].element.tag)) is not None:
        return True
    return any(_heads_teaser(blocks, each, stop) for each in range(place + 1, stop))


def _heads_teaser(blocks: list[Block], place: int, stop: int) -> bool:
    return place + 1 < stop and _is_teased(blocks[place]) and may_be_text(blocks[place + 1])


def _is_teased(block: Block) -> bool:
    return block.element.tag != "p" and is_mostly_links(block) and may_lead_to_headline(block)


def _is_listed(block: Block) -> bool:
    return leads_elsewhere(block) or reaches(block.text) or stands_after_text(block)
