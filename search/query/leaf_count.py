"""Leaves of a query tree counted: its terms, phrases and patterns, for the bounds of caches."""

from __future__ import annotations

from whoosh.query import Query

from search.query.positional import Slots


def leaf_count(query: Query) -> int:
    """As many as `query.leaves()` gives, whose generators in generators take four times as long."""
    remaining, count = [query], 0
    while remaining:
        each = remaining.pop()
        if isinstance(each, Slots):
            remaining += each.places
        elif each.is_leaf():
            count += 1
        else:
            remaining += each.children()
    return count
