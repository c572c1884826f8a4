"""Texts to numbers: the terms of many texts at once, equal to `index.text.tokens` of each.

Every distinct piece of text is expanded once and kept; the rest is array work. A *word* here is a
raw token in one language with what it expands to.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import starts_of
from index.months import MONTHS, day_of_year, day_term
from index.text import MAX_TERM, RAW_TOKEN, expand, pieces, raw_tokens, stem

MAX_WORDS = 1 << 19
"""Distinct pieces a vocabulary keeps before it starts again; bounds its memory."""
MAX_TOKENS = 1 << 22
"""Tokens of one text; what follows is not searchable."""

Ints = NDArray[np.int64]
Words = NDArray[np.int32]
_DAYS = 32
_OUTSIDE = b".,'&-"
"""What a piece may begin and end with that belongs to no word of plain letters."""


PLACE_BITS = 24
"""A place is the number of a text and, in so many low bits, the position in it."""


class TermStream(NamedTuple):
    """Terms in place: (n,) int32 term numbers and (n,) uint64 places, in no particular order."""

    terms: NDArray[np.int32]
    places: NDArray[np.uint64]

    @property
    def texts(self) -> NDArray[np.int64]:
        """(n,) the number of each term's text."""
        return (self.places >> np.uint64(PLACE_BITS)).astype(np.int64)


