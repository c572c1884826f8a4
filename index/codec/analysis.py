"""Texts to numbers: the terms of many texts at once, equal to `index.text.tokens` of each.

Every distinct word is expanded once and kept; the rest is array work. A *word* here is a raw token
in one language with what it expands to.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import compiled
from index.codec.lookup import Ints, Lookup, Runs, Words, make_lookup
from index.codec.names import make_names
from index.codec.packing import starts_of
from index.months import MONTHS, day_of_year, day_term
from index.text import PlainWords, expand, plain_words, stems

PLACE_BITS = 24
"""A place is the number of a text and, in so many low bits, the position in it."""
_DAYS = 32
_MAX_DAY = len("26th")


class TermStream(NamedTuple):
    """Terms in place: (n,) int32 term numbers and (n,) uint64 places.

    Compiled loops give them by ascending place, numpy in no particular order.
    """

    terms: NDArray[np.int32]
    places: NDArray[np.uint64]

    @property
    def texts(self) -> NDArray[np.int64]:
        """(n,) the number of each term's text."""
        return (self.places >> np.uint64(PLACE_BITS)).astype(np.int64)


class Vocabulary:
    """Numbers for words and terms, shared by all texts that one process analyses."""

    def __init__(self) -> None:
        self.stems = make_names()
        self.exacts = make_names()
        self._lookup: Lookup = make_lookup()
        self._stem_emissions = _Emissions()
        self._exact_emissions = _Emissions()
        self._parts = array("i")
        self._months = array("B")
        self._days = array("B")

    def __len__(self) -> int:
        return len(self._parts)

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[TermStream, TermStream]:
        """The stemmed and the exact terms of texts."""
        found = self._lookup.words(texts, languages)
        self._learn(found.fresh)
        days = self._month_days(found.words, found.counts)
        days += [(at, self.stems.numbers([day.encode()])[0]) for at, day in found.days]
        days.sort(key=lambda pair: pair[0])
        extra = np.array([at for at, _ in days], np.int64)
        terms = np.array([term for _, term in days], np.int32)
        none = np.empty(0, np.int64), np.empty(0, np.int32)
        stream = (found.words, found.counts, found.texts, self._parts)
        return (
            self._stem_emissions.of(*stream, extra, terms),
            self._exact_emissions.of(*stream, *none),
        )

    def _learn(self, fresh: list[tuple[str, str]]) -> None:
        """New words, raw token and language, in the order of their numbers."""
        stem_terms: list[_Terms] = []
        exact_terms: list[_Terms] = []
        for raw, language, plain, stemmed in _plain_words(fresh):
            if plain is not None:
                stem_terms.append(stemmed)
                exact_terms.append(plain.words)
                self._note(plain.words[-plain.parts][0], plain.parts)
                continue
            expansion = expand(raw, language)
            terms = [(extra, 0) for extra in expansion.extras]
            terms += [(part.term, offset) for offset, part in enumerate(expansion.parts)]
            stem_terms.append([(term.stem, at) for term, at in terms if term.stem])
            exact_terms.append([(term.exact, at) for term, at in terms if term.exact])
            first = expansion.parts[0].term.exact if expansion.parts else ""
            self._note(first, len(expansion.parts))
        for names, emissions, each in (
            (self.stems, self._stem_emissions, stem_terms),
            (self.exacts, self._exact_emissions, exact_terms),
        ):
            flat = [text.encode("utf-8", "surrogatepass") for terms in each for text, _ in terms]
            emissions.extend(each, names.numbers(flat).tolist())

    def _note(self, first: str, parts: int) -> None:
        """What a word's first part may mean beside another word, and how many parts it has."""
        self._parts.append(parts)
        self._months.append(MONTHS.get(first, 0))
        self._days.append(_day_number(first) if len(first) <= _MAX_DAY else 0)

    def _month_days(self, words: Words, counts: Ints) -> list[tuple[int, int]]:
        """`--MM-DD` for each month beside a day: the place of the first word, and the term."""
        months = np.array(self._months, np.uint8)
        near = np.flatnonzero(months[words])
        pairs = np.unique(np.concatenate([near - 1, near]))
        pairs = pairs[(pairs >= 0) & (pairs + 1 < len(words))]
        starts = starts_of(counts)
        same = starts.searchsorted(pairs, "right") == starts.searchsorted(pairs + 1, "right")
        pairs = pairs[same & (np.array(self._parts, np.int32)[words[pairs]] == 1)]
        one, two, days = words[pairs], words[pairs + 1], np.array(self._days, np.uint8)
        first = months[one] > 0
        month = np.where(first, months[one], months[two]).astype(np.int64)
        day = np.where(first, days[two], days[one])
        terms = np.full(13 * _DAYS, -1, np.int32)
        codes = month * _DAYS + day
        for code in np.unique(codes).tolist():
            term = day_of_year(*divmod(code, _DAYS))
            terms[code] = -1 if term is None else self.stems.numbers([term.encode()])[0]
        found = terms[codes]
        return list(zip(pairs[found >= 0].tolist(), found[found >= 0].tolist(), strict=True))


