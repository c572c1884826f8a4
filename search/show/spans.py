"""Where in a text the terms and phrases of a query stand: the text analysed as the index did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache

from index.text.analysis import tokens
from search.show.phrase_spans import FieldPhrase, Place, Span, spans_of

__all__ = ["FieldPhrase", "FieldQuery", "Span", "find_spans"]


@dataclass(slots=True)
class FieldQuery:
    """What a query looks for in one field: terms with their clause, and phrases.

    `prefixes` and `patterns` (of letters, `?` and `*`) are of unstemmed words.
    """

    stems: dict[str, int] = field(default_factory=dict)
    exacts: dict[str, int] = field(default_factory=dict)
    phrases: list[FieldPhrase] = field(default_factory=list)
    prefixes: dict[str, int] = field(default_factory=dict)
    patterns: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        terms = self.stems or self.exacts
        return bool(terms or self.phrases or self.prefixes or self.patterns)

    def span(self, stem: str, exact: str, start: int, end: int) -> Span | None:
        """The span of a term of a text, if it is looked for."""
        clause = self.stems.get(stem)
        if clause is None and exact:
            clause = self.clause_of(exact)
        return None if clause is None else (start, end, clause)

    def clause_of(self, exact: str) -> int | None:
        """The clause that looks for an unstemmed word, if one does."""
        clause = self.exacts.get(exact)
        if clause is not None:
            return clause
        for prefix, of_prefix in self.prefixes.items():
            if exact.startswith(prefix):
                return of_prefix
        for glob, of_pattern in self.patterns.items():
            if _compiled(glob).match(exact):
                return of_pattern
        return None


def find_spans(
    text: str, query: FieldQuery, language: str, check: Callable[[], None] | None = None
) -> list[Span]:
    """All spans, in order, none twice; the compiled loops find the same (`search.show.finder`).

    :param check: is called again and again, and raises when this takes too long.
    """
    needed = {word for phrase in query.phrases for word in phrase.words}
    spans: set[Span] = set()
    places: dict[str, list[Place]] = defaultdict(list)
    for token in tokens(text, language):
        span = query.span(token.stem, token.exact, token.start, token.end)
        if span is not None:
            spans.add(span)
        if token.stem in needed:
            places[token.stem].append((token.position, token.start, token.end))
    return sorted(spans.union(spans_of(query.phrases, places, check)))


@lru_cache(maxsize=256)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob))
