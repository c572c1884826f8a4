"""The search pages and their exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, request

from index.release import slugify
from search.request import SearchRequest
from search.results import SearchResults
from webapp import addresses, exports, wording
from webapp.engines import current_engine, current_settings
from webapp.pages import conditional, moved, page, root
from webapp.presenters.browse import present_coverage
from webapp.presenters.facets import present_agency_list
from webapp.presenters.rescue import ways_out
from webapp.presenters.results import agency_names, present_chips, present_results
from webapp.problems import refused

CSV_LINES = 200
"""Lines of the CSV export that are sent at a time."""

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@conditional
def results() -> Response:
    """A page of results. A tidier form of the address is gone to; what is broken is said."""
    parsed = addresses.read_query(request.query_string, current_settings().per_page)
    if not parsed.canonical and not parsed.ignored:
        # For now only: what counts as tidy may change, and browsers keep permanent redirects.
        return moved(addresses.search_address(parsed.request), for_good=False)
    found = current_engine().search(parsed.request)
    view = present_results(found, parsed.ignored, facet_agencies=current_settings().facet_agencies)
    rescue = _rescue(found) if not found.total else None
    return page("search.html", view=view, rescue=rescue)


@blueprint.get("/search/agencies")
@conditional
def agencies() -> Response:
    """All agencies of a search, with a box to find one by name."""
    parsed = addresses.read_agency_list(request.query_string, current_settings().per_page)
    asked = parsed.search.request
    if not parsed.canonical and not parsed.search.ignored:
        address = addresses.agency_list_address(asked, parsed.find, by_name=parsed.by_name)
        return moved(address, for_good=False)
    found = current_engine().search(asked.changed(per_page=0))
    view = present_agency_list(
        SearchResults(
            asked, found.total, 1, 1, (), found.facets, found.notices, None, found.took_ms
        ),
        parsed.find,
        by_name=parsed.by_name,
        limit=current_settings().agency_list,
    )
    names = agency_names(found)
    return page(
        "agency_list.html",
        view=view,
        restated=wording.search_in_words(asked, names),
        chips=present_chips(asked, names),
        notices=parsed.search.ignored,
    )


@blueprint.get("/search.json")
@conditional
def as_json() -> Response:
    """A page of results as JSON; an address that cannot be read whole is refused."""
    parsed = addresses.read_query(request.query_string, current_settings().per_page)
    if parsed.ignored:
        return refused(parsed.ignored)
    found = exports.results_object(current_engine().search(parsed.request))
    return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


@blueprint.get("/search.csv")
@conditional
def as_csv() -> Response:
    """All matches as CSV, sent while they are read."""
    parsed = addresses.read_query(request.query_string)
    if parsed.ignored:
        return refused(parsed.ignored)
    hits = current_engine().every_hit(parsed.request)
    first = list(islice(hits, 1))
    lines = exports.csv_lines(chain(first, hits), root())
    response = Response(_batches(lines), mimetype="text/csv")
    name = _file_name(parsed.request)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@blueprint.get("/search.atom")
@conditional
def as_atom() -> Response:
    """The newest matches as a feed, whatever order the page has."""
    parsed = addresses.read_query(request.query_string)
    if parsed.ignored:
        return refused(parsed.ignored)
    engine, asked = current_engine(), parsed.request.changed()
    hits = engine.every_hit(asked.changed(sort="newest"))
    names = {each.slug: each.name for each, _ in engine.coverage().agencies}
    words = wording.search_in_words(asked, names)
    feed = exports.atom_feed(
        list(islice(hits, current_settings().feed_items)),
        title=f"{current_settings().title}: releases {words}" if words else "All releases",
        page_url=root() + addresses.search_address(asked),
        feed_url=root() + addresses.search_address(asked, ".atom"),
        updated=engine.coverage().updated,
        root=root(),
    )
    return Response(feed, mimetype="application/atom+xml")


def _rescue(found: SearchResults) -> dict[str, Any]:
    engine = current_engine()
    coverage = engine.coverage()
    names = agency_names(found)
    limit = current_settings().rescue_links
    return {
        "ways_out": ways_out(found.request.changed(), names, engine.count, limit),
        "coverage": present_coverage(coverage),
    }


def _batches(lines: Iterable[str]) -> Iterator[str]:
    iterator = iter(lines)
    while batch := list(islice(iterator, CSV_LINES)):
        yield "".join(batch)


def _file_name(asked: SearchRequest) -> str:
    parts = ["releases", asked.text, *asked.agencies, asked.date_from or "", asked.date_to or ""]
    name = slugify(" ".join(parts)).encode("ascii", "ignore").decode("ascii")
    return name[:80].strip("-")
