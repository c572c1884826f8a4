"""What a line at the edge of a text is, by its words and by the element it stands in."""

from __future__ import annotations

import re
from typing import Any

from index.sources.issuer_lines import names_issuer
from index.sources.issuers import is_name
from index.sources.page.blocks import Block, one_line, width
from index.sources.page.date_lines import is_date_line, tells_a_day
from index.sources.page.lines import (
    SENTENCE_END,
    is_called_label,
    is_caption,
    is_furniture_line,
    is_label_line,
    is_mostly_links,
    is_sentence,
)
from index.sources.page.shown_days import MAX_DATE_LINE, whole_day
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.tail_lines import (
    MAX_SHORT,
    asks_of_page,
    invites,
    is_tail_line,
    names_file,
    names_network,
    tells_rights,
)
from index.sources.page.title_lines import is_day_alone

MIN_WORDS = 5
"""Words from which a line that ends as a sentence may be one, however short."""
LINKED_TAIL = 0.6
"""Share of a short line below the text, no sentence, that a link has which leads elsewhere from
there (`Next: Ferry fares rise`): those of invented pages have 0.73 and more."""
MAX_LABEL_OF_LINK = 30
"""Characters of a label whose value is a link."""
MAX_BESIDE_LINK = 12
"""Characters that a link and a date may leave of a line that is no more than both."""
TEXT_HEADING = re.compile("h[1-6]|dt|legend")
"""Elements that may be a heading over a part of the text."""
_VALUE = re.compile(r"[-+−–]?\d[\d.,\s]*")
"""A number in a table: elsewhere one alone counts visits."""
MAX_REFERENCE = 60
"""Characters of a line that is no more than the number of a release."""
_REFERENCE = re.compile(
    r"(?i)(?:(?:press |media |news )?release |reference |communiqué |comunicado |comunicato )?"
    r"(?:no|nr|núm|num|n[°º]|ref|number|numéro|número|numero|nummer|nomor|bil|số|sayı|broj|číslo|"
    r"номер|№|編號|编号|字號|番号|번호)[.:： ]{1,4}(?=\D{0,40}\d)[\w./()№ -]{1,40}"
)
_PICTURES = frozenset(["img", "picture", "figure"])
_SIGNS = re.compile(r"[A-Za-z]{2,4}(?: ?/{1,2} ?[A-Za-z]{2,4}){1,4}")
"""The signs of those who wrote and edited a report (`jha/DP/stw`)."""


def is_prose(block: Block) -> bool:
    """Whether a line is a sentence of a text: no link, and nothing that is said of the page."""
    text = block.text
    if block.linked * 3 >= len(text) or not is_sentence(text):
        return False
    return not (asks_of_page(text) or tells_rights(text) or invites(text))


def is_reference(line: str) -> bool:
    """Whether a line is no more than the number of a release (`Nomor: SP-12/2024`)."""
    return len(line) <= MAX_REFERENCE and _REFERENCE.fullmatch(line) is not None


def is_signature(block: Block, below: Block | None) -> bool:
    """Whether names in bold end a text: nothing that they may head stands below, beside them."""
    element, text = block.element, block.text
    if element.tag != "p" or block.linked or not is_name(text) or names_issuer(text):
        return False
    if not is_heading(block) or is_tail_line(text) or is_furniture_line(text):
        return False
    return below is None or below.element.getparent() is not element.getparent()


def dates_signature(block: Block, above: Block) -> bool:
    """Whether a line is no more than a day, under the name of who signs a text: beside it, or in
    one paragraph with it."""
    signs = (block.element, above.element)
    if block.linked or above.linked or not is_day_alone(block.text):
        return False
    if signs[0] is not signs[1] and (
        signs[0].getparent() is not signs[1].getparent() or signs[0].tag != signs[1].tag
    ):
        return False
    if width(above.text) > MAX_SHORT or SENTENCE_END.search(above.text):
        return False
    return not (above.text[:1].islower() or stands_after_text(above))


