"""Numbers of raw tokens: each new token of a language gets the next one as texts are read."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

import numpy as np

from index.array_types import Ints, Ordinals
from index.codec.packing import starts_of
from index.kernel import loop
from index.text.analysis import raw_tokens
from index.text.characters import character_classes
from index.text.stemming import stemmer_of
from index.text.terms_beside import terms_beside

MAX_TOKENS = 1 << 22
"""Tokens of one text; what follows is not searchable."""


class NumberedTokens(NamedTuple):
    """The raw tokens of texts: (n,) `numbers`, and for each text the `counts` of its tokens.

    `beside` are (place among all tokens, term) of `index.text.analysis.terms_beside`. `fresh` are
    the new ones, each a raw token and a language, in the order of their numbers.
    """

    numbers: Ordinals
    counts: Ints
    beside: list[tuple[int, str]]
    fresh: list[tuple[str, str]]


class TokenNumbers:
    """Numbers from 0 for raw tokens in a language, each new one the next number."""

    def __init__(self) -> None:
        table = loop("WordTable")
        self._table: Any = (
            _WordTable()
            if table is None
            else table(character_classes(), lowered_tokens, secrets.randbits(64))
        )
        self._tags: dict[str | None, int] = {}
        self._languages: list[str] = []

    def numbers(self, texts: list[str], languages: list[str]) -> NumberedTokens:
        """The raw tokens of texts, each in its language."""
        tags = bytes(map(self._tag, languages))
        numbers, counts, fresh = self._table.words_of(texts, tags, MAX_TOKENS)
        counts = np.frombuffer(counts, np.int64)
        return NumberedTokens(
            numbers=np.frombuffer(numbers, np.int32),
            counts=counts,
            beside=_beside(texts, counts),
            fresh=[(raw, self._languages[tag]) for raw, tag in fresh],
        )

    def _tag(self, language: str) -> int:
        """A number for all languages of one stemmer."""
        algorithm = stemmer_of(language)
        if algorithm not in self._tags:
            self._tags[algorithm] = len(self._languages)
            self._languages.append(language)
        return self._tags[algorithm]


class _WordTable:
    """What `WordTable` of the compiled loops is: a dictionary."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}

    def words_of(
        self, texts: list[str], tags: bytes, most: int
    ) -> tuple[Ordinals, Ints, list[tuple[str, int]]]:
        """Numbers of all words, how many each text has, and those that are new."""
        numbers, known = self._numbers, len(self._numbers)
        found = [
            [numbers.setdefault((raw, tag), len(numbers)) for raw in lowered_tokens(text)[:most]]
            for text, tag in zip(texts, tags, strict=True)
        ]
        words = np.array([number for each in found for number in each], np.int32)
        return words, np.array(list(map(len, found)), np.int64), list(numbers)[known:]


def lowered_tokens(text: str) -> list[str]:
    """The raw tokens of a text; those of ASCII in small letters, which expand to the same terms."""
    return [raw.lower() if raw.isascii() else raw for raw in raw_tokens(text)[0]]


def _beside(texts: list[str], counts: Ints) -> list[tuple[int, str]]:
    """The place among all tokens at which each of `terms_beside` stands, and the term."""
    firsts, found = starts_of(counts).tolist(), []
    for first, text, size in zip(firsts, texts, counts.tolist(), strict=False):
        if terms_beside(text):
            places = raw_tokens(text)[1]
            found += [(first + at, term) for at, term in places.items() if at < size]
    return found
