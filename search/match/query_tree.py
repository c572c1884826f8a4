"""Evaluation of a Whoosh query tree over one segment: a function for each kind of query.

Documents are those of stock Whoosh's exhaustive search, `docs/index-format.md` lists where not;
scores are those of `docs/ranking.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q

from index.array_types import DocIds
from search.match import multi_terms
from search.match.bm25 import K1
from search.match.cache import postings_cache
from search.match.doc_sets import (
    NO_DOCUMENTS,
    NO_MATCHES,
    Clause,
    Matches,
    add_scores,
    among,
    constantly,
    difference,
    intersection,
    union,
)
from search.match.estimates import estimate, reads_positions
from search.match.fallback import match_by_whoosh
from search.match.phrase_queries import FREQUENT, phrase_matches
from search.match.postings import QueryTerm
from search.match.segment_searcher import SegmentSearcher
from search.query.at_least import AtLeast
from search.query.combined_fields import CombinedFields
from search.query.grains import grained
from search.query.positional import GapPhrase
from search.query.ranking import most

_FEW_TERMS = 6
"""Terms of an Or up to which its documents are united one by one."""
_CACHED_FROM = 64
"""They are, from one match for so many documents on: rarer words are added up sooner."""


def search_segment(segment: SegmentSearcher, query: q.Query, *, scored: bool) -> Matches:
    """All live documents of a segment that match, with scores if asked for.

    :raises RecursionError: for a tree too deep for Python's stack.
    """
    found = find(segment, query, scored)
    return found if segment.live is None else found.only(segment.live.take(found.doc_ids))


def find(
    segment: SegmentSearcher, query: q.Query, scored: bool, within: DocIds | None = None
) -> Matches:
    """All documents that match a query; deleted ones may be among them.

    :param within: documents, ascending, beyond which nobody asks; what it saves to know them is
        reading positions: other queries are evaluated whole.
    """
    if segment.limit is not None:
        segment.limit.check()
    if within is not None and reads_positions(query):
        return _find_within(segment, query, scored, within)
    for kind in type(query).__mro__:
        evaluate_kind = _EVALUATORS.get(kind)
        if evaluate_kind is not None:
            if kind is not type(query) and kind not in _OPEN_TO_SUBCLASSES:
                break
            return evaluate_kind(segment, query, scored)
    return match_by_whoosh(segment.searcher, query, scored)


def _find_within(segment: SegmentSearcher, query: q.Query, scored: bool, within: DocIds) -> Matches:
    if isinstance(query, q.AndMaybe):
        return _ranked_by(segment, find(segment, query.a, scored, within), query.b)
    if type(query) is q.Or:
        return _any_phrase(segment, query, scored, within)
    return phrase_matches(segment, query, scored, within)


def _any_phrase(
    segment: SegmentSearcher, query: q.Or, scored: bool, within: DocIds | None = None
) -> Matches:
    """Any of some phrases; those that score nothing are not looked for where one was found.

    `a NEAR b` is two phrases in each of two fields.
    """
    found, so_far = list[Matches](), 0
    for child in query.subqueries:
        around, bound = within, estimate(segment, child)
        if not bound:
            continue  # such as the words' stems in a language that few releases are of
        if min(so_far, bound) >= FREQUENT and not (scored and query.boost * most(child)):
            everywhere = np.arange(segment.size, dtype=np.uint32) if within is None else within
            around = difference(Matches(everywhere, None), found, segment.size).doc_ids
            if within is None and len(around) >= bound:
                around = None
        made = find(segment, child, scored, around)
        so_far += len(made.doc_ids)
        found.append(made)
    return union(found, segment.size, query.boost, scored=scored)


def _clause(
    segment: SegmentSearcher, query: q.Query, scored: bool, within: DocIds | None = None
) -> Clause:
    """A query as it can be united and intersected: a term as it is, anything else evaluated."""
    if type(query) is not q.Term:
        return find(segment, query, scored, within)
    known = segment.find_term(query.fieldname, query.text)
    if known is None:
        return _nothing(segment, query, scored)
    return segment.query_term(*known, query.boost, scored=scored)


def clauses_of(
    segment: SegmentSearcher, query: q.Query, scored: bool, within: DocIds | None = None
) -> tuple[list[Clause], float, float]:
    """A query as clauses whose scores add up, what the sum is multiplied by, and its saturation."""
    if type(query) is CombinedFields:
        return [*_fields(segment, query, scored)], query.boost, K1
    several = type(query) is q.Or and not query.scale and len(query.subqueries) > 1
    if several and not reads_positions(query):
        return [_clause(segment, child, scored) for child in query.subqueries], query.boost, 0.0
    return [_clause(segment, query, scored, within)], 1.0, 0.0


def _fields(segment: SegmentSearcher, query: CombinedFields, scored: bool) -> list[QueryTerm]:
    """A word in those of its fields that hold it, not saturated yet."""
    found = [segment.find_term(each.fieldname, each.text) for each in query.subqueries]
    return [segment.query_term(*known, scored=scored, alone=False) for known in found if known]


def _nothing(segment: SegmentSearcher, query: q.Query, scored: bool) -> Matches:  # noqa: ARG001
    return NO_MATCHES if scored else NO_DOCUMENTS


def _term(segment: SegmentSearcher, query: q.Term, scored: bool) -> Matches:
    return _clause(segment, query, scored).matches()


def _and(segment: SegmentSearcher, query: q.And, scored: bool) -> Matches:
    """Documents of the rarest part that the others hold too; each Not adds 1.0, as in Whoosh.

    Phrases come last: positions are read where all else matches alone.
    """
    children = list(query.subqueries)
    if not children:
        return _nothing(segment, query, scored)
    if len(children) == 1:
        return find(segment, children[0], scored)
    wanted = [child for child in children if type(child) is not q.Not]
    unwanted = [child for child in children if type(child) is q.Not]
    if not wanted:
        return _nots(segment, unwanted, scored).times(query.boost)
    order = sorted(wanted, key=lambda each: (reads_positions(each), estimate(segment, each)))
    found, others = _rarest(segment, order, scored)
    for child in others:
        if not found.doc_count:
            return found
        clauses, boost, k1 = clauses_of(segment, child, scored, found.doc_ids)
        found = intersection(found, clauses, segment.size, boost, k1)
    for child in unwanted:
        ids, scores = difference(found, clauses_of(segment, child.query, False)[0], segment.size)
        found = Matches(ids, None if scores is None else scores + 1.0)
    return found.times(query.boost)


def _rarest(
    segment: SegmentSearcher, order: list[q.Query], scored: bool
) -> tuple[Matches, list[q.Query]]:
    """The documents of the first part, in all ranges of numbers; and the other parts.

    The ranges are put together as columns of flags: fifty days, two ranges each, took 20 ms.
    """
    ranges = [each for each in order if type(each) is q.NumericRange]
    inside = [flags for each in ranges if (flags := _inside(segment, each)) is not None]
    if len(inside) < max(len(ranges), 2):
        return find(segment, order[0], scored), order[1:]
    flags = np.logical_and.reduce(inside)
    score = sum(grained(each.boost) for each in ranges)
    others = [each for each in order if type(each) is not q.NumericRange]
    if not others or reads_positions(others[0]):
        return constantly(np.flatnonzero(flags).astype(np.uint32), score, scored), others
    found = find(segment, others[0], scored)
    ids, scores = found.only(flags.take(found.doc_ids))
    return Matches(ids, None if scores is None else scores + score), others[1:]


def _inside(segment: SegmentSearcher, query: q.NumericRange) -> NDArray[np.bool_] | None:
    """(documents,) whether each one's number lies in a range; None where no column tells."""
    field = segment.field(query.fieldname)
    return None if field is None else multi_terms.within_numbers(segment, field, query)


