"""A query clause of ours: documents that hold clauses of at least so much weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from whoosh.matching import ListMatcher, Matcher
from whoosh.query import Or, Query


class AtLeast(Or):  # type: ignore[misc]
    """Documents whose clauses weigh at least `minimum` together; scored as `Or` would.

    With a weight of 1 for each clause it is "at least n of these". A clause that weighs 0 adds to
    the score alone. An engine that has no such clause filters `Or` by a sum of constant scores.

    :param weights: whole numbers, one a clause, so that sums are exact everywhere.
    """

    def __init__(
        self, subqueries: Sequence[Query], weights: Sequence[int], minimum: int, boost: float = 1.0
    ) -> None:
        super().__init__(list(subqueries), boost=boost)
        self.weights = tuple(weights)
        self.minimum = minimum

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, AtLeast)
            and bool(super().__eq__(other))
            and (self.weights, self.minimum) == (other.weights, other.minimum)
        )

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.weights, self.minimum))

    def __repr__(self) -> str:
        return f"AtLeast({self.subqueries!r}, {self.weights!r}, {self.minimum!r})"

    def apply(self, fn: Callable[[Query], Query]) -> Query:
        """The same over changed clauses."""
        return AtLeast(list(map(fn, self.subqueries)), self.weights, self.minimum, self.boost)

    def normalize(self) -> Query:
        """Itself: clauses may not be merged, each has its weight."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matcher for one segment, for segments that have no array form."""
        held: defaultdict[int, int] = defaultdict(int)
        scores: defaultdict[int, float] = defaultdict(float)
        for clause, weight in zip(self.subqueries, self.weights, strict=True):
            matcher = clause.matcher(searcher, context)
            while matcher.is_active():
                held[matcher.id()] += weight
                scores[matcher.id()] += matcher.score()
                matcher.next()
        ids = sorted(number for number, weight in held.items() if weight >= self.minimum)
        return ListMatcher(ids, weights=[scores[number] * self.boost for number in ids])
