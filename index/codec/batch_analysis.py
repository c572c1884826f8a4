"""Texts to numbers: the terms of many texts at once, equal to `index.text.analysis.tokens` of each.

Every distinct word is expanded once and kept. A *word* here is a raw token in one language with
what it expands to.
"""

from __future__ import annotations

import itertools
from array import array
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import Ints, Ordinals
from index.codec.packing import ranges, starts_of
from index.codec.term_numbers import TermNumbers
from index.codec.token_numbers import TokenNumbers
from index.kernel import loop
from index.text.analysis import MAX_TERM, expand, plain_words
from index.text.folding import fold
from index.text.months import MONTHS, day_of_year, day_term
from index.text.raw_tokens import PLAIN_JOINTS
from index.text.stemming import stems

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


def by_term(terms: Ordinals, places: NDArray[np.uint64], count: int, texts: int) -> Occurrences:
    """Terms in places, in any order of terms and an ascending one of places, sorted by term.

    :param count: how many terms there are; `texts`: how many texts.
    """
    lengths = np.bincount((places >> np.uint64(PLACE_BITS)).astype(np.int64), minlength=texts)
    order = np.argsort(terms, kind="stable")
    return Occurrences(starts_of(np.bincount(terms, minlength=count)), places[order], lengths)


class Vocabulary:
    """Numbers for words and terms, shared by all texts that one process analyses."""

    def __init__(self) -> None:
        self.stems = TermNumbers()
        self.exacts = TermNumbers()
        self._tokens = TokenNumbers()
        self._stem_emissions = _Emissions()
        self._exact_emissions = _Emissions()
        self._parts = array("i")
        self._months = array("B")
        self._days = array("B")

    def __len__(self) -> int:
        return len(self._parts)

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[Occurrences, Occurrences]:
        """Where the stemmed and the exact terms of texts stand."""
        found = self._tokens.numbers(texts, languages)
        self._learn(found.fresh)
        days = self._month_days(found.numbers, found.counts)
        numbers = self.stems.numbers([term.encode() for _, term in found.beside])
        days += zip((at for at, _ in found.beside), numbers.tolist(), strict=True)
        days.sort(key=lambda pair: pair[0])
        extra = np.array([at for at, _ in days], np.int64)
        terms = np.array([term for _, term in days], np.int32)
        none = np.empty(0, np.int64), np.empty(0, np.int32)
        stream = (found.numbers, found.counts, self._parts)
        return (
            self._stem_emissions.of(*stream, extra, terms, len(self.stems)),
            self._exact_emissions.of(*stream, *none, len(self.exacts)),
        )

    def _learn(self, fresh: list[tuple[str, str]]) -> None:
        """New words, raw token and language, in the order of their numbers."""
        made = _expanded(fresh)
        stems = _stemmed(made.plain.texts, [fresh[at][1] for at in made.plain.owners])
        plain = made.plain._replace(texts=stems)
        self._stem_emissions.extend(len(fresh), self.stems, plain, made.stems)
        self._exact_emissions.extend(len(fresh), self.exacts, made.plain, made.exacts)
        self._parts.extend(made.parts)
        self._months.extend(_months_of(made.firsts))
        self._days.extend(_days_of(made.firsts))

    def _month_days(self, words: Ordinals, counts: Ints) -> list[tuple[int, int]]:
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
        names = {code: day_of_year(*divmod(code, _DAYS)) for code in np.unique(codes).tolist()}
        named = {code: name.encode() for code, name in names.items() if name is not None}
        terms[np.array(list(named), np.int64)] = self.stems.numbers(list(named.values()))
        found = terms[codes]
        return list(zip(pairs[found >= 0].tolist(), found[found >= 0].tolist(), strict=True))


class _Terms(NamedTuple):
    """Terms of words: the word of each, its offset from the word's position, and its text."""

    owners: list[int]
    offsets: list[int]
    texts: list[str]

    def add(self, owner: int, offset: int, text: str) -> None:
        """One term of a word."""
        self.owners.append(owner)
        self.offsets.append(offset)
        self.texts.append(text)


class _Expanded(NamedTuple):
    """Words: their terms, the first part of each, and how many positions each takes.

    `plain`: exact terms of ASCII, which only have to be stemmed; `stems`, `exacts`: all others.
    """

    plain: _Terms
    stems: _Terms
    exacts: _Terms
    firsts: list[str]
    parts: list[int]


def _expanded(words: list[tuple[str, str]]) -> _Expanded:
    """Raw tokens, each with its language."""
    made = _Expanded(_Terms([], [], []), _Terms([], [], []), _Terms([], [], []), [], [])
    owners, offsets, texts = made.plain
    for owner, (given, language) in enumerate(words):
        raw = given if given.isascii() else given.translate(PLAIN_JOINTS)
        if not raw.isascii():
            _add_expansion(made, owner, raw, language)
            continue
        raw = raw.lower()
        if not raw.isalnum():
            _add_plain_words(made, owner, raw)
            continue
        raw = raw[:MAX_TERM]  # all that `plain_words` does with most
        owners.append(owner)
        offsets.append(0)
        texts.append(raw)
        made.firsts.append(raw)
        made.parts.append(1)
    return made


