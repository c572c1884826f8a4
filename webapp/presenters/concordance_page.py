"""The concordance of a search: a line for every place, sorted by what stands beside the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.text.analysis import fold
from search.engine import Engine
from search.request import SearchRequest
from search.results import Hit
from search.show.concordance import KeywordInContext, concordance
from webapp.presenters.anchor import Anchor
from webapp.presenters.bodies import paragraphs_at
from webapp.presenters.dates import DateView, present_date
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
"""Newest releases whose places are looked up for a page: 18 ms."""
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
    newest = request.changed(sort="newest", copies=True)
    hits = list(engine.every_hit(newest, snippets=False, size=most))
    marked = engine.marked((hit.release for hit in hits), newest)
    for hit, (_, body) in zip(hits, marked, strict=True):
        for line in concordance(body):
            yield Place(hit, line)


def present_concordance(links: Links, engine: Engine, asked: ConcordanceAddress) -> ConcordanceView:
    """The page; without words it has no lines."""
    request = asked.request
    total = engine.count(request) if request.text else 0
    looked_at = list(places(engine, request, MAX_RELEASES)) if total else []
    found = chosen(looked_at, asked)
    first = (asked.page - 1) * LINES
    shown = found[first : first + LINES]
    return ConcordanceView(
        hidden=tuple(pair for pair in concordance_fields(asked.changed()) if pair[0] != "q"),
        lines=tuple(_view(links, place) for place in shown),
        total=len(found),
        releases=total,
        cut=MAX_RELEASES if total > MAX_RELEASES else 0,
        older=_older(links, asked, looked_at) if total > MAX_RELEASES else None,
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
        if first + LINES < len(found)
        else "",
        csv=concordance_address(links, asked, ".csv"),
        back=links.search(request),
    )


def _older(links: Links, asked: ConcordanceAddress, found: Sequence[Place]) -> Anchor | None:
    """The same up to the day of the last release that was looked at; None where that is no less."""
    day = found[-1].hit.release.date if found else None
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