_Terms = Sequence[tuple[str, int]]


class _Emissions:
    """Per word: any number of (term, offset of its position), as growing arrays.

    Nearly every word gives one term at its own position. For the others stands ~n, the number of
    their run of terms.
    """

    def __init__(self) -> None:
        self._single = array("i")
        self._terms = Runs()
        self._offsets = Runs()

    def extend(self, words: list[_Terms], numbers: list[int]) -> None:
        """The next words' terms; `numbers` are those of all of them, one after the other."""
        at = 0
        for terms in words:
            if len(terms) == 1 and not terms[0][1]:
                self._single.append(numbers[at])
            else:
                self._single.append(~len(self._terms))
                self._terms.add(numbers[at : at + len(terms)])
                self._offsets.add([offset for _, offset in terms])
            at += len(terms)

    def of(
        self,
        words: Words,
        counts: Ints,
        texts: Ints,
        parts: array[int],
        extra: Ints,
        extra_terms: Words,
    ) -> TermStream:
        """The terms of a stream of words.

        :param counts: words of each text; `texts`: its number; `parts`: positions of each word.
        :param extra: places in the stream, ascending, at which `extra_terms` stand as well.
        """
        if compiled.kernel is None:
            return self._by_arrays(words, _places(words, counts, texts, parts), extra, extra_terms)
        terms, places = compiled.kernel.emitted(
            words, counts.astype(np.int32), texts, parts, self._single,
            self._terms.starts, self._terms.flat, self._offsets.flat, extra, extra_terms,
        )  # fmt: skip
        return TermStream(np.frombuffer(terms, np.int32), np.frombuffer(places, np.uint64))

    def _by_arrays(
        self, words: Words, places: NDArray[np.uint64], extra: Ints, extra_terms: Words
    ) -> TermStream:
        terms = np.array(self._single, np.int32)[words]
        odd = np.flatnonzero(terms < 0)
        usual = np.flatnonzero(terms >= 0)
        runs = ~terms[odd]
        further, sizes = self._terms.of(runs)
        offsets = self._offsets.of(runs)[0].astype(np.uint64)
        return _joined(
            TermStream(terms[usual], places[usual]),
            TermStream(further, np.repeat(places[odd], sizes) + offsets),
            TermStream(extra_terms, places[extra]),
        )


def _places(words: Words, counts: Ints, texts: Ints, parts: array[int]) -> NDArray[np.uint64]:
    """The place of each word: the parts of all words before it in its text are its position."""
    before = starts_of(np.array(parts, np.int32)[words])
    firsts = before[starts_of(counts)[:-1]]
    bases = (texts << PLACE_BITS) - firsts
    return (before[:-1] + np.repeat(bases, counts)).astype(np.uint64)


def _joined(*streams: TermStream) -> TermStream:
    """Several streams, one after the other."""
    return TermStream(*(np.concatenate(each) for each in zip(*streams, strict=True)))


def _plain_words(
    fresh: list[tuple[str, str]],
) -> Iterator[tuple[str, str, PlainWords | None, _Terms]]:
    """Each new word with its plain words, None for letters beyond ASCII, and their stems."""
    words = [plain_words(raw.lower()) if raw.isascii() else None for raw, _ in fresh]
    by_language: dict[str, list[str]] = {}
    for (_, language), plain in zip(fresh, words, strict=True):
        if plain is not None:
            by_language.setdefault(language, []).extend([word for word, _ in plain.words])
    stemmed = {language: iter(stems(each, language)) for language, each in by_language.items()}
    for (raw, language), plain in zip(fresh, words, strict=True):
        terms: list[tuple[str, int]] = []
        if plain is not None:
            terms = [(next(stemmed[language]), offset) for _, offset in plain.words]
            if plain.day is not None:
                terms.insert(0, (plain.day, 0))
        yield raw, language, plain, terms


def _day_number(word: str) -> int:
    """1..31 for a word that can be the day beside a month's name, else 0."""
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
