"""OpenDocument tables (.ods): each sheet a table of records, as in a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.sources import records
from index.sources.draft import Draft, Refusal
from index.sources.forms.package import attribute_of
from index.sources.forms.spreadsheet import MAX_CELLS, MAX_SHEETS, read_sheet
from index.sources.reader import Opened, ReadOptions

TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_REPEATED = 1_000
"""Cells, or rows, of one content that an element may stand for; what is empty stands for none."""
_ASIDE = ("annotation", "note", "frame")


def read_tables(
    root: etree._Element, opened: Opened, options: ReadOptions
) -> Iterator[Draft | Refusal]:
    """The records in the sheets of an OpenDocument table."""
    for sheet in list(root.iter("{*}table"))[:MAX_SHEETS]:
        rows, cut = _rows(sheet)
        yield from read_sheet(rows, cut, attribute_of(sheet, "name"), "ods", opened, options)


def _rows(sheet: Any) -> tuple[list[list[str]], bool]:
    """The rows that hold something; whether there are more than are read."""
    rows: list[list[str]] = []
    left = MAX_CELLS
    for row in sheet.iter("{*}table-row"):
        cells = _cells(row)
        for _ in range(_repeated(row, "number-rows-repeated") if cells else 0):
            left -= len(cells)
            if left < 0:
                return rows, True
            rows.append(cells)
    return rows, False


def _cells(row: Any) -> list[str]:
    """The cells of a row up to its last that holds something."""
    cells: list[str] = []
    empty = 0
    for cell in row.iter("{*}table-cell", "{*}covered-table-cell"):
        text, count = _text(cell), _repeated(cell, "number-columns-repeated")
        if not text:
            empty += count
            continue
        if len(cells) + empty + count > records.MAX_COLUMNS:
            break
        cells += [""] * empty + [text] * count
        empty = 0
    return cells


def _text(cell: Any) -> str:
    day = attribute_of(cell, "date-value")
    if day:
        return day.removesuffix("T00:00:00")
    lines = ("".join(_written(each)) for each in cell.iterchildren("{*}p"))
    return "\n".join(lines).strip()


def _written(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in ("s", "tab"):
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name and name not in _ASIDE:
            yield "".join(each for each in child.itertext() if isinstance(each, str))
        yield child.tail or ""


def _repeated(element: Any, name: str) -> int:
    count = attribute_of(element, name)
    return min(int(count), MAX_REPEATED) if count.isdecimal() and len(count) < 10 else 1
