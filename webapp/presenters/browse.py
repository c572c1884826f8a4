"""What the index holds -> the first page, the pages of agencies and of dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.release import UNATTRIBUTED, Agency
from index.text.analysis import fold
from search.engine import Coverage
from search.request import SearchRequest
from search.results import SearchResults
from webapp.presenters.common import Bar, HitView, Link, bars, present_hit
from webapp.presenters.results_page import SearchBox, search_box
from webapp.presenters.timeline_chart import Period, Timeline, every_month, present_timeline
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the index covers, in words."""

    releases: str
    agencies: str
    first: str
    last: str
    undated: str
    updated: str
    updated_machine: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    box: SearchBox
    coverage: CoverageView
    timeline: Timeline | None
    years: tuple[Bar, ...]
    agencies: tuple[Bar, ...]
    more_agencies: Link | None
    latest: tuple[HitView, ...]
    all_releases: str


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """Agencies whose names begin with the same letter."""

    letter: str
    agencies: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BrowseView:
    """The page of an agency, or of a year, month or day."""

    heading: str
    trail: tuple[Link, ...]
    total: str
    caption: str
    timeline: Timeline | None
    spans: tuple[Bar, ...]
    agencies: tuple[Bar, ...]
    releases: tuple[HitView, ...]
    list_heading: str
    search: str
    feed: str
    box: SearchBox
    canonical: str
    neighbours: tuple[Link, ...] = ()


def present_coverage(coverage: Coverage) -> CoverageView:
    """What the index covers."""
    named = [agency for agency, _ in coverage.agencies if agency.slug != UNATTRIBUTED.slug]
    return CoverageView(
        releases=wording.counted(coverage.releases),
        agencies=wording.counted_agencies(len(named)),
        first=wording.date_in_words(coverage.first_date) if coverage.first_date else "",
        last=wording.date_in_words(coverage.last_date) if coverage.last_date else "",
        undated=wording.counted(coverage.undated) if coverage.undated else "",
        updated=wording.moment_in_words(coverage.updated),
        updated_machine=coverage.updated or "",
    )


def present_home(coverage: Coverage, latest: SearchResults, *, shown_agencies: int) -> HomeView:
    """The first page: what there is, and ways into it."""
    agencies = sorted(coverage.agencies, key=lambda pair: (-pair[1], fold(pair[0].name)))
    more = None
    if len(agencies) > shown_agencies:
        count = wording.number(len(agencies))
        more = Link(gettext("All %(num)s agencies", num=count), addresses.agencies_address())
    return HomeView(
        box=search_box(SearchRequest()),
        coverage=present_coverage(coverage),
        timeline=_months(coverage),
        years=_years(latest),
        agencies=_agency_bars(agencies[:shown_agencies]),
        more_agencies=more,
        latest=tuple(present_hit(hit) for hit in latest.hits),
        all_releases=addresses.search_address(SearchRequest()),
    )


def present_agency_groups(coverage: Coverage) -> tuple[AgencyGroup, ...]:
    """All agencies by the letter that their names begin with."""
    groups: dict[str, list[tuple[Agency, int]]] = {}
    for agency, count in sorted(coverage.agencies, key=lambda pair: fold(agency_name(pair[0]))):
        groups.setdefault(_initial(agency_name(agency)), []).append((agency, count))
    return tuple(AgencyGroup(letter, _agency_bars(pairs)) for letter, pairs in groups.items())


def _initial(name: str) -> str:
    """The letter that a name stands under; a script without an alphabet has one place for all."""
    first = fold(name)[:1]
    if first >= "\u2e80":
        return gettext("In Chinese characters")
    return first.upper() or "#"


