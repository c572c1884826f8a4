"""Tables as JSON keeps them, by columns, by rows under their names, by number -> objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.sources.record_fields import FieldMapping, place_among
from index.sources.record_tree import is_listed

_NAMES_OF_COLUMNS = ("columns", "fields", "header", "headers", "schema")
_ROWS = ("data", "rows", "values", "records")
_NAME_KEYS = ("fieldName", "name", "id")
MAX_DEPTH = 3
"""Objects in one another in which the names of columns are looked for; Socrata has three."""


def table_inside(whole: Any, mapping: FieldMapping = ()) -> list[dict[str, Any]] | None:
    """The records of a table that is no list of objects; None where there is none."""
    if isinstance(whole, list):
        return _with_first_row(whole)
    return _by_rows(whole) or _by_columns(whole, mapping) or _by_number(whole, mapping)


def _with_first_row(rows: Any) -> list[dict[str, Any]] | None:
    """Rows under one of names, as sheets are given out."""
    if not isinstance(rows, list) or len(rows) < 2 or not isinstance(rows[0], list):
        return None
    names = _names(rows[0])
    return _records(names, rows[1:]) if any(map(_is_headline, names)) else None


def _by_rows(whole: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Rows beside the names of their columns (pandas `split`, Socrata), or under them."""
    rows = next((value for key in _ROWS if isinstance(value := whole.get(key), list)), None)
    if not rows or not isinstance(rows[0], list):
        return None
    names = _column_names(whole)
    if len(names) == len(rows[0]):
        return _records(names, rows)
    return _with_first_row(rows)


def _column_names(whole: Mapping[str, Any], depth: int = 0) -> list[str]:
    for key in _NAMES_OF_COLUMNS:
        if isinstance(whole.get(key), list):
            return _names(whole[key])
    inner = (each for each in whole.values() if isinstance(each, dict) and depth < MAX_DEPTH)
    return next(filter(None, (_column_names(each, depth + 1) for each in inner)), [])


def _names(cells: list[Any]) -> list[str]:
    """A name each, by itself or in an object; those without one are numbered."""
    return [_name(cell) or f"column {number}" for number, cell in enumerate(cells, start=1)]


def _name(cell: Any) -> str:
    if isinstance(cell, dict):
        cell = next((cell[key] for key in _NAME_KEYS if isinstance(cell.get(key), str)), None)
    return cell.strip() if isinstance(cell, str) else ""


def _records(names: list[str], rows: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _by_columns(whole: Mapping[str, Any], mapping: FieldMapping) -> list[dict[str, Any]] | None:
    """Columns of one length, each a list or numbered, one of them of headlines."""
    columns = {key: _cells(value) for key, value in whole.items()}
    lengths = {len(cells) for cells in columns.values()}
    own = {theirs for ours, theirs in mapping if ours == "headline"}
    named = any(key in own or _is_headline(key) for key in columns)
    if len(columns) < 2 or not named or len(lengths) != 1 or min(lengths) < 2:
        return None
    return _records(list(columns), [list(row) for row in zip(*columns.values(), strict=True)])


def _cells(column: Any) -> list[Any]:
    """The cells of a column; none where it is none."""
    if isinstance(column, dict) and all(map(str.isdecimal, column)):
        column = list(column.values())
    flat = isinstance(column, list) and not any(isinstance(each, dict | list) for each in column)
    return column if flat else []


def _by_number(whole: Mapping[str, Any], mapping: FieldMapping) -> list[dict[str, Any]] | None:
    """Releases of one kind, each under its number."""
    records = list(whole.values())
    if len(records) < 2 or not all(is_listed(each, mapping) for each in records):
        return None
    kind = set(records[0])
    alike = all(2 * len(kind & set(each)) > len(kind | set(each)) for each in records)
    return [{"id": key, **each} for key, each in whole.items()] if alike else None


def _is_headline(name: str) -> bool:
    return place_among("headline", name) is not None
