"""A page of results as JSON-ready values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from search.request import SearchRequest
from search.results import Hit, SearchResults
from webapp.site.links import Links


def results_object(links: Links, results: SearchResults) -> dict[str, Any]:
    """The results as JSON-ready values: what `/search.json` and `dateline search --json` print.

    Where the request has `seen`, there is also `new`: the number of all matches that were first
    indexed after it, and for each hit whether it was.
    """
    new = {} if results.new is None else {"new": results.new}
    return {
        "request": request_object(results.request),
        "total": results.total,
        **new,
        "page": results.page,
        "pages": results.pages,
        "hits": [_hit_object(links, hit, results.request) for hit in results.hits],
        "facets": {
            "agency": [value._asdict() for value in results.facets.agency],
            "date": [
                {"from": value.from_, "to": value.to, "count": value.count}
                | {"selected": value.selected}
                for value in results.facets.date
            ],
        },
        "notices": [{"code": notice.code, "text": notice.text} for notice in results.notices],
        "did_you_mean": results.did_you_mean,
        "took_ms": round(results.took_ms, 3),
    }


def request_object(request: SearchRequest) -> dict[str, Any]:
    """The request as JSON-ready values; `sort` is the order in force."""
    values = asdict(request)
    values["agencies"] = list(request.agencies)
    values["languages"] = list(request.languages)
    values["sort"] = request.order
    return values


def _hit_object(links: Links, hit: Hit, request: SearchRequest) -> dict[str, Any]:
    release = hit.release
    new = {"new": request.is_new(hit.first_indexed)} if request.seen else {}
    return {
        "id": release.id,
        "path": links.release(release),
        "url": release.url,
        "headline": release.headline,
        "headline_html": hit.headline_html,
        "date": release.date,
        "date_precision": release.date_precision,
        "date_source": release.date_source,
        "agency": release.agency._asdict(),
        "language": release.language,
        "snippets": list(hit.snippets),
        "score": hit.score,
        **new,
    }
