"""This week in earlier years: a search, in the same days of the years before."""

from __future__ import annotations

from datetime import date, timedelta

from search.request import SearchRequest
from webapp.presenters.anchor import Anchor
from webapp.site.links import Links
from webapp.site.parameters import MAX_TEXT

DAYS = 3
"""Days before and after today: a week."""
MAX_YEARS = 10
"""Years back: as many as a search has room for."""


def earlier_years(
    links: Links, request: SearchRequest, today: date, first: str | None, last: str | None
) -> Anchor | None:
    """The search in this week of the years before, the latest of which the index has something.

    None where it has dates of its own, or where there are none.

    :param first: the first day in the index, ISO; `last` the last.
    """
    dated = request.date_from or request.date_to or request.undated or "date:" in request.text
    if dated or first is None or last is None:
        return None
    years = range(min(today.year - 1, int(last[:4])), int(first[:4]) - 1, -1)[:MAX_YEARS]
    spans = [span for year in years if (span := _span(today, year))]
    words = request.text.strip()
    text = " OR ".join(f"date:{span}" for span in spans)
    text = f"({words}) ({text})" if words else text
    if not spans or len(text) > MAX_TEXT:
        return None
    asked = request.changed(text=text, sort="newest")
    return Anchor(links.language.gettext("This week in earlier years"), links.search(asked))


def _span(today: date, year: int) -> str:
    """The days around today in another year, as a filter of dates has them."""
    day = min(today.day, 28) if today.month == 2 else today.day
    middle = date(year, today.month, day)
    return f"{middle - timedelta(DAYS)}..{middle + timedelta(DAYS)}"
