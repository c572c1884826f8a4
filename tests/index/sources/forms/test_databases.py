"""Databases as files and as dumps: their releases, whatever else they hold or try."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.reading import read_document
from tests.index.sources.forms import documents
from tests.timing import processor_time


def read(data: bytes, name: str = "a.sql") -> tuple[list[Draft], list[Refusal]]:
    found = list(read_document(Document(name=name, data=data), ReadOptions()))
    refused = [each for each in found if isinstance(each, Refusal)]
    return [each.draft for each in found if not isinstance(each, Refusal)], refused


def test_what_was_not_published_is_named() -> None:
    (draft,), (refusal,) = read(documents.dump())
    assert draft.headline == documents.HEADLINE
    assert draft.body == documents.BODY
    assert "table 'posts', record 2" in refusal.where
    assert refusal.reason == "was not published (draft)"


@pytest.mark.parametrize(
    ("head", "written", "meant"),
    [
        ("-- MySQL dump", r"It\'s \"open\" (all day), since\nMonday", 'It\'s "open" (all day), since\nMonday'),
        ("-- MySQL dump", r"A path C:\\news", "A path C:\\news"),
        ("-- dump", "It''s open,\nsince (Monday); INSERT INTO x VALUES (1)",
         "It's open,\nsince (Monday); INSERT INTO x VALUES (1)"),
        ("-- dump", "A path C:\\news", "A path C:\\news"),
    ],
)  # fmt: skip
def test_texts_as_they_are_quoted(head: str, written: str, meant: str) -> None:
    statement = "INSERT INTO news (title, body) VALUES ('Pier 4', 'X'), ('Pier 5', 'Open');"
    drafts, refused = read(f"{head}\n{statement.replace('X', written)}\n".encode())
    assert [each.body for each in drafts] == [meant, "Open"]
    assert refused == []


def test_a_database_with_a_log_beside_it_is_read() -> None:
    data = bytearray(documents.database())
    data[18:20] = b"\x02\x02"
    (draft,), _ = read(bytes(data), "a.db")
    assert draft.headline == documents.HEADLINE


def test_nothing_that_a_database_defines_is_run() -> None:
    endless = (
        "CREATE VIEW releases AS WITH RECURSIVE n(title, body) AS "
        "(SELECT 'a', 'b' UNION ALL SELECT title, body FROM n) SELECT * FROM n"
    )
    drafts, refused = read(documents.database(endless), "a.db")
    assert drafts == []
    assert "its tables: users" in refused[0].reason


@pytest.mark.parametrize(
    "hostile",
    [
        b"-- x\nINSERT INTO news (title, body) VALUES " + b"(" * 500_000,
        b"-- x\nINSERT INTO news (title, body) VALUES " + b"('a'," * 200_000,
        b"-- x\nINSERT INTO news (title, body) VALUES ('" + b"''" * 500_000,
        b"-- x\n" + b"INSERT INTO news (title, body) VALUES (f(" * 20_000,
        b"-- x\n" + b"CREATE TABLE news (" * 30_000,
        b"-- x\nCOPY news (title, body) FROM stdin;\n" * 20_000,
    ],
)
def test_hostile_dumps_end(hostile: bytes) -> None:
    plain = b"-- x\nINSERT INTO news (title, body) VALUES ('Pier 4', 'Open');\n" * (
        len(hostile) // 60
    )
    ordinary = processor_time(lambda: read(plain))
    assert processor_time(lambda: read(hostile)) < 5 * ordinary + 1


@pytest.mark.parametrize("column", ["department_id", "departmentId", "department"])
def test_the_row_that_a_column_refers_to_is_named(column: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE departments (id INTEGER PRIMARY KEY, code TEXT, name TEXT);"
            "INSERT INTO departments VALUES (7, 'HB', 'Harbour Board');"
            "CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT, body TEXT,"
            "department INTEGER REFERENCES departments, author_id INTEGER REFERENCES gone (id));"
            "INSERT INTO news VALUES (1, 'Pier 4 closes', 'Ferries use Pier 6.', 7, 3);"
            "INSERT INTO news VALUES (2, 'Pier 5 closes', 'Ferries use Pier 6.', 8, 3);"
        )
        connection.execute(f"ALTER TABLE news RENAME COLUMN department TO {column}")
        drafts, refused = read(connection.serialize(), "a.db")
    assert refused == []
    assert drafts[0].stated_agency == "Harbour Board"
    assert drafts[1].stated_agency != "Harbour Board"
