"""A line chart as plain geometry: what an SVG of fixed size holds, told apart without colour."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 170, 14, 34
MAX_TICKS = 6
"""Lines across the chart, at most, with a number each."""
MAX_LABELS = 9
"""Names below the chart, at most."""
LABEL_HEIGHT = 19
LABEL_WIDTH = 20
"""Columns of the text at the end of a line; a Chinese character takes two."""
DENSE = 48
"""Points of a line from which on their shapes are drawn small."""

MIN_BAND = 12
"""Units of an end that is hatched, at least: three strokes of it."""

MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
    "M-4-4H4V4H-4Z",
    "M0-5L5 4H-5Z",
    "M0-5.5L5.5 0L0 5.5L-5.5 0Z",
    "M0 5L5-4H-5Z",
    "M-4.5-4.5L4.5 4.5M-4.5 4.5L4.5-4.5",
)
"""One shape for each line, around the point 0, 0."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a line: where it is, what it says, and the search behind it, if any matches."""

    x: float
    y: float
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `path` is its stroke, `mark` the shape of its points, the label stands at its end."""

    number: int
    path: str
    mark: str
    points: tuple[Point, ...]
    label: str
    label_y: float
    end_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its name."""

    at: float
    text: str


class Band(NamedTuple):
    """A part of the chart from left to right."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the SVG draws, in its own units; `hatched` are ends that are incomplete."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    label_x: int
    dense: bool
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    below: tuple[Tick, ...]
    hatched: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """What a line is made of: a value for each period, or None where there is none to show."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    hrefs: tuple[str | None, ...]


def draw(series: Sequence[Values], names: Sequence[str], incomplete: Collection[str] = ()) -> Chart:
    """The chart of several lines over the same periods, whose names stand below it.

    :param incomplete: those of the first and the last period that are not whole.
    """
    numbers = [value for each in series for value in each.values if value is not None]
    step, top = scale(max(numbers, default=0))
    places = _across(len(names))
    ends = [_end(each.values) for each in series]
    labels = spread([_height(value, top) for value in ends])
    lines = [
        _line(number, each, places, top, (label, _height(end, top)))
        for number, (each, label, end) in enumerate(zip(series, labels, ends, strict=True))
    ]
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        label_x=WIDTH - RIGHT + 26,
        dense=len(names) >= DENSE,
        lines=tuple(lines),
        across=tuple(
            Tick(_height(index * step, top), _number(index * step))
            for index in range(round(top / step) + 1)
        ),
        below=_names_below(names, places),
        hatched=tuple(_hatched(names, incomplete)),
    )


def scale(most: float) -> tuple[float, float]:
    """Step and end of an axis from 0 on: 1, 2 or 5 times a power of ten, at most `MAX_TICKS`."""
    if most <= 0:
        return 1.0, 1.0
    rough = most / (MAX_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999999)
    return step, step * math.ceil(most / step - 1e-9)


def spread(heights: Sequence[float]) -> list[float]:
    """Heights for labels that do not cover one another, near to where they belong."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = [0.0] * len(heights)
    lowest = TOP + 4.0
    for index in order:
        placed[index] = max(heights[index], lowest)
        lowest = placed[index] + LABEL_HEIGHT
    limit = float(HEIGHT - BOTTOM)
    for index in reversed(order):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - LABEL_HEIGHT
    return [round(each, 1) for each in placed]


def shortened(text: str, columns: int = LABEL_WIDTH) -> str:
    """The text, or its beginning with an ellipsis, within so many columns."""
    used = 0
    kept: list[str] = []
    for char in text:
        used += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used > columns:
            return "".join(kept[:-1]).rstrip() + "…"
        kept.append(char)
    return text


def _line(
    number: int, each: Values, places: Sequence[float], top: float, ends: tuple[float, float]
) -> Line:
    heights = [None if value is None else _height(value, top) for value in each.values]
    points = tuple(
        Point(x, y, text, href)
        for x, y, text, href in zip(places, heights, each.texts, each.hrefs, strict=True)
        if y is not None
    )
    return Line(
        number=number + 1,
        path=_stroke(places, heights),
        mark=MARKS[number % len(MARKS)],
        points=points,
        label=shortened(each.name),
        label_y=ends[0],
        end_y=ends[1],
    )


def _stroke(places: Sequence[float], heights: Sequence[float | None]) -> str:
    """The path of a line; where there is no value it is broken."""
    pieces, pen_down = [], False
    for x, y in zip(places, heights, strict=True):
        if y is not None:
            pieces.append(f"{'L' if pen_down else 'M'}{x:g} {y:g}")
        pen_down = y is not None
    return "".join(pieces)


def _across(count: int) -> list[float]:
    room = WIDTH - LEFT - RIGHT
    if count == 1:
        return [LEFT + room / 2]
    return [round(LEFT + room * index / (count - 1), 1) for index in range(count)]


def _hatched(names: Sequence[str], incomplete: Collection[str]) -> Iterator[Band]:
    """From a point at an end that is not whole to its neighbour: what the line says there, it may
    not mean. Where all is one period, all of it."""
    step = max((WIDTH - LEFT - RIGHT) / max(len(names) - 1, 1), MIN_BAND)
    for name, left in ((names[0], LEFT), (names[-1], WIDTH - RIGHT - step)) if names else ():
        if name in incomplete:
            yield Band(round(left, 1), round(step, 1))
        if len(names) == 1:
            return


def _height(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)


def _end(values: Sequence[float | None]) -> float:
    return next((value for value in reversed(values) if value is not None), 0.0)


def _names_below(names: Sequence[str], places: Sequence[float]) -> tuple[Tick, ...]:
    """Some of the names, at even distances; years where there are months of many."""
    if not names:
        return ()
    if len(names[0]) > 4 and len(names) > 2 * MAX_LABELS:
        marked = [index for index, name in enumerate(names) if name.endswith("-01")]
        shown = {index: names[index][:4] for index in marked}
    else:
        shown = dict(enumerate(names))
    every = -(-len(shown) // MAX_LABELS)
    chosen = [index for place, index in enumerate(shown) if place % every == 0]
    return tuple(Tick(places[index], shown[index]) for index in chosen)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
