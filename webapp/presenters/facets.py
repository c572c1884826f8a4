"""Facet counts -> links, checkboxes and bars."""

from __future__ import annotations

from dataclasses import dataclass

from index.text import fold
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, SearchResults
from webapp import addresses, wording
from webapp.presenters.common import Bar, Link, bars


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """An agency to choose: a link that adds or removes it, and the same as a checkbox."""

    slug: str
    name: str
    count: str
    selected: bool
    href: str


@dataclass(frozen=True, slots=True)
class AgencyFacet:
    """The agencies beside the results, chosen ones first, and where the others are."""

    choices: tuple[AgencyChoice, ...]
    chosen: int
    more: Link | None
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgencyListView:
    """The page with all agencies of a search."""

    choices: tuple[AgencyChoice, ...]
    total: str
    left_out: int
    find: str
    orders: tuple[Link, ...]
    hidden: tuple[tuple[str, str], ...]
    find_hidden: tuple[tuple[str, str], ...]
    back: str


@dataclass(frozen=True, slots=True)
class DateFacet:
    """Years, or the months or days of the span chosen; the way back up; those without a year."""

    caption: str
    trail: tuple[Link, ...]
    bars: tuple[Bar, ...]
    undated: Bar | None


def present_agencies(results: SearchResults, *, limit: int) -> AgencyFacet:
    """The first agencies by count; chosen ones stand first, at zero too and beyond the limit."""
    values = results.facets.agency
    chosen = [value for value in values if value.selected]
    others = [value for value in values if not value.selected and value.count]
    shown = chosen + others[: max(0, limit - len(chosen))]
    request = results.request
    more = None
    if len(chosen) + len(others) > len(shown):
        text = f"All {len(chosen) + len(others):,} agencies"
        more = Link(text, addresses.agency_list_address(request))
    return AgencyFacet(
        choices=tuple(_choice(value, request) for value in shown),
        chosen=len(chosen),
        more=more,
        hidden=tuple(addresses.fields(request, without=("agency", "page"))),
    )


def present_agency_list(
    results: SearchResults, find: str, *, by_name: bool, limit: int
) -> AgencyListView:
    """All agencies whose name has the letters looked for, by count or by name."""
    request = results.request
    wanted = fold(find)
    chosen = [value for value in results.facets.agency if value.selected]
    found = [
        value
        for value in results.facets.agency
        if not value.selected and value.count and wanted in fold(value.name)
    ]
    if by_name:
        found.sort(key=lambda value: fold(value.name))
    orders = tuple(
        Link(text, addresses.agency_list_address(request, find, by_name=named), named == by_name)
        for text, named in (("Most releases first", False), ("By name", True))
    )
    hidden = tuple(addresses.fields(request, without=("agency", "page")))
    kept = tuple(addresses.fields(request, without=("page",)))
    return AgencyListView(
        choices=tuple(_choice(value, request) for value in (chosen + found)[:limit]),
        total=wording.counted(len(found) + len(chosen), "agency", "agencies"),
        left_out=max(0, len(chosen) + len(found) - limit),
        find=find,
        orders=orders,
        hidden=hidden,
        find_hidden=kept + ((("order", "name"),) if by_name else ()),
        back=addresses.search_address(request),
    )


def present_dates(results: SearchResults) -> DateFacet:
    """The date facet: each value a link to the search within it."""
    request = results.request
    dated = [value for value in results.facets.date if value.from_ is not None]
    undated = [value for value in results.facets.date if value.from_ is None]
    most = max((value.count for value in dated), default=0)
    return DateFacet(
        caption=_caption(dated[0].from_ or "") if dated else "",
        trail=_trail(request),
        bars=bars([_date_row(value, request) for value in dated]) if most else (),
        undated=_undated(undated, request, most),
    )


def _choice(value: AgencyCount, request: SearchRequest) -> AgencyChoice:
    if value.selected:
        agencies = tuple(slug for slug in request.agencies if slug != value.slug)
    else:
        agencies = tuple(sorted({*request.agencies, value.slug}))
    href = addresses.search_address(request.changed(agencies=agencies))
    return AgencyChoice(value.slug, value.name, f"{value.count:,}", value.selected, href)


def _date_row(value: DateCount, request: SearchRequest) -> tuple[str, int, str | None, bool]:
    span = value.from_ or ""
    within = request.changed(date_from=value.from_, date_to=value.to, undated=False)
    here = within == request.changed()
    href = None if here or not value.count else addresses.search_address(within)
    return wording.date_without_year(span), value.count, href, here


def _caption(span: str) -> str:
    """What the bars are, from the first of them."""
    year, _, rest = span.partition("-")
    if not rest:
        return "Releases by year"
    return f"Releases by day, {year}" if "-" in rest else f"Releases by month, {year}"


def _trail(request: SearchRequest) -> tuple[Link, ...]:
    """From all dates down to the span chosen, the steps above a month or day among them."""
    if not (request.date_from or request.date_to or request.undated):
        return ()
    steps = [Link("All dates", _within(request, None))]
    if request.date_from and request.date_from == request.date_to:
        parts = request.date_from.split("-")
        for length in range(1, len(parts)):
            above = "-".join(parts[:length])
            steps.append(Link(wording.date_in_words(above), _within(request, above)))
        here = wording.date_in_words(request.date_from)
    else:
        here = wording.dates_in_words(request)
        here = here[:1].upper() + here[1:] if here else "Year not known"
    return (*steps, Link(here, addresses.search_address(request.changed()), current=True))


def _within(request: SearchRequest, span: str | None) -> str:
    return addresses.search_address(request.changed(date_from=span, date_to=span, undated=False))


def _undated(values: list[DateCount], request: SearchRequest, most: int) -> Bar | None:
    if not values or not (values[0].count or values[0].selected):
        return None
    value = values[0]
    alone = request.changed(date_from=None, date_to=None, undated=True)
    href = None if alone == request.changed() else addresses.search_address(alone)
    share = min(100.0, round(100 * value.count / most, 2)) if most else 100.0
    return Bar("Year not known", f"{value.count:,}", share, href, value.selected)
