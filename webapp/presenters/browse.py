"""What the index holds -> the first page, the page of an agency, a year, a month or a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.dates.day_numbers import is_ahead
from index.facet_table import AGENCY, FacetValue
from index.release import UNATTRIBUTED, Agency
from index.text.folding import fold
from search.engine import Coverage
from search.request import SearchRequest
from search.results import DateCount, FacetCount, SearchResults
from webapp.presenters.anchor import Anchor
from webapp.presenters.bars import Bar, BarRow, bars
from webapp.presenters.date_facet import present_dates
from webapp.presenters.gap_sentence import gaps_in_words
from webapp.presenters.hits import HitView, present_hits
from webapp.presenters.release_list import ReleaseList, present_list
from webapp.presenters.search_box import SearchBox, search_box
from webapp.presenters.timeline_chart import (
    Period,
    Timeline,
    every_month,
    present_timeline,
    until_today,
)
from webapp.presenters.translations import Lookup
from webapp.site import facet_words, wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.paths import value_path


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
    gaps: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    box: SearchBox
    coverage: CoverageView
    timeline: Timeline | None
    years: tuple[Bar, ...]
    agencies: tuple[Bar, ...]
    more_agencies: Anchor | None
    others: tuple[Anchor, ...]
    latest: tuple[HitView, ...]
    all_releases: str
    changes: str
    feed: str


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
    listed: ReleaseList
    box: SearchBox
    neighbours: tuple[Anchor, ...] = ()
    gaps: str = ""


def present_coverage(language: Language, coverage: Coverage) -> CoverageView:
    """What the index covers."""
    named = [agency for agency, _ in coverage.agencies if agency.slug != UNATTRIBUTED.slug]
    first, last = coverage.first_date, coverage.last_date
    return CoverageView(
        releases=wording.counted(language, coverage.releases),
        agencies=wording.counted_agencies(language, len(named)),
        first=wording.date_in_words(language, first) if first else "",
        last=wording.date_in_words(language, last) if last else "",
        undated=language.ngettext(
            "%(num)s release has no known year.",
            "%(num)s releases have no known year.",
            coverage.undated,
            num=wording.number(coverage.undated),
        )
        if coverage.undated
        else "",
        updated=wording.moment_in_words(language, coverage.updated),
        updated_machine=coverage.updated or "",
        gaps=gaps_in_words(language, coverage.months),
    )


def present_home(
    links: Links,
    coverage: Coverage,
    latest: SearchResults,
    lookup: Lookup,
    *,
    changed: int,
    shown_agencies: int,
) -> HomeView:
    """The first page: what there is, and ways into it.

    :param lookup: what finds the translations of releases, here and below.
    :param changed: how many releases have changed here.
    """
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
        agencies=_value_bars(links, AGENCY.name, agencies[:shown_agencies]),
        more_agencies=more,
        others=tuple(_all_values(links, facet) for facet in coverage.facets),
        latest=present_hits(links, latest.hits, lookup),
        all_releases=links.page("/search"),
        changes=links.search(SearchRequest(changed_only=True, sort="arrived")) if changed else "",
        feed=links.search(SearchRequest(), ".atom"),
    )


def present_value(
    links: Links,
    facet: str,
    value: Agency | FacetValue,
    results: SearchResults,
    months: Iterable[tuple[str, int]],
    lookup: Lookup,
) -> BrowseView:
    """The page of an agency, or of another facet's value: its years and its latest releases.

    :param links: about the search for all that has the value, as the results are.
    :param months: of that search.
    """
    language = links.language
    dates = present_dates(links, results.facets.date)
    return BrowseView(
        heading=links.value_name(value),
        trail=(_all_values(links, facet),),
        total=wording.counted(language, results.total),
        caption=language.gettext("Releases by year"),
        timeline=dates.timeline,
        spans=(*dates.bars, *dates.beside),
        agencies=(),
        listed=present_list(links, links.value(facet, value), results, lookup),
        box=search_box(links.request),
        gaps=gaps_in_words(language, months),
    )


def present_span(
    links: Links,
    span: str,
    results: SearchResults,
    neighbours: tuple[Anchor, ...],
    lookup: Lookup,
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
        listed=present_list(links, links.date(span), results, lookup),
        box=search_box(links.request),
        neighbours=neighbours,
    )


def _all_values(links: Links, facet: str) -> Anchor:
    """The page of all values of a facet."""
    if facet == AGENCY.name:
        return Anchor(links.language.gettext("Agencies"), links.page("/agencies"))
    return Anchor(facet_words.title(links.language, facet), links.page(value_path(facet)))


def _months(links: Links, coverage: Coverage) -> Timeline | None:
    """The releases of every month that the index covers, up to today's."""
    known = [each for each in coverage.months if not is_ahead(each[0])] or coverage.months
    months = (
        Period(span, count, links.date(span) if count else None)
        for span, count in every_month(known)
    )
    return present_timeline(links.language, months, height=56)


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


def _agencies_of_span(links: Links, counts: Sequence[FacetCount]) -> tuple[Bar, ...]:
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


def _years(links: Links, counts: Sequence[DateCount]) -> tuple[Bar, ...]:
    """The years of a search for everything, up to today's, newest first."""
    years = until_today(_parts_of_span(links, counts, 4))
    return bars([BarRow(year.span, year.count, year.href) for year in years[::-1]])


def _value_bars(
    links: Links, facet: str, values: Iterable[tuple[Agency | FacetValue, int]]
) -> tuple[Bar, ...]:
    return bars(
        [
            BarRow(links.value_name(value), count, links.value(facet, value))
            for value, count in values
        ]
    )
