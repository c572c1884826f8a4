"""The formula of docs/ranking.md as a plain loop over documents and clauses: the oracle of scores."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any

from whoosh import query as q

from search.query.at_least import AtLeast
from search.query.combined_fields import CombinedFields
from search.query.positional import GapPhrase

K1, B = 1.2, 0.75
GRAINS = 8192
Document = Mapping[str, Mapping[str, Sequence[int]]]
"""Field -> term -> positions."""


def byte_length(length: int) -> int:
    """A length as one byte keeps it: of what goes beyond 24 the first four bits, if it has more."""
    if length < 24:
        return length
    dropped = max((length - 24).bit_length() - 4, 0)
    return 24 + ((length - 24) >> dropped << dropped)


def single(number: float) -> float:
    """A number as 32 bits keep it."""
    return float(struct.unpack("f", struct.pack("f", number))[0])


def grained(score: float) -> float:
    """A score as the nearest whole number of grains."""
    return round(score * GRAINS) / GRAINS


class Formula:
    """Scores over all documents of an index, deleted ones too: they count in the average lengths.

    `weights` are those of fields with lengths; what stands in another field scores its boost.
    `matching` says which documents a pattern, a range or another query without terms matches.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        weights: Mapping[str, float],
        matching: Callable[[q.Query], Callable[[int], bool]] | None = None,
    ) -> None:
        self._documents = documents
        self._weights = weights
        self._matching = matching
        # The query stands beside what it matches, so that its identity stays its own.
        self._matched: dict[int, tuple[q.Query, Callable[[int], bool]]] = {}
        self._lengths = {
            field: [sum(map(len, each.get(field, {}).values())) for each in documents]
            for field in weights
        }
        self._averages = {
            field: fmean(filter(None, lengths)) if any(lengths) else 1.0
            for field, lengths in self._lengths.items()
        }

        self._rules: list[tuple[type, Callable[[Any, int], float | None]]] = [
            (CombinedFields, self._combined),
            (q.Term, self._term),
            (q.Phrase, self._phrase),
            (q.AndMaybe, self._maybe),
            (q.AndNot, self._but),
            (q.And, self._all),
            (AtLeast, self._enough),
            (q.Or, self._any),
            (q.Not, self._not),
            (q.ConstantScoreQuery, self._constant),
        ]

    def score(self, query: q.Query, number: int) -> float | None:
        """The score of a document that matches, None for one that does not."""
        for kind, rule in self._rules:
            if isinstance(query, kind):
                return rule(query, number)
        if self._matching is None:
            raise TypeError(f"no rule for {query!r}")
        if id(query) not in self._matched:  # asked once, not for each document
            self._matched[id(query)] = query, self._matching(query)
        return grained(query.boost) if self._matched[id(query)][1](number) else None

    def _counted(self, field: str, term: str, number: int) -> float:
        """What a word counts in one field: occurrences by weight and length."""
        occurrences = len(self._documents[number].get(field, {}).get(term, ()))
        length = max(byte_length(self._lengths[field][number]), 1)
        norm = 1 - B + B * length / self._averages[field]
        return single(occurrences * self._weights[field] / norm)

    def _term(self, query: q.Term, number: int) -> float | None:
        if query.text not in self._documents[number].get(query.fieldname, {}):
            return None
        if query.fieldname not in self._weights:
            return grained(query.boost)
        counted = self._counted(query.fieldname, query.text, number)
        return grained(query.boost * counted / (counted + K1))

    def _combined(self, query: CombinedFields, number: int) -> float | None:
        each = [
            self._counted(field, term, number) for term in query.terms for field in query.fields
        ]
        counted = single(sum(each))
        return grained(query.boost * counted / (counted + K1)) if counted else None

    def _phrase(self, query: q.Phrase, number: int) -> float | None:
        held = self._documents[number].get(query.fieldname, {})
        places = [set(held.get(word, ())) for word in query.words]
        reached = places[0]
        even = ((1, query.slop),) * len(query.words)
        gaps = query.gaps if isinstance(query, GapPhrase) else even
        for following, (least, most) in zip(places[1:], gaps, strict=False):
            steps = range(least, most + 1)
            reached = {
                place for place in following if any(place - step in reached for step in steps)
            }
        return grained(query.boost) if reached else None

    def _all(self, query: q.And, number: int) -> float | None:
        scores = [self.score(child, number) for child in query.subqueries]
        if None in scores:
            return None
        return grained(sum(score or 0.0 for score in scores) * query.boost)

    def _any(self, query: q.Or, number: int) -> float | None:
        scores = [self.score(child, number) for child in query.subqueries]
        found = [score for score in scores if score is not None]
        return grained(sum(found) * query.boost) if found else None

    def _enough(self, query: AtLeast, number: int) -> float | None:
        scores = [self.score(child, number) for child in query.subqueries]
        held = sum(w for w, each in zip(query.weights, scores, strict=True) if each is not None)
        return self._any(query, number) if held >= query.minimum else None

    def _but(self, query: q.AndNot, number: int) -> float | None:
        return None if self.score(query.b, number) is not None else self.score(query.a, number)

    def _maybe(self, query: q.AndMaybe, number: int) -> float | None:
        needed = self.score(query.a, number)
        return None if needed is None else needed + (self.score(query.b, number) or 0.0)

    def _not(self, query: q.Not, number: int) -> float | None:
        return 1.0 if self.score(query.query, number) is None else None

    def _constant(self, query: q.ConstantScoreQuery, number: int) -> float | None:
        return None if self.score(query.child, number) is None else grained(query.score)
