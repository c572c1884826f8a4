"""`a NEAR/5 b` and `"ferry ta* * light"` as typed -> words in their places (`Slots`)."""

from __future__ import annotations

from functools import partial

from whoosh.query import Or, Query

from index.text.analysis import raw_token_in
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
    places: list[Query] = []
    gaps: list[tuple[int, int]] = []
    unused: list[object] = []
    waiting: list[str] = []
    skipped = 0

    def place(query: Query | None) -> None:
        nonlocal skipped
        if query is None:
            return
        if places:
            gaps.append((1 + skipped, lexeme.slop + skipped))
        elif skipped:
            unused.append("*")
        places.append(query)
        skipped = 0

    def place_waiting() -> None:
        if waiting:
            place(phrase_query(" ".join(waiting), scope, slop=lexeme.slop))
            waiting.clear()

    for typed in lexeme.text.split():
        if "*" not in typed:
            waiting.append(typed)
            continue
        place_waiting()
        if not raw_token_in(typed).search(typed):
            skipped += 1
            continue
        word = modified(Lexeme("word", typed, 0, 0), typed, lambda *said: unused.append(said))
        make = prefix_query if word.prefix else pattern_query if word.pattern else word_query
        place(make(word.text, scope))
    place_waiting()
    if len(places) < 2 or not all(map(can_be_placed, places)):
        plain = " ".join(each for each in lexeme.text.replace("*", " ").split())
        if len(places) == 1 and not unused and not skipped:
            return places[0], False
        return phrase_query(plain, scope, slop=lexeme.slop), True
    slots = Slots(
        fields=scope.fields,
        places=tuple(places),
        gaps=tuple(gaps),
        ordered=True,
        stemmed=partial(word_query, scope=scope),
        typed=lexeme.text,
        boost=0.0,
    )
    return RankedBy(slots, Or(places)), bool(unused or skipped)
