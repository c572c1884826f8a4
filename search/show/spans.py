"""Where in a text the terms and phrases of a query stand: the text analysed as the index did."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.text.analysis import Token, tokens

MAX_PHRASE_STARTS = 2_000
"""Places in one text that are tried as the start of one phrase."""


Span = tuple[int, int, int]
"""Start and end of the characters to mark, and the clause of the query that they match."""


class FieldPhrase(NamedTuple):
    """Stems that follow each other, at most `slop` positions from one to the next."""

    words: tuple[str, ...]
    slop: int
    clause: int


@dataclass(slots=True)
class FieldQuery:
    """What a query looks for in one field: terms with their clause, and phrases.

    `bigrams` are those that begin with a single character that was looked for.
    """

    stems: dict[str, int] = field(default_factory=dict)
    exacts: dict[str, int] = field(default_factory=dict)
    bigrams: dict[str, int] = field(default_factory=dict)
    phrases: list[FieldPhrase] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stems or self.exacts or self.bigrams or self.phrases)

    def span(self, stem: str, exact: str, start: int, end: int) -> Span | None:
        """The span of a term of a text, if it is looked for."""
        clause = self.stems.get(stem)
        if clause is None and exact:
            clause = self.exacts.get(exact)
        if clause is not None:
            return start, end, clause
        if stem in self.bigrams:
            return start, start + 1, self.bigrams[stem]
        return None


def find_spans(text: str, query: FieldQuery, language: str) -> list[Span]:
    """All spans, in order, none twice; the compiled loops find the same (`search.show.finder`)."""
    found = list(tokens(text, language))
    terms = (query.span(each.stem, each.exact, each.start, each.end) for each in found)
    return sorted({*filter(None, terms), *_phrase_spans(found, query.phrases)})


def _phrase_spans(found: list[Token], phrases: list[FieldPhrase]) -> Iterator[Span]:
    needed = {word for phrase in phrases for word in phrase.words}
    places: dict[str, list[Token]] = defaultdict(list)
    for token in found:
        if token.stem in needed:
            places[token.stem].append(token)
    for phrase in phrases:
        for first in places[phrase.words[0]][:MAX_PHRASE_STARTS]:
            yield from _phrase_run(first, phrase, places)


def _phrase_run(
    first: Token, phrase: FieldPhrase, places: Mapping[str, Sequence[Token]]
) -> list[Span]:
    """The spans of the phrase that begins at `first`, or none. Takes the nearest next word."""
    run = [first]
    for word in phrase.words[1:]:
        there = places[word]
        at = bisect_right(there, run[-1].position, key=_position)
        if at == len(there) or there[at].position > run[-1].position + phrase.slop:
            return []
        run.append(there[at])
    if phrase.slop == 1:
        return [(run[0].start, run[-1].end, phrase.clause)]
    return [(token.start, token.end, phrase.clause) for token in run]


def _position(token: Token) -> int:
    return token.position
