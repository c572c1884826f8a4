"""A search and its results -> what the results page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.release import Agency
from search.request import SearchRequest
from search.results import Facets, Notice, SearchResults
from webapp.presenters.common import HitView, Link, Pager, present_hit, present_pager
from webapp.presenters.facet_lists import AgencyFacet, DateFacet, present_agencies, present_dates
from webapp.presenters.newness import NewsView, divided, present_news, save_link
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what kind, which value, and the address without it."""

    kind: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A sentence for the reader, with the address that takes it back, if it can be."""

    code: str
    text: str
    undo: str | None


@dataclass(frozen=True, slots=True)
class DateForm:
    """The boxes for dates: what they hold, what was wrong with it, and the rest of the search."""

    start: str
    end: str
    start_error: str
    end_error: str
    undated: bool
    hidden: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The box for words; `hidden` carries the filters."""

    text: str
    hidden: tuple[Field, ...]


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
    did_you_mean: Link | None
    sorts: tuple[Link, ...]
    matches: tuple[Link, ...]
    first: int
    hits: tuple[HitView, ...]
    pager: Pager | None
    agencies: AgencyFacet
    dates: DateFacet
    date_form: DateForm
    exports: tuple[Link, ...]
    feed: str
    json_feed: str
    news: NewsView | None
    save: Link | None
    canonical: str


def present_results(
    results: SearchResults,
    ignored: tuple[Notice, ...],
    *,
    facet_agencies: int,
    everything: Facets | None = None,
    updated: str | None = None,
) -> ResultsView:
    """The page of results; `ignored` is what the address held and could not be read.

    :param everything: the facets of the same search without its words, for rates; None for none.
    :param updated: when the index last changed (UTC, ISO 8601).
    """
    request = results.request.changed(page=results.page)
    names = agency_names(results)
    restated = wording.search_in_words(request, names)
    heading = wording.counted(results.total)
    first = (results.page - 1) * request.per_page + 1
    return ResultsView(
        title=gettext("%(what)s: %(count)s", what=_title(request, names), count=heading),
        heading=heading,
        restated=restated,
        box=search_box(request),
        chips=present_chips(request, names),
        start_over=addresses.search_address(SearchRequest()),
        notices=tuple(_notice(each) for each in (*ignored, *results.notices)),
        did_you_mean=_did_you_mean(results),
        sorts=_sorts(request),
        matches=_matches(request),
        first=first,
        hits=divided(
            [present_hit(hit, request, place) for place, hit in enumerate(results.hits, first)],
            request,
        ),
        pager=present_pager(results),
        agencies=present_agencies(results, limit=facet_agencies, everything=everything),
        dates=present_dates(results, everything),
        date_form=_date_form(request, ignored),
        exports=_exports(request),
        feed=addresses.subscription_address(request, ".atom"),
        json_feed=addresses.subscription_address(request, ".feed.json"),
        news=present_news(results),
        save=save_link(request, updated),
        canonical=addresses.search_address(request),
    )


def _title(request: SearchRequest, names: Mapping[str, str]) -> str:
    """What was asked for, for the title of a window: the words first."""
    if not request.text:
        return wording.search_in_words(request, names) or gettext("All releases")
    words = wording.in_quotes(request.text)
    if request.match == "any":
        words = gettext("any of %(words)s", words=words)
    rest = wording.search_in_words(request.changed(text=""), names)
    return f"{words} {rest}".strip()


def agency_names(results: SearchResults) -> dict[str, str]:
    """Slug -> name, in the language of the page, of the agencies that the facet lists."""
    return {
        value.slug: agency_name(Agency(value.slug, value.name)) for value in results.facets.agency
    }


def search_box(request: SearchRequest) -> SearchBox:
    """The box, filled in; sending it keeps the filters and starts at page 1."""
    return SearchBox(request.text, tuple(addresses.fields(request, without=("q", "page"))))


