"""Dumps of databases in SQL (MySQL, PostgreSQL, SQLite, SQL Server): the releases in their tables.

The statements are read for what they insert, and none is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sources.draft import Draft, Refusal
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.sources.tables import MAX_ROWS, Rows, read_tables

HEAD = 100_000
"""Characters at the start of a dump in which its first statement stands."""
_NAME = r"[`\"\[]?[\w$]{1,64}[`\"\]]?(?:\.[`\"\[]?[\w$]{1,64}[`\"\]]?)?"
_STATEMENT = re.compile(
    rf"^[ \t]{{0,20}}(?:(?P<create>CREATE TABLE (?:IF NOT EXISTS )?)(?P<made>{_NAME})\s{{0,20}}\("
    rf"|(?:INSERT|REPLACE)(?: IGNORE)?(?: INTO)? (?P<into>{_NAME})\s{{0,20}}"
    r"(?:\((?P<names>[^()']{1,20000})\)\s{0,20})?VALUES"
    rf"|COPY (?P<copy>{_NAME}) \((?P<columns>[^()]{{1,20000}})\) FROM stdin;\r?\n)",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING = re.compile(
    r"\ufeff?\s{0,200}(?:--|/\*|SET |USE |CREATE |DROP |INSERT |PRAGMA |BEGIN|COPY |LOCK |START )",
    re.IGNORECASE,
)
_ESCAPES_BY_BACKSLASH = re.compile(r"`|MySQL|MariaDB|phpMyAdmin", re.IGNORECASE)
_QUOTED = {
    True: re.compile(r"'((?:[^'\\]++|\\.|'')*+)'", re.DOTALL),
    False: re.compile(r"'((?:[^']++|'')*+)'"),
}
_BEFORE_VALUE = re.compile(r"\s*+(?:_binary\s|_utf8\w{0,9}\s?|[NE](?='))?+", re.IGNORECASE)
_MADE = re.compile(r"\w{1,40}+\((?:[^()']{1,200}+|\([^()']{0,50}+\)|'(?:[^']++|'')*+'){0,20}+\)")
_BARE = re.compile(r"[^,()'\s]{0,200}")
_SPACE = re.compile(r"\s*+")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "", "b": ""}
_COLUMN = re.compile(r"\s*[`\"\[]?([\w$]{1,64})[`\"\]]?\s+\w")
_NO_COLUMN = re.compile(
    r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT|SPATIAL)\b", re.IGNORECASE
)


def _recognise(opened: Opened) -> bool:
    head = opened.text[:HEAD]
    return _OPENING.match(head) is not None and _STATEMENT.search(head) is not None


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    yield from read_tables(_tables(opened.text), opened.document, options, "sql")


def _tables(text: str) -> dict[str, Rows]:
    """The rows that a dump inserts, by table."""
    columns: dict[str, list[str]] = {}
    found: dict[str, Rows] = {}
    backslash = _ESCAPES_BY_BACKSLASH.search(text[:HEAD]) is not None
    place, left = 0, MAX_ROWS
    while left > 0 and (statement := _STATEMENT.search(text, place)):
        place = statement.end()
        if statement["create"]:
            columns[_bare(statement["made"])] = _columns(text, place)
            continue
        table = _bare(statement["into"] or statement["copy"])
        listed = statement["names"] or statement["columns"]
        names = [_bare(each) for each in listed.split(",")] if listed else columns.get(table, [])
        if statement["copy"]:
            rows, place = _copied(text, place)
        else:
            rows, place = _inserted(text, place, backslash)
        left -= len(rows)
        found.setdefault(table, []).extend(dict(zip(names, row, strict=False)) for row in rows)
    return found


def _bare(name: str) -> str:
    return name.strip().rsplit(".", 1)[-1].strip('`"[] \r\n\t')


def _columns(text: str, place: int) -> list[str]:
    """The names of the columns that a `CREATE TABLE` lists."""
    parts, depth = [""], 0
    for character in text[place : place + HEAD]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    columns = (_COLUMN.match(part) for part in parts if not _NO_COLUMN.match(part))
    return [each[1] for each in columns if each]


def _copied(text: str, place: int) -> tuple[list[list[str | None]], int]:
    """The lines of a `COPY`, up to the one that ends it."""
    end = text.find("\n\\.", place)
    end = len(text) if end < 0 else end
    lines = text[place:end].split("\n")
    return [
        [None if cell == r"\N" else _unescaped(cell) for cell in line.rstrip("\r").split("\t")]
        for line in lines[:MAX_ROWS]
        if line
    ], end


def _inserted(text: str, place: int, backslash: bool) -> tuple[list[list[str | None]], int]:
    """The rows behind `VALUES`, and where they end."""
    rows: list[list[str | None]] = []
    while len(rows) < MAX_ROWS:
        place = _after_space(text, place)
        if text[place : place + 1] != "(":
            break
        row, end = _row(text, place + 1, backslash)
        if end is None:
            break
        rows.append(row)
        place = _after_space(text, end)
        if text[place : place + 1] != ",":
            break
        place += 1
    return rows, place


def _row(text: str, place: int, backslash: bool) -> tuple[list[str | None], int | None]:
    """The values up to the bracket that closes them, and the place behind it; None where it is
    missing."""
    row: list[str | None] = []
    while True:
        value, place = _value(text, place, backslash)
        row.append(value)
        place = _after_space(text, place)
        sign = text[place : place + 1]
        if sign == ")":
            return row, place + 1
        if sign != ",":
            return row, None
        place += 1


def _value(text: str, place: int, backslash: bool) -> tuple[str | None, int]:
    """A value; of one that a function makes (`CAST(N'2019-05-01' AS date)`) its first text."""
    before = _BEFORE_VALUE.match(text, place)
    place = before.end() if before else place
    quoted = _QUOTED[backslash].match(text, place)
    if quoted:
        written = quoted[1].replace("''", "'")
        return (_unescaped(written) if backslash else written), quoted.end()
    made = _MADE.match(text, place)
    if made:
        inner = _QUOTED[False].search(made[0])
        return (inner[1].replace("''", "'") if inner else None), made.end()
    bare = _BARE.match(text, place)
    word = bare[0] if bare else ""
    return (None if word.upper() in ("NULL", "") else word), place + len(word)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def _after_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


READER = DocumentReader(name="dump of a database (SQL)", recognise=_recognise, read=_read)