def _nots(segment: SegmentSearcher, children: list[q.Not], scored: bool) -> Matches:
    everything = Matches(np.arange(segment.size, dtype=np.uint32), None)
    unwanted = [_clause(segment, child.query, False) for child in children]
    ids = difference(everything, unwanted, segment.size).doc_ids
    return constantly(ids, float(len(children)), scored)


def _or(segment: SegmentSearcher, query: q.Or, scored: bool) -> Matches:
    children = list(query.subqueries)
    if query.scale and scored:
        return match_by_whoosh(segment.searcher, query, scored)
    if len(children) == 1:
        return find(segment, children[0], scored)
    if children and all(type(child) is q.Term for child in children):
        return _or_of_terms(segment, query, scored)
    if reads_positions(query):
        return _any_phrase(segment, query, scored)
    clauses = [_clause(segment, child, scored) for child in children]
    return union(clauses, segment.size, query.boost, scored=scored)


def held_count(segment: SegmentSearcher, query: CombinedFields) -> int:
    """How many documents hold a word, deleted ones among them.

    In two fields that is what both hold, less those that are in both: a third of uniting them.
    """
    terms = _fields(segment, query, False)
    if len(terms) != 2:
        return union(terms, segment.size, scored=False).doc_count
    more, others = _in_either(*terms)
    return len(more) + len(others)


