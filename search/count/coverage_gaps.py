"""Gaps in what an index holds: months without a release amid months with many."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from index.dates.day_numbers import is_ahead
from search.count.timeline import without_gaps

CHANCE = 0.001
"""How likely the longest silence of a steady stream may be before it is called a gap. So 21 of the
112 senators of the Senate's releases have gaps, as a whole year of which one release is held, and
18 of the 90 Swiss offices, as three years of which 7.9 releases a month lead to expect 280; at a
hundredth 26 and 22."""


class CoverageGap(NamedTuple):
    """Months without a release, as ISO dates: the first and the last of them."""

    first: str
    last: str


def coverage_gaps(months: Iterable[tuple[str, int]]) -> list[CoverageGap]:
    """The silences between releases that chance does not explain, the earliest first.

    Where releases come independently of each other, so many a month as on the whole (a Poisson
    process), the months from a given one on are empty with a probability of exp(-length * rate);
    that this is so from any month on is at most as many times as likely as there are months.

    :param months: ISO months with their releases, those without may be left out; any order. Months
        ahead of today are left aside.
    """
    counts = without_gaps(
        {month: count for month, count in months if count and not is_ahead(month)}
    )
    if not counts:
        return []
    rate = sum(count for _, count in counts) / len(counts)
    longest_by_chance = math.log(len(counts) / CHANCE) / rate
    silences = ([month for month, _ in run] for full, run in groupby(counts, _is_full) if not full)
    return [
        CoverageGap(silence[0], silence[-1])
        for silence in silences
        if len(silence) > longest_by_chance
    ]


def _is_full(month: tuple[str, int]) -> bool:
    return bool(month[1])
