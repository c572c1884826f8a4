"""Texts to numbers: the terms of many texts at once, equal to `index.text.tokens` of each.

Every distinct piece of text is expanded once and kept; the rest is array work. A *word* here is a
raw token in one language with what it expands to.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import ranges, starts_of
from index.months import MONTHS, day_of_year, day_term
from index.text import RAW_TOKEN, expand, pieces, raw_tokens

MAX_WORDS = 1 << 20
"""Distinct pieces a vocabulary keeps before it starts again; bounds its memory."""
MAX_TOKENS = 1 << 24
"""Tokens of one text; what follows is not searchable."""

Ints = NDArray[np.int64]
_DAYS = 32


@dataclass(slots=True)
class TermStream:
    """Terms in place, as equally long arrays: term number, text number, position (int64)."""

    terms: Ints
    texts: Ints
    positions: Ints

    def joined(self, *others: TermStream) -> TermStream:
        """This stream and others, one after the other."""
        every = (self, *others)
        return TermStream(
            np.concatenate([each.terms for each in every]),
            np.concatenate([each.texts for each in every]),
            np.concatenate([each.positions for each in every]),
        )


class Names(dict[str, int]):
    """Numbers for terms, given as they come: `numbers[name]`; `names` lists them by number."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self.names)
        self.names.append(name)
        return number


class _Emissions:
    """Per word: any number of (term, offset of its position), as growing arrays."""

    def __init__(self) -> None:
        self._terms = array("q")
        self._offsets = array("q")
        self._counts = array("q")

    def add(self, terms: list[tuple[int, int]]) -> None:
        self._counts.append(len(terms))
        for term, offset in terms:
            self._terms.append(term)
            self._offsets.append(offset)

    def of(self, words: Ints, texts: Ints, positions: Ints) -> TermStream:
        """The terms of a stream of words."""
        counts = np.array(self._counts, np.int64)
        per_word = counts[words]
        at = ranges(starts_of(counts)[words], per_word)
        terms = np.array(self._terms, np.int64)[at]
        offsets = np.array(self._offsets, np.int64)[at]
        return TermStream(
            terms, np.repeat(texts, per_word), np.repeat(positions, per_word) + offsets
        )


