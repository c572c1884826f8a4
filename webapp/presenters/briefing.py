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
from webapp.presenters.marked import marked
from webapp.presenters.quotation import cite
from webapp.presenters.release_head import ReleaseHead, present_head
from webapp.presenters.value_facet import known_names
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links

PATH = "/briefing"
KEPT = ("sort", "copies")
"""What of how results are shown a briefing knows too."""
MAX_RELEASES = 50
"""Releases of a briefing: their passages take 25 ms, and they fill some ten pages."""
MAX_ON_REQUEST = 500
"""Releases of one that is to hold all: 0.3 seconds, a hundred pages."""


class BriefedRelease(NamedTuple):
    """A release; `passages` are escaped and hold marks."""

    head: ReleaseHead
    passages: tuple[Markup, ...]
    citation: str


class Briefing(NamedTuple):
    """The document: `extent` says how many of how many are in it, `made` when and from where."""

    title: str
    extent: str
    made: str
    items: tuple[BriefedRelease, ...]
    more: Anchor | None
    word: Anchor
    results: str
    canonical: str


def present_briefing(
    links: Links,
    engine: Engine,
    request: SearchRequest,
    *,
    site: str,
    today: date,
    whole: bool = False,
) -> Briefing:
    """The first releases of the search in its order.

    :param today: the day that it says it was made on.
    :param whole: all of them, as far as a document holds them.
    """
    language = links.language
    names = known_names(links, engine.coverage())
    total = engine.count(request)
    read = request.changed(reads=language.tag)
    hits = list(engine.every_hit(read, size=MAX_ON_REQUEST if whole else MAX_RELEASES))
    what = wording.search_in_words(language, request, names)
    canonical = briefing_address(links, request, whole=whole)
    return Briefing(
        title=language.gettext("Press releases %(search)s", search=what)
        if what
        else language.gettext("All releases"),
        extent=_extent(language, request.order, len(hits), total),
        made=language.gettext(
            "Made on %(date)s with %(site)s: %(address)s",
            date=wording.date_in_words(language, today.isoformat()),
            site=site,
            address=links.root + canonical,
        ),
        items=tuple(_item(links, hit, site, today) for hit in hits),
        more=_more(links, request, total) if total > len(hits) == MAX_RELEASES else None,
        word=Anchor(
            language.gettext("Word document (.docx)"),
            briefing_address(links, request, ".docx", whole=whole),
        ),
        results=links.search(request),
        canonical=canonical,
    )


def briefing_address(links: Links, request: SearchRequest, suffix: str = "", *, whole: bool) -> str:
    """The address of the briefing of a search, of the first releases or of all."""
    address = links.subject(PATH + suffix, request, KEPT)
    return f"{address}{'&' if '?' in address else '?'}all=1" if whole else address


def _extent(language: Language, order: str, shown: int, total: int) -> str:
    """How many of how many releases, in which order."""
    return language.gettext(
        "%(num)s of %(total)s, %(order)s",
        num=wording.number(shown),
        total=wording.counted(language, total),
        order=wording.order_in_words(language, order).lower(),
    )


def _more(links: Links, request: SearchRequest, total: int) -> Anchor:
    """The way to a briefing of all releases, or of as many as one holds."""
    releases = wording.counted(links.language, min(total, MAX_ON_REQUEST))
    text = (
        links.language.gettext("All %(releases)s", releases=releases)
        if total <= MAX_ON_REQUEST
        else links.language.gettext("The first %(releases)s", releases=releases)
    )
    return Anchor(text, briefing_address(links, request, whole=True))


def _item(links: Links, hit: Hit, site: str, today: date) -> BriefedRelease:
    release = hit.release
    return BriefedRelease(
        head=present_head(links, release),
        passages=tuple(map(marked, hit.snippets)),
        citation=citations.plain(cite(links, release, site=site, today=today)),
    )