def _add_plain_words(made: _Expanded, owner: int, raw: str) -> None:
    """The terms of a word of ASCII in small letters."""
    terms, parts, day = plain_words(raw)
    for text, offset in terms:
        made.plain.add(owner, offset, text)
    if day:
        made.stems.add(owner, 0, day)
    made.firsts.append(terms[-parts][0])
    made.parts.append(parts)


def _add_expansion(made: _Expanded, owner: int, raw: str, language: str) -> None:
    """The terms of any other word."""
    expansion = expand(raw, language)
    found = [(extra, 0) for extra in expansion.extras]
    found += [(part.term, offset) for offset, part in enumerate(expansion.parts)]
    for term, offset in found:
        if term.stem:
            made.stems.add(owner, offset, term.stem)
        if term.exact:
            made.exacts.add(owner, offset, term.exact)
    made.firsts.append(expansion.parts[0].term.exact if expansion.parts else "")
    made.parts.append(len(expansion.parts))


class _Emissions:
    """The terms that each word stands for, with their offsets from its position."""

    def __init__(self) -> None:
        self._starts = array("q", [0])
        self._terms = array("i")
        self._offsets = array("i")

    def extend(self, words: int, names: TermNumbers, *terms: _Terms) -> None:
        """The terms of the next words, which are given numbers."""
        owners, offsets, texts = (
            list(chain.from_iterable(each)) for each in zip(*terms, strict=True)
        )
        order = np.argsort(np.array(owners, np.int64), kind="stable")
        numbers = names.numbers([text.encode("utf-8", "surrogatepass") for text in texts])
        counts = np.bincount(np.array(owners, np.int64), minlength=words)
        self._starts.frombytes((starts_of(counts)[1:] + self._starts[-1]).tobytes())
        self._terms.frombytes(numbers[order].tobytes())
        self._offsets.frombytes(np.array(offsets, np.int32)[order].tobytes())

    def of(
        self, words: Ordinals, counts: Ints, parts: array[int], extra: Ints, extra_terms: Ordinals,
        size: int,
    ) -> Occurrences:  # fmt: skip
        """Where the terms of a stream of words stand.

        :param counts: words of each text; `parts`: positions of each word.
        :param extra: places in the stream, ascending, at which `extra_terms` stand as well.
        :param size: how many terms there are.
        """
        runs = self._starts, self._terms, self._offsets
        if inverted := loop("inverted"):
            single = self._single(parts)
            starts, flat, lengths = inverted(words, counts, single, *runs, extra, extra_terms, size)
            return Occurrences(
                np.frombuffer(starts, np.int64),
                np.frombuffer(flat, np.uint64),
                np.frombuffer(lengths, np.int64),
            )
        run_starts, run_terms, run_offsets = map(np.asarray, runs)
        places = _places(words, counts, parts)
        sizes = np.diff(run_starts)[words]
        emitted = ranges(run_starts[words], sizes)
        all_places = np.repeat(places, sizes) + run_offsets[emitted].astype(np.uint64)
        terms = np.concatenate([extra_terms, run_terms[emitted]])
        all_places = np.concatenate([places[extra], all_places])
        order = np.argsort(all_places, kind="stable")
        return by_term(terms[order], all_places[order], size, len(counts))

    def _single(self, parts: array[int]) -> Ordinals:
        """A pair for each word: its only term, at no offset, or -1; and the positions it takes."""
        starts, terms, offsets = map(np.array, (self._starts, self._terms, self._offsets))
        alone = np.flatnonzero(np.diff(starts) == 1)
        alone = alone[offsets[starts[alone]] == 0]
        pairs = np.stack([np.full(len(parts), -1, np.int32), np.array(parts, np.int32)], 1)
        pairs[alone, 0] = terms[starts[alone]]
        return pairs.ravel()


def _places(words: Ordinals, counts: Ints, parts: array[int]) -> NDArray[np.uint64]:
    """The place of each word: the parts of all words before it in its text are its position."""
    before = starts_of(np.array(parts, np.int32)[words])
    firsts = before[starts_of(counts)[:-1]]
    bases = (np.arange(len(counts)) << PLACE_BITS) - firsts
    return (before[:-1] + np.repeat(bases, counts)).astype(np.uint64)


def _stemmed(words: list[str], languages: list[str]) -> list[str]:
    """The stems of words in plain small letters and digits, each in its language."""
    spoken = set(languages)
    if len(spoken) == 1:
        return _folded(stems(words, spoken.pop()))
    stemmed = list(words)
    for language in spoken:
        places = [place for place, each in enumerate(languages) if each == language]
        found = stems([words[place] for place in places], language)
        for place, word in zip(places, found, strict=True):
            stemmed[place] = word
    return _folded(stemmed)


def _folded(stems: list[str]) -> list[str]:
    """Stems in plain letters: the Turkish stemmer makes `sonuç` of `sonuc`."""
    return [each if each.isascii() else fold(each) for each in stems]


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
