"""Scores as whole numbers of grains, whose sums are exact in whatever order they are added up.

Every engine must come to the same order, and a cluster keeps scores in 32 bits: these hold each
whole number of grains below 2,048.
"""

from __future__ import annotations

GRAINS = 8192
"""Of a score of 1. What is apart by less is alike, and stands by date: a search scores some 20, and
one for a headline 1,000 more."""


def grained(score: float) -> float:
    """The nearest whole number of grains, of two equally near the even one."""
    return round(score * GRAINS) / GRAINS
