"""A briefing: a search as a numbered document, each release with passages, source and citation."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from search.engine import Engine
from search.request import SearchRequest
from search.results import Hit
from webapp.presenters import citations
from webapp.presenters.anchor import Anchor
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.release_page import cite
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links

PATH = "/briefing"
KEPT = ("sort", "copies")
"""What of how results are shown a briefing knows too."""
MAX_RELEASES = 50
"""Releases of a briefing: their passages take 25 ms, and they fill some ten pages."""


class BriefedRelease(NamedTuple):
    """A release; `passages` are escaped and hold marks."""

    headline: str
    language: str
    href: str
    date: DateView
    agency: str
    passages: tuple[Markup, ...]
    citation: str


class Briefing(NamedTuple):
    """The document: `extent` says how many of how many are in it, `made` when and from where."""

    title: str
    extent: str
    made: str
    items: tuple[BriefedRelease, ...]
    word: Anchor
    results: str
    canonical: str


def present_briefing(
    links: Links, engine: Engine, request: SearchRequest, *, site: str, today: date
) -> Briefing:
    """The first releases of the search in its order.

    :param today: the day that it says it was made on.
    """
    language = links.language
    names = known_names(links, engine.coverage())
    total = engine.count(request)
    read = request.changed(reads=language.tag)
    hits = list(engine.every_hit(read, size=MAX_RELEASES))
    what = wording.search_in_words(language, request, names)
    canonical = links.subject(PATH, request, KEPT)
    return Briefing(
        title=language.gettext("Press releases %(search)s", search=what)
        if what
        else language.gettext("All releases"),
        extent=language.gettext(
            "%(num)s of %(total)s, %(order)s",
            num=wording.number(len(hits)),
            total=wording.counted(language, total),
            order=wording.order_in_words(language, request.order).lower(),
        ),
        made=language.gettext(
            "Made on %(date)s with %(site)s: %(address)s",
            date=wording.date_in_words(language, today.isoformat()),
            site=site,
            address=links.root + canonical,
        ),
        items=tuple(_item(links, hit, site, today) for hit in hits),
        word=Anchor(
            language.gettext("Word document (.docx)"),
            links.subject(PATH + ".docx", request, KEPT),
        ),
        results=links.search(request),
        canonical=canonical,
    )


def _item(links: Links, hit: Hit, site: str, today: date) -> BriefedRelease:
    release = hit.release
    return BriefedRelease(
        headline=wording.headline(links.language, release),
        language=html_language(release.language),
        href=links.release(release),
        date=present_date(links.language, release),
        agency=links.agency_name(release.agency),
        passages=tuple(map(Markup, hit.snippets)),
        citation=citations.plain(cite(links, release, site=site, today=today)),
    )
