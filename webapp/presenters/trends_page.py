"""Searches counted over time -> what the page of trends shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.dates.partial import PartialDate
from index.release import Agency, Release
from index.text.analysis import fold
from search.count.trends import Series, Trends, rate
from search.request import SearchRequest
from search.results import Notice
from webapp.presenters.chart import MARKS, Chart, Values, draw
from webapp.presenters.common import Link, untitled
from webapp.presenters.results_page import Chip, Field, NoticeView, present_chips
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext as _
from webapp.site.languages import ngettext
from webapp.site.trend_addresses import MAX_QUERIES, TrendsRequest, trends_address, trends_fields

BOXES = 2
"""Boxes for words that the form has at least."""


@dataclass(frozen=True, slots=True)
class Use:
    """The first or the last release that a search matches."""

    date: str
    machine: str
    headline: str
    href: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A search in the summary: its line's number in the chart, totals, first and last use."""

    number: int
    mark: str
    text: str
    href: str
    total: str
    rate: str
    first: Use | None
    last: Use | None
    without: str
    notices: tuple[NoticeView, ...]
    did_you_mean: Link | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table: what is measured, the count behind it, the search it counts."""

    text: str
    count: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A period of the table."""

    label: str
    releases: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AgencyTick:
    """An agency to tick."""

    slug: str
    name: str
    selected: bool


@dataclass(frozen=True, slots=True)
class TrendsForm:
    """The form: boxes for words, dates, ticks, and what it carries on."""

    boxes: tuple[str, ...]
    start: str
    end: str
    measure: str
    unit: str
    agencies: tuple[AgencyTick, ...]
    chosen: int
    hidden: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class TrendsView:
    """Everything on the page of trends."""

    title: str
    form: TrendsForm
    chips: tuple[Chip, ...]
    notices: tuple[NoticeView, ...]
    by_rate: bool
    measures: tuple[Link, ...]
    units: tuple[Link, ...]
    series: tuple[SeriesView, ...]
    chart: Chart | None
    caption: str
    described: str
    rows: tuple[Row, ...]
    base: str
    exports: tuple[Link, ...]
    examples: tuple[Link, ...]
    canonical: str


def present_trends(
    trends: Trends,
    asked: TrendsRequest,
    ignored: Sequence[Notice],
    examples: Sequence[tuple[str, ...]] = (),
) -> TrendsView:
    """The page: a chart, the same numbers in a table, and each number's search."""
    by_rate = asked.measure == "rate"
    names = {each.slug: agency_name(Agency(each.slug, each.name)) for each in trends.agencies}
    return TrendsView(
        title=_title(asked),
        form=_form(asked, trends),
        chips=tuple(_chips(asked, names)),
        notices=tuple(_notices(trends, asked, ignored)),
        by_rate=by_rate,
        measures=_measures(asked),
        units=_units(asked, trends),
        series=tuple(_series(each, number, trends, asked) for number, each in _numbered(trends)),
        chart=_chart(trends, by_rate=by_rate) if trends.series and trends.periods else None,
        caption=_caption(trends, by_rate=by_rate),
        described=_described(trends),
        rows=tuple(_rows(trends, by_rate=by_rate)) if trends.series else (),
        base=wording.counted(trends.total),
        exports=_exports(asked) if trends.series else (),
        examples=tuple(
            Link(" · ".join(texts), trends_address(asked.changed(queries=texts)))
            for texts in examples
        ),
        canonical=trends_address(asked),
    )


def period_request(request: SearchRequest, period: str) -> SearchRequest:
    """The search within a month or year, and within the dates that it has already."""
    date, start, end = PartialDate.from_iso(period), request.date_from, request.date_to
    begins_later = start and PartialDate.from_iso(start).first_day > date.first_day
    ends_sooner = end and PartialDate.from_iso(end).last_day < date.last_day
    later = start if begins_later else period
    earlier = end if ends_sooner else period
    return request.changed(date_from=later, date_to=earlier)


def _numbered(trends: Trends) -> list[tuple[int, Series]]:
    return list(enumerate(trends.series, start=1))


