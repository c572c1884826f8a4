"""Excel workbooks (.xlsx): each sheet a table of records, under the row that names its columns."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.errors import DatelineError, UnreadableError
from index.sources import records
from index.sources.draft import Draft, Refusal
from index.sources.forms.package import checked, form_of
from index.sources.reader import DocumentReader, Opened, ReadOptions, needed

FORM = "an Excel workbook"
HEADER_ROWS = 20
"""First rows of a sheet among which the one is looked for that names the columns."""
MAX_SHEETS = 100
"""Sheets of a workbook that are read."""
MAX_CELLS = 2_000_000
"""Cells of a sheet that are read: a sheet may claim 17 thousand million empty ones."""


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    openpyxl = needed("openpyxl", FORM)
    try:
        book = openpyxl.load_workbook(
            checked(opened, options.limits), read_only=True, data_only=True, keep_links=False
        )
        sheets = book.worksheets[:MAX_SHEETS]
    except DatelineError:
        raise
    except Exception as error:
        raise _damaged(error) from error
    for sheet in sheets:
        try:
            sheet.reset_dimensions()
            rows, cut = _rows(sheet)
        except Exception as error:
            raise _damaged(error) from error
        yield from read_sheet(rows, cut, sheet.title, "xlsx", opened, options)


def _damaged(error: Exception) -> UnreadableError:
    return UnreadableError(
        f"is a damaged Excel workbook ({type(error).__name__}); "
        "open it in Excel or LibreOffice and save it anew, or as CSV"
    )


def read_sheet(
    rows: list[list[str]], cut: bool, title: str, form: str, opened: Opened, options: ReadOptions
) -> Iterator[Draft | Refusal]:
    """The records in the rows of a sheet; `cut`: it has more rows than these."""
    name = f"{opened.document.name}, sheet {title!r}"
    if not rows:
        return
    start = records.header_row(rows[:HEADER_ROWS], options.mapping)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows[start:])
    for each in records.read_csv(text.getvalue(), name, options.mapping, opened.document.url):
        yield each if isinstance(each, Refusal) else replace(each, form=form)
    if cut:
        yield Refusal(name, f"has more than {MAX_CELLS:,} cells; save it as CSV to have all read")


def _rows(sheet: Any) -> tuple[list[list[str]], bool]:
    """The rows that hold something, as text; whether there are more than are read."""
    rows: list[list[str]] = []
    left = MAX_CELLS
    for row in sheet.iter_rows(values_only=True):
        left -= len(row)
        if left < 0:
            return rows, True
        texts = _texts(row)
        if any(texts):
            rows.append(texts)
    return rows, False


def _texts(row: Sequence[Any]) -> list[str]:
    texts = [_text(value) for value in row[: records.MAX_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


READER = DocumentReader(
    name="Excel workbook",
    recognise=lambda opened: form_of(opened) == FORM,
    read=_read,
    binary=True,
)