def may_be_text(block: Block) -> bool:
    """Whether a line, which may be short, ends as a sentence and has the words of one."""
    if is_mostly_links(block) or SENTENCE_END.search(block.text) is None:
        return False
    return is_sentence(block.text) or len(block.text.split()) >= MIN_WORDS


def is_heading(block: Block) -> bool:
    """Whether a line is a heading, by its element or as a short line all in bold."""
    element = block.element
    if TEXT_HEADING.fullmatch(str(element.tag)) is not None:
        return True
    if width(block.text) > MAX_SHORT or re.search(r"[.!?。！？।]$", block.text):
        return False
    bold = "".join(each.text_content() for each in element.iter("b", "strong"))
    return bool(bold) and one_line(bold) == one_line(element.text_content())


def stands_after_text(block: Block) -> bool:
    """Whether a line below the last sentence is no text: date, label, links, a heading alone."""
    text = block.text
    if is_label_line(text) or belongs_to_picture(block):
        return True
    if is_furniture_line(text) and not (block.element.tag == "td" and _VALUE.fullmatch(text)):
        return True
    if (is_date_line(text, None) and not tells_a_day(text)) or leads_elsewhere(block):
        return True
    if is_called_label(block) or is_of_tools(block):
        return True
    if block.element.tag in ("p", "div") and _SIGNS.fullmatch(text):
        return True
    return is_tail_line(text) or is_heading(block)


def leads_elsewhere(block: Block) -> bool:
    """Whether a line is links, a link with its day, or the name of a file."""
    text = block.text
    if is_mostly_links(block) or _is_label_of_links(block):
        return True
    if width(text) < 2 * MAX_SHORT and not is_sentence(text) and names_file(text):
        return True
    if not block.linked or len(text) > 2 * MAX_DATE_LINE:
        return False
    if _is_labelled_link(block):
        return True
    if block.linked >= LINKED_TAIL * len(text) and SENTENCE_END.search(text) is None:
        return True
    day = whole_day(text)
    return day is not None and len(text) - block.linked - len(day) <= MAX_BESIDE_LINK


def _is_labelled_link(block: Block) -> bool:
    """Whether a line is a label, a colon and a link (`Our standards: How we report.`)."""
    label, colon, rest = block.text.replace("：", ":").partition(":")
    led = LINKED_TAIL * len(rest.strip()) <= block.linked <= len(rest)
    return bool(colon) and bool(rest.strip()) and len(label) <= MAX_LABEL_OF_LINK and led


def _is_label_of_links(block: Block) -> bool:
    """Whether a line is links after a word for them, with or without a colon (`Tags ports`)."""
    element = block.element
    if not block.linked or not (0 < len(block.text) - block.linked <= MAX_SHORT):
        return False
    links = [*element.iter("a")]
    linked = {part for each in links for part in each.itertext()}
    label = one_line("".join(each for each in element.itertext() if each not in linked))
    return any(is_phrase(kind, label) for kind in ("tags", "related", "section", "page"))


def is_of_tools(block: Block) -> bool:
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


def belongs_to_picture(block: Block) -> bool:
    """Whether a line belongs to a picture: by its words, or as a short one right below it."""
    if is_caption(block):
        return True
    if width(block.text) > 2 * MAX_SHORT or is_sentence(block.text):
        return False
    element = block.element
    before = element.getprevious()
    below = before is not None and _is_picture(before) and not (before.tail or "").strip()
    if below and one_line(element.text_content()).startswith(block.text):
        return True
    if element.tag == "td" and _is_under_picture(element):
        return True
    alone = one_line(element.text_content()) == block.text
    return alone and next(element.iter("img"), None) is not None


def _is_under_picture(cell: Any) -> bool:
    """Whether a cell is alone in its row of a table, and alone in the row above is a picture."""
    row = cell.getparent()
    above = row.getprevious() if row is not None and len(row) == 1 else None
    return above is not None and len(above) == 1 and _is_picture(above[0])


def _is_picture(element: Any) -> bool:
    """Whether an element is a picture and holds no words."""
    if element.tag in _PICTURES:
        return not element.text_content().strip()
    picture = len(element) > 0 and next(element.iter("img"), None) is not None
    return picture and not element.text_content().strip()
