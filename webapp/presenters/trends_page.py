"""Searches counted over time -> what the page of trends shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.release import Release
from index.text.folding import fold
from search.count.trends import Series, Trends, rate
from search.results import FacetCount, Notice
from webapp.presenters.anchor import Anchor
from webapp.presenters.chart import MARKS, Chart
from webapp.presenters.notice_view import NoticeView, is_news, present_notice
from webapp.presenters.search_box import Chip, Field, filters_in_force
from webapp.presenters.trend_numbers import (
    Row,
    caption,
    described,
    present_chart,
    present_rows,
    rate_in_words,
    what_is_incomplete,
)
from webapp.presenters.value_facet import (
    ValueChoice,
    chosen_and_others,
    chosen_names,
    value_choices,
)
from webapp.site import facet_words, wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.trend_addresses import MAX_QUERIES, TrendsRequest, trends_address, trends_fields

BOXES = 2
"""Boxes for words that the form has at least."""
MAX_TICKS = 500
"""Values of a facet that the form lists, those with the most releases."""


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
    did_you_mean: Anchor | None


class FacetTicks(NamedTuple):
    """The values of a facet to tick, and how many of them are."""

    facet: str
    title: str
    ticks: tuple[ValueChoice, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class TrendsForm:
    """The form: boxes for words, ticks, and what it carries on."""

    boxes: tuple[str, ...]
    measure: str
    unit: str
    facets: tuple[FacetTicks, ...]
    hidden: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class TrendsView:
    """Everything on the page of trends."""

    title: str
    form: TrendsForm
    chips: tuple[Chip, ...]
    notices: tuple[NoticeView, ...]
    by_rate: bool
    measures: tuple[Anchor, ...]
    units: tuple[Anchor, ...]
    series: tuple[SeriesView, ...]
    chart: Chart | None
    caption: str
    described: str
    incomplete: str
    rows: tuple[Row, ...]
    base: str
    exports: tuple[Anchor, ...]
    examples: tuple[Anchor, ...]
    canonical: str


def present_trends(
    links: Links,
    trends: Trends,
    asked: TrendsRequest,
    ignored: Sequence[Notice],
    examples: Sequence[tuple[str, ...]] = (),
) -> TrendsView:
    """The page: a chart, the same numbers in a table, and each number's search."""
    by_rate = asked.measure == "rate"
    language = links.language
    return TrendsView(
        title=_title(language, asked),
        form=_form(links, asked, trends),
        chips=tuple(_chips(links, asked, trends)),
        notices=tuple(_notices(links, trends, asked, ignored)),
        by_rate=by_rate,
        measures=_measures(links, asked),
        units=_units(links, asked, trends),
        series=tuple(
            _series(links, each, number, trends, asked)
            for number, each in enumerate(trends.series, start=1)
        ),
        chart=present_chart(links, trends, by_rate=by_rate)
        if trends.series and trends.periods
        else None,
        caption=caption(language, trends, by_rate=by_rate),
        described=described(language, trends),
        incomplete=what_is_incomplete(language, trends),
        rows=tuple(present_rows(links, trends, by_rate=by_rate)) if trends.series else (),
        base=wording.counted(language, trends.total),
        exports=_exports(links, asked) if trends.series else (),
        examples=tuple(
            Anchor(" · ".join(texts), trends_address(links, asked.changed(queries=texts)))
            for texts in examples
        ),
        canonical=trends_address(links, asked),
    )


def _title(language: Language, asked: TrendsRequest) -> str:
    if not asked.queries:
        return language.gettext("Trends")
    between = language.pgettext("between the items of a list", ", ")
    words = between.join(wording.in_quotes(language, text) for text in asked.queries)
    return language.gettext("Trends: %(words)s", words=words)


def _form(links: Links, asked: TrendsRequest, trends: Trends) -> TrendsForm:
    count = min(MAX_QUERIES, max(BOXES, len(asked.queries) + 1))
    listed = trends.facets.listed.items()
    boxes = (*asked.queries, *[""] * MAX_QUERIES)[:count]
    return TrendsForm(
        boxes=boxes,
        measure=asked.measure,
        unit=asked.unit or "",
        facets=tuple(_ticks(links, name, values) for name, values in listed if values),
        hidden=tuple(
            trends_fields(asked, without=("q", "from", "to", "per", "unit", *dict(listed)))
        ),
    )


def _ticks(links: Links, facet: str, values: Sequence[FacetCount]) -> FacetTicks:
    """The values that releases have, those chosen first, in the order of their names."""
    kept, others = chosen_and_others(values)
    kept += others[: MAX_TICKS - len(kept)]
    ticks = value_choices(links, facet, kept)
    return FacetTicks(
        facet,
        facet_words.title(links.language, facet),
        tuple(sorted(ticks, key=lambda each: (not each.checked, fold(each.name)))),
        sum(each.checked for each in ticks),
    )


