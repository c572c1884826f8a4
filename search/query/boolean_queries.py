"""Queries joined by `and` and `or`; one alone stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.query import And, Or, Query


def all_of(queries: Sequence[Query]) -> Query:
    """One query, or all of several."""
    return queries[0] if len(queries) == 1 else And(list(queries))


def any_of(queries: Sequence[Query]) -> Query:
    """One query, or any of several, each once."""
    unique = list(dict.fromkeys(queries)) if len(queries) > 1 else queries
    return unique[0] if len(unique) == 1 else Or(list(unique))
