"""Pages in the layouts of publishing systems: what they have in common, and how they must be read.

The places, bodies and texts are invented; the markup is what these systems put around a text.
"""

from __future__ import annotations

from typing import NamedTuple

from index.sources.draft import Document, Draft
from index.sources.page import webpage

FIRST = (
    "The Harbour Office reopened the east pier on Friday after nine weeks of repairs, its Director "
    "told reporters at Easthaven."
)
LAST = "Tickets cost what they did before, and dogs travel free until the end of the season."
PROSE = (
    f"<p>{FIRST}</p><p>Ferries call there every twenty minutes from Monday, and the last one leaves "
    f"at eleven at night for the islands.</p><p>{LAST}</p>"
)
NEXT = "<p>Ferries call there every twenty minutes from Monday on, says the timetable of May.</p>"
"""A paragraph between the first and the last."""
HEADLINE = "East pier reopens after nine weeks of repairs"
DATE = "2024-05-03"
CARDS = "".join(
    f"<div class='card'><h3><a href='/n/{n}'>Another thing has happened at harbour {n}</a></h3>"
    f"<p>The Harbour Office says that more will be known about it next week at number {n}.</p></div>"
    for n in range(3)
)
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(6)) + "</ul>"


class Layout(NamedTuple):
    """A page; `first` and `last` are how its body must begin and end."""

    name: str
    html: str
    headline: str = HEADLINE
    agency: str | None = None
    date: str | None = DATE
    first: str = FIRST
    last: str = LAST
    url: str | None = None


def html(body: str, head: str = "", title: str = f"{HEADLINE} | Port", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def read(page: str, url: str | None = None) -> Draft:
    """The draft of a page that is a release."""
    (draft,) = webpage.read(page, Document(name="p", data=b"", url=url))
    assert isinstance(draft, Draft), draft
    return draft


def assert_read(layout: Layout) -> None:
    """Headline, date, agency, and where the body begins and ends."""
    draft = read(layout.html, layout.url)
    assert draft.headline == layout.headline
    assert draft.body.startswith(layout.first), draft.body
    assert draft.body.endswith(layout.last), draft.body
    assert (draft.stated_agency or draft.weak_agency) == layout.agency
    assert (draft.dates[0].ordered(day_first=True).date if draft.dates else None) == layout.date
