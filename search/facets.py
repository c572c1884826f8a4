"""Facet counts over arrays of matching documents."""

from __future__ import annotations

import calendar

import numpy as np
from numpy.typing import NDArray

from search.columns import Columns, request_days
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, Facets

MAX_YEARS = 200
"""Years up to which a list of years has a line for those without releases too."""

Numbers = NDArray[np.uint32]


def count_facets(
    columns: Columns, request: SearchRequest, for_agency: Numbers, for_date: Numbers
) -> Facets:
    """The facets of a search.

    :param for_agency: the matches of everything but the agency filter (ascending numbers).
    :param for_date: the matches of everything but the date filter.
    """
    return Facets(
        agency=agency_counts(columns, request, for_agency),
        date=date_counts(columns, request, for_date),
    )


def agency_counts(
    columns: Columns, request: SearchRequest, matching: Numbers
) -> tuple[AgencyCount, ...]:
    """Every agency with matches, and every chosen one: by count, then by name."""
    counts = np.bincount(columns.agency[matching], minlength=len(columns.agencies))
    chosen = set(request.agencies)
    known = {agency.slug for agency in columns.agencies}
    values = [
        AgencyCount(agency.slug, agency.name, int(count), agency.slug in chosen)
        for agency, count in zip(columns.agencies, counts, strict=True)
        if count or agency.slug in chosen
    ]
    values += [AgencyCount(slug, slug, 0, True) for slug in sorted(chosen - known)]
    return tuple(sorted(values, key=lambda each: (-each.count, each.name, each.slug)))


def date_counts(
    columns: Columns, request: SearchRequest, matching: Numbers
) -> tuple[DateCount, ...]:
    """Years; or the months of the year, or days of the month, that the request's dates lie in.

    In order of date, those without matches too. A release whose date is only known to the month
    counts in its month and year and in no day. The undated come last, if there are any.
    """
    first, last = columns.first_day[matching], columns.last_day[matching]
    span = request_days(request)
    if span is not None and span[0] // 100 == span[1] // 100:
        values = _days(first, last, span)
    elif span is not None and span[0] // 10_000 == span[1] // 10_000:
        values = _months(first, last, span)
    else:
        values = _years(first, last, span)
    undated = int(np.count_nonzero(first == 0))
    if undated or request.undated:
        values.append(DateCount(None, None, undated, request.undated))
    return tuple(values)


def _years(
    first: NDArray[np.int32], last: NDArray[np.int32], span: tuple[int, int] | None
) -> list[DateCount]:
    years = first // 10_000
    years = years[(years > 0) & (years == last // 10_000)]
    found, counts = np.unique(years, return_counts=True)
    by_year = dict(zip(found.tolist(), counts.tolist(), strict=True))
    listed = set(by_year)
    if span is not None:
        ends = {span[0] // 10_000, span[1] // 10_000} - {1, 9999}
        listed |= {year for year in ends if _lies_in(year * 10_000, 101, 1231, span)}
    if listed and max(listed) - min(listed) < MAX_YEARS:
        listed = set(range(min(listed), max(listed) + 1))
    return [
        _value(f"{year:04}", by_year.get(year, 0), _lies_in(year * 10_000, 101, 1231, span))
        for year in sorted(listed)
    ]


def _months(
    first: NDArray[np.int32], last: NDArray[np.int32], span: tuple[int, int]
) -> list[DateCount]:
    year = span[0] // 10_000
    inside = (first // 10_000 == year) & (first // 100 == last // 100)
    counts = np.bincount(first[inside] // 100 % 100, minlength=13)
    whole = span == (year * 10_000 + 101, year * 10_000 + 1231)
    return [
        _value(
            f"{year:04}-{month:02}",
            int(counts[month]),
            not whole and _lies_in(year * 10_000 + month * 100, 1, 31, span),
        )
        for month in range(1, 13)
    ]


def _days(
    first: NDArray[np.int32], last: NDArray[np.int32], span: tuple[int, int]
) -> list[DateCount]:
    month = span[0] // 100
    inside = (first // 100 == month) & (first == last)
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
