"""Facet counts over arrays of matching documents."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from search.count.counts import Numbers, Tallies
from search.match.doc_values import Columns
from search.match.filters import between
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, Facets

MAX_YEARS = 200
"""Years up to which a list of years has a line for those without releases too."""


def count_facets(
    tallies: Tallies, request: SearchRequest, for_agency: Numbers, for_date: Numbers
) -> Facets:
    """The facets of a search.

    :param for_agency: the matches of everything but the agency filter (ascending numbers).
    :param for_date: the matches of everything but the date filter.
    """
    return Facets(
        agency=agency_counts(tallies, request, for_agency),
        date=date_counts(tallies, request, for_date, None if request.agencies else for_agency),
    )


def agency_counts(
    tallies: Tallies, request: SearchRequest, matching: Numbers
) -> tuple[AgencyCount, ...]:
    """Every agency with matches, and every chosen one: by count, then by name."""
    slugs, names = tallies.agencies
    places, counts = tallies.by_agency(matching)
    rows = map(slugs.__getitem__, places), map(names.__getitem__, places), counts
    if not request.agencies:
        return tuple(map(_agency_count, zip(*rows, repeat(False))))
    chosen = set(request.agencies)
    values = [
        AgencyCount(slug, name, count, slug in chosen)
        for slug, name, count in zip(*rows, strict=True)
    ]
    agencies = tallies.columns.agencies
    listed = {each.slug for each in values}
    missing = {slug: slug for slug in chosen - listed}
    missing.update((each.slug, each.name) for each in agencies if each.slug in missing)
    values += [AgencyCount(slug, name, 0, True) for slug, name in missing.items()]
    return tuple(sorted(values, key=lambda each: (-each.count, each.name, each.slug)))


_agency_count = partial(tuple.__new__, AgencyCount)
"""An `AgencyCount` of a tuple with all its values: an index knows hundreds of agencies."""


def date_counts(
    tallies: Tallies, request: SearchRequest, matching: Numbers, within: Numbers | None = None
) -> tuple[DateCount, ...]:
    """Years; or the months of the year, or days of the month, that the request's dates lie in.

    In order of date, those without matches too. A release whose date is only known to the month
    counts in its month and year and in no day. The undated come last, if there are any.

    :param within: those of `matching` under the date filter, where they are known.
    """
    span = request.days
    if span is not None and span[0] // 100 == span[1] // 100:
        values = _days(tallies.columns, matching, span, within)
    elif span is not None and span[0] // 10_000 == span[1] // 10_000:
        values = _months(_by_unit(tallies, matching, "month"), span)
    else:
        values = _years(_by_unit(tallies, matching, "year"), span)
    undated = tallies.undated(matching)
    if undated or request.undated:
        values.append(DateCount(None, None, undated, request.undated))
    return tuple(values)


def _by_unit(tallies: Tallies, matching: Numbers, unit: str) -> dict[int, int]:
    """Month (202311) or year (2023) -> its count; no zeros."""
    counts = tallies.by_unit(matching, unit).tolist()
    values = tallies.unit(unit).values.tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}


def _filled(numbers: Iterable[int], most: int) -> list[int]:
    """The numbers in order, with those between them if they are not too many."""
    found = set(numbers)
    if found and max(found) - min(found) < most:
        return list(range(min(found), max(found) + 1))
    return sorted(found)


def _years(by_year: dict[int, int], span: tuple[int, int] | None) -> list[DateCount]:
    listed = set(by_year)
    if span is not None:
        ends = {span[0] // 10_000, span[1] // 10_000} - {0, 9999}
        listed |= {year for year in ends if _lies_in(year * 10_000, 101, 1231, span)}
    years = _filled(listed, MAX_YEARS)
    if span is None:
        return [_value(_year(year), by_year.get(year, 0), False) for year in years]
    return [
        _value(_year(year), by_year.get(year, 0), _lies_in(year * 10_000, 101, 1231, span))
        for year in years
    ]


@lru_cache(maxsize=MAX_YEARS)
def _year(number: int) -> str:
    return f"{number:04}"


def _months(counts: dict[int, int], span: tuple[int, int]) -> list[DateCount]:
    year = span[0] // 10_000
    whole = span == (year * 10_000 + 101, year * 10_000 + 1231)
    return [
        _value(
            f"{year:04}-{month:02}",
            counts.get(year * 100 + month, 0),
            not whole and _lies_in(year * 10_000 + month * 100, 1, 31, span),
        )
        for month in range(1, 13)
    ]


def _days(
    columns: Columns, matching: Numbers, span: tuple[int, int], within: Numbers | None
) -> list[DateCount]:
    month = span[0] // 100
    whole = span[0] % 100 == 1 and span[1] % 100 == 31
    if within is not None and whole:
        of_month = within
    else:
        of_month = between(columns, matching, month * 100, month * 100 + 99)
    first, last = columns.first_day[of_month], columns.last_day[of_month]
    inside: NDArray[np.bool_] = first == last
    counts = np.bincount(first[inside] % 100, minlength=32)
    length = calendar.monthrange(max(month // 100, 1), month % 100)[1]
    return [
        _value(
            f"{month // 100:04}-{month % 100:02}-{day:02}",
            int(counts[day]),
            not whole and span[0] <= month * 100 + day <= span[1],
        )
        for day in range(1, length + 1)
    ]


def _value(date: str, count: int, selected: bool) -> DateCount:
    return DateCount(date, date, count, selected)


def _lies_in(base: int, first: int, last: int, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= base + first and base + last <= span[1]
