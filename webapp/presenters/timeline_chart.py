"""Counts over time -> the bars of an SVG chart that fills its column, and their names below.

Places along the chart are per cents of its width, heights are pixels: the chart has no view box,
so it grows with its column while its text stays as large as the text around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.dates.day_numbers import is_ahead
from webapp.site import wording
from webapp.site.languages import Language

MAX_NAMES = 6
"""Names below a chart: as many as fit on a narrow telephone."""
MAX_MONTHS = 480
"""Months up to which a chart has a bar for each; beyond, it has one for each year."""
GAP = 0.22
"""Part of a bar's place that stays empty."""
NARROWEST = 260
"""Pixels of the narrowest column that a chart stands in."""
MAX_COUNTED = 13
"""Bars up to which each carries its number: four characters of 10 pixels fit on a bar of so narrow
a column. Of more bars those carry it beside which there is place."""
DIGIT, LINE = 5.6, 10
"""Pixels that a character of a number takes, and a line of them (a font of 10 pixels)."""
HEAD = 12
"""Pixels above the tallest bar, for its number."""


class Period(NamedTuple):
    """A year, month or day with its count; `href` None where nothing is to be seen there."""

    span: str
    count: int  # type: ignore[assignment]
    href: str | None
    current: bool = False


class TimelineBar(NamedTuple):
    """A bar: its place, from `left` on `width` wide (per cent), and its height (pixels).

    `span` is its ISO date and `releases` their number, for scripts.
    """

    left: str
    width: str
    top: str
    height: str
    text: str
    href: str | None
    current: bool
    span: str
    releases: int


class TimelineName(NamedTuple):
    """A text centred at a place along the chart (per cent), with its base line (pixels)."""

    at: str
    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chart: `height` of its bars and `full` height with the names below, in pixels."""

    height: int
    full: int
    bars: tuple[TimelineBar, ...]
    names: tuple[TimelineName, ...]
    numbers: tuple[TimelineName, ...]


def present_timeline(
    language: Language, periods: Iterable[Period], *, height: int = 72
) -> Timeline | None:
    """The chart of these periods, in proportion to the largest; None if all counts are zero.

    Periods ahead of today are left out, as `until_today` says.
    """
    rows = until_today(list(periods))
    most = max((row.count for row in rows), default=0)
    if not most:
        return None
    place = 100 / len(rows)
    tall = [_tall(row.count, most, height) for row in rows]
    return Timeline(
        height=height,
        full=height + 20,
        bars=tuple(_bars(language, rows, place, tall, height)),
        names=tuple(_names(language, [row.span for row in rows], place, height + 16)),
        numbers=tuple(_numbers(rows, place, tall, height)),
    )


def until_today(periods: Sequence[Period]) -> Sequence[Period]:
    """Periods without those ahead of today, where these hold releases: a wrong year would leave no
    room for the others. All, where nothing is beside them.
    """
    last = max((place for place, each in enumerate(periods) if each.count), default=-1)
    if last < 0 or not is_ahead(periods[last].span):
        return periods
    shown = [each for each in periods if not is_ahead(each.span)]
    return shown if any(each.count for each in shown) else periods


def every_month(months: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """ISO months with their counts, those between without releases too; years if there are many."""
    counts = dict(months)
    if not counts:
        return []
    first, last = _ordinal(min(counts)), _ordinal(max(counts))
    if last - first < MAX_MONTHS:
        spans = (f"{each // 12:04}-{each % 12 + 1:02}" for each in range(first, last + 1))
        return [(span, counts.get(span, 0)) for span in spans]
    by_year: dict[str, int] = {}
    for month, count in sorted(counts.items()):
        by_year[month[:4]] = by_year.get(month[:4], 0) + count
    return list(by_year.items())


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _bars(
    language: Language, rows: Sequence[Period], place: float, tall: Sequence[float], height: int
) -> Iterator[TimelineBar]:
    width, colon = _figure(place * (1 - GAP)), language.pgettext("before a count", ": ")
    for number, row in enumerate(rows):
        when = wording.date_in_words(language, row.span)
        yield TimelineBar(
            left=_figure(number * place + place * GAP / 2),
            width=width,
            top=_figure(height - tall[number]),
            height=_figure(tall[number]),
            text=f"{when}{colon}{wording.counted(language, row.count)}",
            href=row.href,
            current=row.current,
            span=row.span,
            releases=row.count,
        )


def _tall(count: int, most: int, height: int) -> float:
    return max(round(count * (height - HEAD) / most, 1), 1.5) if count else 0.0


def _numbers(
    rows: Sequence[Period], place: float, tall: Sequence[float], height: int
) -> Iterator[TimelineName]:
    """The counts above their bars; of many bars, above those where nothing is in their way."""
    free = range(len(rows)) if len(rows) <= MAX_COUNTED else _that_fit(rows, tall, place)
    for number in sorted(free):
        if rows[number].count:
            text = wording.number_briefly(rows[number].count)
            half = _wide(text) / 2
            at = min(max((number + 0.5) * place, half), 100 - half)
            yield TimelineName(_figure(at), text, _figure(height - tall[number] - 3))


def _that_fit(rows: Sequence[Period], tall: Sequence[float], place: float) -> Iterator[int]:
    """The bars whose numbers run neither into a taller bar beside them nor into a number there.

    The tallest come first, the earlier of two as tall: the largest has its number always.
    """
    taken: dict[int, int] = {}
    for number in sorted(range(len(rows)), key=lambda each: -tall[each]):
        wide = _wide(wording.number_briefly(rows[number].count))
        reach = math.ceil((wide / place - 1) / 2)
        beside = range(max(number - reach, 0), min(number + reach + 1, len(rows)))
        over_bars = all(tall[each] <= tall[number] for each in beside)
        if over_bars and all(
            abs(each - number) > reach + theirs or abs(tall[each] - tall[number]) > LINE
            for each, theirs in taken.items()
        ):
            taken[number] = reach
            yield number


def _wide(text: str) -> float:
    """What a number takes of the width of the narrowest chart, in per cent."""
    return 100 * len(text) * DIGIT / NARROWEST


def _names(language: Language, spans: list[str], place: float, base: int) -> Iterator[TimelineName]:
    """The names of some of the periods, evenly apart; of months over years, those of years."""
    several_years = len(spans[0]) == 7 and spans[0][:4] != spans[-1][:4]
    named = [
        (number, span[:4] if several_years else span)
        for number, span in enumerate(spans)
        if not several_years or span.endswith("-01") or len(spans) < 12
    ]
    step = -(-len(named) // MAX_NAMES)
    for number, span in named[::step]:
        at = min(max((number + 0.5) * place, 3), 97)
        yield TimelineName(_figure(at), wording.date_briefly(language, span), _figure(base))


@lru_cache(maxsize=4_096)
def _figure(value: float) -> str:
    """A number of a chart. Most of the 50 of a page's chart are those of other charts with as many
    bars: making one takes 0.5 microseconds, looking it up 0.1."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
