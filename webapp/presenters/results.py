"""A search and its results -> what the results page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.request import SearchRequest
from search.results import Notice, SearchResults
from webapp import addresses, wording
from webapp.presenters.common import HitView, Link, Pager, present_hit, present_pager
from webapp.presenters.facets import AgencyFacet, DateFacet, present_agencies, present_dates

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
    canonical: str


def present_results(
    results: SearchResults, ignored: tuple[Notice, ...], *, facet_agencies: int
) -> ResultsView:
    """The page of results; `ignored` is what the address held and could not be read."""
    request = results.request.changed(page=results.page)
    names = agency_names(results)
    restated = wording.search_in_words(request, names)
    heading = wording.counted(results.total)
    first = (results.page - 1) * request.per_page + 1
    return ResultsView(
        title=f"{restated.removeprefix('for ') or 'All releases'}: {heading}",
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
        hits=tuple(
            present_hit(hit, request, place) for place, hit in enumerate(results.hits, first)
        ),
        pager=present_pager(results),
        agencies=present_agencies(results, limit=facet_agencies),
        dates=present_dates(results),
        date_form=_date_form(request, ignored),
        exports=_exports(request),
        feed=addresses.search_address(request, ".atom"),
        canonical=addresses.search_address(request),
    )


def agency_names(results: SearchResults) -> dict[str, str]:
    """Slug -> name of the agencies that the facet lists."""
    return {value.slug: value.name for value in results.facets.agency}


def search_box(request: SearchRequest) -> SearchBox:
    """The box, filled in; sending it keeps the filters and starts at page 1."""
    return SearchBox(request.text, tuple(addresses.fields(request, without=("q", "page"))))


def present_chips(request: SearchRequest, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """One chip for each thing asked for, the words among them."""
    found = []
    if request.text:
        found.append(("Words", request.text, request.changed(text="", match="all")))
    if request.match == "any":
        found.append(("Match", "any of the words", request.changed(match="all")))
    for slug in request.agencies:
        rest = tuple(each for each in request.agencies if each != slug)
        found.append(("Agency", names.get(slug, slug), request.changed(agencies=rest)))
    found.extend(_date_chips(request))
    for tag in request.languages:
        rest = tuple(each for each in request.languages if each != tag)
        name = wording.language_in_words(tag)
        found.append(("Language", name, request.changed(languages=rest)))
    return tuple(
        Chip(kind, value, addresses.search_address(without)) for kind, value, without in found
    )


def _date_chips(request: SearchRequest) -> list[tuple[str, str, SearchRequest]]:
    found = []
    start, end = request.date_from, request.date_to
    if start and start == end:
        without = request.changed(date_from=None, date_to=None)
        found.append(("Date", wording.date_in_words(start), without))
    else:
        if start:
            found.append(("From", wording.date_in_words(start), request.changed(date_from=None)))
        if end:
            found.append(("To", wording.date_in_words(end), request.changed(date_to=None)))
    if request.undated:
        found.append(("Date", "year not known", request.changed(undated=False)))
    return found


def _notice(notice: Notice) -> NoticeView:
    undo = addresses.search_address(notice.undo) if notice.undo is not None else None
    return NoticeView(notice.code, notice.text, undo)


def _did_you_mean(results: SearchResults) -> Link | None:
    if not results.did_you_mean:
        return None
    request = results.request.changed(text=results.did_you_mean)
    return Link(results.did_you_mean, addresses.search_address(request))


def _sorts(request: SearchRequest) -> tuple[Link, ...]:
    orders = [name for name in wording.ORDER_NAMES if request.text or name != "relevance"]
    return tuple(
        Link(
            wording.ORDER_NAMES[name],
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
        for match, text in (("all", "All words"), ("any", "Any word"))
    )


def _exports(request: SearchRequest) -> tuple[Link, ...]:
    names = ((".csv", "CSV, all matches"), (".json", "JSON, this page"), (".atom", "Atom feed"))
    return tuple(Link(text, addresses.search_address(request, suffix)) for suffix, text in names)


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
    return f"“{notice.values[1]}” is not a date." if notice else ""
