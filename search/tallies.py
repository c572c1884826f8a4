"""Counting matches by agency and by month: columns made ready once for each commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns

Numbers = NDArray[np.uint32]


class Period(NamedTuple):
    """The first and last month that dates may mean, as numbers like 202311; 0 where undated."""

    first: int
    last: int

    @property
    def month(self) -> int | None:
        """The month, where it is known."""
        return self.first if self.first == self.last and self.first else None

    @property
    def year(self) -> int | None:
        """The year, where it is known."""
        year = self.first // 100
        return year if year and year == self.last // 100 else None


def by_unit(periods: Iterable[tuple[Period, int]], unit: str) -> Counter[int]:
    """Counts by `month` (202311) or `year` (2023) of what is known as closely as that."""
    counts: Counter[int] = Counter()
    for period, count in periods:
        value = period.month if unit == "month" else period.year
        if value is not None:
            counts[value] += count
    return counts


class Tallies:
    """Counts over arrays of matches. Safe to share between threads."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def by_agency(self, matching: Numbers) -> list[tuple[int, int]]:
        """Places in `columns.agencies` with their counts: by count, then by name; no zeros."""
        order = self._agencies_by_name
        counts = np.bincount(self._agency[matching], minlength=len(order))[order]
        found = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
        return list(zip(order[found].tolist(), counts[found].tolist(), strict=True))

    def by_period(self, matching: Numbers) -> list[tuple[Period, int]]:
        """Periods with their counts, by date; no zeros."""
        counts = np.bincount(self._period[matching], minlength=len(self._periods)).tolist()
        pairs = zip(self._periods, counts, strict=True)
        return [(period, count) for period, count in pairs if count]

    @cached_property
    def _agency(self) -> NDArray[np.intp]:
        return self.columns.agency.astype(np.intp)  # what bincount counts without a copy

    @cached_property
    def _agencies_by_name(self) -> NDArray[np.intp]:
        agencies = self.columns.agencies
        places = sorted(range(len(agencies)), key=lambda at: (agencies[at].name, agencies[at].slug))
        return np.array(places, np.intp)

    @cached_property
    def _period(self) -> NDArray[np.intp]:
        return self._period_table[1]

    @cached_property
    def _periods(self) -> list[Period]:
        pairs = self._period_table[0].tolist()
        return [Period(pair // 1_000_000, pair % 1_000_000) for pair in pairs]

    @cached_property
    def _period_table(self) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        first = self.columns.first_day.astype(np.int64) // 100
        values, places = np.unique(
            first * 1_000_000 + self.columns.last_day // 100, return_inverse=True
        )
        return values, places.astype(np.intp)
