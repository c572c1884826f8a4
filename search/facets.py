"""Facet counts over arrays of matching documents."""

from __future__ import annotations

import calendar
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, request_days
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, Facets
from search.tallies import Numbers, Tallies

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
        date=date_counts(tallies, request, for_date),
    )


def agency_counts(
    tallies: Tallies, request: SearchRequest, matching: Numbers
) -> tuple[AgencyCount, ...]:
    """Every agency with matches, and every chosen one: by count, then by name."""
    agencies, chosen = tallies.columns.agencies, set(request.agencies)
    values = []
    for place, count in tallies.by_agency(matching):
        slug, name = agencies[place]
        values.append(AgencyCount(slug, name, count, slug in chosen))
    if not chosen:
        return tuple(values)
    listed = {each.slug for each in values}
    missing = {slug: slug for slug in chosen - listed}
    missing.update((each.slug, each.name) for each in agencies if each.slug in missing)
    values += [AgencyCount(slug, name, 0, True) for slug, name in missing.items()]
    return tuple(sorted(values, key=lambda each: (-each.count, each.name, each.slug)))


def date_counts(
    tallies: Tallies, request: SearchRequest, matching: Numbers
) -> tuple[DateCount, ...]:
    """Years; or the months of the year, or days of the month, that the request's dates lie in.

    In order of date, those without matches too. A release whose date is only known to the month
    counts in its month and year and in no day. The undated come last, if there are any.
    """
    span = request_days(request)
    if span is not None and span[0] // 100 == span[1] // 100:
        values = _days(tallies.columns, matching, span)
    elif span is not None and span[0] // 10_000 == span[1] // 10_000:
        values = _months(tallies.by_unit(matching, "month"), span)
    else:
        values = _years(tallies.by_unit(matching, "year"), span)
    undated = tallies.undated(matching)
    if undated or request.undated:
        values.append(DateCount(None, None, undated, request.undated))
    return tuple(values)


def _filled(numbers: Iterable[int], most: int) -> list[int]:
    """The numbers in order, with those between them if they are not too many."""
    found = set(numbers)
    if found and max(found) - min(found) < most:
        return list(range(min(found), max(found) + 1))
    return sorted(found)


def _years(by_year: dict[int, int], span: tuple[int, int] | None) -> list[DateCount]:
    listed = set(by_year)
    if span is not None:
        ends = {span[0] // 10_000, span[1] // 10_000} - {1, 9999}
        listed |= {year for year in ends if _lies_in(year * 10_000, 101, 1231, span)}
    return [
        _value(f"{year:04}", by_year.get(year, 0), _lies_in(year * 10_000, 101, 1231, span))
        for year in _filled(listed, MAX_YEARS)
    ]


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


def _days(columns: Columns, matching: Numbers, span: tuple[int, int]) -> list[DateCount]:
    month = span[0] // 100
    first = columns.first_day[matching]
    of_month = (first >= month * 100) & (first <= month * 100 + 99)
    first, last = first[of_month], columns.last_day[matching[of_month]]
    inside: NDArray[np.bool_] = first == last
    counts = np.bincount(first[inside] % 100, minlength=32)
    whole = span[0] % 100 == 1 and span[1] % 100 == 31
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
