"""Columns of a table without a row of names: what each holds, told by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import mean

from index.dates.resolution import read_date
from index.sources.issuers import is_body

MAX_ROWS = 100
"""Rows by which columns are told."""
MOST = 0.8
"""Share of a column's cells that are of a kind, from which the column is."""
MIN_TEXT = 100
"""Bytes in UTF-8 that texts of releases have on average, and no other column: three for an East
Asian character, which says as much as three letters."""
MIN_HEADLINE, MAX_HEADLINE = 12, 600
"""The same of headlines, least and most."""
DATE_TEXT = re.compile(r"(?=.{6,40}\Z)[^\d]{0,20}\d")
_WEB = re.compile(r"https?://\S+\Z")


def names_by_content(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Names for the columns of rows that are all records; None where they do not tell.

    One column holds a day in each row, one long texts, and one headlines, a different one in each.
    """
    rows = [row for row in rows[:MAX_ROWS] if any(row)]
    count = max(map(len, rows), default=0)
    if count < 3 or any(len(row) != count for row in rows):
        return None
    columns = [[row[place].strip() for row in rows] for place in range(count)]
    names = _named(columns)
    if not {"headline", "date", "body"} <= set(names.values()):
        return None
    return [names.get(place, f"column {place + 1}") for place in range(count)]


def _named(columns: Sequence[Sequence[str]]) -> dict[int, str]:
    names: dict[int, str] = {}
    _name(names, "url", (place for place, cells in enumerate(columns) if _share(cells, _is_web)))
    _name(names, "date", (place for place, cells in enumerate(columns) if _share(cells, _is_day)))
    lengths = {place: mean(map(_size, cells)) for place, cells in enumerate(columns)}
    free = sorted(set(lengths) - set(names), key=lambda place: -lengths[place])
    _name(names, "body", (place for place in free if lengths[place] >= MIN_TEXT))
    free = [place for place in free if place not in names]
    _name(names, "headline", (place for place in free if _are_headlines(columns[place])))
    free = [place for place in free if place not in names]
    _name(names, "agency", (place for place in free if _share(columns[place], is_body)))
    _name(names, "id", (place for place in free if _are_numbers(columns[place])))
    return names


def _name(names: dict[int, str], name: str, places: Iterable[int]) -> None:
    """The first of these places that has no name yet."""
    place = next((each for each in places if each not in names), None)
    if place is not None:
        names[place] = name


def _size(cell: str) -> int:
    return len(cell.encode("utf-8", "replace"))


def _share(cells: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    held = [cell for cell in cells if cell]
    return bool(held) and sum(1 for cell in held if is_one(cell)) >= MOST * len(cells)


def _is_web(cell: str) -> bool:
    return _WEB.match(cell) is not None


def _is_day(cell: str) -> bool:
    return DATE_TEXT.match(cell) is not None and read_date(cell, "record") is not None


def _are_headlines(cells: Sequence[str]) -> bool:
    fitting = MIN_HEADLINE <= mean(map(_size, cells)) <= MAX_HEADLINE
    distinct = len(set(cells)) >= MOST * len(cells)
    return fitting and distinct and all(" " in cell or not cell.isascii() for cell in cells if cell)


def _are_numbers(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(re.fullmatch(r"[\w./-]{1,40}", c) for c in cells)
