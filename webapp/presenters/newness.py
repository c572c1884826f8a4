"""A bookmark that remembers when it was made: what is new since then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.request import MOMENT
from search.results import SearchResults
from webapp.presenters.anchor import Anchor
from webapp.presenters.hits import HitView
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class NewsView:
    """How many results are new since a time, and the ways on from there.

    `then`: how many there were at that time and are now, where the address says it. `only`: the new
    ones alone, or all again. `order`: to have the new ones on top, where
    they are not. `stop`: the search without marks.
    """

    count: int
    text: str
    then: str
    only: Anchor | None
    order: Anchor | None
    stop: Anchor


def present_news(links: Links, results: SearchResults) -> NewsView | None:
    """What is new; None where the address does not say since when."""
    request, language = links.request, links.language
    if request.seen is None or results.new is None:
        return None
    return NewsView(
        count=results.new,
        text=_new_since(language, results.new, seen_in_words(language, request.seen)),
        then=_then_and_now(language, results),
        only=_only(links, results),
        order=_order(links) if results.new and request.order != "arrived" else None,
        stop=Anchor(
            language.gettext("Stop marking new releases"), links.changed(seen=None, only_new=False)
        ),
    )


def _order(links: Links) -> Anchor:
    text = links.language.gettext("Show the latest additions first")
    return Anchor(text, links.changed(sort="arrived"))


def _only(links: Links, results: SearchResults) -> Anchor | None:
    language = links.language
    if links.request.only_new:
        return Anchor(language.gettext("Show all releases"), links.changed(only_new=False))
    if not results.new or results.new == results.total:
        return None
    return Anchor(language.gettext("Show only these"), links.changed(only_new=True))


def _new_since(language: Language, new: int, when: str) -> str:
    if not new:
        return language.gettext("Nothing new since %(when)s.", when=when)
    return language.gettext("%(num)s new since %(when)s.", num=wording.number(new), when=when)


def _then_and_now(language: Language, results: SearchResults) -> str:
    request = results.request
    if request.found is None or request.seen is None or request.only_new:
        return ""
    change = results.total - request.found
    text = language.gettext(
        "%(then)s then, %(now)s now",
        then=wording.counted(language, request.found),
        now=wording.number(results.total),
    )
    return f"{text} ({'+' if change > 0 else '−'}{wording.number(abs(change))})" if change else text


def save_link(links: Links, updated: str | None, found: int) -> Anchor | None:
    """The search as a bookmark that will say what came after the state of the index shown now, and
    how many it `found` then.

    The time is that of the index, not of the clock: what is indexed later this day will be new.
    """
    seen = seen_as_of(updated)
    if seen is None:
        return None
    return Anchor(
        links.language.gettext("Bookmark this search to see what’s new next time"),
        links.changed(seen=seen, found=None if links.request.only_new else found),
        links.request.seen == seen,
    )


def seen_as_of(updated: str | None) -> str | None:
    """The value of `seen` to which all is new that comes after a state of the index."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)", updated or "")
    return "{}{}{}T{}{}{}Z".format(*match.groups()) if match else None


def divided(links: Links, hits: Sequence[HitView]) -> tuple[HitView, ...]:
    """The hits with a line before the first that no new one follows, where these come first."""
    request, language = links.request, links.language
    last_new = max((place for place, hit in enumerate(hits) if hit.is_new), default=-1)
    if request.seen is None or request.order == "relevance" or not 0 <= last_new < len(hits) - 1:
        return tuple(hits)
    line = language.gettext("Already here on %(when)s", when=seen_in_words(language, request.seen))
    first_seen = hits[last_new + 1]._replace(divider=line)
    return (*hits[: last_new + 1], first_seen, *hits[last_new + 2 :])


def seen_in_words(language: Language, seen: str) -> str:
    """`3 May 2024` or `3 May 2024, 10:00 UTC` for a value of `seen`."""
    match = MOMENT.match(seen)
    if match is None:
        return wording.date_in_words(language, seen)
    year, month, day, hour, minute, _ = match.groups()
    return wording.moment_in_words(language, f"{year}-{month}-{day}T{hour}:{minute}")
