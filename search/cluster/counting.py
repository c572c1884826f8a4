"""Counts of documents that reading a search asks for: known ones at once, others many at a time."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Hashable
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
        self._known: dict[Hashable, int] = {}
        self._collecting = threading.local()

    def __len__(self) -> int:
        return len(self._known)

    def collected(self, make: Callable[[], Made]) -> Made:
        """What a function makes of counts that it asks for: in as few requests as possible.

        It is called again and again, with 0 for what is not known yet, and must not keep anything.
        """
        for _ in range(ROUNDS):
            asked: dict[Hashable, Clause] = {}
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
        return self._count(json.dumps(clause, sort_keys=True), lambda: clause)

    def of_query(self, query: Query) -> int:
        """How many documents match a query."""
        return self.of(matching(query))

    def statistics(self, documents: int) -> Statistics:
        """What queries are weighed by. It keeps what it was told: use it for one reading."""
        return Statistics(
            documents,
            lambda field, term: self._count((field, term), lambda: matching(Term(field, term))),
            lambda fields, terms: self._count(
                (fields, terms), lambda: matching(CombinedFields(fields, terms))
            ),
        )

    def _count(self, key: Hashable, clause: Callable[[], Clause]) -> int:
        """A count that is known, or else asked for; the clause is made for that alone.

        A search of three words asks thirty times for what is known: 0.3 of its 4.8 ms were clauses.
        """
        found = self._known.get(key)
        if found is not None:
            return found
        asked: dict[Hashable, Clause] | None = getattr(self._collecting, "asked", None)
        if asked is not None:
            asked[key] = clause()
            return 0
        (count,) = self._fetch({key: clause()})
        return count

    def _fetch(self, asked: dict[Hashable, Clause]) -> list[int]:
        """The counts that are asked for, known from now on, unless another thread forgets them."""
        bodies = [
            {"size": 0, "track_total_hits": True, "query": clause} for clause in asked.values()
        ]
        if len(self._known) > MAX_KNOWN:
            self._known.clear()
        counts = [found["hits"]["total"]["value"] for found in self._client.searches(bodies)]
        self._known.update(zip(asked, counts, strict=True))
        return counts