def present_agency(agency: Agency, results: SearchResults) -> BrowseView:
    """An agency's page: its years and its latest releases."""
    request = results.request
    rows = [
        (
            wording.date_in_words(value.from_) if value.from_ else gettext("Year not known"),
            value.count,
            addresses.search_address(
                request.changed(date_from=value.from_, date_to=value.to, undated=not value.from_)
            )
            if value.count
            else None,
            False,
        )
        for value in results.facets.date
    ]
    return BrowseView(
        heading=agency_name(agency),
        trail=(Link(gettext("Agencies"), addresses.agencies_address()),),
        total=wording.counted(results.total),
        caption=gettext("Releases by year"),
        timeline=present_timeline(_years_of_search(results)),
        spans=bars(rows),
        agencies=(),
        releases=tuple(present_hit(hit) for hit in results.hits),
        list_heading=gettext("Latest releases"),
        search=addresses.search_address(request),
        feed=addresses.search_address(request, ".atom"),
        box=search_box(request),
        canonical=addresses.agency_address(agency),
    )


def present_span(span: str, results: SearchResults, neighbours: tuple[Link, ...]) -> BrowseView:
    """The page of a year, month or day: what it divides into, its agencies, its releases."""
    request = results.request
    parts = span.split("-")
    above = ["-".join(parts[:length]) for length in range(1, len(parts))]
    inner = {1: 7, 2: 10}.get(len(parts))
    rows = [
        (
            wording.date_without_year(value.from_),
            value.count,
            addresses.date_address(value.from_) if value.count else None,
            False,
        )
        for value in results.facets.date
        if value.from_ and len(value.from_) == inner
    ]
    agencies = [
        (
            agency_name(Agency(value.slug, value.name)),
            value.count,
            addresses.search_address(request.changed(agencies=(value.slug,))),
        )
        for value in results.facets.agency
        if value.count
    ]
    every = results.total == len(results.hits)
    return BrowseView(
        heading=wording.date_in_words(span),
        trail=tuple(
            Link(wording.date_in_words(each), addresses.date_address(each)) for each in above
        ),
        total=wording.counted(results.total),
        caption=gettext("Releases by month") if inner == 7 else gettext("Releases by day"),
        timeline=present_timeline(_parts_of_span(results, inner)),
        spans=bars(rows),
        agencies=bars([(name, count, href, False) for name, count, href in agencies]),
        releases=tuple(present_hit(hit) for hit in results.hits),
        list_heading=gettext("Releases")
        if every
        else gettext("The latest %(num)s releases", num=wording.number(len(results.hits))),
        search=addresses.search_address(request),
        feed=addresses.search_address(request, ".atom"),
        box=search_box(request),
        canonical=addresses.date_address(span),
        neighbours=neighbours,
    )


def _months(coverage: Coverage) -> Timeline | None:
    """The releases of every month that the index covers."""
    return present_timeline(
        (
            Period(span, count, addresses.date_address(span) if count else None)
            for span, count in every_month(coverage.months)
        ),
        height=96,
    )


def _years_of_search(results: SearchResults) -> Iterator[Period]:
    request = results.request
    for value in results.facets.date:
        if value.from_:
            within = request.changed(date_from=value.from_, date_to=value.to)
            yield Period(
                value.from_, value.count, addresses.search_address(within) if value.count else None
            )


def _parts_of_span(results: SearchResults, length: int | None) -> Iterator[Period]:
    for value in results.facets.date:
        if value.from_ and len(value.from_) == length:
            href = addresses.date_address(value.from_) if value.count else None
            yield Period(value.from_, value.count, href)


def _years(latest: SearchResults) -> tuple[Bar, ...]:
    """The years of a search for everything, newest first."""
    rows = [
        (
            value.from_,
            value.count,
            addresses.date_address(value.from_) if value.count else None,
            False,
        )
        for value in latest.facets.date
        if value.from_
    ]
    return bars(rows[::-1])


def _agency_bars(agencies: Iterable[tuple[Agency, int]]) -> tuple[Bar, ...]:
    return bars(
        [
            (agency_name(agency), count, addresses.agency_address(agency), False)
            for agency, count in agencies
        ]
    )
