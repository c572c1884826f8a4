"""The numbers of searches over time: the chart, the table with the same numbers, both in words."""

from __future__ import annotations

from dataclasses import dataclass

from index.dates.partial import PartialDate
from search.count.trends import Series, Trends, rate
from search.request import SearchRequest
from webapp.presenters.chart import Chart, Values, draw
from webapp.site import wording
from webapp.site.languages import Language
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table: what is measured, the count behind it, the search it counts."""

    text: str
    count: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A period of the table; `incomplete` where only a part of it could be counted."""

    label: str
    incomplete: bool
    releases: str
    cells: tuple[Cell, ...]


def present_chart(links: Links, trends: Trends, *, by_rate: bool) -> Chart:
    """A line for each search; each point leads to the releases that it counts."""
    language = links.language
    periods = [wording.date_in_words(language, period) for period in trends.periods]
    comma = language.pgettext("between the items of a list", ", ")
    colon = language.pgettext("before a count", ": ")
    series = []
    for each in trends.series:
        cells = _cells(links, each, trends, by_rate=by_rate)
        texts = [
            f"{each.request.text}{comma}{period}{colon}{_said(cell, by_rate=by_rate)}"
            for period, cell in zip(periods, cells, strict=True)
        ]
        values = _values(each, trends, by_rate=by_rate)
        hrefs = tuple(cell.href for cell in cells)
        series.append(Values(each.request.text, values, tuple(texts), hrefs))
    return draw(series, trends.periods, trends.incomplete)


def present_rows(links: Links, trends: Trends, *, by_rate: bool) -> list[Row]:
    """A row for each period, with a cell for each search."""
    columns = [_cells(links, each, trends, by_rate=by_rate) for each in trends.series]
    return [
        Row(
            wording.date_in_words(links.language, period),
            period in trends.incomplete,
            f"{trends.releases[place]:,}",
            tuple(cells[place] for cells in columns),
        )
        for place, period in enumerate(trends.periods)
    ]


def dates_within(request: SearchRequest, period: str) -> dict[str, str]:
    """The dates of a search within a month or year, and within those that it has already."""
    whole, start, end = PartialDate.from_iso(period), request.first_date, request.last_date
    begins_later = start is not None and start.first_day > whole.first_day
    ends_sooner = end is not None and end.last_day < whole.last_day
    return {
        "date_from": request.date_from or period if begins_later else period,
        "date_to": request.date_to or period if ends_sooner else period,
    }


def caption(language: Language, trends: Trends, *, by_rate: bool) -> str:
    """What the numbers are, for chart and table."""
    if by_rate:
        if trends.unit == "year":
            return language.gettext("Matching releases per 1,000 issued that year")
        return language.gettext("Matching releases per 1,000 issued that month")
    return (
        language.gettext("Matching releases per year")
        if trends.unit == "year"
        else language.gettext("Matching releases per month")
    )


def described(language: Language, trends: Trends) -> str:
    """The chart in a sentence for those who do not see it."""
    if not trends.periods:
        return ""
    peaks = []
    for each in trends.series:
        most = max(each.counts, default=0)
        if most:
            when = wording.date_in_words(language, trends.periods[each.counts.index(most)])
            peaks.append(
                language.gettext(
                    "%(words)s: most in %(when)s (%(count)s).",
                    words=wording.in_quotes(language, each.request.text),
                    when=when,
                    count=f"{most:,}",
                )
            )
    span = language.gettext(
        "From %(first)s to %(last)s.",
        first=wording.date_in_words(language, trends.periods[0]),
        last=wording.date_in_words(language, trends.periods[-1]),
    )
    return " ".join([span, *peaks, language.gettext("The table below has the same numbers.")])


def what_is_incomplete(language: Language, trends: Trends) -> str:
    """Which ends of the chart are hatched, in a sentence; empty where none is."""
    named = [wording.date_in_words(language, period) for period in trends.incomplete]
    if not named:
        return ""
    if len(named) == 1:
        return language.gettext("Hatched: %(date)s, which is incomplete.", date=named[0])
    return language.gettext(
        "Hatched: %(first)s and %(last)s, which are incomplete.", first=named[0], last=named[1]
    )


def rate_in_words(value: float | None) -> str:
    """How many of every 1,000 releases; a dash where there are none."""
    return "–" if value is None else f"{value:,.1f}"


def _cells(links: Links, each: Series, trends: Trends, *, by_rate: bool) -> list[Cell]:
    links = links.about(each.request)
    cells = []
    for period, count, releases in zip(trends.periods, each.counts, trends.releases, strict=True):
        text = rate_in_words(rate(count, releases)) if by_rate else f"{count:,}"
        href = links.changed(**dates_within(each.request, period)) if count else None
        cells.append(Cell(text, f"{count:,}", href))
    return cells


def _values(each: Series, trends: Trends, *, by_rate: bool) -> tuple[float | None, ...]:
    if not by_rate:
        return tuple(float(count) for count in each.counts)
    return tuple(map(rate, each.counts, trends.releases))


def _said(cell: Cell, *, by_rate: bool) -> str:
    return f"{cell.text} ({cell.count})" if by_rate else cell.text