def _in_either(one: QueryTerm, other: QueryTerm) -> tuple[DocIds, DocIds]:
    """The documents of the more frequent of two terms, and those that hold the other alone."""
    fewer, more = sorted((one.postings.doc_ids, other.postings.doc_ids), key=len)
    return more, fewer[~among(fewer, more)]


def _combined_fields(segment: SegmentSearcher, query: CombinedFields, scored: bool) -> Matches:
    """The word's documents; its scores are kept where it is frequent."""

    def add_up() -> Matches:
        return union(terms, segment.size, query.boost, K1, scored=scored)

    terms = _fields(segment, query, scored)
    if not scored and len(terms) == 2:
        more, others = _in_either(*terms)
        return Matches(np.sort(np.concatenate([more, others])) if len(others) else more, None)
    size = sum(each.doc_count for each in terms)
    if not scored or size * _CACHED_FROM < segment.size:
        return add_up()
    statistics = segment.scores_key(list(query.fields))
    return postings_cache.get_or_make((*statistics, query.fields, query.terms, query.boost), add_up)


def _or_of_terms(segment: SegmentSearcher, query: q.Or, scored: bool) -> Matches:
    """The words that a prefix stands for."""
    children = query.subqueries
    found = [(child, segment.find_term(child.fieldname, child.text)) for child in children]
    known = [(child, each) for child, each in found if each is not None]
    if len(known) > _FEW_TERMS and not scored:
        terms_of_fields = multi_terms.by_field([each for _, each in known])
        return Matches(multi_terms.documents(segment, terms_of_fields), None)
    terms = [segment.query_term(*each, child.boost, scored=scored) for child, each in known]
    return union(terms, segment.size, query.boost, scored=scored)


def _at_least(segment: SegmentSearcher, query: AtLeast, scored: bool) -> Matches:
    """Documents whose clauses weigh enough, with the sum of all their scores."""
    clauses = [find(segment, child, scored) for child in query.subqueries]
    held = np.zeros(segment.size, np.int64)
    for clause, weight in zip(clauses, query.weights, strict=True):
        held[clause.doc_ids] += weight
    found = union(clauses, segment.size, query.boost, scored=scored)
    return found.only(held[found.doc_ids] >= query.minimum)


def _disjunction_max(segment: SegmentSearcher, query: q.DisjunctionMax, scored: bool) -> Matches:
    if len(query.subqueries) == 1:
        return find(segment, query.subqueries[0], scored)
    clauses = [_clause(segment, child, scored) for child in query.subqueries]
    return union(clauses, segment.size, query.boost, scored=scored, highest=True)


def _not(segment: SegmentSearcher, query: q.Not, scored: bool) -> Matches:
    return _nots(segment, [query], scored)


def _and_not(segment: SegmentSearcher, query: q.AndNot, scored: bool) -> Matches:
    unwanted, *_ = clauses_of(segment, query.b, False)
    return difference(find(segment, query.a, scored), unwanted, segment.size)


