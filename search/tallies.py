"""Counting matches by agency and by month: columns made ready once for each commit."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns

Numbers = NDArray[np.uint32]


class _Units(NamedTuple):
    """Places of periods (from a first to a last month), with the month or year that each is in."""

    month: list[tuple[int, int]]
    year: list[tuple[int, int]]
    undated: list[int]


class Tallies:
    """Counts over arrays of matches. Safe to share between threads."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._latest: tuple[Numbers, list[int]] | None = None

    def by_agency(self, matching: Numbers) -> list[tuple[int, int]]:
        """Places in `columns.agencies` with their counts: by count, then by name; no zeros."""
        order = self._agencies_by_name
        counts = np.bincount(self._agency[matching], minlength=len(order))[order]
        found = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
        return list(zip(order[found].tolist(), counts[found].tolist(), strict=True))

    def undated(self, matching: Numbers) -> int:
        """How many have no date with a year."""
        return sum(self._counts(matching)[place] for place in self._unit_table.undated)

    def by_unit(self, matching: Numbers, unit: str) -> dict[int, int]:
        """Counts by `month` (202311) or `year` (2023) of what is known as closely; no zeros."""
        counts = self._counts(matching)
        found: dict[int, int] = {}
        for place, value in getattr(self._unit_table, unit):
            if counts[place]:
                found[value] = found.get(value, 0) + counts[place]
        return found

    def _counts(self, matching: Numbers) -> list[int]:
        """By period; those of the latest matches are kept, for their years and months."""
        latest = self._latest
        if latest is not None and latest[0] is matching:
            return latest[1]
        size = len(self._period_table[0])
        counts: list[int] = np.bincount(self._period[matching], minlength=size).tolist()
        self._latest = matching, counts
        return counts

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
    def _unit_table(self) -> _Units:
        months, years, undated = [], [], []
        for place, pair in enumerate(self._period_table[0].tolist()):
            first, last = pair // 1_000_000, pair % 1_000_000
            if not first:
                undated.append(place)
                continue
            if first == last:
                months.append((place, first))
            if first // 100 == last // 100:
                years.append((place, first // 100))
        return _Units(months, years, undated)

    @cached_property
    def _period_table(self) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        first = self.columns.first_day.astype(np.int64) // 100
        values, places = np.unique(
            first * 1_000_000 + self.columns.last_day // 100, return_inverse=True
        )
        return values, places.astype(np.intp)