class Vocabulary:
    """Numbers for pieces, words and terms, shared by all texts that one process analyses."""

    def __init__(self) -> None:
        self.stems = Names()
        self.exacts = Names()
        self._pieces: dict[str, _Pieces] = {}
        self._words: dict[tuple[str, str], int] = {}
        self._stem_emissions = _Emissions()
        self._exact_emissions = _Emissions()
        self._parts = array("q")
        self._months = array("q")
        self._days = array("q")

    def __len__(self) -> int:
        return len(self._words)

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[TermStream, TermStream]:
        """The stemmed and the exact terms of texts, in no particular order."""
        words, counts, chinese_days = self._words_of(texts, languages)
        parts = np.array(self._parts, np.int64)[words]
        owners = np.repeat(np.arange(len(texts)), counts)
        positions = _positions(parts, counts)
        stems = self._stem_emissions.of(words, owners, positions)
        exacts = self._exact_emissions.of(words, owners, positions)
        days = self._month_days(words, owners, positions)
        places = np.array([at for at, _ in chinese_days], np.int64)
        terms = np.array([self.stems[day] for _, day in chinese_days], np.int64)
        chinese = TermStream(terms, owners[places], positions[places])
        return stems.joined(days, chinese), exacts

    def word(self, raw: str, language: str) -> int:
        """The number of a raw token."""
        key = (raw, language)
        found = self._words.get(key)
        if found is not None:
            return found
        expansion = expand(raw, language)
        emitted = [(extra, 0) for extra in expansion.extras]
        emitted += [(part.term, offset) for offset, part in enumerate(expansion.parts)]
        self._stem_emissions.add([(self.stems[term.stem], at) for term, at in emitted if term.stem])
        self._exact_emissions.add(
            [(self.exacts[term.exact], at) for term, at in emitted if term.exact]
        )
        first = expansion.parts[0].term.exact if expansion.parts else ""
        self._parts.append(len(expansion.parts))
        self._months.append(MONTHS.get(first, 0))
        self._days.append(_day_number(first))
        number = self._words[key] = len(self._words)
        return number

    def _words_of(
        self, texts: list[str], languages: list[str]
    ) -> tuple[Ints, Ints, list[tuple[int, str]]]:
        """Words of all texts, how many each has, and (place, term) of days in Chinese."""
        found, counts = [], np.zeros(len(texts), np.int64)
        chinese_days: list[tuple[int, str]] = []
        at = 0
        for number, (text, language) in enumerate(zip(texts, languages, strict=True)):
            cut = pieces(text)
            if cut is not None:
                words = self._of_pieces(cut, language)
            else:
                raws, days = raw_tokens(text)
                words = np.array([self.word(raw, language) for raw in raws], np.int64)
                chinese_days += [(at + place, day) for place, day in days.items()]
            found.append(words[:MAX_TOKENS])
            counts[number] = len(found[-1])
            at += len(found[-1])
        return np.concatenate([np.empty(0, np.int64), *found]), counts, chinese_days

    def _of_pieces(self, cut: list[bytes], language: str) -> Ints:
        known = self._pieces.get(language)
        if known is None or len(known) > MAX_WORDS:
            known = self._pieces[language] = _Pieces(self, language)
        return known.words(np.fromiter(map(known.__getitem__, cut), np.int64, len(cut)))

    def _month_days(self, words: Ints, owners: Ints, positions: Ints) -> TermStream:
        """`--MM-DD` for each month beside a day, at the position of the first of the two."""
        months = np.array(self._months, np.int64)[words]
        near = np.flatnonzero(months)
        pairs = np.unique(np.concatenate([near - 1, near]))
        pairs = pairs[(pairs >= 0) & (pairs + 1 < len(words))]
        single = np.array(self._parts, np.int64)[words[pairs]] == 1
        pairs = pairs[single & (owners[pairs] == owners[pairs + 1])]
        days = np.array(self._days, np.int64)[words]
        first = months[pairs] > 0
        month = np.where(first, months[pairs], months[pairs + 1])
        day = np.where(first, days[pairs + 1], days[pairs])
        named = (month > 0) & (day > 0)
        pairs, codes = pairs[named], month[named] * _DAYS + day[named]
        terms = np.zeros(13 * _DAYS, np.int64) - 1
        for code in np.unique(codes).tolist():
            term = day_of_year(*divmod(code, _DAYS))
            terms[code] = -1 if term is None else self.stems[term]
        real = terms[codes] >= 0
        pairs, codes = pairs[real], codes[real]
        return TermStream(terms[codes], owners[pairs], positions[pairs])


class _Pieces(dict[bytes, int]):
    """Numbers for the pieces of texts in one language, and the words each of them holds."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language
        self._single = array("q")
        self._held: dict[int, list[int]] = {}

    def __missing__(self, piece: bytes) -> int:
        raws = [match[0] for match in RAW_TOKEN.finditer(piece.decode("ascii"))]
        held = [self._vocabulary.word(raw, self._language) for raw in raws]
        number = self[piece] = len(self._single)
        self._single.append(held[0] if len(held) == 1 else -1)
        if len(held) != 1:
            self._held[number] = held
        return number

    def words(self, numbers: Ints) -> Ints:
        """The words of a sequence of pieces."""
        words = np.frombuffer(self._single, np.int64)[numbers] if len(numbers) else numbers
        odd = np.flatnonzero(words < 0)
        if not len(odd):
            return words
        held = [self._held[number] for number in numbers[odd].tolist()]
        counts = np.ones(len(words), np.int64)
        counts[odd] = [len(each) for each in held]
        out = np.repeat(words, counts)
        out[out < 0] = [word for each in held for word in each]
        return out


def _positions(parts: Ints, counts: Ints) -> Ints:
    """Position of each word in its text: the parts of all words before it."""
    before = starts_of(parts)
    firsts = before[starts_of(counts)[:-1]]
    return before[:-1] - np.repeat(firsts, counts)


def _day_number(word: str) -> int:
    """1..31 for a word that can be the day beside a month's name, else 0."""
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
