"""A Whoosh query tree over one segment's arrays.

Every kind of node has a function that finds all its documents. Those that can also answer for
given documents alone (`among`) are asked so, once a rarer part of an And has been found.

Scores are those of stock Whoosh's exhaustive search; `docs/index-format.md` lists where not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q

from search import compiled
from search.match import doc_sets, multi_terms, phrases
from search.match.cache import postings_cache
from search.match.fallback import by_matcher
from search.match.leaf import Leaf, unique
from search.match.postings import Found, Numbers, Scores
from search.match.unions import held, union

MAX_DEPTH = 200
"""Nesting of a query tree that is evaluated."""
_REMEMBERED_PARTS = 6

Restricted = tuple[NDArray[np.bool_], Scores | None]


def search_leaf(leaf: Leaf, query: q.Query, *, scored: bool) -> Found:
    """All live documents of a segment that match, with scores if asked for.

    :raises RecursionError: for a tree deeper than `MAX_DEPTH`.
    """
    found = find(leaf, query, scored)
    if leaf.live is not None:
        keep = leaf.live[found.ids]
        found = Found(found.ids[keep], None if found.scores is None else found.scores[keep])
    return found


def find(leaf: Leaf, query: q.Query, scored: bool) -> Found:
    """All documents that match a node; deleted ones may be among them."""
    for kind in type(query).__mro__:
        finder = _FINDERS.get(kind)
        if finder is not None:
            if kind is not type(query) and kind not in _OPEN_TO_SUBCLASSES:
                break
            return finder(leaf, query, scored)
    return by_matcher(leaf.searcher, query, scored)


def among(leaf: Leaf, query: q.Query, ids: Numbers, scored: bool) -> Restricted:
    """Which of some documents match a node, and (len(ids),) scores, 0 where they do not."""
    if type(query) is q.Term:
        return _term_among(leaf, query, ids, scored)
    if type(query) is q.Or and not query.scale and len(query.subqueries) > 1:
        return _or_among(leaf, query, ids, scored)
    found = find(leaf, query, scored)
    inside, at = held(ids, found.ids)
    if found.scores is None:
        return inside, None
    scores = np.zeros(len(ids))
    scores[inside] = found.scores[at]
    return inside, scores


def _term(leaf: Leaf, query: q.Term, scored: bool) -> Found:
    known = leaf.term(query.fieldname, query.text)
    if known is None:
        return leaf.nothing(scored)
    return _boosted(leaf.found(*known, scored), query.boost)


def _term_among(leaf: Leaf, query: q.Term, ids: Numbers, scored: bool) -> Restricted:
    known = leaf.term(query.fieldname, query.text)
    if known is None:
        return np.zeros(len(ids), bool), np.zeros(len(ids)) if scored else None
    postings = leaf.postings(*known)
    if postings.is_dense and not postings.own_weights:
        frequencies = postings.row[ids]
        inside = frequencies > 0
        if not scored:
            return inside, None
        scores = leaf.scorer(*known).frequencies(ids, frequencies)
        return inside, scores if query.boost == 1.0 else scores * query.boost
    inside, at = postings.places(ids)
    if not scored:
        return inside, None
    scorer, chosen = leaf.scorer(*known), ids[inside]
    scores = np.zeros(len(ids))
    if postings.own_weights:
        scores[inside] = scorer.weights(chosen, postings.weights[at])
    else:
        scores[inside] = scorer.frequencies(chosen, postings.frequencies[at])
    return inside, scores if query.boost == 1.0 else scores * query.boost


def _or_among(leaf: Leaf, query: q.Or, ids: Numbers, scored: bool) -> Restricted:
    inside = np.zeros(len(ids), bool)
    scores = np.zeros(len(ids)) if scored else None
    for child in query.subqueries:
        in_child, child_scores = among(leaf, child, ids, scored)
        inside |= in_child
        if scores is not None and child_scores is not None:
            scores += child_scores
    return inside, _times(scores, query.boost)


def _and(leaf: Leaf, query: q.And, scored: bool) -> Found:
    """Documents of the rarest part that the others hold too; each Not adds 1.0, as in Whoosh."""
    children = list(query.subqueries)
    if not children:
        return leaf.nothing(scored)
    if len(children) == 1:
        return find(leaf, children[0], scored)
    wanted = [child for child in children if type(child) is not q.Not]
    unwanted = [child for child in children if type(child) is q.Not]
    if not wanted:
        return _nots(leaf, unwanted, scored, query.boost)
    wanted.sort(key=lambda child: estimate(leaf, child))
    found = find(leaf, wanted[0], scored)
    for child in wanted[1:]:
        if not len(found.ids):
            return leaf.nothing(scored)
        found = _both(leaf, found, child, scored)
    for child in unwanted:
        ids, scores = _outside(leaf, found, child.query)
        found = Found(ids, None if scores is None else scores + 1.0)
    return _boosted(found, query.boost)


def _both(leaf: Leaf, found: Found, query: q.Query, scored: bool) -> Found:
    """Found documents that match a node too, its scores added."""
    if compiled.kernel is not None:
        parts, boost = _parts(leaf, query, scored)
        return doc_sets.keep(compiled.kernel, found, parts, leaf.count, boost, wanted=True)
    inside, more = among(leaf, query, found.ids, scored)
    return Found(found.ids[inside], _sum(found.scores, more, inside))


def _outside(leaf: Leaf, found: Found, query: q.Query) -> Found:
    """Found documents that do not match a node, with the scores that they have."""
    if compiled.kernel is not None:
        parts, _ = _parts(leaf, query, False)
        return doc_sets.keep(compiled.kernel, found, parts, leaf.count, 1.0, wanted=False)
    outside = ~among(leaf, query, found.ids, False)[0]
    return Found(found.ids[outside], None if found.scores is None else found.scores[outside])


def _parts(leaf: Leaf, query: q.Query, scored: bool) -> tuple[list[doc_sets.Part], float]:
    """A node as sets whose scores add up, and what the sum is multiplied by."""
    if type(query) is q.Or and not query.scale and len(query.subqueries) > 1:
        parts = [_part(leaf, child, scored) for child in query.subqueries]
        return [part for part in parts if part is not None], query.boost
    part = _part(leaf, query, scored)
    return [] if part is None else [part], 1.0


def _part(leaf: Leaf, query: q.Query, scored: bool, *, row: bool = True) -> doc_sets.Part | None:
    """A node as one set: a term as it is, anything else evaluated."""
    if type(query) is q.Term:
        known = leaf.term(query.fieldname, query.text)
        if known is None:
            return None
        postings = leaf.postings(*known)
        if not postings.own_weights:
            scorer = leaf.scorer(*known) if scored else None
            return doc_sets.term_part(postings, scorer, query.boost, row=row)
    return doc_sets.found_part(find(leaf, query, scored))


def _nots(leaf: Leaf, children: list[q.Not], scored: bool, boost: float) -> Found:
    outside = np.ones(leaf.count, bool)
    for child in children:
        outside[find(leaf, child.query, False).ids] = False
    ids = np.flatnonzero(outside).astype(np.uint32)
    return Found(ids, np.full(len(ids), len(children) * boost) if scored else None)


def _or(leaf: Leaf, query: q.Or, scored: bool) -> Found:
    children = list(query.subqueries)
    if query.scale and scored:
        return by_matcher(leaf.searcher, query, scored)
    if len(children) == 1:
        return find(leaf, children[0], scored)
    if scored and len(children) <= _REMEMBERED_PARTS and _are_terms(children):
        return _sum_of_terms(leaf, query)
    if not scored and _are_terms(children):
        return Found(multi_terms.documents(leaf, _numbers(leaf, children)), None)
    parts = [find(leaf, child, scored) for child in children]
    return _boosted(union(parts, leaf.count) if parts else leaf.nothing(scored), query.boost)


def _sum_of_terms(leaf: Leaf, query: q.Or) -> Found:
    """A word in several fields: frequent ones come from memory."""
    children = query.subqueries
    known = [leaf.term(child.fieldname, child.text) for child in children]
    size = sum(int(each[0].counts[each[1]]) for each in known if each is not None)

    def make() -> Found:
        if compiled.kernel is not None:
            made = [_part(leaf, child, True, row=False) for child in children]
            held = [part for part in made if part is not None]
            return doc_sets.unite(compiled.kernel, held, leaf.count, query.boost, scored=True)
        parts = [_term(leaf, child, True) for child in children]
        return _boosted(union(parts, leaf.count), query.boost)

    if size * 64 < leaf.count:
        return make()
    scorers = [
        (each[0].name, each[1], child.boost, leaf.scorer(*each).idf)
        for each, child in zip(known, children, strict=True)
        if each is not None
    ]
    averages = tuple(leaf.average_length(name) for name, *_ in scorers)
    return postings_cache.get_or_make(
        (leaf.files.key, *scorers, averages, query.boost, leaf.model_key), make
    )


def _disjunction_max(leaf: Leaf, query: q.DisjunctionMax, scored: bool) -> Found:
    children = query.subqueries
    if len(children) == 1:
        return find(leaf, children[0], scored)
    parts = [find(leaf, child, scored) for child in children]
    if not parts:
        return leaf.nothing(scored)
    return _boosted(union(parts, leaf.count, highest=True), query.boost)


def _not(leaf: Leaf, query: q.Not, scored: bool) -> Found:
    return _nots(leaf, [query], scored, 1.0)


def _and_not(leaf: Leaf, query: q.AndNot, scored: bool) -> Found:
    return _outside(leaf, find(leaf, query.a, scored), query.b)


def _and_maybe(leaf: Leaf, query: q.AndMaybe, scored: bool) -> Found:
    ids, scores = find(leaf, query.a, scored)
    if scores is None:
        return Found(ids, None)
    _, more = among(leaf, query.b, ids, True)
    return Found(ids, scores if more is None else scores + more)


def _require(leaf: Leaf, query: q.Require, scored: bool) -> Found:
    ids, scores = find(leaf, query.a, scored)
    inside, _ = among(leaf, query.b, ids, False)
    return Found(ids[inside], None if scores is None else scores[inside])


def _constant(leaf: Leaf, query: q.ConstantScoreQuery, scored: bool) -> Found:
    return _constantly(find(leaf, query.child, False).ids, query.score, scored)


def _every(leaf: Leaf, query: q.Every, scored: bool) -> Found:
    if query.fieldname is None or query.fieldname == "*":
        ids = np.arange(leaf.count, dtype=np.uint32)
    else:
        ids = leaf.documents_of_field(query.fieldname)
    return _constantly(ids, query.boost, scored)


def _nothing(leaf: Leaf, query: q.Query, scored: bool) -> Found:  # noqa: ARG001
    return leaf.nothing(scored)


def _phrase(leaf: Leaf, query: q.Phrase, scored: bool) -> Found:
    field = leaf.field(query.fieldname)
    if field is None:
        return leaf.nothing(scored)
    if field.kind != "positions":
        return by_matcher(leaf.searcher, query, scored)
    known = [leaf.term(query.fieldname, word) for word in query.words]
    numbers = [each[1] for each in known if each is not None]
    if not numbers or len(numbers) < len(known):
        return leaf.nothing(scored)
    if compiled.kernel is not None:
        postings = [leaf.postings(field, number) for number in numbers]
        if not any(each.own_weights for each in postings):
            words = [
                (number, each, leaf.scorer(field, number) if scored else None)
                for number, each in zip(numbers, postings, strict=True)
            ]
            return doc_sets.match_phrase(
                compiled.kernel, words, query.slop, leaf.count, query.boost, scored=scored
            )
    ids = phrases.documents(leaf, field, numbers, query.slop)
    if not scored:
        return Found(ids, None)
    scores = np.zeros(len(ids))
    for word in query.words:
        _, more = _term_among(leaf, q.Term(query.fieldname, word), ids, True)
        scores += 0.0 if more is None else more
    return _boosted(Found(ids, scores), query.boost)


def _multi_term(leaf: Leaf, query: q.Query, scored: bool) -> Found:
    """All terms that a pattern stands for: one constant score, or the sum of theirs."""
    field = leaf.field(query.fieldname)
    if field is None:
        return leaf.nothing(scored)
    every = multi_terms.every_document(leaf, query)
    if every is not None:
        return _constantly(every, query.boost, scored)
    numbers = multi_terms.terms_of(leaf, field, query)
    if query.constantscore or not scored:
        ids = multi_terms.documents(leaf, [(field, numbers)])
        return _constantly(ids, query.boost, scored)
    parts = [leaf.found(field, int(number), True) for number in numbers]
    if len(parts) == 1:
        return parts[0]
    return _boosted(union(parts, leaf.count) if parts else leaf.nothing(scored), query.boost)


def _numeric_range(leaf: Leaf, query: q.NumericRange, scored: bool) -> Found:
    if leaf.field(query.fieldname) is None:
        return leaf.nothing(scored)
    return find(leaf, query._compile_query(leaf.searcher.reader()), scored)


def estimate(leaf: Leaf, query: q.Query) -> int:
    """About how many documents of the segment a node matches, never less than it does."""
    if type(query) is q.Term:
        known = leaf.term(query.fieldname, query.text)
        return 0 if known is None else int(known[0].counts[known[1]])
    if type(query) is q.Phrase:
        terms = [q.Term(query.fieldname, word) for word in query.words]
        return min((estimate(leaf, term) for term in terms), default=0)
    if type(query) is q.And:
        return min((estimate(leaf, child) for child in query.subqueries), default=0)
    if type(query) in (q.Or, q.DisjunctionMax):
        return min(sum(estimate(leaf, child) for child in query.subqueries), leaf.count)
    if isinstance(query, q.AndNot | q.AndMaybe | q.Require):
        return estimate(leaf, query.a)
    if type(query) is q.ConstantScoreQuery:
        return estimate(leaf, query.child)
    return leaf.count


def _numbers(leaf: Leaf, terms: list[q.Term]) -> list[Any]:
    """Term numbers by field."""
    by_field: dict[str, list[int]] = {}
    for term in terms:
        known = leaf.term(term.fieldname, term.text)
        if known is not None:
            by_field.setdefault(known[0].name, []).append(known[1])
    return [(leaf.field(name), np.unique(np.array(numbers))) for name, numbers in by_field.items()]


def _are_terms(children: list[q.Query]) -> bool:
    return all(type(child) is q.Term for child in children)


def _constantly(ids: Numbers, score: float, scored: bool) -> Found:
    return Found(ids, np.full(len(ids), float(score)) if scored else None)


def _boosted(found: Found, boost: float) -> Found:
    return found if boost == 1.0 else Found(found.ids, _times(found.scores, boost))


def _times(scores: Scores | None, boost: float) -> Scores | None:
    return scores if scores is None or boost == 1.0 else scores * boost


def _sum(scores: Scores | None, more: Scores | None, inside: NDArray[np.bool_]) -> Scores | None:
    if scores is None or more is None:
        return None
    return scores[inside] + more[inside]


Finder = Callable[[Leaf, Any, bool], Found]

_FINDERS: dict[type, Finder] = {
    q.Term: _term,
    q.And: _and,
    q.Or: _or,
    q.DisjunctionMax: _disjunction_max,
    q.Not: _not,
    q.AndNot: _and_not,
    q.AndMaybe: _and_maybe,
    q.Require: _require,
    q.ConstantScoreQuery: _constant,
    q.Every: _every,
    type(q.NullQuery): _nothing,
    q.Phrase: _phrase,
    q.Prefix: _multi_term,
    q.Wildcard: _multi_term,
    q.Regex: _multi_term,
    q.FuzzyTerm: _multi_term,
    q.TermRange: _multi_term,
    q.Variations: _multi_term,
    q.NumericRange: _numeric_range,
    q.DateRange: _numeric_range,
}
_OPEN_TO_SUBCLASSES = {q.AndNot}
"""Kinds whose subclasses mean the same set and the same scores."""
__all__ = ["among", "find", "search_leaf", "unique"]
