"""The concordance of a search: a line for every place, sorted by what stands beside the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from index.text.folding import fold
from search.engine import Engine
from search.request import SearchRequest
from search.results import Hit
from search.show.concordance import KeywordInContext, concordance, count_places
from webapp.presenters.anchor import Anchor
from webapp.presenters.body_blocks import paragraphs_at
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.pager import page_of_pages
from webapp.presenters.value_facet import search_title
from webapp.site import wording
from webapp.site.concordance_addresses import (
    SORTS,
    ConcordanceAddress,
    concordance_address,
    concordance_fields,
)
from webapp.site.languages import html_language
from webapp.site.links import Links

MAX_RELEASES = 100
"""Newest releases whose places are looked up for a page: 11.5 ms."""
LINES = 40
"""Lines of a page."""


class Place(NamedTuple):
    """A place in a release."""

    hit: Hit
    line: KeywordInContext


class PlaceView(NamedTuple):
    """A line of the page."""

    left: str
    match: str
    right: str
    speaker: str
    language: str
    date: DateView
    agency: str
    href: str


class ConcordanceView(NamedTuple):
    """Everything on the page; `cut`: of how many releases only the newest were looked at, `older`:
    where the older ones are.

    `hidden`: what its form says beside the words.
    """

    asked: str
    page: str
    hidden: tuple[tuple[str, str], ...]
    lines: tuple[PlaceView, ...]
    total: int
    releases: int
    cut: int
    older: Anchor | None
    sorts: tuple[Anchor, ...]
    quoted: Anchor
    previous: str
    next: str
    csv: str
    back: str


def places(engine: Engine, request: SearchRequest, most: int) -> Iterator[Place]:
    """The places of the newest releases that match, as far as there are so many releases."""
    return _places(_marked_bodies(engine, request, most))


def present_concordance(links: Links, engine: Engine, asked: ConcordanceAddress) -> ConcordanceView:
    """The page; without words it has no lines."""
    request = asked.request
    total = engine.count(request) if request.text else 0
    bodies = list(_marked_bodies(engine, request, MAX_RELEASES)) if total else []
    first = (asked.page - 1) * LINES
    shown, found = _lines(bodies, asked, first)
    language = links.language
    return ConcordanceView(
        asked=search_title(links, engine, request),
        page=page_of_pages(language, asked.page, max(1, -(-found // LINES))),
        hidden=tuple(pair for pair in concordance_fields(asked.changed()) if pair[0] != "q"),
        lines=tuple(_view(links, place) for place in shown),
        total=found,
        releases=total,
        cut=MAX_RELEASES if total > MAX_RELEASES else 0,
        older=_older(links, asked, bodies) if total > MAX_RELEASES else None,
        sorts=_sorts(links, asked),
        quoted=Anchor(
            links.language.gettext("Only in quotation marks"),
            concordance_address(links, asked.changed(quoted=not asked.quoted)),
            asked.quoted,
        ),
        previous=concordance_address(links, asked.changed(page=asked.page - 1))
        if first and found
        else "",
        next=concordance_address(links, asked.changed(page=asked.page + 1))
        if first + LINES < found
        else "",
        csv=concordance_address(links, asked, ".csv"),
        back=links.search(request),
    )


def _marked_bodies(engine: Engine, request: SearchRequest, most: int) -> Iterator[tuple[Hit, str]]:
    newest = request.changed(sort="newest", copies=True)
    hits = list(engine.every_hit(newest, snippets=False, size=most))
    marked = engine.marked((hit.release for hit in hits), newest)
    return ((hit, body) for hit, (_, body) in zip(hits, marked, strict=True))


def _places(bodies: Iterable[tuple[Hit, str]]) -> Iterator[Place]:
    for hit, body in bodies:
        for line in concordance(body):
            yield Place(hit, line)


def _lines(
    bodies: Sequence[tuple[Hit, str]], asked: ConcordanceAddress, first: int
) -> tuple[list[Place], int]:
    """The lines of a page, and how many there are on all.

    In the order of time the others are only counted: 16 milliseconds of a whole page, so 11.5.
    """
    if asked.quoted or asked.by in _KEYS:
        found = chosen(_places(bodies), asked)
        return found[first : first + LINES], len(found)
    shown: list[Place] = []
    total = 0
    for hit, body in bodies:
        here = concordance(body) if total < first + LINES else iter(())
        wanted = islice(here, max(first - total, 0), max(first + LINES - total, 0))
        shown += [Place(hit, line) for line in wanted]
        total += count_places(body)
    return shown, total


def _older(
    links: Links, asked: ConcordanceAddress, bodies: Sequence[tuple[Hit, str]]
) -> Anchor | None:
    """The same up to the day of the last release with a line; None where that is no less."""
    days = (hit.release.date for hit, body in reversed(bodies) if count_places(body))
    day = next(days, None)
    until = asked.request.changed(date_to=day)
    if not day or day.startswith("--") or until.filters.days == asked.request.filters.days:
        return None
    text = links.language.gettext(
        "Older releases, up to %(date)s", date=wording.date_in_words(links.language, day)
    )
    return Anchor(text, concordance_address(links, asked.changed(request=until)))


def chosen(found: Iterable[Place], asked: ConcordanceAddress) -> list[Place]:
    """Those that are asked for, in the order asked for."""
    kept = [place for place in found if place.line.quoted or not asked.quoted]
    return sorted(kept, key=_KEYS[asked.by]) if asked.by in _KEYS else kept


def _leftwards(place: Place) -> list[str]:
    """The words to the left, the nearest first; characters where a script has no spaces."""
    left = fold(place.line.left).rstrip()
    return left.split()[::-1] if " " in left or left.isascii() else list(left[::-1])


def _rightwards(place: Place) -> list[str]:
    return [fold(place.line.right).lstrip(" ,.;:")]


_KEYS: dict[str, Callable[[Place], list[str]]] = {"left": _leftwards, "right": _rightwards}


def _sorts(links: Links, asked: ConcordanceAddress) -> tuple[Anchor, ...]:
    names = {
        "date": links.language.gettext("Date"),
        "left": links.language.gettext("Words to the left"),
        "right": links.language.gettext("Words to the right"),
    }
    return tuple(
        Anchor(names[by], concordance_address(links, asked.changed(by=by)), asked.by == by)
        for by in SORTS
    )


def _view(links: Links, place: Place) -> PlaceView:
    hit, line = place
    release = hit.release
    numbers = paragraphs_at(release.body, [line.body_line])
    anchor = f"#p{numbers[0]}" if numbers else ""
    return PlaceView(
        left=line.left,
        match=line.match,
        right=line.right,
        speaker=line.speaker,
        language=html_language(release.language),
        date=present_date(links.language, release),
        agency=links.agency_name(release.agency),
        href=links.release(release) + anchor,
    )
