"""A bookmark that remembers when it was made: what is new since then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.request import MOMENT, SearchRequest
from search.results import SearchResults
from webapp.presenters.common import HitView, Link
from webapp.site import addresses, wording
from webapp.site.languages import gettext, ngettext


@dataclass(frozen=True, slots=True)
class NewsView:
    """How many results are new since a time, and the ways on from there.

    `order`: to have the new ones on top, where they are not. `stop`: the search without marks.
    """

    count: int
    text: str
    order: Link | None
    stop: Link


def present_news(results: SearchResults) -> NewsView | None:
    """What is new; None where the address does not say since when."""
    request = results.request
    if request.seen is None or results.new is None:
        return None
    newest = request.changed(sort="newest")
    return NewsView(
        count=results.new,
        text=ngettext(
            "%(num)s is new since %(when)s.",
            "%(num)s are new since %(when)s.",
            results.new,
            num=f"{results.new:,}",
            when=seen_in_words(request.seen),
        ),
        order=Link(gettext("Show the newest first"), addresses.search_address(newest))
        if results.new and request.order != "newest"
        else None,
        stop=Link(
            gettext("Do not mark what is new"),
            addresses.search_address(request.changed(seen=None)),
        ),
    )


def save_link(request: SearchRequest, updated: str | None) -> Link | None:
    """The search as a bookmark that will say what came after the state of the index shown now.

    The time is that of the index, not of the clock: what is indexed later this day will be new.
    """
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)", updated or "")
    if match is None:
        return None
    seen = "{}{}{}T{}{}{}Z".format(*match.groups())
    return Link(
        gettext("Save this search: bookmark this link, and what is new later will be marked"),
        addresses.search_address(request.changed(seen=seen)),
        request.seen == seen,
    )


def divided(hits: Sequence[HitView], request: SearchRequest) -> tuple[HitView, ...]:
    """The hits with a line before the first that no new one follows, where newest come first."""
    last_new = max((place for place, hit in enumerate(hits) if hit.is_new), default=-1)
    if request.seen is None or request.order != "newest" or not 0 <= last_new < len(hits) - 1:
        return tuple(hits)
    line = gettext("Here already on %(when)s", when=seen_in_words(request.seen))
    first_seen = replace(hits[last_new + 1], divider=line)
    return (*hits[: last_new + 1], first_seen, *hits[last_new + 2 :])


def seen_in_words(seen: str) -> str:
    """`3 May 2024` or `3 May 2024, 10:00 UTC` for a value of `seen`."""
    match = MOMENT.match(seen)
    if match is None:
        return wording.date_in_words(seen)
    year, month, day, hour, minute, _ = match.groups()
    return wording.moment_in_words(f"{year}-{month}-{day}T{hour}:{minute}")
