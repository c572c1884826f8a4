"""This week in earlier years: a search, in the same days of the years before."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from webapp.presenters.anchor import Anchor
from webapp.site.links import Links
from webapp.site.parameters import MAX_TEXT

DAYS = 3
"""Days before and after today: a week."""
MAX_YEARS = 10
"""Years back: as many as a search has room for."""


def earlier_years(links: Links, today: date, first: str | None, last: str | None) -> Anchor | None:
    """The search of the page in this week of the years before, the latest of which the index has
    something.

    None where it has dates of its own, or where there are none.

    :param first: the first day in the index, ISO; `last` the last.
    """
    request = links.request
    dated = request.date_from or request.date_to or request.undated or "date:" in request.text
    if dated or first is None or last is None:
        return None
    spans = _spans(today, int(first[:4]), int(last[:4]))
    words = request.text.strip()
    text = f"({words}) ({spans})" if words else spans
    if not spans or len(text) > MAX_TEXT:
        return None
    href = links.changed(text=text, sort="newest")
    return Anchor(links.language.gettext("This week in earlier years"), href)


@lru_cache(maxsize=8)
def _spans(today: date, first: int, last: int) -> str:
    """The days around today in the years before, as a query has them; the same for a whole day."""
    years = range(min(today.year - 1, last), first - 1, -1)[:MAX_YEARS]
    return " OR ".join(f"date:{_span(today, year)}" for year in years)


def _span(today: date, year: int) -> str:
    """The days around today in another year, as a filter of dates has them."""
    day = min(today.day, 28) if today.month == 2 else today.day
    middle = date(year, today.month, day)
    return f"{middle - timedelta(DAYS)}..{middle + timedelta(DAYS)}"
