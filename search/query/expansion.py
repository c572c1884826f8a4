"""Near-words, `NEAR` and phrases with `*` -> the terms and phrases that they stand for.

So evaluation meets terms, phrases, prefixes and patterns only, and the marks in snippets know what
was matched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

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

from search.query.and_not import Without
from search.query.at_least import AtLeast
from search.query.boosts import boosted
from search.query.combined_fields import CombinedFields
from search.query.notices import add_notice
from search.query.positional import MAX_ALTERNATIVES, Slots
from search.results import Notice

MAX_FUZZY_TERMS = 100
"""Words that one `word~` stands for in one field: the nearest, then the most frequent."""


class FieldWords(Protocol):
    """The words of the fields of an index, by field."""

    def beginning_with(self, field: str, prefix: str, most: int) -> tuple[list[str], bool]:
        """Words that begin so, the `most` frequent at most, and whether there are others."""

    def like(self, field: str, pattern: str, most: int) -> tuple[list[str], bool]:
        """Words that a pattern of letters, `?` and `*` fits, in the same way."""

    def near_to(self, field: str, word: str, edits: int) -> list[tuple[int, str]]:
        """Words of the same first letter, at most so many edits away, with their distance."""

    def frequency(self, field: str, word: str) -> int:
        """How many documents hold a word."""


def expand_query(
    query: Query, words: FieldWords, check: Callable[[], None] | None = None
) -> tuple[Query, list[Notice]]:
    """The query with what stands for other words replaced, and a notice for each that was cut.

    Prefixes and patterns of whole words stay: the terms that they fit lie side by side.

    :param check: is called again and again, and raises when this takes too long.
    """
    expander = _Expander(words, check)
    return expander.expanded(query), expander.notices


class _Expander:
    """An index, and what must be said of the words that were looked up in it."""

    def __init__(
        self, words: FieldWords, check: Callable[[], None] | None, *, placing: bool = False
    ) -> None:
        self._words = words
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
            return self._whole_words(query)
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

    def _whole_words(self, query: Prefix | Wildcard) -> Query:
        if not self._placing:
            return query  # evaluated as it is, and marked by its letters
        look_up = self._words.beginning_with if isinstance(query, Prefix) else self._words.like
        found, cut = look_up(query.fieldname, query.text, MAX_ALTERNATIVES)
        self.cut = self.cut or cut
        return _any_word(query.fieldname, found)

    def _fuzzy(self, query: FuzzyTerm) -> Query:
        wanted, most = query.text, query.maxdist
        near = self._words.near_to(query.fieldname, wanted, most)
        if len(near) > MAX_FUZZY_TERMS:
            self._say("fuzzy-cut", wanted, MAX_FUZZY_TERMS)
        if len(near) > (MAX_ALTERNATIVES if self._placing else MAX_FUZZY_TERMS):
            frequency = self._words.frequency
            near.sort(key=lambda each: (each[0], -frequency(query.fieldname, each[1])))
        return _any_word(query.fieldname, [word for _, word in near[:MAX_FUZZY_TERMS]])

    def _slots(self, query: Slots) -> Query:
        placing = _Expander(self._words, self._check, placing=True)
        phrases, cut = query.phrases([placing.expanded(place) for place in query.places])
        if cut or placing.cut:
            self._say("phrases-cut", query.typed)
        return boosted(phrases, query.boost)

    def _say(self, code: str, *values: object) -> None:
        add_notice(self.notices, code, *values)


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
