"""Tables of a database, each row under the names of its columns: those that hold releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import UnreadableError
from index.sources import records
from index.sources.draft import Document, Draft, Refusal, group_refusals
from index.sources.export_items import why_no_release
from index.sources.reader import ReadOptions
from index.sources.record_fields import first, plan

MAX_ROWS = 500_000
"""Rows of all tables of one document."""
LOOKED_AT = 50
"""Rows that tell what a table holds."""

Rows = list[dict[str, Any]]


def read_tables(
    tables: Mapping[str, Rows], document: Document, options: ReadOptions, form: str
) -> Iterator[Draft | Refusal]:
    """The releases in those tables whose rows have a headline and a text.

    :raises UnreadableError: none has.
    """
    mapping = tuple(options.mapping.items())
    held = {name: rows for name, rows in tables.items() if _holds_releases(rows, mapping)}
    if not held:
        names = ", ".join(list(tables)[:9]) or "none"
        raise UnreadableError(
            f"holds no table with a headline and a text (its tables: {names}); "
            "--map headline=NAME and --map body=NAME say which columns are"
        )
    for name, rows in held.items():
        yield from group_refusals(_table(name, rows, document, mapping, form))


def _table(
    name: str, rows: Rows, document: Document, mapping: tuple[tuple[str, str], ...], form: str
) -> Iterator[Draft | Refusal]:
    where = f"{document.name}, table {name!r}"
    reasons = [why_no_release(*_kind_and_state(row)) for row in rows]
    for number, reason in enumerate(reasons, start=1):
        if reason:
            yield Refusal(f"{where}, record {number}", reason)
    wanted = [row for row, reason in zip(rows, reasons, strict=True) if reason is None]
    yield from records.read_listed(wanted, where, mapping, form, document.url)


def _kind_and_state(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row.get("post_type") or ""), str(row.get("post_status") or "")


def _holds_releases(rows: Rows, mapping: tuple[tuple[str, str], ...]) -> bool:
    for row in rows[:LOOKED_AT]:
        places = plan(row, mapping)
        if first(row, places["headline"]) and first(row, places["body"]):
            return True
    return False
