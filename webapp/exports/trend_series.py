"""Searches over time to take away, as JSON and CSV: the numbers of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from index.release import Release
from search.count.trends import Series, Trends, rate
from search.results import Notice
from webapp.exports.table import csv_line
from webapp.site.links import Links
from webapp.site.trend_addresses import TrendsRequest

CSV_COLUMNS = ("period", "query", "count", "releases", "per_thousand")
"""The columns of the CSV export, in their order; new ones are added at the end."""


def trends_object(
    links: Links, trends: Trends, asked: TrendsRequest, ignored: tuple[Notice, ...] = ()
) -> dict[str, Any]:
    """The comparison as JSON-ready values: what `/trends.json` answers."""
    filters = asdict(asked.filters)
    return {
        "request": {
            "queries": list(asked.queries),
            "match": filters["match"],
            "agencies": list(asked.filters.agencies),
            "facets": {name: list(slugs) for name, slugs in asked.filters.facets},
            "date_from": filters["date_from"],
            "date_to": filters["date_to"],
            "languages": list(asked.filters.languages),
        },
        "unit": trends.unit,
        "periods": list(trends.periods),
        "releases": list(trends.releases),
        "incomplete": list(trends.incomplete),
        "total": trends.total,
        "series": [_series_object(links, each, trends) for each in trends.series],
        "notices": [_notice_object(each) for each in (*ignored, *trends.notices)],
    }


def trends_csv(trends: Trends) -> Iterator[str]:
    """The comparison as text, line by line: a line for each search and period."""
    yield "\ufeff" + csv_line(CSV_COLUMNS)
    for each in trends.series:
        rows = zip(trends.periods, each.counts, trends.releases, strict=True)
        for period, count, releases in rows:
            per_thousand = _rounded(rate(count, releases))
            values = (period, each.request.text, str(count), str(releases))
            yield csv_line((*values, "" if per_thousand is None else str(per_thousand)))


def _series_object(links: Links, each: Series, trends: Trends) -> dict[str, Any]:
    return {
        "q": each.request.text,
        "total": each.total,
        "per_thousand": _rounded(rate(each.total, trends.total)),
        "counts": list(each.counts),
        "rates": [
            _rounded(rate(count, releases))
            for count, releases in zip(each.counts, trends.releases, strict=True)
        ],
        "unplaced": each.unplaced,
        "first": _use_object(links, each.first),
        "last": _use_object(links, each.last),
        "notices": [_notice_object(notice) for notice in each.notices],
        "did_you_mean": each.did_you_mean,
    }


def _use_object(links: Links, release: Release | None) -> dict[str, Any] | None:
    if release is None:
        return None
    return {
        "id": release.id,
        "path": links.release(release),
        "headline": release.headline,
        "date": release.date,
        "agency": release.agency._asdict(),
    }


def _notice_object(notice: Notice) -> dict[str, str]:
    return {"code": notice.code, "text": notice.text}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