def present_chips(request: SearchRequest, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """One chip for each thing asked for, the words among them."""
    found = []
    if request.text:
        found.append((gettext("Words"), request.text, request.changed(text="", match="all")))
    if request.match == "any":
        without = request.changed(match="all")
        found.append((gettext("Match"), gettext("any of the words"), without))
    for slug in request.agencies:
        rest = tuple(each for each in request.agencies if each != slug)
        found.append((gettext("Agency"), names.get(slug, slug), request.changed(agencies=rest)))
    found.extend(_date_chips(request))
    for tag in request.languages:
        rest = tuple(each for each in request.languages if each != tag)
        name = wording.language_in_words(tag)
        found.append((gettext("Language"), name, request.changed(languages=rest)))
    return tuple(
        Chip(kind, value, addresses.search_address(without)) for kind, value, without in found
    )


def _date_chips(request: SearchRequest) -> list[tuple[str, str, SearchRequest]]:
    found = []
    start, end = request.date_from, request.date_to
    if start and start == end:
        without = request.changed(date_from=None, date_to=None)
        found.append((gettext("Date"), wording.date_in_words(start), without))
    else:
        if start:
            without = request.changed(date_from=None)
            found.append((gettext("From"), wording.date_in_words(start), without))
        if end:
            without = request.changed(date_to=None)
            found.append((gettext("To"), wording.date_in_words(end), without))
    if request.undated:
        without = request.changed(undated=False)
        found.append((gettext("Date"), gettext("year not known"), without))
    return found


def _notice(notice: Notice) -> NoticeView:
    undo = addresses.search_address(notice.undo) if notice.undo is not None else None
    return NoticeView(notice.code, wording.notice_in_words(notice), undo)


def _did_you_mean(results: SearchResults) -> Link | None:
    if not results.did_you_mean:
        return None
    request = results.request.changed(text=results.did_you_mean)
    return Link(results.did_you_mean, addresses.search_address(request))


def _sorts(request: SearchRequest) -> tuple[Link, ...]:
    orders = [name for name in wording.ORDER_NAMES if request.text or name != "relevance"]
    return tuple(
        Link(
            wording.order_in_words(name),
            addresses.search_address(request.changed(sort=name)),
            request.order == name,
        )
        for name in orders
    )


def _matches(request: SearchRequest) -> tuple[Link, ...]:
    """All or any of the words; nothing to choose where there is one word."""
    if len(request.text.split()) < 2:
        return ()
    return tuple(
        Link(text, addresses.search_address(request.changed(match=match)), request.match == match)
        for match, text in (("all", gettext("All words")), ("any", gettext("Any word")))
    )


def _exports(request: SearchRequest) -> tuple[Link, ...]:
    dated = request.date_from or request.date_to
    atom = gettext("Atom feed, without the dates") if dated else gettext("Atom feed")
    feed = gettext("JSON Feed, without the dates") if dated else gettext("JSON Feed")
    return (
        Link(gettext("CSV, all matches"), addresses.search_address(request, ".csv")),
        Link(gettext("JSON, this page"), addresses.search_address(request, ".json")),
        Link(atom, addresses.subscription_address(request, ".atom")),
        Link(feed, addresses.subscription_address(request, ".feed.json")),
    )


def _date_form(request: SearchRequest, ignored: tuple[Notice, ...]) -> DateForm:
    wrong = {each.values[0]: each for each in ignored if each.code == "bad-date"}
    start, end = wrong.get("from"), wrong.get("to")
    return DateForm(
        start=start.values[1] if start else request.date_from or "",
        end=end.values[1] if end else request.date_to or "",
        start_error=_date_error(start),
        end_error=_date_error(end),
        undated=request.undated,
        hidden=tuple(addresses.fields(request, without=("from", "to", "undated", "page"))),
    )


def _date_error(notice: Notice | None) -> str:
    return gettext("“%(text)s” is not a date.", text=notice.values[1]) if notice else ""