def _chips(links: Links, asked: TrendsRequest, trends: Trends) -> Iterator[Chip]:
    """The filters in force; each leads to the comparison without it."""
    names = chosen_names(links, trends.facets)
    for each in filters_in_force(links.language, asked.filters, names):
        without = asked.changed(filters=asked.filters.changed(**each.without))
        yield Chip(each.kind, each.value, trends_address(links, without))


def _notices(
    links: Links, trends: Trends, asked: TrendsRequest, ignored: Sequence[Notice]
) -> list[NoticeView]:
    language = links.language
    found = [present_notice(language, each) for each in ignored]
    found += [
        present_notice(language, each, _undo(links, each, asked, None)) for each in trends.notices
    ]
    if asked.unit and asked.unit != trends.unit:
        text = links.language.gettext("Shown by year: too many months for one chart.")
        found.append(NoticeView("too-many-periods", text, None))
    if trends.earlier:
        text = links.language.ngettext(
            "%(num)s earlier year is not shown.",
            "%(num)s earlier years are not shown.",
            trends.earlier,
        )
        found.append(NoticeView("periods-cut", text, None))
    return found


def _undo(links: Links, notice: Notice, asked: TrendsRequest, text: str | None) -> str | None:
    """The comparison with a notice taken back: for one of its searches, or for all (None)."""
    if notice.undo is None:
        return None
    if text is None or notice.undo.text == text:
        return trends_address(links, asked.changed(filters=notice.undo.changed(text="")))
    return _with_other_words(links, asked, text, notice.undo.text)


def _with_other_words(links: Links, asked: TrendsRequest, text: str, other: str) -> str:
    replaced = [other if each == text else each for each in asked.queries]
    return trends_address(
        links, asked.changed(queries=tuple(dict.fromkeys(filter(None, replaced))))
    )


def _measures(links: Links, asked: TrendsRequest) -> tuple[Anchor, ...]:
    choices = (
        ("count", links.language.gettext("Releases")),
        ("rate", links.language.gettext("Per 1,000 releases")),
    )
    return tuple(
        Anchor(text, trends_address(links, asked.changed(measure=name)), asked.measure == name)
        for name, text in choices
    )


def _units(links: Links, asked: TrendsRequest, trends: Trends) -> tuple[Anchor, ...]:
    choices = (
        ("month", links.language.gettext("Months")),
        ("year", links.language.gettext("Years")),
    )
    return tuple(
        Anchor(text, trends_address(links, asked.changed(unit=name)), trends.unit == name)
        for name, text in choices
    )


def _series(
    links: Links, each: Series, number: int, trends: Trends, asked: TrendsRequest
) -> SeriesView:
    text = each.request.text
    rest = tuple(other for other in asked.queries if other != text)
    other = each.did_you_mean
    return SeriesView(
        number=number,
        mark=MARKS[number - 1],
        text=text,
        href=links.search(each.request),
        total=f"{each.total:,}",
        rate=rate_in_words(rate(each.total, trends.total)),
        first=_use(links, each.first),
        last=_use(links, each.last),
        without=trends_address(links, asked.changed(queries=rest)),
        notices=tuple(_series_notices(links, each, trends, asked)),
        did_you_mean=Anchor(other, _with_other_words(links, asked, text, other)) if other else None,
    )


def _series_notices(
    links: Links, each: Series, trends: Trends, asked: TrendsRequest
) -> list[NoticeView]:
    """How the words were read; what concerns all searches alike is said once, above."""
    common = {(notice.code, notice.values) for notice in trends.notices}
    found = [
        present_notice(links.language, notice, _undo(links, notice, asked, each.request.text))
        for notice in each.notices
        if (notice.code, notice.values) not in common and is_news(notice)
    ]
    if each.unplaced:
        text = links.language.ngettext(
            "%(num)s release is in the total but not in the chart: its date is not precise enough.",
            "%(num)s releases are in the total but not in the chart: "
            "their dates are not precise enough.",
            each.unplaced,
        )
        found.append(NoticeView("unplaced", text, None))
    return found


def _use(links: Links, release: Release | None) -> Use | None:
    if release is None:
        return None
    return Use(
        date=wording.date_in_words(links.language, release.date),
        machine=release.date or "",
        headline=wording.headline(links.language, release),
        href=links.release(release),
    )


def _exports(links: Links, asked: TrendsRequest) -> tuple[Anchor, ...]:
    return (
        Anchor(
            links.language.gettext("CSV (one row per search and period)"),
            trends_address(links, asked, ".csv"),
        ),
        Anchor(links.language.gettext("JSON"), trends_address(links, asked, ".json")),
    )
