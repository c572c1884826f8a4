"""The first page, and the pages of agencies and of years, months and days."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from index.dates.partial import PartialDate
from index.release import Agency
from search.request import SearchRequest
from search.results import SearchResults
from webapp.context import current_engine, current_settings
from webapp.presenters.browse import (
    present_agency,
    present_agency_groups,
    present_coverage,
    present_home,
    present_span,
)
from webapp.presenters.common import Link
from webapp.site import addresses, wording
from webapp.site.languages import gettext
from webapp.views.responses import conditional, moved, page

blueprint = Blueprint("browse", __name__)


@blueprint.get("/")
@conditional
def home() -> Response:
    """The search box, what the index covers, the latest releases and ways to browse."""
    settings, engine = current_settings(), current_engine()
    latest = engine.search(SearchRequest(per_page=settings.latest))
    view = present_home(engine.coverage(), latest, shown_agencies=settings.facet_agencies)
    return page("home.html", view=view)


@blueprint.get("/agencies")
@conditional
def agencies() -> Response:
    """All agencies, by the alphabet."""
    coverage = current_engine().coverage()
    return page(
        "agencies.html",
        groups=present_agency_groups(coverage),
        coverage=present_coverage(coverage),
        canonical=addresses.agencies_address(),
    )


@blueprint.get("/agency/<path:segment>")
@conditional
def agency(segment: str) -> Response:
    """What one agency issued."""
    slug = addresses.read_segment(segment)
    known = {each.slug: each for each, _ in current_engine().coverage().agencies}
    found = known.get(slug or "")
    if found is None:
        abort(404, gettext("No agency here has this address."))
    return page("browse.html", view=present_agency(found, _search_agency(found)))


@blueprint.get("/<int:year>")
@blueprint.get("/<int:year>/<int:month>")
@blueprint.get("/<int:year>/<int:month>/<int:day>")
@conditional
def span(year: int, month: int | None = None, day: int | None = None) -> Response:
    """What was issued in a year, a month or on a day."""
    given = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    try:
        iso = PartialDate.from_iso("-".join(given)).iso
    except ValueError:
        abort(404, gettext("The calendar has no such day."))
    if request.path != addresses.date_address(iso):
        return moved(addresses.date_address(iso), for_good=True)
    asked = SearchRequest(date_from=iso, date_to=iso, per_page=current_settings().day_list)
    found = current_engine().search(asked)
    if not found.total:
        abort(404, gettext("No release here is dated %(date)s.", date=wording.date_in_words(iso)))
    return page("browse.html", view=present_span(iso, found, _neighbours(iso)))


def _search_agency(agency: Agency) -> SearchResults:
    asked = SearchRequest(agencies=(agency.slug,), per_page=current_settings().latest)
    return current_engine().search(asked)


def _neighbours(iso: str) -> tuple[Link, ...]:
    """The spans before and after, where they have releases."""
    count = current_engine().count
    asked = PartialDate.from_iso(iso)
    near = [each.iso for each in (asked.neighbour(-1), asked.neighbour(1)) if each]
    return tuple(
        Link(wording.date_in_words(each), addresses.date_address(each))
        for each in near
        if count(SearchRequest(date_from=each, date_to=each))
    )
