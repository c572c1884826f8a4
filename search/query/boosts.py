"""Boosts: a query whose scores count more or less, `word^2`."""

from __future__ import annotations

from copy import copy

from whoosh.query import AndMaybe, AndNot, ConstantScoreQuery, Query

from search.query.positional import Slots


def boosted(query: Query, boost: float) -> Query:
    """The query with all scores times `boost`; what matches stays."""
    if boost == 1.0:
        return query
    if isinstance(query, ConstantScoreQuery):
        return ConstantScoreQuery(query.child, query.score * boost)
    made = copy(query)
    if isinstance(query, AndNot | AndMaybe):
        made.a = boosted(query.a, boost)
        if isinstance(query, AndMaybe):
            made.b = boosted(query.b, boost)
    elif isinstance(query, Slots):
        object.__setattr__(made, "boost", query.boost * boost)
    elif hasattr(query, "boost"):
        made.boost = query.boost * boost
    return made
