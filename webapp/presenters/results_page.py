"""A search and its results -> what the results page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.request import NO_FILTERS, SearchRequest
from search.results import Facets, Notice, Offer, SearchResults
from webapp.presenters.anchor import Anchor
from webapp.presenters.briefing import briefing_address
from webapp.presenters.date_facet import DateFacet, present_dates
from webapp.presenters.display_options import DisplayOptions, present_display_options
from webapp.presenters.hits import HitView, present_results_hits
from webapp.presenters.named_spans import NamedSpan
from webapp.presenters.newness import NewsView, divided, present_news, save_link
from webapp.presenters.notice_view import FOLDED, NoticeView, is_news, present_notice
from webapp.presenters.pager import Pager, present_pager
from webapp.presenters.search_box import Chip, SearchBox, present_chips, search_box
from webapp.presenters.translations import Lookup
from webapp.presenters.value_facet import ValueFacet, chosen_names, present_values
from webapp.site import wording
from webapp.site.concordance_addresses import ConcordanceAddress, concordance_address
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.watch_addresses import WatchAddress, watch_address, watched

_IN_FORM = ("agency", "facets", "from", "to", "undated")
"""What other inputs of the form say than those of its box; so do the facets that are shown."""


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything on a page of results."""

    title: str
    heading: str
    restated: str
    box: SearchBox
    chips: tuple[Chip, ...]
    start_over: str
    notices: tuple[NoticeView, ...]
    folded: tuple[NoticeView, ...]
    did_you_mean: Anchor | None
    offers: tuple[Anchor, ...]
    options: DisplayOptions
    loosened: str
    first: int
    hits: tuple[HitView, ...]
    pager: Pager | None
    agencies: ValueFacet
    others: tuple[ValueFacet, ...]
    dates: DateFacet
    spans: tuple[NamedSpan, ...]
    undated: bool
    exports: tuple[Anchor, ...]
    feed: str
    json_feed: str
    news: NewsView | None
    save: Anchor | None
    canonical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a page of results takes from beside the search.

    `everything`: the facets of the same search without its words, for rates; None for none.
    `updated`: when the index last changed (UTC, ISO). `earlier`: the way to earlier years.
    `lookup`: what finds translations.
    """

    facet_agencies: int
    everything: Facets | None
    updated: str | None
    spans: tuple[NamedSpan, ...]
    earlier: Anchor | None
    lookup: Lookup


def present_results(
    links: Links, results: SearchResults, ignored: tuple[Notice, ...], beside: Surroundings
) -> ResultsView:
    """The page of results, about whose search the links are; `ignored`: what could not be read."""
    request, language = links.request, links.language
    names = chosen_names(links, results.facets)
    title, heading, restated = _headings(links, results, names)
    first = (results.page - 1) * request.per_page + 1
    atom, json_feed = map(links.subscription, (".atom", ".feed.json"))
    facets = [
        present_values(links, name, rows, limit=beside.facet_agencies, everything=beside.everything)
        for name, rows in results.facets.listed.items()
    ]
    return ResultsView(
        title=title,
        heading=heading,
        restated=restated,
        box=search_box(request, links.per_page, (*_IN_FORM, *(each.name for each in facets))),
        chips=present_chips(links, names, words=False),
        start_over=links.changed(**NO_FILTERS),
        notices=_notices(links, filter(is_news, (*ignored, *results.notices))),
        folded=_notices(links, (each for each in results.notices if each.code in FOLDED)),
        did_you_mean=_did_you_mean(links, results.did_you_mean),
        offers=tuple(_offer(links, each) for each in results.offers),
        options=present_display_options(links, results.total or results.loosened_total or 0),
        loosened=_loosened(language, results.loosened_total),
        first=first,
        hits=divided(links, present_results_hits(links, results.hits, first, beside.lookup)),
        pager=present_pager(links, results),
        agencies=facets[0],
        others=tuple(facets[1:]),
        dates=present_dates(links, results.facets.date, beside.everything),
        spans=beside.spans,
        undated=request.undated,
        exports=(*_exports(links, atom, json_feed), *_ways_on(links, beside.earlier)),
        feed=atom,
        json_feed=json_feed,
        news=present_news(links, results),
        save=save_link(links, beside.updated, results.total),
        canonical=links.search(request),
    )


def _headings(
    links: Links, results: SearchResults, names: Mapping[str, str]
) -> tuple[str, str, str]:
    """The title of the window, how many were found, and the whole search in words."""
    request, language = links.request, links.language
    heading = _found(language, results.total)
    filters = wording.filters_in_words(language, request, names)
    asked = wording.search_as_title(language, request, filters) or language.gettext("All releases")
    title = language.gettext("%(what)s: %(count)s", what=asked, count=heading)
    return title, heading, wording.restated(language, request, filters)


def _found(language: Language, total: int) -> str:
    return wording.counted(language, total) if total else language.gettext("No results")


def _loosened(language: Language, total: int | None) -> str:
    """What the hits are where nothing matches."""
    if total is None:
        return ""
    count = wording.counted(language, total)
    return language.gettext("Close matches: %(releases)s", releases=count)


def _notices(links: Links, notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    return tuple(
        present_notice(links.language, each, links.search(each.undo) if each.undo else None)
        for each in notices
    )


def _did_you_mean(links: Links, text: str | None) -> Anchor | None:
    return Anchor(text, links.changed(text=text)) if text else None


def _offer(links: Links, offer: Offer) -> Anchor:
    names = wording.either(links.language, map(links.agency_name, offer.agencies))
    text = links.language.gettext(
        "Releases from %(agencies)s: %(total)s", agencies=names, total=wording.number(offer.total)
    )
    return Anchor(text, links.search(offer.request))


def _exports(links: Links, atom: str, json_feed: str) -> tuple[Anchor, ...]:
    request, language = links.request, links.language
    dated = request.date_from or request.date_to
    without_dates = (
        language.gettext("Atom feed (any date)"),
        language.gettext("JSON Feed (any date)"),
    )
    names = (
        without_dates if dated else (language.gettext("Atom feed"), language.gettext("JSON Feed"))
    )
    return (
        Anchor(language.gettext("Download all as CSV"), links.search(request, ".csv")),
        Anchor(language.gettext("This page as JSON"), links.search(request, ".json")),
        Anchor(names[0], atom),
        Anchor(names[1], json_feed),
    )


def _ways_on(links: Links, earlier: Anchor | None) -> Iterator[Anchor]:
    """Other pages about the same search, and it in earlier years."""
    request, language = links.request, links.language
    if request.text:
        address = concordance_address(links, ConcordanceAddress(request))
        yield Anchor(language.gettext("Concordance"), address)
        yield Anchor(language.gettext("First said by whom"), links.subject("/first", request))
    briefing = briefing_address(links, request, whole=False)
    yield Anchor(language.gettext("Briefing to print"), briefing)
    search = watched(request)
    if search != SearchRequest():
        yield Anchor(language.gettext("Watch"), watch_address(links, WatchAddress((search,))))
    if earlier:
        yield earlier
