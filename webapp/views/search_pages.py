"""The search pages, and a page of results as JSON."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, request

from index.dates.relative import today
from index.facet_table import AGENCY, LANGUAGE
from search.match.search_time import SearchStoppedError
from search.query.notices import UNKNOWN_CODES
from search.request import SearchRequest
from search.results import Facets, SearchResults
from webapp.context import (
    as_read,
    current_coverage,
    current_engine,
    current_facets,
    current_language,
    current_links,
    current_settings,
)
from webapp.exports.results_json import results_object
from webapp.monitoring.request_log import log_found
from webapp.presenters.browse import present_coverage
from webapp.presenters.date_boxes import present_date_boxes
from webapp.presenters.earlier_years import earlier_years
from webapp.presenters.first_uses_page import first_line
from webapp.presenters.named_spans import named_spans
from webapp.presenters.nothing_found import (
    CorrectedView,
    NothingFoundView,
    agencies_held,
    present_corrected,
    ways_out,
)
from webapp.presenters.results_page import Surroundings, present_results
from webapp.presenters.search_box import present_chips
from webapp.presenters.value_facet import chosen_names, present_value_list
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.paths import read_segment
from webapp.site.search_addresses import ParsedAddress, read_listing, read_query, read_value_list
from webapp.views.responses import conditional, json_answer, moved, page, refused

CORRECTED_HITS = 3
"""Releases of a corrected search that stand below its offer: as many as stand above a fold."""

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@conditional
def results() -> Response:
    """A page of results. A tidier form of the address is gone to; what is broken is said."""
    parsed = _read()
    if not parsed.canonical and not parsed.ignored:
        # For now only: what counts as tidy may change, and browsers keep permanent redirects.
        return moved(current_links().search(parsed.request), for_good=False)
    found = _found(parsed.request)
    links = current_links(found.request.changed(page=found.page, found=found.request.found))
    coverage = current_coverage()
    beside = Surroundings(
        facet_agencies=current_settings().facet_agencies,
        everything=_without_words(parsed.request),
        updated=coverage.updated,
        spans=named_spans(links, current_engine().count, coverage.last_date),
        earlier=earlier_years(links, today(), coverage.first_date, coverage.last_date),
        lookup=current_engine().release,
    )
    view = present_results(links, found, parsed.ignored, beside)
    nothing_found = _nothing_found(links, found) if not found.total else None
    return page(
        "search.html",
        view=view,
        dates=present_date_boxes(
            links.language, coverage, found.request.date_from, found.request.date_to, parsed.ignored
        ),
        nothing_found=nothing_found,
        corrected=_corrected(links, found),
        printed=wording.date_in_words(links.language, today().isoformat()),
        first=first_line(links, current_engine(), parsed.request, found.total),
    )


@blueprint.get("/search/agencies")
@conditional
def agencies() -> Response:
    """All agencies of a search, with a box to find one by name."""
    return _values(AGENCY.name)


@blueprint.get("/search/by/<segment>")
@conditional
def values(segment: str) -> Response:
    """All values of another facet in a search."""
    facet = read_segment(segment)
    several = len(current_coverage().languages) > 1
    if facet not in current_facets() and not (several and facet == LANGUAGE.name):
        abort(404)
    return _values(facet)


@blueprint.get("/search.json")
@conditional
def as_json() -> Response:
    """A page of results as JSON; an address that cannot be read whole is refused.

    With `after` it is what stands behind that place in an order by time, however far that is.
    """
    parsed, after = read_listing(
        request.query_string, current_settings().per_page, current_language(), current_facets()
    )
    if parsed.ignored:
        return refused(parsed.ignored)
    engine, asked = current_engine(), parsed.request
    if after is None:
        found = results_object(current_links(), _found(asked))
    else:
        by_time = asked if asked.order == "oldest" else asked.changed(sort="newest")
        hits = tuple(engine.every_hit(as_read(by_time), size=asked.per_page, after=after))
        counted = replace(_found(by_time.changed(per_page=0)), request=by_time, hits=hits)
        found = results_object(current_links(), counted)
    return json_answer(found)


def _values(facet: str) -> Response:
    settings = current_settings()
    parsed = read_value_list(
        request.query_string, settings.per_page, current_language(), current_facets()
    )
    asked = parsed.search.request
    links = current_links(asked)
    if not parsed.canonical and not parsed.search.ignored:
        return moved(links.value_list(facet, parsed.find, by_name=parsed.by_name), for_good=False)
    found = current_engine().search(asked.changed(per_page=0))
    view = present_value_list(
        links,
        facet,
        found.facets[facet],
        parsed.find,
        by_name=parsed.by_name,
        limit=settings.agency_list,
        everything=_without_words(asked),
    )
    names = chosen_names(links, found.facets)
    return page(
        "value_list.html",
        view=view,
        restated=wording.search_in_words(links.language, asked, names),
        chips=present_chips(links, names),
        notices=parsed.search.ignored,
    )


def _read() -> ParsedAddress:
    return read_query(
        request.query_string, current_settings().per_page, current_language(), current_facets()
    )


def _found(asked: SearchRequest) -> SearchResults:
    """What a search finds: one that was stopped found nothing that could be shown.

    :raises SearchStoppedError: for such a one, before anything else of it is counted.
    """
    found = current_engine().search(as_read(asked))
    if any(each.code == "search-stopped" for each in found.notices):
        raise SearchStoppedError("The search took too long and was stopped.")
    log_found(found.total)
    return found


def _without_words(asked: SearchRequest) -> Facets | None:
    """What the filters alone let through, which counts are a rate of; None without words."""
    if not asked.text:
        return None
    return current_engine().facets(asked.changed(text="", match="all"))


def _corrected(links: Links, found: SearchResults) -> CorrectedView | None:
    """What the spelling offered would find, where what was typed finds nothing."""
    if found.total or not found.did_you_mean:
        return None
    asked = found.request.changed(text=found.did_you_mean)
    shown = current_engine().search(as_read(asked.changed(per_page=CORRECTED_HITS)))
    return present_corrected(links.about(asked), shown)


def _nothing_found(links: Links, found: SearchResults) -> NothingFoundView:
    engine = current_engine()
    names = chosen_names(links, found.facets)
    limit = current_settings().rescue_links
    unknown = [each.values[0] for each in found.notices if each.code in UNKNOWN_CODES]
    anywhere = links.about(found.request.changed())
    agencies = [each for each, _ in current_coverage().agencies]
    return NothingFoundView(
        ways_out=ways_out(anywhere, names, unknown, engine.count, limit, agencies),
        coverage=present_coverage(links.language, current_coverage()),
        agencies=tuple(agencies_held(anywhere, current_coverage(), names, engine.timeline)),
    )
