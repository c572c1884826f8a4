"""What a search may be asked for by name: orders, which words must occur, values left out."""

from __future__ import annotations

from collections.abc import Iterable

SORTS = ("relevance", "newest", "oldest", "arrived")
MATCHES = ("all", "any", "strict")
VIEWS = ("full", "compact")
EXCLUDED = "-"
"""Before a value of a facet, `-harbour-office`: releases that do not have it. No slug and no tag of
a language begins so."""


def excluded(value: str) -> str:
    """The value of a facet that is not wanted; empty where it is wanted."""
    return value[1:] if value.startswith(EXCLUDED) else ""


def wanted_and_excluded(values: Iterable[str]) -> tuple[list[str], list[str]]:
    """The values of a facet of which releases are to have any, and those that none is to have."""
    several = list(values)
    wanted = [each for each in several if not excluded(each)]
    return wanted, [each for each in map(excluded, several) if each]
