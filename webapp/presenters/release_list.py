"""The releases on a page to browse by: those that it shows, and the ways to all of them."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import SearchResults
from webapp.presenters import terms_page
from webapp.presenters.hits import HitView, present_hits
from webapp.presenters.pager import Pager, page_address, pager_of_list
from webapp.presenters.translations import Lookup
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class ReleaseList:
    """Releases from number `first` of all on; `all_releases` is empty where these are all."""

    heading: str
    releases: tuple[HitView, ...]
    first: int
    pager: Pager | None
    all_releases: str
    search: str
    terms: str
    feed: str
    canonical: str


def present_list(links: Links, address: str, results: SearchResults, lookup: Lookup) -> ReleaseList:
    """The releases of the search that the links are about, on the page of that address."""
    language = links.language
    return ReleaseList(
        heading=_heading(language, results),
        releases=present_hits(links, results.hits, lookup),
        first=(results.page - 1) * results.request.per_page + 1,
        pager=pager_of_list(language, address, results),
        all_releases=_all_releases(language, results),
        search=links.search(links.request),
        terms=links.subject(terms_page.PATH, links.request),
        feed=links.search(links.request, ".atom"),
        canonical=page_address(address, results.page),
    )


def _heading(language: Language, results: SearchResults) -> str:
    shown = len(results.hits)
    if results.total == shown or results.page > 1:
        return language.gettext("Releases")
    if shown == 1:
        return language.gettext("The latest release")
    return language.gettext("The latest %(num)s releases", num=wording.number(shown))


def _all_releases(language: Language, results: SearchResults) -> str:
    """What leads to all of them; empty where the page shows them."""
    if results.total == len(results.hits):
        return ""
    return language.gettext("All %(releases)s", releases=wording.counted(language, results.total))
