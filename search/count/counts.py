"""Counting matches by agency and by month: columns made ready once for each commit."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search import compiled
from search.match.doc_values import Columns

Numbers = NDArray[np.uint32]
Counts = NDArray[np.integer]


class Unit(NamedTuple):
    """Months (202311) or years (2023) that the index knows releases of, ascending.

    `steps` counts them one by one: a month is 12 * year + month - 1. `places` are those of their
    periods, unit by unit; `starts` is where each unit begins there.
    """

    values: NDArray[np.int64]
    steps: NDArray[np.int64]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]


class Tallies:
    """Counts over arrays of matches, none twice. Safe to share between threads."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._latest: tuple[Numbers, Counts] | None = None

    def by_agency(self, matching: Numbers) -> tuple[list[int], list[int]]:
        """Places in `agencies`, and their counts: by count, then by name; no zeros."""
        everything = len(matching) == len(self.columns.live)
        counts = self._all_by_agency if everything else self._count_agencies(matching)
        found = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
        return found.tolist(), counts[found].tolist()

    def _count_agencies(self, matching: Numbers) -> Counts:
        order = self._agencies_by_name
        return _counted(matching, self.columns.agency, len(order))[order]

    @cached_property
    def _all_by_agency(self) -> Counts:
        return self._count_agencies(np.arange(len(self.columns.live), dtype=np.uint32))

    @cached_property
    def agencies(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The slugs and the names of all agencies, in order of name."""
        agencies = [self.columns.agencies[place] for place in self._agencies_by_name.tolist()]
        return tuple(each.slug for each in agencies), tuple(each.name for each in agencies)

    def undated(self, matching: Numbers) -> int:
        """How many have no date with a year."""
        counts = self._counts(matching)
        return sum(int(counts[place]) for place in self._undated)

    def unit(self, unit: str) -> Unit:
        """The months (`month`) or years (`year`) that are counted."""
        return self._months if unit == "month" else self._years

    def by_unit(self, matching: Numbers, unit: str) -> Counts:
        """(units,) matches whose date is known as closely, for every value of `unit`."""
        known = self.unit(unit)
        counts = self._counts(matching)[known.places]
        return counts if len(counts) == len(known.values) else np.add.reduceat(counts, known.starts)

    def _counts(self, matching: Numbers) -> Counts:
        """By period; those of the latest matches are kept, for their years and months."""
        if len(matching) == len(self.columns.live):
            return self._all_by_period
        latest = self._latest
        if latest is not None and latest[0] is matching:
            return latest[1]
        counts = self._count_periods(matching)
        self._latest = matching, counts
        return counts

    def _count_periods(self, matching: Numbers) -> Counts:
        values, places = self._periods
        return _counted(matching, places, len(values))

    @cached_property
    def _all_by_period(self) -> Counts:
        return self._count_periods(np.arange(len(self.columns.live), dtype=np.uint32))

    @cached_property
    def _agencies_by_name(self) -> NDArray[np.intp]:
        agencies = self.columns.agencies
        places = sorted(range(len(agencies)), key=lambda at: (agencies[at].name, agencies[at].slug))
        return np.array(places, np.intp)

    @cached_property
    def _periods(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Periods from a first to a last month, ascending, and every document's among them."""
        first = self.columns.first_day.astype(np.int64) // 100
        values, places = np.unique(
            first * 1_000_000 + self.columns.last_day // 100, return_inverse=True
        )
        return values, places.astype(np.int32)

    @cached_property
    def _undated(self) -> list[int]:
        return np.flatnonzero(self._periods[0] < 1_000_000).tolist()

    @cached_property
    def _months(self) -> Unit:
        return self._unit(1)

    @cached_property
    def _years(self) -> Unit:
        return self._unit(100)

    def _unit(self, months: int) -> Unit:
        """Those periods that lie in one unit; `months` is what a month is divided by."""
        first, last = np.divmod(self._periods[0], 1_000_000)
        places = np.flatnonzero((first > 0) & (first // months == last // months))
        values, starts = np.unique(first[places] // months, return_index=True)
        steps = values if months > 1 else values // 100 * 12 + values % 100 - 1
        return Unit(values, steps, places, starts)


def _counted(matching: Numbers, column: NDArray[np.int32], values: int) -> Counts:
    """(values,) how many documents have each value of a column."""
    if compiled.kernel is None:
        return np.bincount(column[matching], minlength=values)
    ids = np.ascontiguousarray(matching, np.uint32)
    counts = np.frombuffer(compiled.kernel.count_values(ids, column, values), np.uint32)
    return counts.astype(np.int64)
