"""A page of results as JSON-ready values."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from index.release import Release
from search.cursor import BY_DATE, Cursor
from search.request import SearchRequest
from search.results import Hit, Notice, Offer, ScorePart, SearchResults
from webapp.presenters.body_blocks import paragraphs_at
from webapp.site.links import Links

_OF_REQUEST = tuple(each.name for each in fields(SearchRequest) if each.name != "reads")


def results_object(links: Links, results: SearchResults) -> dict[str, Any]:
    """The results as JSON-ready values: what `/search.json` and `dateline search --json` print.

    Where the request has `seen`, there is also `new`: the number of all matches that came
    here, or changed, after it, and for each hit whether it was.

    Where nothing matches, `hits` are the releases that hold most of the words, `loosened_total` of
    them, each with the words that it `lacks`; else `loosened_total` is null. Of releases that say
    the same, the first is a hit with the others as its `copies`, so `folded` many are no hits.
    `next`: the cursor with which an address goes on behind these hits (`after=`), in an order by
    date; null in others, and where there is no hit.
    """
    new = {} if results.new is None else {"new": results.new}
    return {
        "request": request_object(results.request),
        "total": results.total,
        "loosened_total": results.loosened_total,
        **new,
        "page": results.page,
        "pages": results.pages,
        "next": _next(results),
        "hits": [_hit_object(links, hit, results.request) for hit in results.hits],
        "facets": {
            **{
                name: [value._asdict() for value in values]
                for name, values in results.facets.listed.items()
            },
            "date": [
                {"from": value.from_, "to": value.to, "count": value.count}
                | {"selected": value.selected}
                for value in results.facets.date
            ],
        },
        "notices": [_notice_object(links, notice) for notice in results.notices],
        "did_you_mean": results.did_you_mean,
        "offers": [_offer_object(links, offer) for offer in results.offers],
        "folded": results.folded,
        "took_ms": round(results.took_ms, 3),
    }


def _next(results: SearchResults) -> str | None:
    """The cursor behind the last hit, in an order by time; None where there is no hit."""
    if results.request.order not in BY_DATE or not results.hits:
        return None
    return str(Cursor.behind(results.hits[-1].release))


def release_object(links: Links, release: Release) -> dict[str, Any]:
    """What tells a release as JSON-ready values; no page without a site that has an address."""
    return {
        "id": release.id,
        "headline": release.headline,
        "date": release.date,
        "agency": release.agency._asdict(),
        "language": release.language,
        "url": release.url,
        "page_url": page_url(links, release),
    }


def page_url(links: Links, release: Release) -> str | None:
    """The page of a release, of a site that has an address."""
    return links.root + links.release(release) if links.root else None


def request_object(request: SearchRequest) -> dict[str, Any]:
    """The request as JSON-ready values; `sort` is the order in force. The language that is read is
    that of the address, not of the search."""
    values = {name: getattr(request, name) for name in _OF_REQUEST}
    values["agencies"] = list(request.agencies)
    values["languages"] = list(request.languages)
    values["facets"] = {name: list(slugs) for name, slugs in request.facets}
    values["sort"] = request.order
    return values


def _notice_object(links: Links, notice: Notice) -> dict[str, Any]:
    undo = None if notice.undo is None else links.search(notice.undo)
    return {"code": notice.code, "text": notice.text, "undo": undo}


def _offer_object(links: Links, offer: Offer) -> dict[str, Any]:
    return {
        "agencies": [agency._asdict() for agency in offer.agencies],
        "total": offer.total,
        "path": links.search(offer.request),
    }


def _part_object(part: ScorePart) -> dict[str, Any]:
    values = part._asdict()
    return values | {"fields": [each._asdict() for each in part.fields]}


def _copy_object(links: Links, release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "path": links.release(release),
        "url": release.url,
        "headline": release.headline,
        "date": release.date,
        "agency": release.agency._asdict(),
    }


def _hit_object(links: Links, hit: Hit, request: SearchRequest) -> dict[str, Any]:
    release = hit.release
    new = {"new": request.is_new(hit.arrived)} if request.seen else {}
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
        "snippet_paragraphs": paragraphs_at(release.body, hit.snippet_lines),
        "more_matches": hit.more_matches,
        "score": hit.score,
        "lacks": list(hit.lacks),
        **({"explanation": list(map(_part_object, hit.explanation))} if request.explain else {}),
        "copies": [_copy_object(links, each) for each in hit.copies],
        "copies_total": hit.copies_total,
        "changed": hit.changed or None,
        "changes": hit.changes,
        **new,
    }
