"""Facet counts -> links, checkboxes and bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.release import Agency
from index.text.analysis import fold
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, Facets, SearchResults
from webapp.presenters.common import Bar, Link, bars
from webapp.presenters.timeline_chart import Period, Timeline, present_timeline
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext
from webapp.site.trend_addresses import agencies_compared, trends_address


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """An agency to choose: a link that adds or removes it, and the same as a checkbox."""

    slug: str
    name: str
    count: str
    selected: bool
    href: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFacet:
    """The agencies beside the results, chosen ones first, and where the others are.

    `compare`: what each of the agencies chosen says over time; None unless there are several.
    """

    choices: tuple[AgencyChoice, ...]
    chosen: str
    has_rates: bool
    more: Link | None
    compare: Link | None
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgencyListView:
    """The page with all agencies of a search."""

    choices: tuple[AgencyChoice, ...]
    total: str
    left_out: str
    has_rates: bool
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
    timeline: Timeline | None
    bars: tuple[Bar, ...]
    has_rates: bool
    undated: Bar | None


def present_agencies(
    results: SearchResults, *, limit: int, everything: Facets | None = None
) -> AgencyFacet:
    """The first agencies by count; chosen ones stand first, at zero too and beyond the limit.

    :param everything: the facets of the same search without its words, for rates.
    """
    values = results.facets.agency
    chosen = [value for value in values if value.selected]
    others = [value for value in values if not value.selected and value.count]
    shown = chosen + others[: max(0, limit - len(chosen))]
    request = results.request
    more = None
    if len(chosen) + len(others) > len(shown):
        count = wording.number(len(chosen) + len(others))
        text = gettext("All %(num)s agencies", num=count)
        more = Link(text, addresses.agency_list_address(request))
    return AgencyFacet(
        choices=_choices(shown, request, everything),
        chosen=wording.number(len(chosen)) if chosen else "",
        has_rates=everything is not None,
        more=more,
        compare=_comparison(request),
        hidden=tuple(addresses.fields(request, without=("agency", "page"))),
    )


def present_agency_list(
    results: SearchResults,
    find: str,
    *,
    by_name: bool,
    limit: int,
    everything: Facets | None = None,
) -> AgencyListView:
    """All agencies whose name has the letters looked for, by count or by name."""
    request = results.request
    wanted = fold(find)
    chosen = [value for value in results.facets.agency if value.selected]
    found = [
        value
        for value in results.facets.agency
        if not value.selected
        and value.count
        and any(wanted in fold(name) for name in (value.name, _name(value)))
    ]
    if by_name:
        found.sort(key=lambda value: fold(_name(value)))
    orders = tuple(
        Link(text, addresses.agency_list_address(request, find, by_name=named), named == by_name)
        for text, named in (
            (gettext("Most releases first"), False),
            (gettext("By name"), True),
        )
    )
    left_out = len(chosen) + len(found) - limit
    hidden = tuple(addresses.fields(request, without=("agency", "page")))
    kept = tuple(addresses.fields(request, without=("page",)))
    return AgencyListView(
        choices=_choices((chosen + found)[:limit], request, everything),
        total=wording.counted_agencies(len(found) + len(chosen)),
        left_out=wording.number(left_out) if left_out > 0 else "",
        has_rates=everything is not None,
        find=find,
        orders=orders,
        hidden=hidden,
        find_hidden=kept + ((("order", "name"),) if by_name else ()),
        back=addresses.search_address(request),
    )


def present_dates(results: SearchResults, everything: Facets | None = None) -> DateFacet:
    """The date facet: each value a link to the search within it.

    :param everything: the facets of the same search without its words, for rates.
    """
    request = results.request
    dated = [value for value in results.facets.date if value.from_ is not None]
    undated = [value for value in results.facets.date if value.from_ is None]
    most = max((value.count for value in dated), default=0)
    return DateFacet(
        caption=_caption(dated[0].from_ or "") if dated else "",
        trail=_trail(request),
        timeline=present_timeline(_period(value, request) for value in dated),
        bars=_date_bars(dated, request, everything) if most else (),
        has_rates=everything is not None,
        undated=_undated(undated, request, most),
    )


def _comparison(request: SearchRequest) -> Link | None:
    asked = agencies_compared(request)
    if asked is None:
        return None
    return Link(gettext("Compare these agencies over time"), trends_address(asked))


def _choices(
    values: list[AgencyCount], request: SearchRequest, everything: Facets | None
) -> tuple[AgencyChoice, ...]:
    totals = {each.slug: each.count for each in everything.agency} if everything else {}
    return tuple(_choice(value, request, totals) for value in values)


def _choice(value: AgencyCount, request: SearchRequest, totals: Mapping[str, int]) -> AgencyChoice:
    if value.selected:
        agencies = tuple(slug for slug in request.agencies if slug != value.slug)
    else:
        agencies = tuple(sorted({*request.agencies, value.slug}))
    href = addresses.search_address(request.changed(agencies=agencies))
    return AgencyChoice(
        value.slug,
        _name(value),
        wording.number(value.count),
        value.selected,
        href,
        wording.per_thousand(value.count, totals.get(value.slug, 0)),
    )


def _name(value: AgencyCount) -> str:
    return agency_name(Agency(value.slug, value.name))


def _period(value: DateCount, request: SearchRequest) -> Period:
    within = request.changed(date_from=value.from_, date_to=value.to, undated=False)
    here = within == request.changed()
    href = None if here or not value.count else addresses.search_address(within)
    return Period(value.from_ or "", value.count, href, value.selected)


def _date_bars(
    values: list[DateCount], request: SearchRequest, everything: Facets | None
) -> tuple[Bar, ...]:
    totals = {each.from_: each.count for each in everything.date} if everything else {}
    rows = []
    for value in values:
        href = _period(value, request).href
        rows.append(
            (wording.date_without_year(value.from_ or ""), value.count, href, value.selected)
        )
    return tuple(
        replace(bar, rate=wording.per_thousand(value.count, totals.get(value.from_, 0)))
        for bar, value in zip(bars(rows), values, strict=True)
    )


def _caption(span: str) -> str:
    """What the bars are, from the first of them."""
    year, _, rest = span.partition("-")
    if not rest:
        return gettext("Releases by year")
    if "-" in rest:
        month = wording.date_in_words(span[:7])
        return gettext("Releases by day, %(month)s", month=month)
    return gettext("Releases by month, %(year)s", year=year)


def _trail(request: SearchRequest) -> tuple[Link, ...]:
    """From all dates down to the span chosen, the steps above a month or day among them."""
    if not (request.date_from or request.date_to or request.undated):
        return ()
    steps = [Link(gettext("All dates"), _within(request, None))]
    if request.date_from and request.date_from == request.date_to:
        parts = request.date_from.split("-")
        for length in range(1, len(parts)):
            above = "-".join(parts[:length])
            steps.append(Link(wording.date_in_words(above), _within(request, above)))
        here = wording.date_in_words(request.date_from)
    else:
        here = wording.dates_in_words(request)
        here = here[:1].upper() + here[1:] if here else gettext("Year not known")
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
    return Bar(gettext("Year not known"), wording.number(value.count), share, href, value.selected)
