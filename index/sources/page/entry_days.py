"""Days of the entries of a list: what stands in a link to another page, or at each of its links."""

from __future__ import annotations

from collections import Counter
from typing import Any

from index.sources.page.blocks import Block
from index.sources.page.lines import is_mostly_links, may_lead_to_headline, related_from
from index.sources.page.shown_days import MAX_DATE_LINE, full_day

MIN_LISTED = 3
"""Days of one form, each beside a linked headline, from which they are those of a list: below a
release stand one or two links (its other language, a file)."""


def days_of_entries(blocks: list[Block], headline: int) -> frozenset[Any]:
    """The elements below the headline that hold the day of another page.

    Above the headline, and below a heading over related news, nobody looks for days of issue in
    this way.
    """
    if headline < 0:
        return frozenset()
    places = range(headline + 1, related_from(blocks, headline))
    cards = {blocks[place].element for place in places if _is_in_card(blocks[place])}
    for step in (1, -1):  # the day above its headline, or below
        beside = [
            blocks[place].element
            for place in places
            if place + step in places and _leads(blocks[place + step]) and _is_day(blocks[place])
        ]
        forms = Counter(map(_form, beside))
        cards.update(each for each in beside if forms[_form(each)] >= MIN_LISTED)
    return frozenset(cards | _in_rows([blocks[place] for place in places]))


def _in_rows(blocks: list[Block]) -> set[Any]:
    """The cells with the day of a row of a table that is one of several such: registers of releases
    and decrees link a number, a file or a button, not the headline, and calendars nothing."""
    days = [block.element for block in blocks if block.element.tag == "td" and _is_day(block)]
    linked = {each for each in days if next(each.getparent().iter("a"), None) is not None}
    found = linked if len({each.getparent() for each in linked}) >= MIN_LISTED else set()
    columns = Counter(map(_column, days))
    return found | {each for each in days if columns[_column(each)] >= MIN_LISTED}


def _column(cell: Any) -> tuple[Any, int]:
    """The table, or the part of one, that a cell stands in, and how many cells stand before it."""
    return cell.getparent().getparent(), cell.getparent().index(cell)


def _is_in_card(block: Block) -> bool:
    """Whether a day stands in a link that goes around other lines, too."""
    if block.linked < len(block.text) or not _is_day(block):
        return False
    return any(each.tag == "a" for each in block.element.iterancestors())


def _leads(block: Block) -> bool:
    return block.links > 0 and is_mostly_links(block) and may_lead_to_headline(block)


def _is_day(block: Block) -> bool:
    return len(block.text) <= MAX_DATE_LINE and full_day(block.text) is not None


def _form(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class") or ""
