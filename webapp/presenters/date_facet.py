"""The date facet as a chart and a table, whose bars lead to the search within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from index.dates.day_numbers import FUTURE_DAYS
from index.dates.relative import is_relative, today
from search.request import SearchRequest
from search.results import DateCount, Facets
from webapp.presenters.anchor import Anchor
from webapp.presenters.bars import Bar, BarRow, bars, share
from webapp.presenters.timeline_chart import Period, Timeline, present_timeline, until_today
from webapp.site import wording
from webapp.site.links import Links


@dataclass(frozen=True, slots=True)
class DateFacet:
    """Years, or the months or days of the span chosen; the way back up.

    `beside`: what stands in no chart, those without a year and those dated ahead of today.
    """

    caption: str
    trail: tuple[Anchor, ...]
    timeline: Timeline | None
    bars: tuple[Bar, ...]
    has_rates: bool
    beside: tuple[Bar, ...]


def present_dates(
    links: Links, counts: Sequence[DateCount], everything: Facets | None = None
) -> DateFacet:
    """The date facet: each value a link to the search within it.

    :param everything: the facets of the same search without its words, for rates.
    """
    dated = [value for value in counts if value.from_ is not None]
    every = [_period(links, value) for value in dated]
    periods = until_today(every)
    ahead = sum(each.count for each in every) - sum(each.count for each in periods)
    undated = next((value for value in counts if value.from_ is None), None)
    most = max((period.count for period in periods), default=0)
    return DateFacet(
        caption=_caption(links, periods[0].span) if periods else "",
        trail=_trail(links),
        timeline=present_timeline(links.language, periods),
        bars=_bars(links, periods, everything) if most else (),
        has_rates=everything is not None,
        beside=tuple(
            each
            for each in (
                _ahead(links, ahead, most) if ahead else None,
                _undated(links, undated, most) if undated else None,
            )
            if each
        ),
    )


def _period(links: Links, value: DateCount) -> Period:
    asked = links.request
    here = (value.from_, value.to, False) == (asked.date_from, asked.date_to, asked.undated)
    href = None
    if value.count and not here:
        href = links.changed(date_from=value.from_, date_to=value.to, undated=False)
    return Period(value.from_ or "", value.count, href, value.selected)


def _bars(links: Links, periods: Sequence[Period], everything: Facets | None) -> tuple[Bar, ...]:
    totals = {each.from_: each.count for each in everything.date} if everything else {}
    return bars(
        [
            BarRow(
                wording.date_without_year(links.language, period.span),
                period.count,
                period.href,
                period.current,
                wording.percentage(period.count, totals.get(period.span, 0)),
            )
            for period in periods
        ]
    )


def _caption(links: Links, span: str) -> str:
    """What the bars are, from the first of them."""
    year, _, rest = span.partition("-")
    if not rest:
        return links.language.gettext("Releases by year")
    if "-" in rest:
        month = wording.date_in_words(links.language, span[:7])
        return links.language.gettext("Releases by day, %(month)s", month=month)
    return links.language.gettext("Releases by month, %(year)s", year=year)


def _trail(links: Links) -> tuple[Anchor, ...]:
    """From all dates down to the span chosen, the steps above a month or day among them."""
    asked, language = links.request, links.language
    if not (asked.date_from or asked.date_to or asked.undated):
        return ()
    steps = [Anchor(language.gettext("All dates"), _within(links, None))]
    if asked.date_from and asked.date_from == asked.date_to and not is_relative(asked.date_from):
        parts = asked.date_from.split("-")
        for length in range(1, len(parts)):
            above = "-".join(parts[:length])
            steps.append(Anchor(wording.date_in_words(language, above), _within(links, above)))
    here = Anchor(_span_in_words(links, asked), links.changed(), current=True)
    return (*steps, here)


def _span_in_words(links: Links, asked: SearchRequest) -> str:
    if asked.date_from and asked.date_from == asked.date_to:
        return wording.date_in_words(links.language, asked.date_from)
    here = wording.dates_in_words(links.language, asked)
    return here[:1].upper() + here[1:] if here else links.language.gettext("Undated")


def _within(links: Links, span: str | None) -> str:
    return links.changed(date_from=span, date_to=span, undated=False)


def _ahead(links: Links, count: int, most: int) -> Bar:
    tomorrow = (today() + timedelta(days=FUTURE_DAYS + 1)).isoformat()
    href = links.changed(date_from=tomorrow, date_to=None, undated=False)
    text = links.language.gettext("Dated in the future")
    return Bar(text, wording.number(count), min(100.0, share(count, most)), href)


def _undated(links: Links, value: DateCount, most: int) -> Bar | None:
    if not (value.count or value.selected):
        return None
    asked = links.request
    alone = (asked.date_from, asked.date_to, asked.undated) == (None, None, True)
    href = None if alone else links.changed(date_from=None, date_to=None, undated=True)
    length = min(100.0, share(value.count, most)) if most else 100.0
    text = links.language.gettext("Undated")
    return Bar(text, wording.number(value.count), length, href, value.selected)
