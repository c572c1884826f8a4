"""The first page, and the pages of agencies and of years, months and days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Blueprint, Response, abort, request

from index.dates.day_numbers import is_ahead
from index.dates.partial import PartialDate
from index.facet_table import AGENCY, FacetValue
from index.release import Agency
from index.text.cleaning import clean_line
from search.request import SearchRequest
from webapp.context import (
    as_read,
    current_engine,
    current_facets,
    current_language,
    current_links,
    current_path,
    current_settings,
)
from webapp.presenters.all_values import present_all_values
from webapp.presenters.anchor import Anchor
from webapp.presenters.browse import present_home, present_span, present_value
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.parameters import MAX_VALUE
from webapp.site.paths import read_segment
from webapp.views.error_pages import not_here
from webapp.views.responses import conditional, moved, page

blueprint = Blueprint("browse", __name__)


@blueprint.get("/")
@conditional
def home() -> Response:
    """The search box, what the index covers, the latest releases and ways to browse."""
    settings, engine = current_settings(), current_engine()
    latest = engine.search(as_read(SearchRequest(per_page=settings.latest)))
    view = present_home(
        current_links(),
        engine.coverage(),
        latest,
        engine.release,
        changed=engine.count(SearchRequest(changed_only=True)),
        shown_agencies=settings.facet_agencies,
    )
    return page("home.html", view=view)


@blueprint.get("/agencies")
@conditional
def agencies() -> Response:
    """All agencies, by the alphabet."""
    return _all_values(AGENCY.name)


@blueprint.get("/browse/<segment>")
@conditional
def values(segment: str) -> Response:
    """All values of another facet, by the alphabet."""
    return _all_values(_facet(segment))


@blueprint.get("/agency/<path:segment>")
@conditional
def agency(segment: str) -> Response:
    """What one agency issued."""
    known = (each for each, _ in current_engine().coverage().agencies)
    return _value(AGENCY.name, segment, known)


@blueprint.get("/browse/<segment>/<path:value>")
@conditional
def value(segment: str, value: str) -> Response:
    """What has one value of another facet."""
    facet = _facet(segment)
    return _value(facet, value, (each for each, _ in current_engine().coverage().facets[facet]))


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
        said = current_language().gettext("There is no such date.")
        not_here(said, *_near(current_links(), "-".join(given[:-1])))
    asked = SearchRequest(date_from=iso, date_to=iso, per_page=current_settings().day_list)
    links = current_links(asked)
    if current_path() != links.date(iso):
        return moved(links.date(iso), for_good=True)
    found = current_engine().search(as_read(asked.changed(page=_page_number())))
    if not found.total:
        date_in_words = wording.date_in_words(links.language, iso)
        said = links.language.gettext("We have no release from %(date)s.", date=date_in_words)
        not_here(said, *_near(links, iso))
    links = links.about(found.request.changed(per_page=links.per_page))
    view = present_span(links, iso, found, _neighbours(links, iso), current_engine().release)
    return page("browse.html", view=view)


def _all_values(facet: str) -> Response:
    """The page of all values; `find=` are letters of their names."""
    find = clean_line(request.args.get("find", ""))[:MAX_VALUE].strip()
    coverage = current_engine().coverage()
    return page("values.html", view=present_all_values(current_links(), facet, coverage, find))


def _facet(segment: str) -> str:
    facet = read_segment(segment)
    if facet not in current_facets():
        abort(404)
    return facet


def _value(facet: str, segment: str, known: Iterable[Agency | FacetValue]) -> Response:
    """The page of a value."""
    slug = read_segment(segment)
    found = next((each for each in known if each.slug == slug), None)
    if found is None and facet == AGENCY.name:
        links = current_links()
        said = links.language.gettext("We have no agency at this address.")
        not_here(said, Anchor(links.language.gettext("Agencies"), links.page("/agencies")))
    if found is None:
        abort(404)
    asked = SearchRequest(per_page=current_settings().latest)
    asked = asked.changed(**asked.choosing(facet, (found.slug,)))
    results = current_engine().search(as_read(asked.changed(page=_page_number())))
    links = current_links(results.request.changed(per_page=current_settings().per_page))
    engine, months = current_engine(), current_engine().timeline(asked)
    view = present_value(links, facet, found, results, months, engine.release)
    return page("browse.html", view=view)


def _page_number() -> int:
    """The page of the list; 1 for what is none, and the engine shows the last for one beyond."""
    typed = request.args.get("page", "")
    return int(typed) if re.fullmatch(r"[1-9]\d{0,5}", typed, re.ASCII) else 1


def _near(links: Links, iso: str) -> tuple[Anchor, ...]:
    """Where a date has no page: the month or year around it, else the years before and after."""
    months = [each for each, _ in current_engine().coverage().months if not is_ahead(each)]
    years = sorted({each[:4] for each in months})
    near = [each for each in (iso[:7], iso[:4]) if each in {*months, *years}][:1]
    if iso and not near:
        earlier, later = ([y for y in years if y < iso], [y for y in years if y > iso])
        near = earlier[-1:] + later[:1]
    return tuple(
        Anchor(wording.date_in_words(links.language, each), links.date(each)) for each in near
    )


def _neighbours(links: Links, iso: str) -> tuple[Anchor, ...]:
    """The spans before and after, where they have releases."""
    count = current_engine().count
    asked = PartialDate.from_iso(iso)
    near = [each.iso for each in (asked.neighbour(-1), asked.neighbour(1)) if each]
    return tuple(
        Anchor(wording.date_in_words(links.language, each), links.date(each))
        for each in near
        if count(SearchRequest(date_from=each, date_to=each))
    )
