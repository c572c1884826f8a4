"""Counts of the folder engine: matches by facet, year, month and day, over doc values."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import DocIds, Ints, Ordinals
from index.dates.partial import PartialDate
from search.count.timeline import days_of
from search.count.value_counts import Counts, ValueCounter, counts_by_value
from search.match.doc_values import DocValues


class DateUnit(NamedTuple):
    """The months or years that an index knows releases of, as ISO dates, ascending.

    `places` are those of their periods, unit by unit; `starts` is where each unit begins there.
    """

    dates: tuple[str, ...]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]


class FacetCounter:
    """Counts over arrays of matching documents. Safe to share between threads.

    A period is a first and a last month that a release may be of; the undated have one of their
    own. Matches are counted by period once, and years and months added up from there.
    """

    def __init__(self, values: DocValues) -> None:
        self._values = values

    @cached_property
    def facets(self) -> dict[str, ValueCounter]:
        """Name -> counter of each facet whose values are listed."""
        columns, documents = self._values.facets, len(self._values.live)
        return {name: ValueCounter(column, documents) for name, column in columns.items()}

    def count_all(self) -> None:
        """Count all documents, as pages without words ask for, before one does."""
        for counter in self.facets.values():
            counter.count_all()
        self.by_unit(self._all_by_period, "month")

    def by_period(self, doc_ids: DocIds) -> Counts:
        """(periods,) matches of each, for `by_unit` and `undated`."""
        return self._all_by_period if self._are_all(doc_ids) else self._by_period(doc_ids)

    def by_unit(self, by_period: Counts, unit: str) -> dict[str, int]:
        """Month (`month`) or year (`year`) -> matches whose date is known as closely; no zeros."""
        known = self._months if unit == "month" else self._years
        counts = by_period[known.places]
        if len(counts) > len(known.dates):
            counts = np.add.reduceat(counts, known.starts)
        pairs = zip(known.dates, counts.tolist(), strict=True)
        return {date: count for date, count in pairs if count}

    def by_day(self, doc_ids: DocIds, month: PartialDate) -> dict[str, int]:
        """Day -> matches of it, for matches that all lie in one month; no zeros."""
        first, last = (
            self._values.first_day.take(doc_ids),
            self._values.last_day.take(doc_ids),
        )
        counts = np.bincount(first[first == last] % 100, minlength=32).tolist()
        days = zip(days_of(month), counts[1:], strict=False)
        return {date: count for date, count in days if count}

    def each_day(self, doc_ids: DocIds, days: list[int]) -> tuple[int, ...]:
        """Matches of each day, for matches that all lie between the first and the last of them.

        :param days: as numbers like 20231105, ascending, none left out.
        """
        first, last = (
            self._values.first_day.take(doc_ids),
            self._values.last_day.take(doc_ids),
        )
        places = np.searchsorted(days, first[first == last])
        return tuple(np.bincount(places, minlength=len(days)).tolist())

    def undated(self, by_period: Counts) -> int:
        """How many have no date with a year."""
        return sum(int(by_period[place]) for place in self._undated)

    def _are_all(self, doc_ids: DocIds) -> bool:
        """Whether these are all documents, whose counts are kept for as long as the commit is."""
        return len(doc_ids) == len(self._values.live)

    def _by_period(self, doc_ids: DocIds | None) -> Counts:
        periods, places = self._periods
        return counts_by_value(doc_ids, places, len(periods))

    @cached_property
    def _all_by_period(self) -> Counts:
        return self._by_period(None)

    @cached_property
    def _periods(self) -> tuple[Ints, Ordinals]:
        """Periods as first month * 1,000,000 + last month, ascending; every document's place."""
        first = self._values.first_day.astype(np.int64) // 100
        periods, places = np.unique(
            first * 1_000_000 + self._values.last_day // 100, return_inverse=True
        )
        return periods, places.astype(np.int32)

    @cached_property
    def _undated(self) -> list[int]:
        return np.flatnonzero(self._periods[0] < 1_000_000).tolist()

    @cached_property
    def _months(self) -> DateUnit:
        return self._unit(1)

    @cached_property
    def _years(self) -> DateUnit:
        return self._unit(100)

    def _unit(self, divisor: int) -> DateUnit:
        """Those periods that lie in one unit: a month number divided by 1, or by 100."""
        first, last = np.divmod(self._periods[0], 1_000_000)
        places = np.flatnonzero((first > 0) & (first // divisor == last // divisor))
        units, starts = np.unique(first[places] // divisor, return_index=True)
        dates = [
            PartialDate(each) if divisor > 1 else PartialDate(*divmod(each, 100))
            for each in units.tolist()
        ]
        return DateUnit(tuple(date.iso for date in dates), places, starts)