def _and_maybe(segment: SegmentSearcher, query: q.AndMaybe, scored: bool) -> Matches:
    found = find(segment, query.a, scored)
    return _ranked_by(segment, found, query.b) if scored else found


def _ranked_by(segment: SegmentSearcher, found: Matches, ranking: q.Query) -> Matches:
    """The matches with what a query scores them that may match or not."""
    if found.scores is None:
        return found
    children = ranking.subqueries if type(ranking) is q.Or and ranking.boost == 1.0 else [ranking]
    for child in children:
        clauses, boost, k1 = clauses_of(segment, child, True)
        found = add_scores(found, clauses, segment.size, boost, k1)
    return found


def _require(segment: SegmentSearcher, query: q.Require, scored: bool) -> Matches:
    """Documents of both, with the scores of the first: those of the second count nothing."""
    clauses, *_ = clauses_of(segment, query.b, scored)
    return intersection(find(segment, query.a, scored), clauses, segment.size, 0.0)


def _constant(segment: SegmentSearcher, query: q.ConstantScoreQuery, scored: bool) -> Matches:
    return constantly(find(segment, query.child, False).doc_ids, query.score, scored)


def _every(segment: SegmentSearcher, query: q.Every, scored: bool) -> Matches:
    if query.fieldname is None or query.fieldname == "*":
        ids = np.arange(segment.size, dtype=np.uint32)
    else:
        ids = segment.documents_of_field(query.fieldname)
    return constantly(ids, query.boost, scored)


def _multi_term(segment: SegmentSearcher, query: q.Query, scored: bool) -> Matches:
    """All terms that a pattern stands for: one constant score, or the sum of theirs."""
    field = segment.field(query.fieldname)
    if field is None:
        return _nothing(segment, query, scored)
    if multi_terms.is_any_term(query):
        ids = segment.documents_of_field(query.fieldname)
        return constantly(ids, query.boost, scored)
    numbers = multi_terms.terms_of(segment, field, query)
    if query.constantscore or not scored:
        ids = multi_terms.documents(segment, [(field, numbers)])
        return constantly(ids, query.boost, scored)
    terms = [segment.query_term(field, number, scored=True) for number in numbers.tolist()]
    if len(terms) == 1:
        return terms[0].matches()  # without the boost, as in Whoosh
    return union(terms, segment.size, query.boost, scored=True)


def _numeric_range(segment: SegmentSearcher, query: q.NumericRange, scored: bool) -> Matches:
    field = segment.field(query.fieldname)
    if field is None:
        return _nothing(segment, query, scored)
    inside = multi_terms.within_numbers(segment, field, query)
    if inside is not None:
        return constantly(np.flatnonzero(inside).astype(np.uint32), query.boost, scored)
    ranges = query._compile_query(segment.searcher.reader())  # noqa: SLF001, Whoosh's only name
    return find(segment, ranges, scored)


_EVALUATORS: dict[type, Callable[[SegmentSearcher, Any, bool], Matches]] = {
    q.Term: _term,
    q.And: _and,
    q.Or: _or,
    AtLeast: _at_least,
    CombinedFields: _combined_fields,
    q.DisjunctionMax: _disjunction_max,
    q.Not: _not,
    q.AndNot: _and_not,
    q.AndMaybe: _and_maybe,
    q.Require: _require,
    q.ConstantScoreQuery: _constant,
    q.Every: _every,
    type(q.NullQuery): _nothing,
    q.Phrase: phrase_matches,
    GapPhrase: phrase_matches,
    q.Prefix: _multi_term,
    q.Wildcard: _multi_term,
    q.Regex: _multi_term,
    q.FuzzyTerm: _multi_term,
    q.TermRange: _multi_term,
    q.Variations: _multi_term,
    q.NumericRange: _numeric_range,
    q.DateRange: _numeric_range,
}
_OPEN_TO_SUBCLASSES = {q.AndMaybe, q.AndNot}
"""Kinds whose subclasses mean the same set and the same scores."""
