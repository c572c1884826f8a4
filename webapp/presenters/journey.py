"""The way back to the results that led to a release, and to its neighbours there."""

from __future__ import annotations

from dataclasses import dataclass

from index.release import Release
from search import Engine
from search.results import Hit
from webapp.presenters.anchor import Anchor
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.release_addresses import FromResults


@dataclass(frozen=True, slots=True)
class JourneyView:
    """Back to the results, where this release stands in them, and its neighbours.

    `place` is empty where the list changed meanwhile: there the neighbours would be wrong.
    """

    back: Anchor
    place: str
    previous: Anchor | None
    next: Anchor | None


def present_journey(
    links: Links, engine: Engine, release: Release, found: FromResults
) -> JourneyView:
    """Asks the engine for three results at the most, each as a page of its own."""
    request, place, language = found.request, found.place, links.language
    links = links.about(request)
    page = 1 if place is None else (place - 1) // max(request.per_page, 1) + 1
    names = known_names(links, engine.coverage())
    words = wording.search_in_words(language, request, names)
    back = Anchor(words, links.changed(page=page))
    if place is None:
        return JourneyView(back, "", None, None)
    total, here = _at(links, engine, found, place)
    if here is None or here.release.id != release.id:
        return JourneyView(back, "", None, None)
    return JourneyView(
        back,
        language.gettext("Result %(place)s of %(total)s", place=f"{place:,}", total=f"{total:,}"),
        _neighbour(links, engine, found, place - 1),
        _neighbour(links, engine, found, place + 1) if place < total else None,
    )


def _neighbour(links: Links, engine: Engine, found: FromResults, place: int) -> Anchor | None:
    _, hit = _at(links, engine, found, place) if place > 0 else (0, None)
    if hit is None:
        return None
    href = links.release_in_results(hit.release, place)
    return Anchor(wording.headline(links.language, hit.release), href)


def _at(links: Links, engine: Engine, found: FromResults, place: int) -> tuple[int, Hit | None]:
    """How many hits there are, and the hit at a place; none beyond what page numbers reach."""
    asked = found.request.changed(page=place, per_page=1, reads=links.language.tag)
    results = engine.search(asked)
    reached = results.page == place and bool(results.hits)
    shown = (results.total or results.loosened_total or 0) - results.folded
    return shown, results.hits[0] if reached else None
