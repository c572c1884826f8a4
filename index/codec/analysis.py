"""Texts to numbers: the terms of many texts at once, equal to `index.text.tokens` of each.

Every distinct word is expanded once and kept; the rest is array work. A *word* here is a raw token
in one language with what it expands to.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import compiled
from index.codec.lookup import Ints, Lookup, Runs, Words, make_lookup
from index.codec.names import make_names
from index.codec.packing import ranges, starts_of
from index.months import MONTHS, day_of_year, day_term
from index.text import PlainWords, expand, plain_words, stems

PLACE_BITS = 24
"""A place is the number of a text and, in so many low bits, the position in it."""
_DAYS = 32
_MAX_DAY = len("26th")


class Occurrences(NamedTuple):
    """Where terms stand: `places` uint64, term after term, ascending in each.

    `starts` (terms + 1,) int64 says where each term's begin, `lengths` (texts,) int64 how many
    terms each text has.
    """

    starts: Ints
    places: NDArray[np.uint64]
    lengths: Ints


def by_term(
    terms: NDArray[np.int32], places: NDArray[np.uint64], count: int, texts: int
) -> Occurrences:
    """Terms in places, in any order of terms and an ascending one of places, sorted by term.

    :param count: how many terms there are; `texts`: how many texts.
    """
    lengths = np.bincount((places >> np.uint64(PLACE_BITS)).astype(np.int64), minlength=texts)
    if compiled.kernel is not None:
        starts, sorted_places = compiled.kernel.by_term(terms, places, count)
        return Occurrences(
            np.frombuffer(starts, np.int64), np.frombuffer(sorted_places, np.uint64), lengths
        )
    order = np.lexsort((places, terms))
    return Occurrences(starts_of(np.bincount(terms, minlength=count)), places[order], lengths)


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

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[Occurrences, Occurrences]:
        """Where the stemmed and the exact terms of texts stand."""
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
            self._stem_emissions.of(*stream, extra, terms, len(self.stems)),
            self._exact_emissions.of(*stream, *none, len(self.exacts)),
        )

    def _learn(self, fresh: list[tuple[str, str]]) -> None:
        """New words, raw token and language, in the order of their numbers."""
        stem_terms, exact_terms = _Terms([], [], []), _Terms([], [], [])
        firsts: list[str] = []
        parts: list[int] = []
        for raw, language, plain, stemmed in _plain_words(fresh):
            if plain is not None:
                words, size, day = plain
                if day is not None:
                    stem_terms.texts.append(day)
                    stem_terms.offsets.append(0)
                stem_terms.counts.append(len(words) + (day is not None))
                exact_terms.counts.append(len(words))
                for (word, offset), stem in zip(words, stemmed, strict=True):
                    exact_terms.texts.append(word)
                    stem_terms.texts.append(stem)
                    exact_terms.offsets.append(offset)
                    stem_terms.offsets.append(offset)
                firsts.append(words[-size][0])
                parts.append(size)
                continue
            expansion = expand(raw, language)
            terms = [(extra, 0) for extra in expansion.extras]
            terms += [(part.term, offset) for offset, part in enumerate(expansion.parts)]
            stem_terms.add([(term.stem, at) for term, at in terms if term.stem])
            exact_terms.add([(term.exact, at) for term, at in terms if term.exact])
            firsts.append(expansion.parts[0].term.exact if expansion.parts else "")
            parts.append(len(expansion.parts))
        self._note(firsts, parts)
        for names, emissions, each in (
            (self.stems, self._stem_emissions, stem_terms),
            (self.exacts, self._exact_emissions, exact_terms),
        ):
            texts = [text.encode("utf-8", "surrogatepass") for text in each.texts]
            emissions.extend(each.counts, each.offsets, names.numbers(texts))

    def _note(self, firsts: list[str], parts: list[int]) -> None:
        """What words' first parts may mean beside another word, and how many parts they have."""
        self._parts.extend(parts)
        self._months.extend([MONTHS.get(first, 0) for first in firsts])
        self._days.extend([_day_number(first) if len(first) <= _MAX_DAY else 0 for first in firsts])

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


class _Terms(NamedTuple):
    """The terms of words: how many each has, and text and offset of all of them."""

    counts: list[int]
    offsets: list[int]
    texts: list[str]

    def add(self, terms: list[tuple[str, int]]) -> None:
        """The next word's."""
        self.counts.append(len(terms))
        self.texts.extend([text for text, _ in terms])
        self.offsets.extend([offset for _, offset in terms])


