"""Several searches over time: how many releases of each period match, among how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.dates.day_numbers import is_ahead
from index.dates.partial import PartialDate
from index.dates.relative import today
from index.release import Release
from search.engine import Coverage, Engine
from search.query.notices import ZERO_CODES
from search.request import SearchRequest
from search.results import Facets, Notice

AUTOMATIC_MONTHS = 120
"""Months up to which time is counted by month where no unit is asked for: ten years, so that a line
of the chart has four pixels for each."""
INCOMPLETE = 0.1
"""Part of a month or year that may be missing at an end before it is called incomplete: an office
that issues on working days has none for up to three days of a month."""
_OF_LISTS = ZERO_CODES | {"copies-folded", "languages-folded"}
"""What is said of a list of hits, or of its absence: here releases are counted."""


@dataclass(frozen=True, slots=True)
class Series:
    """One search over time.

    `counts` has a number for each of the periods. `total` may be larger than their sum: `unplaced`
    releases match whose date is not known closely enough, or lies before the periods. `first` and
    `last` are the earliest and the latest dated match.
    """

    request: SearchRequest
    total: int
    counts: tuple[int, ...]
    unplaced: int
    first: Release | None
    last: Release | None
    notices: tuple[Notice, ...]
    did_you_mean: str | None


@dataclass(frozen=True, slots=True)
class Trends:
    """Searches side by side.

    `periods` are months (`2023-06`) or years, one after the other without a gap. `releases` has
    for each period the number of all releases under the filters, which rates are made from;
    `total` is their number whether dated or not, `facets` are theirs. `earlier` periods were left
    out at the beginning. `incomplete` are those at the ends of which only a part can be counted.
    """

    unit: str
    periods: tuple[str, ...]
    releases: tuple[int, ...]
    total: int
    earlier: int
    facets: Facets
    notices: tuple[Notice, ...]
    series: tuple[Series, ...]
    incomplete: tuple[str, ...] = ()


def count_trends(
    engine: Engine, filters: SearchRequest, texts: Sequence[str], unit: str | None, max_periods: int
) -> Trends:
    """Count several searches that share their filters.

    :param filters: a request without words.
    :param unit: one of `search.count.timeline.UNITS`, or None: months for up to `AUTOMATIC_MONTHS`,
        else years. Months that are more than `max_periods` become years, and of more years the last
        ones are taken.
    """
    everything = engine.search(filters.changed(text="", sort=None, per_page=0))
    chosen, timeline = _timeline(engine, everything.request, unit, max_periods)
    shown = timeline[-max_periods:]
    periods = tuple(period for period, _ in shown)
    return Trends(
        unit=chosen,
        periods=periods,
        releases=tuple(count for _, count in shown),
        total=everything.total,
        earlier=len(timeline) - len(shown),
        facets=everything.facets,
        notices=tuple(each for each in everything.notices if each.code not in _OF_LISTS),
        series=tuple(
            _series(engine, filters.changed(text=text), chosen, periods) for text in texts
        ),
        incomplete=tuple(_incomplete(periods, everything.request, engine.coverage())),
    )


def rate(count: int, releases: int) -> float | None:
    """Matches per 1,000 releases; None where there are no releases."""
    return 1000 * count / releases if releases else None


def _timeline(
    engine: Engine, filters: SearchRequest, unit: str | None, max_periods: int
) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The unit taken, and all releases under the filters by that unit, up to today's."""
    if unit != "year":
        months = _until_today(engine.timeline(filters, "month"))
        if len(months) <= (max_periods if unit else min(max_periods, AUTOMATIC_MONTHS)):
            return "month", months
    return "year", _until_today(engine.timeline(filters, "year"))


def _incomplete(
    periods: Sequence[str], filters: SearchRequest, coverage: Coverage
) -> Iterator[str]:
    """The first and the last period, where filters, the index or today cut off a part of it."""
    known = [
        PartialDate.from_iso(each) for each in (coverage.first_date, coverage.last_date) if each
    ]
    if not periods or not known:
        return
    begins = max(date(*each.first_day) for each in (known[0], filters.first_date) if each)
    ends = min(date(*each.last_day) for each in (known[-1], filters.last_date) if each)
    ends = min(ends, today())
    for period in dict.fromkeys((periods[0], periods[-1])):
        whole = PartialDate.from_iso(period)
        first, last = date(*whole.first_day), date(*whole.last_day)
        missing = max((begins - first).days, 0) + max((last - ends).days, 0)
        if missing > INCOMPLETE * ((last - first).days + 1):
            yield period


def _until_today(timeline: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Without the periods ahead of today, unless there are no others."""
    return tuple(each for each in timeline if not is_ahead(each[0])) or timeline


def _series(engine: Engine, asked: SearchRequest, unit: str, periods: tuple[str, ...]) -> Series:
    strictly = asked.match == "all"  # what holds less than all is no match, and not counted
    request = asked.changed(match="strict") if strictly else asked
    latest = engine.search(request.changed(sort="newest", per_page=1))
    earliest = engine.search(request.changed(sort="oldest", per_page=1))
    by_period = dict(engine.timeline(request, unit))
    counts = tuple(by_period.get(period, 0) for period in periods)
    dated = [
        next((hit.release for hit in found.hits if _has_year(hit.release)), None)
        for found in (earliest, latest)
    ]
    return Series(
        request=asked,
        total=latest.total,
        counts=counts,
        unplaced=latest.total - sum(counts),
        first=dated[0],
        last=dated[1],
        notices=tuple(each for each in latest.notices if each.code not in _OF_LISTS),
        did_you_mean=latest.did_you_mean,
    )


def _has_year(release: Release) -> bool:
    return bool(release.date) and not (release.date or "").startswith("--")
