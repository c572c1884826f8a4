"""SQLite databases: the releases in their tables; nothing that the database defines is run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from index.errors import UnreadableError
from index.sources.draft import Draft, Refusal
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.sources.tables import MAX_ROWS, Rows, read_tables

MAGIC = b"SQLite format 3\x00"
MAX_TABLES = 500
"""Tables of a database."""
_CALLED = ("label", "title", "name")
"""Columns that say what a row is called, the best last."""
_NUMBER = re.compile(r"(?i)(?<=[^\W_])_?id$")
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    try:
        tables = _tables(opened.data)
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        raise UnreadableError(
            f"is a damaged SQLite database ({str(error)[:100]}); save its tables as CSV"
        ) from error
    yield from read_tables(tables, opened.document, options, "sqlite")


def _tables(data: bytes) -> dict[str, Rows]:
    """The rows of every table that is one by itself, no view and no index of words."""
    journal = data[:18] + b"\x01\x01" + data[20:]  # one with a log beside it cannot be opened alone
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(journal)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = lambda held: held.decode("utf-8", "replace")
        found: dict[str, Rows] = {}
        left = MAX_ROWS
        for name in _names(connection)[:MAX_TABLES]:
            quoted = name.replace('"', '""')
            cursor = connection.execute(f'SELECT * FROM "{quoted}" LIMIT ?', (left,))  # noqa: S608
            columns = [each[0] for each in cursor.description]
            found[name] = [dict(zip(columns, _plain(row), strict=True)) for row in cursor]
            left -= len(found[name])
        for name, rows in found.items():
            _name_references(rows, _references(connection, name), found)
        return found
    finally:
        connection.close()


def _references(connection: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    """The columns of a table that refer to a row of another: column, table, column of that."""
    quoted = name.replace('"', '""')
    stated = connection.execute(f'PRAGMA foreign_key_list("{quoted}")').fetchall()
    return [(own, table, other or "id") for _, _, table, own, other, *_ in stated]


def _name_references(
    rows: Rows, references: list[tuple[str, str, str]], tables: Mapping[str, Rows]
) -> None:
    """Put what the row is called that a column refers to beside its number: `department_id`."""
    for own, table, other in references:
        called = {
            row[other]: row[name]
            for row in tables.get(table, ())
            for name in _CALLED
            if other in row and isinstance(row.get(name), str)
        }
        kept = _NUMBER.sub("", own)
        for row in rows:
            if row.get(own) in called and (kept == own or kept not in row):
                row[kept] = called[row[own]]


def _names(connection: sqlite3.Connection) -> list[str]:
    made = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    virtual = [name for name, sql in made if _VIRTUAL.match(sql or "")]
    beside = tuple(f"{name}_" for name in virtual)
    names = [name for name, _ in made if not name.startswith(("sqlite_", *beside))]
    return [name for name in names if name not in virtual]


def _plain(row: tuple[object, ...]) -> list[object]:
    """The values of a row; bytes are no text."""
    return [None if isinstance(value, bytes) else value for value in row]


READER = DocumentReader(
    name="SQLite database",
    recognise=lambda opened: opened.data.startswith(MAGIC),
    read=_read,
    binary=True,
)