class _Emissions:
    """Per word: any number of (term, offset of its position), as growing arrays.

    Nearly every word gives one term at its own position. For the others stands ~n, the number of
    their run of terms.
    """

    def __init__(self) -> None:
        self._single = array("i")
        self._terms = Runs()
        self._offsets = Runs()

    def extend(self, counts: list[int], offsets: list[int], numbers: NDArray[np.int32]) -> None:
        """The next words: (words,) how many terms each has; offset and number of every term."""
        sizes, all_offsets = np.array(counts, np.int64), np.array(offsets, np.int32)
        starts = starts_of(sizes)
        firsts = np.minimum(starts[:-1], max(len(numbers) - 1, 0))
        single = sizes == 1
        single[single] = all_offsets[firsts[single]] == 0
        odd = np.flatnonzero(~single)
        terms = np.empty(len(sizes), np.int32)
        terms[single] = numbers[firsts[single]]
        terms[odd] = ~np.arange(len(self._terms), len(self._terms) + len(odd), dtype=np.int32)
        self._single.frombytes(terms.tobytes())
        in_runs = ranges(starts[odd], sizes[odd])
        self._terms.extend(sizes[odd], numbers[in_runs])
        self._offsets.extend(sizes[odd], all_offsets[in_runs])

    def of(
        self,
        words: Words,
        counts: Ints,
        texts: Ints,
        parts: array[int],
        extra: Ints,
        extra_terms: Words,
        size: int,
    ) -> Occurrences:
        """Where the terms of a stream of words stand.

        :param counts: words of each text; `texts`: its number; `parts`: positions of each word.
        :param extra: places in the stream, ascending, at which `extra_terms` stand as well.
        :param size: how many terms there are.
        """
        if compiled.kernel is None:
            places = _places(words, counts, texts, parts)
            return self._by_arrays(words, places, extra, extra_terms, size, len(texts))
        starts, by_term, lengths = compiled.kernel.inverted(
            words, counts.astype(np.int32), texts, parts, self._single, self._terms.starts,
            self._terms.flat, self._offsets.flat, extra, extra_terms, size,
        )  # fmt: skip
        return Occurrences(
            np.frombuffer(starts, np.int64),
            np.frombuffer(by_term, np.uint64),
            np.frombuffer(lengths, np.int64),
        )

    def _by_arrays(
        self,
        words: Words,
        places: NDArray[np.uint64],
        extra: Ints,
        extra_terms: Words,
        size: int,
        texts: int,
    ) -> Occurrences:
        terms = np.array(self._single, np.int32)[words]
        odd = np.flatnonzero(terms < 0)
        usual = np.flatnonzero(terms >= 0)
        runs = ~terms[odd]
        further, sizes = self._terms.of(runs)
        offsets = self._offsets.of(runs)[0].astype(np.uint64)
        every_place = [places[usual], np.repeat(places[odd], sizes) + offsets, places[extra]]
        every_term = [terms[usual], further, extra_terms]
        return by_term(np.concatenate(every_term), np.concatenate(every_place), size, texts)


def _places(words: Words, counts: Ints, texts: Ints, parts: array[int]) -> NDArray[np.uint64]:
    """The place of each word: the parts of all words before it in its text are its position."""
    before = starts_of(np.array(parts, np.int32)[words])
    firsts = before[starts_of(counts)[:-1]]
    bases = (texts << PLACE_BITS) - firsts
    return (before[:-1] + np.repeat(bases, counts)).astype(np.uint64)


def _plain_words(
    fresh: list[tuple[str, str]],
) -> Iterator[tuple[str, str, PlainWords | None, list[str]]]:
    """Each new word with its plain words, None for letters beyond ASCII, and their stems."""
    found = [plain_words(raw.lower()) if raw.isascii() else None for raw, _ in fresh]
    by_language: dict[str, list[str]] = {}
    for (_, language), plain in zip(fresh, found, strict=True):
        if plain is not None:
            by_language.setdefault(language, []).extend([word for word, _ in plain[0]])
    stemmed = {language: iter(stems(each, language)) for language, each in by_language.items()}
    for (raw, language), plain in zip(fresh, found, strict=True):
        if plain is None:
            yield raw, language, None, []
        else:
            stems_left = stemmed[language]
            yield raw, language, plain, [next(stems_left) for _ in plain[0]]


def _day_number(word: str) -> int:
    """1..31 for a word that can be the day beside a month's name, else 0."""
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
