"""The wire form of texts and terms: what a cluster cuts at spaces is what `index.text` gave.

A text is sent as one string: a slot for every position, slots parted by spaces, the terms of a slot
joined by U+E000, which a filter of the cluster's takes apart again. So it analyses nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from index.codec.token_numbers import NumberedTokens, TokenNumbers
from index.text.analysis import Expansion, expand
from index.text.months import MONTHS, day_term

STACKED, SPACE = "\ue000", "\ue002"
"""Between the terms of a position, and for a space inside a term."""
MAX_WORDS = 1 << 19
"""Distinct words that are remembered before they are forgotten, as in `index.codec.inversion`."""

_SPACE = re.compile(r"\s")


class WireText(NamedTuple):
    """The stems of a text by position, and its words as they are written."""

    stems: str
    words: str


class WireWriter:
    """Writes texts in wire form, every distinct word of them expanded once and kept."""

    def __init__(self) -> None:
        self._forget()

    def texts(self, texts: Sequence[str], languages: Sequence[str]) -> list[WireText]:
        """Texts, each in its language."""
        if len(self._stems) > MAX_WORDS:
            self._forget()
        found = self._tokens.numbers(list(texts), list(languages))
        for raw, language in found.fresh:
            self._learn(expand(raw, language))
        numbers = found.numbers.tolist()
        stems = list(map(self._stems.__getitem__, numbers))
        for at, term in (*found.beside, *self._days(found)):
            if stems[at]:
                stems[at] = wire_term(term) + STACKED + stems[at]
        words = map(self._words.__getitem__, numbers)
        counts = found.counts.tolist()
        return list(map(WireText, _joined(iter(stems), counts), _joined(words, counts)))

    def _forget(self) -> None:
        self._tokens = TokenNumbers()
        self._stems: list[str] = []
        self._words: list[str] = []
        self._firsts: list[str] = []
        self._parts = array("i")
        self._months = array("B")

    def _learn(self, word: Expansion) -> None:
        slots = [[wire_term(part.term.stem)] for part in word.parts]
        if slots:
            slots[0][:0] = [wire_term(extra.stem) for extra in word.extras]
        exacts = [term.exact for term in (*word.extras, *(part.term for part in word.parts))]
        self._stems.append(" ".join(map(STACKED.join, slots)))
        self._words.append(" ".join(wire_term(each) for each in exacts if each))
        self._firsts.append(word.parts[0].term.exact if word.parts else "")
        self._parts.append(len(word.parts))
        self._months.append(self._firsts[-1] in MONTHS)

    def _days(self, found: NumberedTokens) -> Iterator[tuple[int, str]]:
        """`--MM-DD` for each month beside a day: the place of the first word, and the term."""
        parts = (
            np.asarray(self._parts)[found.numbers] if len(found.numbers) else np.empty(0, np.int32)
        )
        there = np.flatnonzero(parts)  # marks that stand on no letter part nothing
        words = found.numbers[there]
        texts = np.repeat(np.arange(len(found.counts)), found.counts)[there]
        near = np.flatnonzero(np.asarray(self._months)[words]) if len(words) else there
        for one in np.unique(np.concatenate([near - 1, near])).tolist():
            if one < 0 or one + 1 >= len(words) or texts[one] != texts[one + 1]:
                continue
            if self._parts[words[one]] == 1:
                day = day_term(self._firsts[words[one]], self._firsts[words[one + 1]])
                if day is not None:
                    yield int(there[one]), day


def wire_term(term: str) -> str:
    """A term as the cluster holds it."""
    return term if term.isalnum() else _SPACE.sub(SPACE, term)


def read_term(wire: str) -> str:
    """The term that the cluster holds so; white space of every kind has become a space."""
    return wire.replace(SPACE, " ")


def _joined(words: Iterator[str], counts: Sequence[int]) -> Iterator[str]:
    """The words of each text, one after the other; some are empty."""
    for count in counts:
        yield " ".join(filter(None, islice(words, count)))