def _title(asked: TrendsRequest) -> str:
    if not asked.queries:
        return _("Words over time")
    return _("%(words)s over time", words=", ".join(map(wording.in_quotes, asked.queries)))


def _form(asked: TrendsRequest, trends: Trends) -> TrendsForm:
    count = min(MAX_QUERIES, max(BOXES, len(asked.queries) + 1))
    boxes = (*asked.queries, *[""] * MAX_QUERIES)[:count]
    listed = [
        AgencyTick(each.slug, agency_name(Agency(each.slug, each.name)), each.selected)
        for each in trends.agencies
        if each.count or each.selected
    ]
    return TrendsForm(
        boxes=boxes,
        start=asked.filters.date_from or "",
        end=asked.filters.date_to or "",
        measure=asked.measure,
        unit=asked.unit or "",
        agencies=tuple(sorted(listed, key=lambda each: (not each.selected, fold(each.name)))),
        chosen=sum(each.selected for each in listed),
        hidden=tuple(trends_fields(asked, without=("q", "agency", "from", "to", "per", "unit"))),
    )


def _chips(asked: TrendsRequest, names: dict[str, str]) -> list[Chip]:
    """The filters in force; each leads to the comparison without it."""
    return [
        Chip(chip.kind, chip.value, trends_address(asked.changed(filters=_read_back(chip.href))))
        for chip in present_chips(asked.filters, names)
    ]


def _read_back(address: str) -> SearchRequest:
    return addresses.read_query(address.partition("?")[2]).request


def _notices(trends: Trends, asked: TrendsRequest, ignored: Sequence[Notice]) -> list[NoticeView]:
    found = [NoticeView(each.code, wording.notice_in_words(each), None) for each in ignored]
    found += [
        NoticeView(each.code, wording.notice_in_words(each), _undo(each, asked, None))
        for each in trends.notices
    ]
    if asked.unit and asked.unit != trends.unit:
        text = _("There are too many months for one chart, so years are shown.")
        found.append(NoticeView("too-many-periods", text, None))
    if trends.earlier:
        text = ngettext(
            "%(num)s year before these is left out.",
            "%(num)s years before these are left out.",
            trends.earlier,
        )
        found.append(NoticeView("periods-cut", text, None))
    return found


def _undo(notice: Notice, asked: TrendsRequest, text: str | None) -> str | None:
    """The comparison with a notice taken back: for one of its searches, or for all (None)."""
    if notice.undo is None:
        return None
    if text is None or notice.undo.text == text:
        return trends_address(asked.changed(filters=notice.undo.changed(text="")))
    return _with_other_words(asked, text, notice.undo.text)


def _with_other_words(asked: TrendsRequest, text: str, other: str) -> str:
    replaced = [other if each == text else each for each in asked.queries]
    return trends_address(asked.changed(queries=tuple(dict.fromkeys(filter(None, replaced)))))


def _measures(asked: TrendsRequest) -> tuple[Link, ...]:
    choices = (("count", _("Releases")), ("rate", _("Per 1,000 releases")))
    return tuple(
        Link(text, trends_address(asked.changed(measure=name)), asked.measure == name)
        for name, text in choices
    )


def _units(asked: TrendsRequest, trends: Trends) -> tuple[Link, ...]:
    choices = (("month", _("Months")), ("year", _("Years")))
    return tuple(
        Link(text, trends_address(asked.changed(unit=name)), trends.unit == name)
        for name, text in choices
    )


def _series(each: Series, number: int, trends: Trends, asked: TrendsRequest) -> SeriesView:
    text = each.request.text
    rest = tuple(other for other in asked.queries if other != text)
    other = each.did_you_mean
    return SeriesView(
        number=number,
        mark=MARKS[number - 1],
        text=text,
        href=addresses.search_address(each.request),
        total=f"{each.total:,}",
        rate=_rate_text(rate(each.total, trends.total)),
        first=_use(each.first),
        last=_use(each.last),
        without=trends_address(asked.changed(queries=rest)),
        notices=tuple(_series_notices(each, trends, asked)),
        did_you_mean=Link(other, _with_other_words(asked, text, other)) if other else None,
    )


