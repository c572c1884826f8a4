"""Which months without a release are called gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial import PartialDate
from search.count.coverage_gaps import CHANCE, CoverageGap, coverage_gaps
from search.count.timeline import dates_between

TEN_YEARS = dates_between("2010-01", "2019-12")


@pytest.mark.parametrize(
    ("monthly", "silent", "gaps"),
    [
        (20, ["2015-03"], [("2015-03", "2015-03")]),
        (20, ["2015-03", "2015-04", "2017-12"], [("2015-03", "2015-04"), ("2017-12", "2017-12")]),
        (20, ["2010-01", "2019-12"], []),
        (3, ["2015-03"], []),
        (3, [*dates_between("2015-03", "2015-07")], [("2015-03", "2015-07")]),
        (1, [*dates_between("2015-03", "2015-07")], []),
        (1, [*dates_between("2012-01", "2015-12")], [("2012-01", "2015-12")]),
        (20, TEN_YEARS, []),
        (1, TEN_YEARS[1:], []),
    ],
)
def test_a_silence_is_a_gap_where_many_releases_lead_to_expect_some(
    monthly: int, silent: Sequence[str], gaps: list[tuple[str, str]]
) -> None:
    """Before the first release and behind the last one is none."""
    months = [(month, 0 if month in silent else monthly) for month in TEN_YEARS]
    assert coverage_gaps(months) == gaps
    assert coverage_gaps(reversed([each for each in months if each[1]])) == gaps


def test_a_wrong_year_ahead_makes_no_gap() -> None:
    months = [(month, 20) for month in TEN_YEARS]
    assert coverage_gaps([*months, ("9998-01", 1)]) == []


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 40), min_size=1))
def test_gaps_are_the_silences_that_are_too_long_for_chance(counts: dict[int, int]) -> None:
    """Against a loop over all silences, and the probability as it is written in books."""
    length = max(counts) - min(counts) + 1
    rate = sum(counts.values()) / length
    silences = [
        (first, last)
        for first in range(min(counts), max(counts))
        for last in range(first, max(counts))
        if not any(first <= each <= last for each in counts)
        and {first - 1, last + 1} <= counts.keys()
    ]
    expected = [
        CoverageGap(_month(first), _month(last))
        for first, last in silences
        if length * math.exp(-rate) ** (last - first + 1) < CHANCE
    ]
    assert coverage_gaps((_month(each), count) for each, count in counts.items()) == expected


def _month(number: int) -> str:
    return PartialDate(2012 + number // 12, 1 + number % 12).iso
