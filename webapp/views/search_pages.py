"""The search pages, and a page of results as JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from search.request import SearchRequest
from search.results import Facets, SearchResults
from webapp import exports
from webapp.api.problems import refused
from webapp.context import current_engine, current_settings
from webapp.presenters.browse import present_coverage
from webapp.presenters.facet_lists import present_agency_list
from webapp.presenters.rescue import ways_out
from webapp.presenters.results_page import agency_names, present_chips, present_results
from webapp.site import addresses, wording
from webapp.views.responses import conditional, moved, page

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
    view = present_results(
        found,
        parsed.ignored,
        facet_agencies=current_settings().facet_agencies,
        everything=_without_words(parsed.request),
        updated=current_engine().coverage().updated,
    )
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
        everything=_without_words(asked),
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


def _without_words(asked: SearchRequest) -> Facets | None:
    """What the filters alone let through, which counts are a rate of; None without words."""
    if not asked.text:
        return None
    return current_engine().search(asked.changed(text="", match="all", per_page=0)).facets


def _rescue(found: SearchResults) -> dict[str, Any]:
    engine = current_engine()
    coverage = engine.coverage()
    names = agency_names(found)
    limit = current_settings().rescue_links
    return {
        "ways_out": ways_out(found.request.changed(), names, engine.count, limit),
        "coverage": present_coverage(coverage),
    }