def _series_notices(each: Series, trends: Trends, asked: TrendsRequest) -> list[NoticeView]:
    """How the words were read; what concerns all searches alike is said once, above."""
    common = {(notice.code, notice.values) for notice in trends.notices}
    found = [
        NoticeView(
            notice.code, wording.notice_in_words(notice), _undo(notice, asked, each.request.text)
        )
        for notice in each.notices
        if (notice.code, notice.values) not in common
    ]
    if each.unplaced:
        text = ngettext(
            "%(num)s release is in the total and not in the chart: its date is not that precise.",
            "%(num)s releases are in the total and not in the chart: "
            "their dates are not that precise.",
            each.unplaced,
        )
        found.append(NoticeView("unplaced", text, None))
    return found


def _use(release: Release | None) -> Use | None:
    if release is None:
        return None
    return Use(
        date=wording.date_in_words(release.date),
        machine=release.date or "",
        headline=untitled(release),
        href=addresses.release_address(release),
    )


def _chart(trends: Trends, *, by_rate: bool) -> Chart:
    series = []
    for each in trends.series:
        cells = _cells(each, trends, by_rate=by_rate)
        texts = [
            f"{each.request.text}, {wording.date_in_words(period)}: {_said(cell, by_rate=by_rate)}"
            for period, cell in zip(trends.periods, cells, strict=True)
        ]
        values = _values(each, trends, by_rate=by_rate)
        hrefs = tuple(cell.href for cell in cells)
        series.append(Values(each.request.text, values, tuple(texts), hrefs))
    return draw(series, trends.periods)


def _said(cell: Cell, *, by_rate: bool) -> str:
    return f"{cell.text} ({cell.count})" if by_rate else cell.text


def _values(each: Series, trends: Trends, *, by_rate: bool) -> tuple[float | None, ...]:
    if not by_rate:
        return tuple(float(count) for count in each.counts)
    return tuple(map(rate, each.counts, trends.releases))


def _cells(each: Series, trends: Trends, *, by_rate: bool) -> list[Cell]:
    cells = []
    for period, count, releases in zip(trends.periods, each.counts, trends.releases, strict=True):
        text = _rate_text(rate(count, releases)) if by_rate else f"{count:,}"
        within = period_request(each.request, period)
        href = addresses.search_address(within) if count else None
        cells.append(Cell(text, f"{count:,}", href))
    return cells


def _rate_text(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


def _rows(trends: Trends, *, by_rate: bool) -> list[Row]:
    columns = [_cells(each, trends, by_rate=by_rate) for each in trends.series]
    return [
        Row(
            wording.date_in_words(period),
            f"{trends.releases[place]:,}",
            tuple(cells[place] for cells in columns),
        )
        for place, period in enumerate(trends.periods)
    ]


def _caption(trends: Trends, *, by_rate: bool) -> str:
    """What the numbers are, for chart and table."""
    if by_rate:
        if trends.unit == "year":
            return _("Matching releases per 1,000 releases of the year")
        return _("Matching releases per 1,000 releases of the month")
    return (
        _("Matching releases a year") if trends.unit == "year" else _("Matching releases a month")
    )


def _described(trends: Trends) -> str:
    """The chart in a sentence for those who do not see it."""
    if not trends.periods:
        return ""
    peaks = []
    for each in trends.series:
        most = max(each.counts, default=0)
        if most:
            when = wording.date_in_words(trends.periods[each.counts.index(most)])
            peaks.append(
                _(
                    "%(words)s: most in %(when)s (%(count)s).",
                    words=wording.in_quotes(each.request.text),
                    when=when,
                    count=f"{most:,}",
                )
            )
    span = _(
        "From %(first)s to %(last)s.",
        first=wording.date_in_words(trends.periods[0]),
        last=wording.date_in_words(trends.periods[-1]),
    )
    return " ".join([span, *peaks, _("The table below has the same numbers.")])


def _exports(asked: TrendsRequest) -> tuple[Link, ...]:
    return (
        Link(_("CSV, one line a search and period"), trends_address(asked, ".csv")),
        Link(_("JSON"), trends_address(asked, ".json")),
    )
