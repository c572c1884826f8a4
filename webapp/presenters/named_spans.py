"""Spans of time that people ask for by name, with what a search finds in each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from index.dates.relative import span_of, today
from search.request import SearchRequest
from webapp.site import wording
from webapp.site.languages import N_
from webapp.site.links import Links

SPANS: tuple[tuple[str, str, str | None], ...] = (
    (N_("Past week"), "-7d", None),
    (N_("Past month"), "-30d", None),
    (N_("Past year"), "-365d", None),
    (N_("This year"), "0y", "0y"),
    (N_("Last year"), "-1y", "-1y"),
)
"""Name -> the dates of the span, by today: an address with them stays what it says."""


class NamedSpan(NamedTuple):
    """A span by its name, how many matches lie in it, and the search within it."""

    text: str
    count: str  # type: ignore[assignment]
    href: str
    current: bool


def named_spans(
    links: Links, count: Callable[[SearchRequest], int], last_day: str | None
) -> tuple[NamedSpan, ...]:
    """The spans that hold matches of the search, whose own dates are left aside.

    :param last_day: the last ISO day of the index; what begins later is not asked for.
    """
    asked, now = links.request, today()
    found = []
    for name, start, end in SPANS:
        if not last_day or _begins(start, now) > last_day:
            continue
        within = asked.changed(date_from=start, date_to=end, undated=False, per_page=0)
        current = (asked.date_from, asked.date_to) == (start, end)
        matches = count(within)
        if matches or current:
            href = links.changed(date_from=start, date_to=end, undated=False)
            text = links.language.gettext(name)
            found.append(NamedSpan(text, wording.number(matches), href, current))
    return tuple(found)


@lru_cache(maxsize=16)
def _begins(start: str, now: date) -> str:
    """The first day of a span, ISO: every page of results asks for those of today."""
    return span_of(start, now).first.first_day.iso
