"""Near-words, `NEAR` and phrases with `*` -> the terms and phrases that they stand for.

So evaluation meets terms, phrases, prefixes and patterns only, and the marks in snippets know what
was matched.
"""

from __future__ import annotations

from collections.abc import Callable

from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    FuzzyTerm,
    NullQuery,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from whoosh.reading import IndexReader

from search.query.and_not import Without
from search.query.at_least import AtLeast
from search.query.boosts import boosted
from search.query.combined_fields import CombinedFields
from search.query.notices import notice
from search.query.positional import MAX_ALTERNATIVES, Slots
from search.query.vocabulary import words_from, words_like, words_near
from search.results import Notice

MAX_FUZZY_TERMS = 100
"""Words that one `word~` stands for in one field: the nearest, then the most frequent."""


def expand_query(
    query: Query, reader: IndexReader, check: Callable[[], None] | None = None
) -> tuple[Query, list[Notice]]:
    """The query with what stands for other words replaced, and a notice for each that was cut.

    Prefixes and patterns of whole words stay: the terms that they fit lie side by side.

    :param check: is called again and again, and raises when this takes too long.
    """
    expander = _Expander(reader, check)
    return expander.expanded(query), expander.notices


class _Expander:
    """An index, and what must be said of the words that were looked up in it."""

    def __init__(
        self, reader: IndexReader, check: Callable[[], None] | None, *, placing: bool = False
    ) -> None:
        self._reader = reader
        self._check = check
        self._placing = placing
        self.notices: list[Notice] = []
        self.cut = False

    def expanded(self, query: Query) -> Query:
        if self._check is not None:
            self._check()
        if isinstance(query, _AS_THEY_ARE) or (type(query) is Or and _is_expanded(query)):
            return query
        if isinstance(query, ConstantScoreQuery):
            child = self.expanded(query.child)
            return child if child == NullQuery else ConstantScoreQuery(child, query.score)
        if isinstance(query, _PATTERNS):
            return self._words(query)
        if isinstance(query, FuzzyTerm):
            return self._fuzzy(query)
        if isinstance(query, Slots):
            return self._slots(query)
        if isinstance(query, AtLeast):
            return query.apply(self.expanded)
        if isinstance(query, _COMPOUNDS):
            children = [self.expanded(child) for child in query.subqueries]
            return _compound(type(query), children, query.boost)
        if isinstance(query, AndNot):
            wanted, unwanted = self.expanded(query.a), self.expanded(query.b)
            return wanted if NullQuery in (wanted, unwanted) else Without(wanted, unwanted)
        if isinstance(query, AndMaybe):
            wanted = self.expanded(query.a)
            maybe = query.b if _stands_as_it_is(query.b) else self.expanded(query.b)
            return wanted if NullQuery in (wanted, maybe) else type(query)(wanted, maybe)
        return query

    def _words(self, query: Prefix | Wildcard) -> Query:
        if not self._placing:
            return query  # evaluated as it is, and marked by its letters
        look_up = words_from if isinstance(query, Prefix) else words_like
        found, cut = look_up(self._reader, query.fieldname, query.text, MAX_ALTERNATIVES)
        self.cut = self.cut or cut
        return _any_word(query.fieldname, found)

    def _fuzzy(self, query: FuzzyTerm) -> Query:
        wanted, most = query.text, query.maxdist
        near = words_near(self._reader, query.fieldname, wanted, most)
        if len(near) > MAX_FUZZY_TERMS:
            self._say("fuzzy-cut", wanted, MAX_FUZZY_TERMS)
        if len(near) > (MAX_ALTERNATIVES if self._placing else MAX_FUZZY_TERMS):
            frequency = self._reader.doc_frequency
            near.sort(key=lambda each: (each[0], -frequency(query.fieldname, each[1])))
        return _any_word(query.fieldname, [word for _, word in near[:MAX_FUZZY_TERMS]])

    def _slots(self, query: Slots) -> Query:
        placing = _Expander(self._reader, self._check, placing=True)
        phrases, cut = query.phrases([placing.expanded(place) for place in query.places])
        if cut or placing.cut:
            self._say("phrases-cut", query.typed)
        return boosted(phrases, query.boost)

    def _say(self, code: str, *values: object) -> None:
        made = notice(code, *values)
        if made not in self.notices:
            self.notices.append(made)


_AS_THEY_ARE = (Term, CombinedFields, Phrase)
_PATTERNS, _COMPOUNDS = (Prefix, Wildcard), (And, Or)


def _stands_as_it_is(query: Query) -> bool:
    """Whether these are words and phrases alone, as what ranks nearly always is.

    To compare its clauses with each other took a twentieth of an answer.
    """
    kind = type(query)
    if kind is ConstantScoreQuery:
        return _stands_as_it_is(query.child)
    if kind is Or:
        return all(map(_stands_as_it_is, query.subqueries))
    return kind in _AS_THEY_ARE


def _is_expanded(query: Or) -> bool:
    """Whether these are some terms, none of them twice."""
    children = query.subqueries
    if not all(type(each) is Term for each in children):
        return False
    return len({(each.fieldname, each.text) for each in children}) == len(children) > 1


def _compound(kind: type[Query], children: list[Query], boost: float) -> Query:
    """And or Or without repetitions and without parts that match nothing."""
    unique = list(dict.fromkeys(children))
    if kind is And and NullQuery in unique:
        return NullQuery
    kept = [child for child in unique if child != NullQuery]
    if len(kept) < 2:
        return boosted(kept[0], boost) if kept else NullQuery
    return kind(kept, boost=boost)


def _any_word(field: str, words: list[str]) -> Query:
    terms = [Term(field, word) for word in words]
    return Or(terms) if len(terms) > 1 else terms[0] if terms else NullQuery