def joined(*streams: TermStream) -> TermStream:
    """Several streams, one after the other."""
    return TermStream(*(np.concatenate(each) for each in zip(*streams, strict=True)))


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
    """Per word: any number of (term, offset of its position), as growing arrays.

    Nearly every word gives one term at its own position; the others are kept apart.
    """

    def __init__(self) -> None:
        self._single = array("i")
        self._odd: dict[int, list[tuple[int, int]]] = {}

    def add(self, terms: list[tuple[int, int]]) -> None:
        if len(terms) != 1 or terms[0][1]:
            self._odd[len(self._single)] = terms
            self._single.append(-1)
        else:
            self._single.append(terms[0][0])

    def of(self, words: Words, places: NDArray[np.uint64]) -> TermStream:
        """The terms of a stream of words."""
        terms = np.array(self._single, np.int32)[words]
        odd = np.flatnonzero(terms < 0)
        if not len(odd):
            return TermStream(terms, places)
        usual = terms >= 0
        held = [self._odd[word] for word in words[odd].tolist()]
        counts = np.fromiter(map(len, held), np.int64, len(held))
        flat = np.array([each for terms in held for each in terms], np.int64).reshape(-1, 2)
        further = np.repeat(places[odd], counts) + flat[:, 1].astype(np.uint64)
        return joined(
            TermStream(terms[usual], places[usual]),
            TermStream(flat[:, 0].astype(np.int32), further),
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
        self._parts = array("i")
        self._months = array("B")
        self._days = array("B")

    def __len__(self) -> int:
        return len(self._words)

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[TermStream, TermStream]:
        """The stemmed and the exact terms of texts."""
        words, counts, chinese_days = self._words_of(texts, languages)
        places = self._places(words, counts)
        days = self._month_days(words, places)
        at = np.array([place for place, _ in chinese_days], np.int64)
        terms = np.array([self.stems[day] for _, day in chinese_days], np.int32)
        stems = self._stem_emissions.of(words, places)
        chinese = TermStream(terms, places[at])
        return joined(stems, days, chinese), self._exact_emissions.of(words, places)

    def _places(self, words: Words, counts: Ints) -> NDArray[np.uint64]:
        """The place of each word: the parts of all words before it in its text are its position."""
        before = starts_of(np.array(self._parts, np.int32)[words])
        firsts = before[starts_of(counts)[:-1]]
        bases = (np.arange(len(counts)) << PLACE_BITS) - firsts
        return (before[:-1] + np.repeat(bases, counts)).astype(np.uint64)

    def word(self, raw: str, language: str) -> int:
        """The number of a raw token."""
        key = (raw, language)
        found = self._words.get(key)
        if found is not None:
            return found
        number = self._words[key] = len(self._words)
        if raw.isascii() and raw.isalpha():
            self._add_plain(raw, language)
        else:
            self._add(raw, language)
        return number

    def _add_plain(self, raw: str, language: str) -> None:
        """A word of plain letters: one part, as `expand` would say at more length."""
        exact = raw[:MAX_TERM].lower()
        self._stem_emissions.add([(self.stems[stem(raw, language)], 0)])
        self._exact_emissions.add([(self.exacts[exact], 0)])
        self._parts.append(1)
        self._months.append(MONTHS.get(exact, 0))
        self._days.append(0)

    def _add(self, raw: str, language: str) -> None:
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

    def _words_of(
        self, texts: list[str], languages: list[str]
    ) -> tuple[Words, Ints, list[tuple[int, str]]]:
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
                words = np.array([self.word(raw, language) for raw in raws], np.int32)
                chinese_days += [(at + place, day) for place, day in days.items()]
            found.append(words[:MAX_TOKENS])
            counts[number] = len(found[-1])
            at += len(found[-1])
        return np.concatenate([np.empty(0, np.int32), *found]), counts, chinese_days

    def _of_pieces(self, cut: list[bytes], language: str) -> Words:
        known = self._pieces.get(language)
        if known is None or len(known) > MAX_WORDS:
            known = self._pieces[language] = _Pieces(self, language)
        return known.words(np.fromiter(map(known.__getitem__, cut), np.int32, len(cut)))

    def _month_days(self, words: Words, places: NDArray[np.uint64]) -> TermStream:
        """`--MM-DD` for each month beside a day, at the position of the first of the two."""
        months = np.array(self._months, np.uint8)
        near = np.flatnonzero(months[words])
        pairs = np.unique(np.concatenate([near - 1, near]))
        pairs = pairs[(pairs >= 0) & (pairs + 1 < len(words))]
        texts = places >> np.uint64(PLACE_BITS)
        single = np.array(self._parts, np.int32)[words[pairs]] == 1
        pairs = pairs[single & (texts[pairs] == texts[pairs + 1])]
        one, two, days = words[pairs], words[pairs + 1], np.array(self._days, np.uint8)
        first = months[one] > 0
        month = np.where(first, months[one], months[two]).astype(np.int64)
        day = np.where(first, days[two], days[one])
        terms = np.full(13 * _DAYS, -1, np.int32)
        codes = month * _DAYS + day
        for code in np.unique(codes).tolist():
            term = day_of_year(*divmod(code, _DAYS))
            terms[code] = -1 if term is None else self.stems[term]
        found = terms[codes]
        return TermStream(found[found >= 0], places[pairs[found >= 0]])


class _Pieces(dict[bytes, int]):
    """Numbers for the pieces of texts in one language, and the words each of them holds."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language
        self._single = array("i")
        self._held: dict[int, list[int]] = {}

    def __missing__(self, piece: bytes) -> int:
        core = piece.strip(_OUTSIDE)
        if core.isalpha():
            raws = [core.decode("ascii")]
        else:
            text = piece.decode("utf-8", "surrogatepass")
            raws = [match[0] for match in RAW_TOKEN.finditer(text)]
        held = [self._vocabulary.word(raw, self._language) for raw in raws]
        number = self[piece] = len(self._single)
        self._single.append(held[0] if len(held) == 1 else -1)
        if len(held) != 1:
            self._held[number] = held
        return number

    def words(self, numbers: Words) -> Words:
        """The words of a sequence of pieces."""
        words = np.frombuffer(self._single, np.int32)[numbers] if len(numbers) else numbers
        odd = np.flatnonzero(words < 0)
        if not len(odd):
            return words
        held = [self._held[number] for number in numbers[odd].tolist()]
        counts = np.ones(len(words), np.int64)
        counts[odd] = [len(each) for each in held]
        out = np.repeat(words, counts)
        out[out < 0] = [word for each in held for word in each]
        return out


def _day_number(word: str) -> int:
    """1..31 for a word that can be the day beside a month's name, else 0."""
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
