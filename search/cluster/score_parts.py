"""Parts of the scores of hits on a cluster, clause by clause, as an explanation shows them.

Each clause that scores is put to the cluster by itself, for these hits alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatchmethod
from typing import Any, NamedTuple

from whoosh import query as q

from index.release import Release
from index.text.analysis import tokens
from search.cluster.translation import QueryDsl, matching, scored
from search.match.explain import plain_field, said, weight_of
from search.query.combined_fields import CombinedFields
from search.query.grains import grained
from search.results import FieldCount, ScorePart

Ask = Callable[[Sequence[QueryDsl]], list[dict[str, Any]]]
"""Puts searches with scores to the cluster."""


class ScoringClause(NamedTuple):
    """A clause, what its score is multiplied by, and what else a hit must match to score so.

    `score`: what a hit scores that does; None where that is the clause's.
    """

    clause: q.Query
    factor: float
    within: tuple[q.Query, ...]
    score: float | None = None


def score_parts(
    query: q.Query, hits: Mapping[str, Release], ask: Ask
) -> dict[str, tuple[ScorePart, ...]]:
    """Of hits, by document: the parts of each score, highest first; they add up to it."""
    clauses = list(_Clauses().of(query, 1.0, ()))
    bodies = [_body(each, hits) for each in clauses]
    found: dict[str, list[ScorePart]] = {document: [] for document in hits}
    for each, answer in zip(clauses, ask(bodies), strict=True):
        for hit in answer["hits"]["hits"]:
            own = grained(hit["_score"]) if each.score is None else each.score
            if own:
                found[hit["_id"]].append(_part(each, hits[hit["_id"]], own * each.factor))
    return {
        document: tuple(sorted(parts, key=lambda part: -part.score))
        for document, parts in found.items()
    }


class _Clauses:
    """The clauses of a query that score."""

    @singledispatchmethod
    def of(
        self, query: q.Query, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """Those of a query, which scores so many times as much within others."""
        yield ScoringClause(query, factor, within)

    @of.register
    def _and(
        self, query: q.And, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """All score; a Not among them scores 1.0, as in Whoosh."""
        factor *= query.boost if len(query.subqueries) > 1 else 1.0
        for child in query.subqueries:
            if isinstance(child, q.Not):
                yield ScoringClause(child, factor, within, score=1.0)
            else:
                yield from self.of(child, factor, within)

    @of.register
    def _or(
        self, query: q.Or, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """Those score that match."""
        factor *= query.boost if len(query.subqueries) > 1 else 1.0
        for child in query.subqueries:
            yield from self.of(child, factor, (*within, child))

    @of.register
    def _word(
        self, query: CombinedFields, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """One clause, though it is an Or."""
        yield ScoringClause(query, factor, within)

    @of.register
    def _maybe(
        self, query: q.AndMaybe, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """The second half scores where it matches."""
        yield from self.of(query.a, factor, within)
        yield from self.of(query.b, factor, (*within, query.b))

    @of.register
    def _and_not(
        self, query: q.AndNot, factor: float, within: tuple[q.Query, ...]
    ) -> Iterator[ScoringClause]:
        """What is left out scores nothing."""
        yield from self.of(query.a, factor, within)


def _body(each: ScoringClause, hits: Mapping[str, Release]) -> QueryDsl:
    inside = [{"ids": {"values": list(hits)}}, *map(matching, each.within)]
    scoring = [scored(each.clause)] if each.score is None else []
    query = {"bool": {"must": scoring, "filter": inside}}
    return {"size": len(hits), "query": query, "_source": False, "track_scores": True}


def _part(each: ScoringClause, release: Release, score: float) -> ScorePart:
    kind, words = said(each.clause)
    weight = weight_of(each.clause) * each.factor
    return ScorePart(kind, words, _counts(each.clause, release), weight, score)


def _counts(clause: q.Query, release: Release) -> tuple[FieldCount, ...]:
    """How often a word stands in each field of a release; nothing for other clauses."""
    if not isinstance(clause, CombinedFields):
        return ()
    found = Counter[str]()
    for field in clause.fields:
        name = plain_field(field)
        for token in tokens(getattr(release, name), release.language):
            found[name] += (token.stem if name == field else token.exact) in clause.terms
    return tuple(FieldCount(name, count) for name, count in found.items() if count)
