"""Texts to numbers: the terms of many texts at once, equal to `index.text.analysis.tokens` of each.

Every distinct word is expanded once and kept; the rest is array work. A *word* here is a raw token
in one language with what it expands to.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import compiled
from index.codec.lookup import Ints, Lookup, Runs, Words, make_lookup
from index.codec.packing import ranges, starts_of
from index.codec.term_numbers import make_names
from index.text.analysis import MAX_TERM, PLAIN_JOINTS, expand, plain_words, stems
from index.text.months import MONTHS, day_of_year, day_term

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
        fresh = [
            (raw if raw.isascii() else raw.translate(PLAIN_JOINTS), language)
            for raw, language in fresh
        ]
        is_plain = np.array([raw.isascii() and raw.isalnum() for raw, _ in fresh], bool)
        plain = [fresh[place] for place in np.flatnonzero(is_plain).tolist()]
        odd = _expanded([fresh[place] for place in np.flatnonzero(~is_plain).tolist()])
        words = [raw[:MAX_TERM].lower() for raw, _ in plain]
        stemmed = _stemmed(words, [language for _, language in plain])
        for names, emissions, texts, terms in (
            (self.stems, self._stem_emissions, stemmed, odd.stems),
            (self.exacts, self._exact_emissions, words, odd.exacts),
        ):
            numbers = names.numbers(list(map(str.encode, texts)))
            odd_texts = [text.encode("utf-8", "surrogatepass") for text in terms.texts]
            emissions.extend(is_plain, numbers, terms, names.numbers(odd_texts))
        for kept, ones, others in (
            (self._parts, [1] * len(words), odd.parts),
            (self._months, _months_of(words), _months_of(odd.firsts)),
            (self._days, _days_of(words), _days_of(odd.firsts)),
        ):
            woven = np.empty(len(is_plain), kept.typecode)
            woven[is_plain], woven[~is_plain] = ones, others
            kept.frombytes(woven.tobytes())

    def _month_days(self, words: Words, counts: Ints) -> list[tuple[int, int]]:
        """`--MM-DD` for each month beside a day: the place of the first word, and the term."""
        months = np.array(self._months, np.uint8)
        near = np.flatnonzero(months.take(words, mode="clip"))
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

    def add(self, terms: Sequence[tuple[str, int]]) -> None:
        """The next word's."""
        self.counts.append(len(terms))
        self.texts.extend([text for text, _ in terms])
        self.offsets.extend([offset for _, offset in terms])


class _Expanded(NamedTuple):
    """Words that are no plain letters and digits: their terms, first parts, numbers of parts."""

    stems: _Terms
    exacts: _Terms
    firsts: list[str]
    parts: list[int]


def _expanded(words: list[tuple[str, str]]) -> _Expanded:
    """Raw tokens, each with its language."""
    made = _Expanded(_Terms([], [], []), _Terms([], [], []), [], [])
    plain = [plain_words(raw.lower()) if raw.isascii() else None for raw, _ in words]
    held = [
        (word, language)
        for each, (_, language) in zip(plain, words, strict=True)
        if each is not None
        for word, _ in each.words
    ]
    stemmed = iter(_stemmed([word for word, _ in held], [language for _, language in held]))
    for each, (raw, language) in zip(plain, words, strict=True):
        if each is not None:
            made.exacts.add(each.words)
            stem_terms = [(next(stemmed), offset) for _, offset in each.words]
            made.stems.add([(each.day, 0), *stem_terms] if each.day else stem_terms)
            made.firsts.append(each.words[-each.parts][0])
            made.parts.append(each.parts)
            continue
        expansion = expand(raw, language)
        terms = [(extra, 0) for extra in expansion.extras]
        terms += [(part.term, offset) for offset, part in enumerate(expansion.parts)]
        made.stems.add([(term.stem, at) for term, at in terms if term.stem])
        made.exacts.add([(term.exact, at) for term, at in terms if term.exact])
        made.firsts.append(expansion.parts[0].term.exact if expansion.parts else "")
        made.parts.append(len(expansion.parts))
    return made


class _Emissions:
    """Per word: any number of (term, offset of its position), as growing arrays.

    Nearly every word gives one term at its own position. For the others stands ~n, the number of
    their run of terms.
    """

    def __init__(self) -> None:
        self._single = array("i")
        self._terms = Runs()
        self._offsets = Runs()

    def extend(
        self,
        is_plain: NDArray[np.bool_],
        plain: NDArray[np.int32],
        odd: _Terms,
        numbers: NDArray[np.int32],
    ) -> None:
        """The next words: those that are plain have one term each; `numbers` are the others'."""
        sizes, offsets = np.array(odd.counts, np.int64), np.array(odd.offsets, np.int32)
        starts = starts_of(sizes)
        firsts = np.minimum(starts[:-1], max(len(numbers) - 1, 0))
        single = sizes == 1
        single[single] = offsets[firsts[single]] == 0
        in_runs = np.flatnonzero(~single)
        terms = np.empty(len(sizes), np.int32)
        terms[single] = numbers[firsts[single]]
        terms[in_runs] = ~np.arange(len(self._terms), len(self._terms) + len(in_runs))
        every = np.empty(len(is_plain), np.int32)
        every[is_plain], every[~is_plain] = plain, terms
        self._single.frombytes(every.tobytes())
        held = ranges(starts[in_runs], sizes[in_runs])
        self._terms.extend(sizes[in_runs], numbers[held])
        self._offsets.extend(sizes[in_runs], offsets[held])

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


def _stemmed(words: list[str], languages: list[str]) -> list[str]:
    """The stems of words in plain small letters and digits, each in its language."""
    spoken = set(languages)
    if len(spoken) == 1:
        return stems(words, spoken.pop())
    stemmed = list(words)
    for language in spoken:
        places = [place for place, each in enumerate(languages) if each == language]
        found = stems([words[place] for place in places], language)
        for place, word in zip(places, found, strict=True):
            stemmed[place] = word
    return stemmed


def _months_of(words: list[str]) -> list[int]:
    """1..12 for words that name a month, 0 for others."""
    return list(map(MONTHS.get, words, itertools.repeat(0)))


def _days_of(words: list[str]) -> list[int]:
    """1..31 for words that can be the day beside a month's name, 0 for others."""
    return [_day_number(word) if len(word) <= _MAX_DAY else 0 for word in words]


@lru_cache(maxsize=1 << 14)
def _day_number(word: str) -> int:
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
