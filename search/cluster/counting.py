"""Counts of documents that reading a search asks for: known ones at once, others many at a time."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import TypeVar

from whoosh.query import Query, Term

from index.cluster.client import Client
from search.cluster.translation import Clause, matching
from search.query.combined_fields import CombinedFields
from search.query.statistics import Statistics

MAX_KNOWN = 50_000
"""Counts that are kept of a commit; each takes some 500 bytes."""
ROUNDS = 6
"""Times that a search is read to see what it asks for. What one answer leads to is asked for in the
next round: a search for a word of a language that others share takes two."""

Made = TypeVar("Made")


class Counting:
    """Counts of one commit. Shared between threads; each collects for itself."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, int] = {}
        self._collecting = threading.local()

    def __len__(self) -> int:
        return len(self._known)

    def collected(self, make: Callable[[], Made]) -> Made:
        """What a function makes of counts that it asks for: in as few requests as possible.

        It is called again and again, with 0 for what is not known yet, and must not keep anything.
        """
        for _ in range(ROUNDS):
            asked: dict[str, Clause] = {}
            self._collecting.asked = asked
            try:
                made = make()
            finally:
                self._collecting.asked = None
            if not asked:
                return made
            self._fetch(asked)
        return make()

    def of(self, clause: Clause) -> int:
        """How many documents match."""
        key = json.dumps(clause, sort_keys=True)
        found = self._known.get(key)
        if found is not None:
            return found
        asked: dict[str, Clause] | None = getattr(self._collecting, "asked", None)
        if asked is not None:
            asked[key] = clause
            return 0
        self._fetch({key: clause})
        return self._known[key]

    def of_query(self, query: Query) -> int:
        """How many documents match a query."""
        return self.of(matching(query))

    def statistics(self, documents: int) -> Statistics:
        """What queries are weighed by. It keeps what it was told: use it for one reading."""
        return Statistics(
            documents,
            lambda field, term: self.of_query(Term(field, term)),
            lambda fields, terms: self.of_query(CombinedFields(fields, terms)),
        )

    def _fetch(self, asked: dict[str, Clause]) -> None:
        bodies = [
            {"size": 0, "track_total_hits": True, "query": clause} for clause in asked.values()
        ]
        if len(self._known) > MAX_KNOWN:
            self._known.clear()
        for key, found in zip(asked, self._client.searches(bodies), strict=True):
            self._known[key] = found["hits"]["total"]["value"]
