"""Coverage of an index: what it holds, counted over its doc values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dates.day_numbers import last_moment
from index.dates.partial import PartialDate, date_of
from index.facet_table import FacetValue, facet_of_column
from search.count.value_counts import ValueCounter
from search.engine import Coverage
from search.match.doc_values import DocValues
from search.query.as_written import MIN_SHARE

MAX_LANGUAGES = 4
"""Languages whose word lists a process reads."""


def coverage_of(values: DocValues, modified_ns: int, generation: str) -> Coverage:
    """What an index holds, from its doc values and the time of its last commit (Unix, ns).

    :param generation: a name of that commit.
    """
    live = values.live
    first, last = values.first_day[live], values.last_day[live]
    dated = first > 0
    present = dated & (first.astype(np.int64) * 10_000 <= last_moment())
    present = present if present.any() else dated
    updated = datetime.fromtimestamp(modified_ns / 1e9, UTC)
    return Coverage(
        releases=int(np.count_nonzero(live)),
        undated=int(np.count_nonzero(~dated)),
        first_date=date_of(int(first[dated].min())).iso if dated.any() else None,
        last_date=date_of(int(last[present].max())).iso if dated.any() else None,
        updated=updated.isoformat(timespec="seconds"),
        agencies=tuple(_counted(values.agencies, values.agency[live])),
        months=tuple(_months(first, last)),
        languages=tuple(_counted(values.languages, values.language[live])),
        generation=generation,
        facets={name: tuple(_of_facet(values, name)) for name in values.of_columns},
        columns=tuple(
            facet_of_column(name, each.column) for name, each in values.of_columns.items()
        ),
        agency_dates=_agency_dates(values, np.flatnonzero(live)[dated]),
    )


def common_languages(coverage: Coverage) -> tuple[str, ...]:
    """The languages that most of an index is written in, the most frequent first."""
    fewest = MIN_SHARE * coverage.releases
    return tuple(tag for tag, count in coverage.languages if count >= fewest)[:MAX_LANGUAGES]


def _agency_dates(values: DocValues, dated: NDArray[np.int64]) -> dict[str, tuple[str, str]]:
    """The first and last day of each agency; a day ahead of today ends none that has others."""
    agency, first, last = (
        each[dated] for each in (values.agency, values.first_day, values.last_day)
    )
    present = last.astype(np.int64) <= last_moment() // 10_000
    begins = np.full(len(values.agencies), np.iinfo(np.int32).max, np.int32)
    ends, ahead = (np.zeros(len(values.agencies), np.int32) for _ in range(2))
    np.minimum.at(begins, agency, first)
    np.maximum.at(ends, agency[present], last[present])
    np.maximum.at(ahead, agency, last)
    return {
        values.agencies[number].slug: (
            date_of(int(begins[number])).iso,
            date_of(int(ends[number] or ahead[number])).iso,
        )
        for number in np.flatnonzero(ahead).tolist()
    }


def _of_facet(values: DocValues, name: str) -> list[tuple[FacetValue, int]]:
    counter = ValueCounter(values.of_columns[name], len(values.live))
    counts = counter.counts(np.flatnonzero(values.live).astype(np.uint32)).tolist()
    known = (FacetValue(*each) for each in counter.values)
    pairs = [pair for pair in zip(known, counts, strict=True) if pair[1]]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _counted(names: tuple[Any, ...], ordinals: NDArray[np.int32]) -> list[tuple[Any, int]]:
    counts = np.bincount(ordinals, minlength=len(names)).tolist()
    pairs = [pair for pair in zip(names, counts, strict=True) if pair[1]]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _months(first: NDArray[np.int32], last: NDArray[np.int32]) -> Iterator[tuple[str, int]]:
    known = (first > 0) & (first // 100 == last // 100)
    for month, count in zip(*np.unique(first[known] // 100, return_counts=True), strict=True):
        yield PartialDate(*divmod(month, 100)).iso, int(count)
