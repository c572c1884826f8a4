"""The day of a record: in one column, in one each for year, month and day, or as a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from index.dates.day_order import order_in
from index.dates.resolution import FoundDate, read_date
from index.sources.record_fields import DAY_PARTS, Path, bare, first

_SPREADSHEET_EPOCH = datetime(1899, 12, 30)
_UNIX = re.compile(r"\d{9,10}(?:\.\d+)?|1\d{12}")
_OF_DOT_NET = re.compile(r"/Date\((\d{9,13})(?:[+-]\d{4})?\)/")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d{1,15})?")
"""Days as spreadsheets count them, from 1954 to 2091."""


class DayOrders:
    """In which order the columns of one source write day and month, looked at when it matters.

    :param values: all texts of a column, given where it stands in a record.
    :param otherwise: the order where a column does not tell.
    """

    def __init__(
        self, values: Callable[[Path], Iterable[str]], otherwise: bool | None = None
    ) -> None:
        self._values = values
        self._otherwise = otherwise
        self._orders: dict[Path, bool | None] = {}

    def order(self, path: Path) -> bool | None:
        """Whether the day comes first; None where no value of the column tells."""
        if path not in self._orders:
            found = order_in(self._values(path))
            self._orders[path] = self._otherwise if found is None else found
        return self._orders[path]


def dates_of(
    record: Mapping[str, Any],
    paths: tuple[Path, ...],
    spare: tuple[Path, ...],
    orders: DayOrders,
    language: str | None,
) -> tuple[tuple[Path, ...], tuple[FoundDate, ...]]:
    """Where the date stands, and the date.

    :param paths: where it may stand in one piece, best first.
    :param spare: all places of the record: its year, month and day may have one each.
    """
    for path in paths:
        text = first(record, (path,))
        date = _read_date(text.strip(), language) if text else None
        if date is not None:
            ordered = date.ordered(orders.order(path)) if date.either else date
            return (path,), (ordered,)
    parts = _parts(spare)
    date = _read_date(_joined([first(record, (path,)) for path in parts]), language)
    return (parts, (date,)) if date is not None else ((), ())


def as_written(text: str) -> str:
    """A date as it stands; Unix time, in seconds or milliseconds, and the days of a spreadsheet
    become ISO 8601."""
    stamp = _OF_DOT_NET.fullmatch(text)
    text = stamp[1] if stamp else text
    if _UNIX.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    if _SERIAL.fullmatch(text):
        counted = _SPREADSHEET_EPOCH + timedelta(days=float(text))
        return counted.isoformat(timespec="seconds").removesuffix("T00:00:00")
    return text


@lru_cache(maxsize=256)
def _parts(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The places of year, month and day, where each has one."""
    named = [next((path for path in paths if bare(path[-1]) in names), None) for names in DAY_PARTS]
    found = tuple(path for path in named if path is not None)
    return found if len(found) == len(DAY_PARTS) else ()


def _joined(parts: list[str | None]) -> str:
    year, month, day = ((part or "").strip().removesuffix(".0") for part in parts or ("", "", ""))
    if not year.isdecimal() or not day.isdecimal():
        return ""
    return f"{year}-{month:0>2}-{day:0>2}" if month.isdecimal() else f"{day} {month} {year}"


@lru_cache(maxsize=16_384)
def _read_date(text: str, language: str | None) -> FoundDate | None:
    return read_date(as_written(text), "record", language=language) if text else None
