"""Prefixes and near-words of a query -> the terms of the index that they stand for, within limits.

So evaluation meets terms and phrases only, and the marks in snippets know what was matched.
"""

from __future__ import annotations

from heapq import nlargest

from whoosh.query import (
    And,
    AndNot,
    ConstantScoreQuery,
    FuzzyTerm,
    NullQuery,
    Or,
    Prefix,
    Query,
    Term,
)
from whoosh.reading import IndexReader

from search.query.and_not import Without
from search.query.at_least import AtLeast
from search.query.notices import notice
from search.query.vocabulary import words_from, words_near
from search.results import Notice

MAX_PREFIX_TERMS = 5_000
"""Words that one `word*` stands for in one field: the most frequent."""
MAX_FUZZY_TERMS = 100
"""Words that one `word~` stands for in one field: the nearest, then the most frequent."""


def expand_query(query: Query, reader: IndexReader) -> tuple[Query, list[Notice]]:
    """The query with Prefix and FuzzyTerm leaves replaced, and a notice for each that was cut."""
    notices: list[Notice] = []
    return _expanded(query, reader, notices), notices


def _expanded(query: Query, reader: IndexReader, notices: list[Notice]) -> Query:
    if isinstance(query, Prefix):
        return _prefix(query, reader, notices)
    if isinstance(query, FuzzyTerm):
        return _fuzzy(query, reader, notices)
    if type(query) is Term or (type(query) is Or and _is_expanded(query)):
        return query
    if isinstance(query, AtLeast):
        return query.apply(lambda child: _expanded(child, reader, notices))
    if isinstance(query, And | Or):
        children = [_expanded(child, reader, notices) for child in query.subqueries]
        return _compound(type(query), children)
    if isinstance(query, AndNot):
        wanted = _expanded(query.a, reader, notices)
        unwanted = _expanded(query.b, reader, notices)
        if NullQuery in (wanted, unwanted):
            return wanted
        return Without(wanted, unwanted)
    if isinstance(query, ConstantScoreQuery):
        child = _expanded(query.child, reader, notices)
        return child if child == NullQuery else ConstantScoreQuery(child, query.score)
    return query


def _is_expanded(query: Or) -> bool:
    """Whether these are some terms, none of them twice."""
    children = query.subqueries
    terms = {(each.fieldname, each.text) for each in children if type(each) is Term}
    return len(terms) == len(children) > 1 and query.boost == 1.0


def _compound(kind: type[Query], children: list[Query]) -> Query:
    """And or Or without repetitions and without parts that match nothing."""
    unique = list(dict.fromkeys(children))
    if kind is And and NullQuery in unique:
        return NullQuery
    kept = [child for child in unique if child != NullQuery]
    if len(kept) < 2:
        return kept[0] if kept else NullQuery
    return kind(kept)


def _prefix(query: Prefix, reader: IndexReader, notices: list[Notice]) -> Query:
    found = words_from(reader, query.fieldname, query.text)
    if len(found) > MAX_PREFIX_TERMS:
        _say(notices, "expansion-cut", query.text, MAX_PREFIX_TERMS)
        found = nlargest(
            MAX_PREFIX_TERMS, found, key=lambda word: reader.doc_frequency(query.fieldname, word)
        )
    return _any_word(query.fieldname, found)


def _fuzzy(query: FuzzyTerm, reader: IndexReader, notices: list[Notice]) -> Query:
    wanted, most = query.text, query.maxdist
    near = words_near(reader, query.fieldname, wanted, most)
    if len(near) > MAX_FUZZY_TERMS:
        _say(notices, "fuzzy-cut", wanted, MAX_FUZZY_TERMS)
        near.sort(key=lambda each: (each[0], -reader.doc_frequency(query.fieldname, each[1])))
    return _any_word(query.fieldname, [word for _, word in near[:MAX_FUZZY_TERMS]])


def _any_word(field: str, words: list[str]) -> Query:
    terms = [Term(field, word) for word in words]
    return Or(terms) if len(terms) > 1 else terms[0] if terms else NullQuery


def _say(notices: list[Notice], code: str, *values: object) -> None:
    made = notice(code, *values)
    if made not in notices:
        notices.append(made)
