"""A desk's watch: what several searches brought lately, side by side, each with what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from index.dates.relative import today
from search.engine import Coverage, Engine
from search.request import SearchRequest
from search.results import Recent
from webapp.presenters.anchor import Anchor
from webapp.presenters.newness import seen_as_of, seen_in_words
from webapp.presenters.release_head import ReleaseHead, present_head
from webapp.presenters.search_box import Field
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.watch_addresses import (
    MAX_SEARCHES,
    WatchAddress,
    watch_address,
    watch_fields,
)

DAYS = 30
"""Days of the small charts."""
HEIGHT = 24
"""Pixels of a small chart's tallest bar; a day is 4 pixels wide."""


class Spark(NamedTuple):
    """A bar of a small chart."""

    left: int
    top: int
    height: int


class WatchedView(NamedTuple):
    """A search of the watch: `text` its words, `about` its filters, `new` empty where none is."""

    text: str
    about: str
    href: str
    total: str
    new: str
    rate: str
    bars: tuple[Spark, ...]
    newest: ReleaseHead | None
    remove: str
    feed: str


class WatchView(NamedTuple):
    """Everything on the page; `seen` says since when, `mark` leads to the same from now on."""

    title: str
    searches: tuple[WatchedView, ...]
    seen: str
    days: str
    mark: Anchor | None
    full: bool
    hidden: tuple[Field, ...]
    feeds: tuple[Anchor, ...]
    canonical: str


def present_watch(links: Links, engine: Engine, asked: WatchAddress) -> WatchView:
    """The page; each of its searches is made once."""
    coverage, language = engine.coverage(), links.language
    names, until = known_names(links, coverage), last_day(coverage)
    seen = seen_as_of(coverage.updated)
    searches = tuple(_watched(links, engine, asked, each, names, until) for each in asked.searches)
    return WatchView(
        title=_title(language, asked, names),
        searches=searches,
        seen=seen_in_words(language, asked.seen) if asked.seen else "",
        days=language.gettext(
            "%(num)s days up to %(date)s",
            num=DAYS,
            date=wording.date_in_words(language, until.isoformat()),
        )
        if any(each.bars for each in searches)
        else "",
        mark=Anchor(
            language.gettext("Mark everything as seen"),
            watch_address(links, asked.changed(seen=seen)),
            asked.seen == seen,
        )
        if seen
        else None,
        full=len(asked.searches) >= MAX_SEARCHES,
        hidden=tuple(watch_fields(asked)),
        feeds=_feeds(links, asked) if asked.searches else (),
        canonical=watch_address(links, asked.changed(seen=None)),
    )


def last_day(coverage: Coverage) -> date:
    """The day that the small charts end with: today, or the last of an index that ends before."""
    last = coverage.last_date
    return min(today(), date.fromisoformat(last)) if last and len(last) == 10 else today()


def called(language: Language, request: SearchRequest, names: Mapping[str, str]) -> str:
    """A search by its name: its words, else its filters."""
    rest = wording.filters_in_words(language, request, names)
    return request.text or rest[:1].upper() + rest[1:]


def called_together(
    language: Language, searches: Sequence[SearchRequest], names: Mapping[str, str]
) -> str:
    """Several searches by their names."""
    between = language.pgettext("between the items of a list", ", ")
    return between.join(called(language, each, names) for each in searches)


def _title(language: Language, asked: WatchAddress, names: Mapping[str, str]) -> str:
    if not asked.searches:
        return language.gettext("Watch")
    listed = called_together(language, asked.searches, names)
    return language.gettext("Watch: %(searches)s", searches=listed)


def _watched(
    links: Links,
    engine: Engine,
    asked: WatchAddress,
    request: SearchRequest,
    names: Mapping[str, str],
    until: date,
) -> WatchedView:
    language = links.language
    recent = engine.recent(request.changed(seen=asked.seen), until, DAYS)
    about = wording.filters_in_words(language, request, names)
    return WatchedView(
        text=called(language, request, names),
        about=about if request.text else "",
        href=links.search(request.changed(sort="newest", seen=asked.seen)),
        total=wording.counted(language, recent.total),
        new=language.gettext("%(num)s new", num=wording.number(recent.new)) if recent.new else "",
        rate=how_often(language, recent),
        bars=_bars(recent.days),
        newest=present_head(links, recent.newest.release) if recent.newest else None,
        remove=watch_address(links, asked.without(request)),
        feed=links.search(request, ".atom"),
    )


def how_often(language: Language, recent: Recent) -> str:
    """How often a search brings something: `about 3 a week`, by the days that were counted."""
    found, days = sum(recent.days), len(recent.days)
    if found >= 3 * days:
        return language.gettext("about %(num)s a day", num=wording.number(round(found / days)))
    if round(7 * found / days) >= 1:
        return language.gettext("about %(num)s a week", num=round(7 * found / days))
    if found:
        return language.gettext("%(num)s in %(days)s days", num=found, days=days)
    return language.gettext("none in %(days)s days", days=days)


def _bars(days: tuple[int, ...]) -> tuple[Spark, ...]:
    most = max(days)
    heights = [-(-count * HEIGHT // most) if count else 0 for count in days]
    return tuple(
        Spark(4 * place, HEIGHT - tall, tall) for place, tall in enumerate(heights) if tall
    )


def _feeds(links: Links, asked: WatchAddress) -> tuple[Anchor, ...]:
    language = links.language
    names = (
        (language.gettext("Atom feed of all searches"), ".atom"),
        (language.gettext("JSON Feed of all searches"), ".feed.json"),
        (language.gettext("OPML, for feed readers"), ".opml"),
    )
    return tuple(Anchor(text, watch_address(links, asked, suffix)) for text, suffix in names)
