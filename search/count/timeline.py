"""Releases counted by month or year, in order and without gaps."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from index.dates.partial import PartialDate
from search.count.counts import Numbers, Tallies

UNITS = ("month", "year")

_MAX_NAMED = 12_000
"""Months or years of an index whose names are kept ready."""


def count_by_unit(tallies: Tallies, doc_ids: Numbers, unit: str) -> tuple[tuple[str, int], ...]:
    """`2023-06` or `2023` with its number of releases, zeros between the first and the last.

    A release counts where all days that it may be of lie in one month (year); others, and the
    undated, are left out.

    :raises ValueError: for a unit that is none of `UNITS`.
    """
    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; it can be {' or '.join(UNITS)}")
    counts = tallies.by_unit(doc_ids, unit)
    found = np.flatnonzero(counts)
    if not len(found):
        return ()
    steps = tallies.unit(unit).steps
    first, last = int(steps[found[0]]), int(steps[found[-1]])
    filled = np.zeros(last - first + 1, np.int64)
    filled[steps[found] - first] = counts[found]
    names = _names_between(int(steps[0]), int(steps[-1]), first, last, unit)
    return tuple(zip(names, filled.tolist(), strict=True))


def _names_between(lowest: int, highest: int, first: int, last: int, unit: str) -> tuple[str, ...]:
    """Names of the steps `first` to `last`, taken from those of the whole index."""
    if highest - lowest > _MAX_NAMED:
        return tuple(_name(step, unit) for step in range(first, last + 1))
    return _names(lowest, highest, unit)[first - lowest : last - lowest + 1]


@lru_cache(maxsize=8)
def _names(first: int, last: int, unit: str) -> tuple[str, ...]:
    return tuple(_name(step, unit) for step in range(first, last + 1))


def _name(step: int, unit: str) -> str:
    date = PartialDate(step // 12, step % 12 + 1) if unit == "month" else PartialDate(step)
    return date.iso
