"""Records in JSON Lines, JSON and CSV -> drafts, whatever their fields are called."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from index.sources.draft import Damage, Document, Draft, Refusal, attempt, group_refusals
from index.sources.json_lines import MAX_RECORD, decode, is_lines, not_json, read_lines
from index.sources.record_dates import DayOrders
from index.sources.record_draft import NAMED, column_texts, draft_of, drafts_of, record_draft
from index.sources.record_fields import (
    FIELDS,
    NO_MAPPING,
    FieldMapping,
    Path,
    first,
    is_gazetteer,
    plan,
)
from index.sources.record_languages import in_languages
from index.sources.record_links import with_linked
from index.sources.record_shapes import table_inside
from index.sources.record_translations import with_translations
from index.sources.record_tree import (
    LISTS,
    is_list_of_records,
    is_listed,
    list_inside,
    lists_in_pages,
    release_inside,
)
from index.sources.unnamed_columns import MAX_ROWS, names_by_content

MAX_COLUMNS = 2_000
"""Columns of a table, or of a workbook, that are read."""
MAX_ABOVE = 9
"""Rows above the names of the columns: what the table is, who made it and when."""
_CUT_SHORT = (
    "ends in the middle of its last row; it may be cut short, so fetch it anew; "
    "the rows above were kept"
)
_SEPARATOR = re.compile(r"sep=.\r?\n")
DELIMITERS = ",;\t|"
_BEFORE = "\ufeff \t\r\n\x1e"
_BETWEEN = re.compile(r"[\s,\x1e]*")
_OPENING = re.compile(r"\[")
_OPENING_INSIDE = re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*\[')


def recognise(text: str, name: str) -> bool:
    """Whether a text is one of these forms, by its content; a `.csv` or `.tsv` always is."""
    head = text[:100_000].lstrip(_BEFORE)
    if head.startswith(("{", "[")):
        return not _is_json_feed(head)
    if head.startswith("<"):
        return False
    if re.search(r"(?i)\.(?:csv|tsv)(?:\.\w+)?$", name):
        return True
    header, _, above = _header(head)
    fields = _header_fields(header)
    return "headline" in fields and len(fields) >= 3 and above <= 1


def read(
    text: str, document: Document, mapping: Mapping[str, str] = NO_MAPPING
) -> Iterator[Draft | Refusal]:
    """Every record of a JSON Lines, JSON or CSV text, as a draft or as a refusal with its line.

    :param mapping: our field (`headline`, `date`, `agency`, `body`, `url`, `id`, `language`) to
        the name it has in these records (`ttl`; `details.body` for one inside another), ahead of
        the names we know (`record_fields.FIELDS`).
    """
    stripped = text.lstrip(_BEFORE)
    if not stripped.startswith(("{", "[")):
        yield from read_csv(text, document.name, mapping, document.url)
        return
    try:
        whole = json.loads(stripped)
    except (ValueError, RecursionError) as error:
        if is_lines(stripped):
            yield from read_lines(io.StringIO(text), document.name, mapping, document.url)
            return
        whole, end = _values(stripped)
        if end < len(stripped):
            yield not_json(document.name, error)
        if not whole:
            return
    if is_gazetteer(whole):
        yield Refusal(document.name, "is a gazetteer; pass it with --gazetteer")
        return
    yield from group_refusals(_read_json(whole, document, mapping))


def read_csv(
    text: str, name: str, mapping: Mapping[str, str] = NO_MAPPING, url: str | None = None
) -> Iterator[Draft | Refusal]:
    """A table with a row of names on top; its delimiter is the one that names most known fields."""
    header, delimiter, skipped = _header(text.lstrip("\ufeff"), mapping)
    named = {
        *_header_fields(header),
        *(ours for ours, theirs in mapping.items() if theirs in header),
    }
    if "headline" not in named:
        unnamed = _unnamed(text)
        if unnamed is not None:
            names, delimiter = unnamed
            yield from group_refusals(_table(text, name, names, delimiter, -1, mapping, url))
            return
        columns = ", ".join(cell.strip()[:40] for cell in header[:12]) or "none"
        reason = f"no column is known to be the headline; --map headline=NAME says which: {columns}"
        yield Refusal(name, reason)
        return
    yield from group_refusals(_table(text, name, header, delimiter, skipped, mapping, url))


def read_listed(
    listed: list[Any],
    name: str,
    mapping: tuple[tuple[str, str], ...],
    form: str,
    url: str | None = None,
) -> Iterator[Draft | Refusal]:
    """Records that stand in one list, each by its number in it."""
    yield from drafts_of(listed, name, mapping, form, url, DayOrders(partial(column_texts, listed)))


def header_row(rows: Sequence[Sequence[str]], mapping: Mapping[str, str] = NO_MAPPING) -> int:
    """The number of the row that names the most columns that we know; 0 where none names any."""
    own = set(mapping.values())
    known = [len(_header_fields(list(row))) + len(own.intersection(row)) for row in rows]
    return known.index(max(known)) if known else 0


def _unnamed(text: str) -> tuple[list[str], str] | None:
    """Names for the columns of a table that has no row of them, by their content; the delimiter."""
    for delimiter in DELIMITERS:
        rows = [row for _, row in islice(_rows(text.lstrip("\ufeff"), delimiter, -1), MAX_ROWS)]
        named = names_by_content([row for row in rows if isinstance(row, list)])
        if named is not None:
            return named, delimiter
    return None


def _table(
    text: str,
    name: str,
    header: list[str],
    delimiter: str,
    skipped: int,
    mapping: Mapping[str, str],
    url: str | None,
) -> Iterator[Draft | Refusal]:
    own = tuple(mapping.items())
    text = text.lstrip("\ufeff")
    rows = list(_rows(text, delimiter, skipped))
    if _is_cut_short(text, rows, len(header)):
        yield Damage(name, _CUT_SHORT)  # half a row would take the place of what was read before
        rows.pop()
    columns = DayOrders(partial(_of_rows, rows, header))
    for number, row in rows:
        where = f"{name}, line {number}"
        if isinstance(row, str):
            yield Refusal(where, row)
        elif any(cell.strip() for cell in row[len(header) :]):
            yield Refusal(where, f"{len(row)} cells where the first row names {len(header)}")
        elif any(cell.strip() for cell in row):
            for cells in in_languages(dict(zip(header, row, strict=False))):
                yield attempt(partial(record_draft, cells, where, own, "csv", url, columns), where)


def _is_cut_short(text: str, rows: Sequence[tuple[int, list[str] | str]], columns: int) -> bool:
    """Whether a table breaks off in its last row: in quotes, or before its last cells, all of
    which the other rows have."""
    if not rows or text.endswith(("\n", "\r")):
        return False
    number, last = rows[-1]
    lines = islice(io.StringIO(text, newline=""), number - 1, None)
    others = [row for _, row in rows[:-1] if isinstance(row, list) and any(row)]
    whole = bool(others) and all(len(row) >= columns for row in others)
    return sum(line.count('"') for line in lines) % 2 > 0 or (whole and len(last) < columns)


def _of_rows(
    rows: Sequence[tuple[int, list[str] | str]], header: list[str], path: Path
) -> Iterator[str]:
    place = header.index(path[0])
    return (row[place].strip() for _, row in rows if isinstance(row, list) and place < len(row))


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str] | str]]:
    """Line number and cells of each row below the header, or what is wrong with the row."""
    csv.field_size_limit(MAX_RECORD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(skipped + 1):
        next(reader, None)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield number, f"not readable as CSV: {error}; mend it there"
            continue
        if row is None:
            return
        yield number, row


def _header(text: str, mapping: Mapping[str, str] = NO_MAPPING) -> tuple[list[str], str, int]:
    """The names of the columns, the delimiter, and how many rows stand above: `sep=;`, a title."""
    best: tuple[int, list[str], str, int] = (-1, [], ",", 0)
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        rows = list(_first_rows(reader))
        place = 1 if _SEPARATOR.match(text) else 0
        if place >= len(rows):
            continue
        if "headline" not in _header_fields(rows[place]):
            place = header_row(rows, mapping) or place
        known = len(_header_fields(rows[place])) * 100 + len(rows[place])
        if known > best[0]:
            best = (known, rows[place], delimiter, place)
    return best[1], best[2], best[3]


def _first_rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    for _ in range(MAX_ABOVE + 1):
        try:
            row = next(reader, [])
        except csv.Error:
            return
        yield [cell.strip() for cell in row[:MAX_COLUMNS]]


def _header_fields(header: list[str]) -> set[str]:
    places = plan(dict.fromkeys(header), ())
    return {name for name in FIELDS if places[name]}


def _read_json(
    whole: Any, document: Document, mapping: Mapping[str, str]
) -> Iterator[Draft | Refusal]:
    own = tuple(mapping.items())
    whole = with_translations(with_linked(whole))
    whole = table_inside(whole, own) or _releases_in(whole, own)
    if isinstance(whole, dict):
        for record in in_languages(whole):
            yield draft_of(record, document.name, "json", document.url, own)
        return
    if not whole:
        yield Refusal(document.name, "the JSON holds no records")
    elif not any(_has_text(record, own) for record in whole):
        yield Refusal(document.name, f"the JSON holds no record with a headline or a text{NAMED}")
        return
    columns = DayOrders(partial(column_texts, whole))
    yield from drafts_of(whole, document.name, own, "json", document.url, columns)


def _releases_in(whole: Any, mapping: FieldMapping) -> Any:
    """The list of releases that a value is or holds, or the one release; else the value."""
    if isinstance(whole, list):
        return lists_in_pages(whole, mapping) or whole
    if _is_record(whole, mapping):
        return whole
    inside = list_inside(whole, mapping)
    listed = inside is not None and any(is_listed(each, mapping) for each in inside)
    alone = None if listed else release_inside(whole, mapping)
    return alone or (whole if inside is None else inside)


def _has_text(record: Any, mapping: FieldMapping) -> bool:
    if not isinstance(record, dict):
        return False
    places = plan(record, mapping)
    return bool(first(record, places["headline"]) or first(record, places["body"]))


def _is_record(record: dict[str, Any], mapping: FieldMapping) -> bool:
    places = plan(record, mapping)
    named = first(record, places["headline"])
    inner = [each for each in record.values() if isinstance(each, dict)]
    values = [*record.values(), *(value for each in inner for value in each.values())]
    lists = any(map(is_list_of_records, values))
    has_text = first(record, places["body"]) or first(record, places["date"])
    return bool(named and (has_text or not lists))


def _values(text: str) -> tuple[list[Any], int]:
    """The values of a text that are whole, one after the other or in a list that breaks off, and
    where it is readable no more."""
    values, end = _values_from(text, 0)
    opening = None if values else _OPENING.match(text) or _OPENING_INSIDE.search(text)
    return _values_from(text, opening.end()) if opening else (values, end)


def _values_from(text: str, start: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    while (between := _BETWEEN.match(text, start)) and (start := between.end()) < len(text):
        try:
            value, start = decode(text, start)
        except (ValueError, RecursionError):
            break
        values.extend(value if isinstance(value, list) else [value])
    return values, start


def _is_json_feed(head: str) -> bool:
    return bool(re.search(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/', head[:5_000]))
