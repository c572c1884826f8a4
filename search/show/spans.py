"""Where in a text the terms and phrases of a query stand: the text analysed as the index did."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.text.analysis import Expansion, Token, tokens

MAX_PHRASE_STARTS = 2_000
"""Places in one text that are tried as the start of one phrase."""


class Span(NamedTuple):
    """A stretch of text to mark, and the part of the query (any number) that it answers."""

    start: int
    end: int
    clause: int


class PhraseWanted(NamedTuple):
    """Stems that follow each other, at most `slop` positions from one to the next."""

    words: tuple[str, ...]
    slop: int
    clause: int


@dataclass(slots=True)
class Wanted:
    """What a query looks for in one field: terms with their clause, and phrases.

    `characters` are the pairs that begin with a single character that was looked for.
    """

    stems: dict[str, int] = field(default_factory=dict)
    exacts: dict[str, int] = field(default_factory=dict)
    characters: dict[str, int] = field(default_factory=dict)
    phrases: list[PhraseWanted] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stems or self.exacts or self.characters or self.phrases)


def full_spans(text: str, wanted: Wanted, language: str) -> list[Span]:
    """All spans, in order, by reading the text from its beginning to its end."""
    found = list(tokens(text, language))
    return sorted({*_term_spans(found, wanted), *_phrase_spans(found, wanted)})


def spans_of(expansion: Expansion, length: int, wanted: Wanted) -> Iterator[Span]:
    """The spans of terms in one raw token of some length, counted from its first character."""
    places = [(extra, 0, length) for extra in expansion.extras]
    for term, start, end in [*places, *expansion.parts]:
        span = term_span(term.stem, term.exact, start, end, wanted)
        if span is not None:
            yield span


def term_span(stem: str, exact: str, start: int, end: int, wanted: Wanted) -> Span | None:
    """The span of a term, if it is wanted."""
    clause = wanted.stems.get(stem)
    if clause is None and exact:
        clause = wanted.exacts.get(exact)
    if clause is not None:
        return Span(start, end, clause)
    if stem in wanted.characters:
        return Span(start, start + 1, wanted.characters[stem])
    return None


def phrase_run(
    first: Token, phrase: PhraseWanted, places: Mapping[str, Sequence[Token]]
) -> list[Span]:
    """The spans of the phrase that begins at `first`, or none. Takes the nearest next word.

    :param places: the tokens of each stem, by position.
    """
    run = [first]
    for word in phrase.words[1:]:
        there = places[word]
        at = bisect_right(there, run[-1].position, key=_position)
        if at == len(there) or there[at].position > run[-1].position + phrase.slop:
            return []
        run.append(there[at])
    if phrase.slop == 1:
        return [Span(run[0].start, run[-1].end, phrase.clause)]
    return [Span(token.start, token.end, phrase.clause) for token in run]


def by_stem(found: Iterable[Token], stems: Iterable[str]) -> dict[str, list[Token]]:
    """The tokens of each of these stems."""
    needed = set(stems)
    places: dict[str, list[Token]] = defaultdict(list)
    for token in found:
        if token.stem in needed:
            places[token.stem].append(token)
    return places


def _term_spans(found: list[Token], wanted: Wanted) -> Iterator[Span]:
    for token in found:
        span = term_span(token.stem, token.exact, token.start, token.end, wanted)
        if span is not None:
            yield span


def _phrase_spans(found: list[Token], wanted: Wanted) -> Iterator[Span]:
    places = by_stem(found, (word for phrase in wanted.phrases for word in phrase.words))
    for phrase in wanted.phrases:
        for first in places[phrase.words[0]][:MAX_PHRASE_STARTS]:
            yield from phrase_run(first, phrase, places)


def _position(token: Token) -> int:
    return token.position
