"""Bars: counts beside their labels, in proportion to the largest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Bar(NamedTuple):
    """A value with its count; `share` is its part of the longest bar, 0 to 100.

    `rate`: how many of every 1,000 releases there, as text; empty where there is nothing to say.
    """

    label: str
    count: str  # type: ignore[assignment]
    share: float
    href: str | None
    current: bool = False
    rate: str = ""


class BarRow(NamedTuple):
    """What a bar is made of."""

    label: str
    count: int  # type: ignore[assignment]
    href: str | None
    current: bool = False
    rate: str = ""


def bars(rows: Sequence[BarRow]) -> tuple[Bar, ...]:
    """The bars of these rows, in proportion to the largest count."""
    most = max((row.count for row in rows), default=0)
    return tuple(
        Bar(row.label, f"{row.count:,}", share(row.count, most), row.href, row.current, row.rate)
        for row in rows
    )


def share(count: int, most: int) -> float:
    """The length of a bar in per cent of the longest; 0 where there is none."""
    return round(100 * count / most, 2) if most else 0.0
