"""`a NEAR/5 b` and `"ferry ta* * light"` as typed -> words in their places (`Slots`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from whoosh.query import Or, Query

from index.text.raw_tokens import raw_token_in
from search.query.lexemes import Lexeme
from search.query.modifiers import modified
from search.query.positional import Slots, can_be_placed
from search.query.ranked_by import RankedBy
from search.query.term_queries import pattern_query, phrase_query, prefix_query, word_query
from search.query.word_clauses import Scope


def near_query(
    first: Query, second: Query, operator: Lexeme, scope: Scope, typed: str
) -> Query | None:
    """Documents in which two words or phrases, or any of several, stand near each other.

    The distance is that from the last word of the one to the first of the other, in either order
    unless the operator asks for one. None where one of them has no place in a text.
    """
    if not (can_be_placed(first) and can_be_placed(second)):
        return None
    slots = Slots(
        fields=scope.fields,
        places=(first, second),
        gaps=((1, operator.slop),),
        ordered=operator.ordered,
        stemmed=partial(word_query, scope=scope),
        typed=typed,
        boost=0.0,
    )
    return RankedBy(slots, Or([_words_of(first), _words_of(second)]))


def _words_of(query: Query) -> Query:
    """What ranks a part of a near pair: of a phrase, which is there where the pair is, its words.

    Reading the positions of both phrases again took half as long as finding the pair.
    """
    if isinstance(query, RankedBy):
        return query.b
    return Or([*map(_words_of, query.subqueries)]) if type(query) is Or else query


def starred_phrase(lexeme: Lexeme, scope: Scope) -> tuple[Query | None, bool]:
    """A phrase in which `*` alone stands for a word, and at a word's end for its ending.

    :returns: its query, and whether some `*` had no use there.
    """
    placed = _placed(lexeme, scope)
    unused = placed.has_unused or placed.skipped > 0
    if len(placed.queries) < 2 or not all(map(can_be_placed, placed.queries)):
        if len(placed.queries) == 1 and not unused:
            return placed.queries[0], False
        plain = " ".join(lexeme.text.replace("*", " ").split())
        return phrase_query(plain, scope, slop=lexeme.slop), True
    slots = Slots(
        fields=scope.fields,
        places=tuple(placed.queries),
        gaps=tuple(placed.gaps),
        ordered=True,
        stemmed=partial(word_query, scope=scope),
        typed=lexeme.text,
        boost=0.0,
    )
    return RankedBy(slots, Or(placed.queries)), unused


@dataclass
class _Placed:
    """What stands in the places of a phrase, from left to right, and the gaps between them.

    `skipped`: words behind the last place that `*` alone stands for.
    """

    queries: list[Query] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    skipped: int = 0
    has_unused: bool = False

    def add(self, query: Query | None, slop: int) -> None:
        """The next place; a `*` before the first one has no use."""
        if query is None:
            return
        if self.queries:
            self.gaps.append((1 + self.skipped, slop + self.skipped))
        elif self.skipped:
            self.has_unused = True
        self.queries.append(query)
        self.skipped = 0


def _placed(lexeme: Lexeme, scope: Scope) -> _Placed:
    """Words without `*` that follow each other have one place together."""
    placed = _Placed()
    for has_star, words in groupby(lexeme.text.split(), key=lambda word: "*" in word):
        if not has_star:
            placed.add(phrase_query(" ".join(words), scope, slop=lexeme.slop), lexeme.slop)
            continue
        for typed in words:
            if raw_token_in(typed).search(typed):
                query, has_unused = _starred_word(typed, scope)
                placed.add(query, lexeme.slop)
                placed.has_unused |= has_unused
            else:
                placed.skipped += 1
    return placed


def _starred_word(typed: str, scope: Scope) -> tuple[Query | None, bool]:
    """The query of a word with `*`, and whether some `*` had no use in it."""
    said: list[object] = []
    word = modified(Lexeme("word", typed, 0, 0), typed, lambda *each: said.append(each))
    make = prefix_query if word.prefix else pattern_query if word.pattern else word_query
    return make(word.text, scope), bool(said)
