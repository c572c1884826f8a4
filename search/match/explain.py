"""Explanations: the parts of a score, clause by clause, which add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatchmethod
from typing import NamedTuple

import numpy as np
from whoosh import query as q
from whoosh.searching import Searcher

from index.array_types import DocIds, Flags, Scores
from search.match.doc_sets import Matches, among
from search.match.evaluate import evaluate
from search.match.rescore import parts_of, scores_of
from search.match.search_time import SearchTime
from search.match.segment_searcher import segment_of
from search.query.combined_fields import CombinedFields
from search.query.grains import grained
from search.results import FieldCount, ScorePart


class _Scored(NamedTuple):
    """A clause, what its score was multiplied by, and (n,) what it scores each document so."""

    clause: q.Query
    factor: float
    scores: Scores


def explained(
    searcher: Searcher,
    query: q.Query,
    found: Matches,
    scores: Mapping[int, float | None],
    limit: SearchTime | None = None,
) -> dict[int, tuple[ScorePart, ...]]:
    """Of documents with their whole scores: the parts of each, highest first.

    What scores nothing is left out, and what only ranks where a score was not counted with it. The
    parts add up to the score, but for a grain of each where several are weighted together.

    :param found: the matches, with what scores them without what only ranks.
    """
    if found.scores is None:
        return {}
    doc_ids = np.array(sorted(scores), np.uint32)
    own = found.scores[found.doc_ids.searchsorted(doc_ids)]
    alone = own == np.array([scores[number] for number in doc_ids.tolist()])
    matching = parts_of(query).matching
    return _parts(searcher, query, doc_ids[~alone], limit) | _parts(
        searcher, matching, doc_ids[alone], limit
    )


def weight_of(clause: q.Query) -> float:
    """What a clause scores at the most."""
    return grained(clause.score if isinstance(clause, q.ConstantScoreQuery) else clause.boost)


def said(clause: q.Query) -> tuple[str, tuple[str, ...]]:
    """What kind of clause it is, and the words that it speaks of, as the index has them."""
    if isinstance(clause, CombinedFields):
        kind = "form" if clause.fields[0].endswith("_exact") else "word"
        return kind, tuple(dict.fromkeys(map(_without_language, clause.terms)))
    inner = clause.child if isinstance(clause, q.ConstantScoreQuery) else clause
    leaves = list(inner.leaves())
    kind = "other"
    if all(isinstance(leaf, q.Phrase) for leaf in leaves):
        kind = "side-by-side" if all(leaf.slop == 1 for leaf in leaves) else "near"
    elif isinstance(inner, q.And):
        kind = "all"
    elif any(isinstance(leaf, q.Prefix | q.Wildcard | q.FuzzyTerm) for leaf in leaves):
        kind = "pattern"
    return kind, tuple(dict.fromkeys(word for leaf in leaves for word in _words(leaf)))


def plain_field(field: str) -> str:
    """The field of a release that a field of the index holds."""
    return field.removesuffix("_exact")


def _parts(
    searcher: Searcher, query: q.Query, doc_ids: DocIds, limit: SearchTime | None
) -> dict[int, tuple[ScorePart, ...]]:
    explainer = _Explainer(searcher, doc_ids, limit)
    scored = list(explainer.parts(query, 1.0, np.ones(len(doc_ids), np.bool_)))
    return {
        number: tuple(
            sorted(
                (
                    explainer.part(each, number, float(each.scores[at]))
                    for each in scored
                    if each.scores[at]
                ),
                key=lambda part: -part.score,
            )
        )
        for at, number in enumerate(doc_ids.tolist())
    }


class _Explainer:
    """Some documents whose scores are taken apart."""

    def __init__(self, searcher: Searcher, doc_ids: DocIds, limit: SearchTime | None) -> None:
        self._searcher = searcher
        self._doc_ids = doc_ids
        self._limit = limit

    @singledispatchmethod
    def parts(self, query: q.Query, factor: float, held: Flags) -> Iterator[_Scored]:
        """The clauses that score, of a query that the `held` documents match."""
        scores = scores_of(self._searcher, query, self._doc_ids) * factor
        yield _Scored(query, factor, np.where(held, scores, 0.0))

    @parts.register
    def _of_and(self, query: q.And, factor: float, held: Flags) -> Iterator[_Scored]:
        """All clauses score; a Not among them scores 1.0, as in Whoosh."""
        factor *= query.boost if len(query.subqueries) > 1 else 1.0
        for child in query.subqueries:
            if isinstance(child, q.Not):
                yield _Scored(child, factor, np.where(held, factor, 0.0))
            else:
                yield from self.parts(child, factor, held)

    @parts.register
    def _of_or(self, query: q.Or, factor: float, held: Flags) -> Iterator[_Scored]:
        """Those clauses score that match."""
        factor *= query.boost if len(query.subqueries) > 1 else 1.0
        for child in query.subqueries:
            yield from self.parts(child, factor, held & self._matching(child))

    @parts.register
    def _of_word(self, query: CombinedFields, factor: float, held: Flags) -> Iterator[_Scored]:
        """One clause, though it is an Or."""
        scores = scores_of(self._searcher, query, self._doc_ids) * factor
        yield _Scored(query, factor, np.where(held, scores, 0.0))

    @parts.register
    def _of_maybe(self, query: q.AndMaybe, factor: float, held: Flags) -> Iterator[_Scored]:
        """The second half scores where it matches."""
        yield from self.parts(query.a, factor, held)
        yield from self.parts(query.b, factor, held & self._matching(query.b))

    @parts.register
    def _of_and_not(self, query: q.AndNot, factor: float, held: Flags) -> Iterator[_Scored]:
        """What is left out scores nothing."""
        yield from self.parts(query.a, factor, held)

    def _matching(self, query: q.Query) -> Flags:
        """(n,) which of the documents match."""
        found = evaluate(self._searcher, query, scored=False, limit=self._limit)
        return among(self._doc_ids, found.doc_ids)

    def part(self, scored: _Scored, number: int, score: float) -> ScorePart:
        """What one clause adds to the score of a document."""
        clause, factor = scored.clause, scored.factor
        kind, words = said(clause)
        return ScorePart(
            kind, words, self._counts(clause, number), weight_of(clause) * factor, score
        )

    def _counts(self, clause: q.Query, number: int) -> tuple[FieldCount, ...]:
        """How often a word stands in each field of a document; nothing for other clauses."""
        if not isinstance(clause, CombinedFields):
            return ()
        leaf, local = next(
            (leaf, number - offset)
            for leaf, offset in reversed(self._searcher.leaf_searchers())
            if offset <= number
        )
        counts = [(field, _count(leaf, field, clause.terms, local)) for field in clause.fields]
        return tuple(FieldCount(plain_field(field), count) for field, count in counts if count)


def _count(leaf: Searcher, field: str, terms: tuple[str, ...], number: int) -> int:
    """How often any of some terms stands in a field of a document of a segment."""
    segment, count = segment_of(leaf), 0
    for term in terms:
        known = segment and segment.find_term(field, term)
        if segment is None or not known:
            continue
        postings = segment.query_term(*known, scored=False).postings
        at = int(postings.doc_ids.searchsorted(number))
        if at < len(postings.doc_ids) and int(postings.doc_ids[at]) == number:
            count += int(postings.frequencies[at])
    return count


def _words(leaf: q.Query) -> Iterator[str]:
    words = getattr(leaf, "words", None) or [getattr(leaf, "text", "")]
    return (_without_language(word) for word in words if isinstance(word, str) and word)


def _without_language(term: str) -> str:
    """A stem without the language that it is of."""
    return term.partition("@")[0] or term
