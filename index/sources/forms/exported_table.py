"""Tables that programs export for a spreadsheet as a page, or as XML of Excel 2003 (`.xls`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import lxml.html

from index.sources.draft import Draft, Refusal
from index.sources.forms.spreadsheet import read_sheet
from index.sources.html_text import plain
from index.sources.page.blocks import parse
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.sources.record_fields import tells_a_release

HEAD = 20_000
"""Characters in which the row that names the columns stands."""
MAX_ROWS = 200_000
"""Rows of a table that are read."""
_ROWS, _CELLS = ("tr", "row"), ("th", "td", "cell")


def _recognise(opened: Opened) -> bool:
    """Whether the first row of a table names a headline, a text and more; a page has headings."""
    head = opened.text[:HEAD].lstrip("\ufeff \t\r\n")
    folded = head.lower()
    if not head.startswith("<") or "table" not in folded or "<h1" in folded or "<h2" in folded:
        return False
    return tells_a_release(next(_rows(parse(head)), []))


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    rows = list(islice(_rows(parse(opened.text)), MAX_ROWS + 1))
    cut = len(rows) > MAX_ROWS
    yield from read_sheet(rows[:MAX_ROWS], cut, "1", "exported-table", opened, options)


def _rows(root: Any) -> Iterator[list[str]]:
    """The cells of each row that has some, as text."""
    for row in () if root is None else root.iter():
        if _name(row) in _ROWS:
            cells = [_text(cell) for cell in row if _name(cell) in _CELLS]
            if any(cells):
                yield cells


def _name(element: Any) -> str:
    """A tag without the prefix that XML has: `ss:Row` -> `row`."""
    return element.tag.rpartition(":")[2] if isinstance(element.tag, str) else ""


def _text(cell: Any) -> str:
    if _name(cell) == "cell":
        return str(cell.text_content()).strip()
    return plain(lxml.html.tostring(cell, encoding="unicode", with_tail=False))


READER = DocumentReader(name="exported table", recognise=_recognise, read=_read)
