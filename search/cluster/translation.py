"""Translation of a Whoosh query tree into a cluster's query: the same documents, the same scores.

Scores are those of `docs/ranking.md`. A word counts in a field by a similarity that the index was
made with (`index.cluster.mapping`), what it counts in all its fields is added up, and a script
saturates the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from whoosh import query as q

from index.cluster.mapping import TEXTS
from index.cluster.wire import wire_term
from index.schema import HEADLINE_BOOST
from search.match.bm25 import K1
from search.query.at_least import AtLeast
from search.query.combined_fields import CombinedFields
from search.query.grains import GRAINS, grained
from search.query.positional import Gap, GapPhrase

QueryDsl = dict[str, Any]
"""A part of a body that the cluster is sent: a query, an order or what is to be counted."""

EVERYTHING: QueryDsl = {"match_all": {}}
NOTHING: QueryDsl = {"match_none": {}}
_SATURATED = f"Math.rint(params.boost * _score / (_score + {K1}) * {GRAINS}.0) / {GRAINS}.0"
"""What a word counts in all fields -> its score; all of these are whole numbers of grains."""
_TIMES = f"Math.rint(params.boost * _score * {GRAINS}.0) / {GRAINS}.0"


def scored(query: q.Query) -> QueryDsl:
    """The query with its scores."""
    return _rule(query, _SCORED)(query)


def matching(query: q.Query) -> QueryDsl:
    """The query without scores, for filters and counts."""
    return _rule(query, _MATCHING)(query)


def all_of(filters: Sequence[QueryDsl]) -> QueryDsl:
    """Documents that pass all of some filters."""
    if len(filters) == 1:
        return filters[0]
    return {"bool": {"filter": list(filters)}} if filters else EVERYTHING


Rule = Callable[[Any], QueryDsl]


def _rule(query: q.Query, rules: dict[type, Rule]) -> Rule:
    for kind in type(query).__mro__:
        if kind in rules:
            return rules[kind]
    raise TypeError(f"a cluster cannot be asked for {query!r}")


def _constantly(clause: QueryDsl, score: float) -> QueryDsl:
    return {"constant_score": {"filter": clause, "boost": grained(score)}}


def _scored_constantly(query: q.Query) -> QueryDsl:
    return _constantly(matching(query), query.boost)


def _times(clause: QueryDsl, boost: float) -> QueryDsl:
    return clause if boost == 1.0 else _script(clause, _TIMES, boost)


def _script(clause: QueryDsl, source: str, boost: float) -> QueryDsl:
    script = {"source": source, "params": {"boost": float(boost)}}
    return {"script_score": {"query": clause, "script": script}}


def _any(clauses: Sequence[QueryDsl], least: int = 1) -> QueryDsl:
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": list(clauses), "minimum_should_match": least}}


def _term(query: q.Term) -> QueryDsl:
    text = query.text
    return {"term": {query.fieldname: wire_term(text) if query.fieldname in TEXTS else text}}


def _scored_term(query: q.Term) -> QueryDsl:
    if query.fieldname not in TEXTS:
        return _constantly(_term(query), query.boost)
    return _saturated([query], query.boost)


def _combined(query: CombinedFields) -> QueryDsl:
    return _any([_term(each) for each in query.subqueries])


def _scored_combined(query: CombinedFields) -> QueryDsl:
    return _saturated(query.subqueries, query.boost)


def _saturated(terms: Iterable[q.Term], boost: float) -> QueryDsl:
    counted = [
        {
            "term": {
                each.fieldname: {"value": wire_term(each.text), "boost": _weight(each.fieldname)}
            }
        }
        for each in terms
    ]
    if not boost:
        return _constantly(_any(counted), 0.0)
    return _script(_any(counted), _SATURATED, boost)


def _weight(field: str) -> float:
    return HEADLINE_BOOST if field.startswith("headline") else 1.0


def _and(query: q.And) -> QueryDsl:
    wanted = [matching(each) for each in query.subqueries if type(each) is not q.Not]
    unwanted = [matching(each.query) for each in query.subqueries if type(each) is q.Not]
    if not query.subqueries:
        return NOTHING
    return {"bool": {"filter": wanted or [EVERYTHING], "must_not": unwanted}}


def _scored_and(query: q.And) -> QueryDsl:
    """Each Not adds 1.0, as in Whoosh."""
    wanted = [scored(each) for each in query.subqueries if type(each) is not q.Not]
    unwanted = [matching(each.query) for each in query.subqueries if type(each) is q.Not]
    if not query.subqueries:
        return NOTHING
    must = [*wanted, *[_constantly(EVERYTHING, 1.0)] * len(unwanted)]
    return _times({"bool": {"must": must, "must_not": unwanted}}, query.boost)


def _or(query: q.Or) -> QueryDsl:
    fields = {each.fieldname for each in query.subqueries if type(each) is q.Term}
    if len(fields) == 1 and all(type(each) is q.Term for each in query.subqueries):
        (field,) = fields
        made = [_term(each)["term"][field] for each in query.subqueries]
        return {"terms": {field: made}}
    return _any([matching(each) for each in query.subqueries]) if query.subqueries else NOTHING


def _scored_or(query: q.Or) -> QueryDsl:
    if not query.subqueries:
        return NOTHING
    return _times(_any([scored(each) for each in query.subqueries]), query.boost)


def _at_least(query: AtLeast) -> QueryDsl:
    clauses = [matching(each) for each in query.subqueries]
    if set(query.weights) == {1}:
        return _any(clauses, least=query.minimum)
    weighed = [
        _constantly(clause, weight)
        for clause, weight in zip(clauses, query.weights, strict=True)
        if weight
    ]
    return {"function_score": {"query": _any(weighed), "min_score": query.minimum}}


def _scored_at_least(query: AtLeast) -> QueryDsl:
    children = [scored(each) for each in query.subqueries]
    return _times({"bool": {"filter": [_at_least(query)], "should": children}}, query.boost)


def _and_not(query: q.AndNot) -> QueryDsl:
    return {"bool": {"filter": [matching(query.a)], "must_not": [matching(query.b)]}}


def _scored_and_not(query: q.AndNot) -> QueryDsl:
    return {"bool": {"must": [scored(query.a)], "must_not": [matching(query.b)]}}


def _not(query: q.Not) -> QueryDsl:
    return {"bool": {"must_not": [matching(query.query)]}}


def _and_maybe(query: q.AndMaybe) -> QueryDsl:
    return matching(query.a)


def _scored_and_maybe(query: q.AndMaybe) -> QueryDsl:
    return {"bool": {"must": [scored(query.a)], "should": [scored(query.b)]}}


def _constant(query: q.ConstantScoreQuery) -> QueryDsl:
    return matching(query.child)


def _scored_constant(query: q.ConstantScoreQuery) -> QueryDsl:
    return _constantly(matching(query.child), query.score)


def _every(query: q.Every) -> QueryDsl:
    if query.fieldname in (None, "*"):
        return EVERYTHING
    return {"exists": {"field": query.fieldname}}


def _nothing(_: q.Query) -> QueryDsl:
    return NOTHING


def _range(query: q.NumericRange) -> QueryDsl:
    ends = {"gte": query.start, "lte": query.end}
    return {"range": {query.fieldname: {key: end for key, end in ends.items() if end is not None}}}


def _prefix(query: q.Prefix) -> QueryDsl:
    return {"prefix": {query.fieldname: {"value": wire_term(query.text)}}}


def _wildcard(query: q.Wildcard) -> QueryDsl:
    pattern = wire_term(query.text).replace("\\", "\\\\")
    return {"wildcard": {query.fieldname: {"value": pattern}}}


def _phrase(query: q.Phrase) -> QueryDsl:
    words = [wire_term(each) for each in query.words]
    field = query.fieldname
    gaps = query.gaps if isinstance(query, GapPhrase) else ((1, query.slop),) * (len(words) - 1)
    if len(words) == 1:
        return {"term": {field: words[0]}}
    if set(gaps) == {(1, 1)}:
        return {"match_phrase": {field: " ".join(words)}}
    return _chained(field, words, gaps)


def _chained(field: str, words: list[str], gaps: Sequence[Gap]) -> QueryDsl:
    """Each word in reach of an occurrence of the one before that was reached itself.

    Spans nested by nearness alone keep the nearest occurrence and lose what only a later one
    reaches: `alpha beta xx beta yy gamma` within three positions each.
    """
    reached = _span(field, words[0])
    steps = list(zip(words[1:], gaps, strict=True))
    for word, gap in steps[:-1]:
        reached = _reached(reached, field, word, gap)
    word, (least, most) = steps[-1]
    return _near(reached, field, word, least, most)


def _reached(before: QueryDsl, field: str, word: str, gap: Gap) -> QueryDsl:
    """The occurrences of a word that stand in reach of a span."""
    least, most = gap
    if least == most:
        return _near(before, field, word, least, most)
    if least > 1:
        steps = [_near(before, field, word, step, step) for step in range(least, most + 1)]
        return {"span_or": {"clauses": steps}}
    own = _span(field, word)
    far = {"span_not": {"include": own, "exclude": before, "pre": most}}
    return {"span_not": {"include": own, "exclude": far}}


def _near(before: QueryDsl, field: str, word: str, least: int, most: int) -> QueryDsl:
    """A span and a word behind it, so many positions from one to the other."""
    parts = [before, _span(field, word)]
    if least > 1:
        parts.insert(1, {"span_gap": {field: least - 1}})
    return {"span_near": {"clauses": parts, "slop": most - least, "in_order": True}}


def _span(field: str, word: str) -> QueryDsl:
    return {"span_term": {field: word}}


def _disjunction_max(query: q.DisjunctionMax) -> QueryDsl:
    return _any([matching(each) for each in query.subqueries])


def _scored_disjunction_max(query: q.DisjunctionMax) -> QueryDsl:
    return {"dis_max": {"queries": [scored(each) for each in query.subqueries]}}


def _require(query: q.Require) -> QueryDsl:
    return all_of([matching(query.a), matching(query.b)])


def _scored_require(query: q.Require) -> QueryDsl:
    return {"bool": {"must": [scored(query.a)], "filter": [matching(query.b)]}}


_MATCHING: dict[type, Rule] = {
    q.Term: _term,
    CombinedFields: _combined,
    q.And: _and,
    q.Or: _or,
    AtLeast: _at_least,
    q.AndNot: _and_not,
    q.Not: _not,
    q.AndMaybe: _and_maybe,
    q.Require: _require,
    q.ConstantScoreQuery: _constant,
    q.DisjunctionMax: _disjunction_max,
    q.Every: _every,
    type(q.NullQuery): _nothing,
    q.NumericRange: _range,
    q.Prefix: _prefix,
    q.Wildcard: _wildcard,
    q.Phrase: _phrase,
}
_SCORED: dict[type, Rule] = {
    q.Term: _scored_term,
    CombinedFields: _scored_combined,
    q.And: _scored_and,
    q.Or: _scored_or,
    AtLeast: _scored_at_least,
    q.AndNot: _scored_and_not,
    q.Not: lambda query: _constantly(_not(query), 1.0),
    q.AndMaybe: _scored_and_maybe,
    q.Require: _scored_require,
    q.ConstantScoreQuery: _scored_constant,
    q.DisjunctionMax: _scored_disjunction_max,
    type(q.NullQuery): _nothing,
    **dict.fromkeys((q.Every, q.NumericRange, q.Prefix, q.Wildcard, q.Phrase), _scored_constantly),
}
