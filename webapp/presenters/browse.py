"""What the index holds -> the first page, the pages of agencies and of dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.release import UNATTRIBUTED, Agency
from index.text.analysis import fold
from search.engine import Coverage
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, SearchResults
from webapp.presenters.anchor import Anchor
from webapp.presenters.bars import Bar, BarRow, bars
from webapp.presenters.hits import HitView, present_hits
from webapp.presenters.search_box import SearchBox, search_box
from webapp.presenters.timeline_chart import Period, Timeline, every_month, present_timeline
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


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
    more_agencies: Anchor | None
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
    trail: tuple[Anchor, ...]
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
    neighbours: tuple[Anchor, ...] = ()


def present_coverage(language: Language, coverage: Coverage) -> CoverageView:
    """What the index covers."""
    named = [agency for agency, _ in coverage.agencies if agency.slug != UNATTRIBUTED.slug]
    first, last = coverage.first_date, coverage.last_date
    return CoverageView(
        releases=wording.counted(language, coverage.releases),
        agencies=wording.counted_agencies(language, len(named)),
        first=wording.date_in_words(language, first) if first else "",
        last=wording.date_in_words(language, last) if last else "",
        undated=wording.counted(language, coverage.undated) if coverage.undated else "",
        updated=wording.moment_in_words(language, coverage.updated),
        updated_machine=coverage.updated or "",
    )


def present_home(
    links: Links, coverage: Coverage, latest: SearchResults, *, shown_agencies: int
) -> HomeView:
    """The first page: what there is, and ways into it."""
    agencies = sorted(coverage.agencies, key=lambda pair: (-pair[1], fold(pair[0].name)))
    more = None
    if len(agencies) > shown_agencies:
        text = links.language.gettext("All %(num)s agencies", num=wording.number(len(agencies)))
        more = Anchor(text, links.page("/agencies"))
    return HomeView(
        box=search_box(SearchRequest()),
        coverage=present_coverage(links.language, coverage),
        timeline=_months(links, coverage),
        years=_years(links, latest.facets.date),
        agencies=_agency_bars(links, agencies[:shown_agencies]),
        more_agencies=more,
        latest=present_hits(links, latest.hits),
        all_releases=links.page("/search"),
    )


def present_agency_groups(links: Links, coverage: Coverage) -> tuple[AgencyGroup, ...]:
    """All agencies by the letter that their names begin with."""
    named = [(links.agency_name(agency), agency, count) for agency, count in coverage.agencies]
    groups: dict[str, list[tuple[Agency, int]]] = {}
    for name, agency, count in sorted(named, key=lambda each: fold(each[0])):
        groups.setdefault(_initial(links.language, name), []).append((agency, count))
    return tuple(
        AgencyGroup(letter, _agency_bars(links, pairs)) for letter, pairs in groups.items()
    )


def present_agency(links: Links, agency: Agency, results: SearchResults) -> BrowseView:
    """An agency's page: its years and its latest releases.

    :param links: about the search for all that the agency issued, as the results are.
    """
    language = links.language
    years = [_year_within(links, value) for value in results.facets.date]
    return BrowseView(
        heading=links.agency_name(agency),
        trail=(Anchor(language.gettext("Agencies"), links.page("/agencies")),),
        total=wording.counted(language, results.total),
        caption=language.gettext("Releases by year"),
        timeline=present_timeline(language, (year for year in years if year.span)),
        spans=bars(
            [
                BarRow(
                    wording.date_in_words(language, year.span)
                    if year.span
                    else language.gettext("Undated"),
                    year.count,
                    year.href,
                )
                for year in years
            ]
        ),
        agencies=(),
        releases=present_hits(links, results.hits),
        list_heading=language.gettext("Latest releases"),
        search=links.search(links.request),
        feed=links.search(links.request, ".atom"),
        box=search_box(links.request),
        canonical=links.agency(agency),
    )


def present_span(
    links: Links, span: str, results: SearchResults, neighbours: tuple[Anchor, ...]
) -> BrowseView:
    """The page of a year, month or day: what it divides into, its agencies, its releases.

    :param links: about the search for all that is dated so, as the results are.
    """
    language = links.language
    inner = {4: 7, 7: 10}.get(len(span))
    parts = _parts_of_span(links, results.facets.date, inner)
    return BrowseView(
        heading=wording.date_in_words(language, span),
        trail=tuple(_above(links, span)),
        total=wording.counted(language, results.total),
        caption=language.gettext("Releases by month")
        if inner == 7
        else language.gettext("Releases by day"),
        timeline=present_timeline(language, parts),
        spans=bars(
            [
                BarRow(wording.date_without_year(language, part.span), part.count, part.href)
                for part in parts
            ]
        ),
        agencies=_agencies_of_span(links, results.facets.agency),
        releases=present_hits(links, results.hits),
        list_heading=_list_heading(language, results),
        search=links.search(links.request),
        feed=links.search(links.request, ".atom"),
        box=search_box(links.request),
        canonical=links.date(span),
        neighbours=neighbours,
    )


def _initial(language: Language, name: str) -> str:
    """The letter that a name stands under; a script without an alphabet has one place for all."""
    first = fold(name)[:1]
    if first >= "\u2e80":
        return language.gettext("In Chinese characters")
    return first.upper() or "#"


def _months(links: Links, coverage: Coverage) -> Timeline | None:
    """The releases of every month that the index covers."""
    months = (
        Period(span, count, links.date(span) if count else None)
        for span, count in every_month(coverage.months)
    )
    return present_timeline(links.language, months, height=96)


def _year_within(links: Links, value: DateCount) -> Period:
    """A year of the search; no span for the releases whose year is not known."""
    href = None
    if value.count:
        undated = value.from_ is None
        href = links.changed(date_from=value.from_, date_to=value.to, undated=undated)
    return Period(value.from_ or "", value.count, href)


def _parts_of_span(links: Links, counts: Sequence[DateCount], length: int | None) -> list[Period]:
    return [
        Period(value.from_, value.count, links.date(value.from_) if value.count else None)
        for value in counts
        if value.from_ and len(value.from_) == length
    ]


def _above(links: Links, span: str) -> Iterator[Anchor]:
    """The year and the month that a month or day is in."""
    parts = span.split("-")
    for length in range(1, len(parts)):
        above = "-".join(parts[:length])
        yield Anchor(wording.date_in_words(links.language, above), links.date(above))


def _agencies_of_span(links: Links, counts: Sequence[AgencyCount]) -> tuple[Bar, ...]:
    return bars(
        [
            BarRow(
                links.agency_name(Agency(value.slug, value.name)),
                value.count,
                links.changed(agencies=(value.slug,)),
            )
            for value in counts
            if value.count
        ]
    )


def _list_heading(language: Language, results: SearchResults) -> str:
    shown = len(results.hits)
    if results.total == shown:
        return language.gettext("Releases")
    return language.gettext("The latest %(num)s releases", num=wording.number(shown))


def _years(links: Links, counts: Sequence[DateCount]) -> tuple[Bar, ...]:
    """The years of a search for everything, newest first."""
    rows = [
        BarRow(value.from_, value.count, links.date(value.from_) if value.count else None)
        for value in counts
        if value.from_
    ]
    return bars(rows[::-1])


def _agency_bars(links: Links, agencies: Iterable[tuple[Agency, int]]) -> tuple[Bar, ...]:
    return bars(
        [
            BarRow(links.agency_name(agency), count, links.agency(agency))
            for agency, count in agencies
        ]
    )
