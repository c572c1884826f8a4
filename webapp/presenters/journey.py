"""The way back to the results that led to a release, and to its neighbours there."""

from __future__ import annotations

from dataclasses import dataclass

from index.release import Release
from search import Engine
from search.results import Hit
from webapp.presenters.common import Link, untitled
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext
from webapp.site.release_addresses import FromResults, release_in_results_address


@dataclass(frozen=True, slots=True)
class JourneyView:
    """Back to the results, where this release stands in them, and its neighbours.

    `place` is empty where the list changed meanwhile: there the neighbours would be wrong.
    """

    back: Link
    place: str
    previous: Link | None
    next: Link | None


def present_journey(engine: Engine, release: Release, found: FromResults) -> JourneyView:
    """Asks the engine for three results at the most, each as a page of its own."""
    request, place = found.request, found.place
    page = 1 if place is None else (place - 1) // max(request.per_page, 1) + 1
    names = {each.slug: agency_name(each) for each, _ in engine.coverage().agencies}
    words = wording.search_in_words(request, names)
    back = Link(words, addresses.search_address(request.changed(page=page)))
    if place is None:
        return JourneyView(back, "", None, None)
    total, here = _at(engine, found, place)
    if here is None or here.release.id != release.id:
        return JourneyView(back, "", None, None)
    return JourneyView(
        back,
        gettext("%(place)s of %(total)s", place=f"{place:,}", total=f"{total:,}"),
        _neighbour(engine, found, place - 1),
        _neighbour(engine, found, place + 1) if place < total else None,
    )


def _neighbour(engine: Engine, found: FromResults, place: int) -> Link | None:
    _, hit = _at(engine, found, place) if place > 0 else (0, None)
    if hit is None:
        return None
    href = release_in_results_address(hit.release, found.request, place)
    return Link(untitled(hit.release), href)


def _at(engine: Engine, found: FromResults, place: int) -> tuple[int, Hit | None]:
    """The total, and the hit at a place; none beyond what page numbers reach."""
    results = engine.search(found.request.changed(page=place, per_page=1))
    reached = results.page == place and bool(results.hits)
    return results.total, results.hits[0] if reached else None
