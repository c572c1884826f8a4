"""Texts to numbers: the terms of many texts at once, equal to `index.text.tokens` of each.

Every distinct piece of text is expanded once and kept; the rest is array work. A *word* here is a
raw token in one language with what it expands to.
"""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import ranges, starts_of
from index.codec.pieces import PieceTable
from index.months import MONTHS, day_of_year, day_term
from index.text import MAX_TERM, RAW_TOKEN, expand, pieces, raw_tokens, stem

MAX_WORDS = 1 << 19
"""Distinct pieces a vocabulary keeps before it starts again; bounds its memory."""
MAX_TOKENS = 1 << 22
"""Tokens of one text; what follows is not searchable."""

Ints = NDArray[np.int64]
Words = NDArray[np.int32]
_CHUNK = 1 << 22
"""Bytes of texts whose pieces are looked up at once."""
_DAYS = 32
_MAX_DAY = len("26th")
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


class _Runs:
    """Runs of whole numbers, one after the other, each found by its number."""

    def __init__(self) -> None:
        self._flat = array("i")
        self._starts = array("q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, run: list[int]) -> None:
        self._flat.extend(run)
        self._starts.append(len(self._flat))

    def of(self, numbers: NDArray[Any]) -> tuple[Words, Ints]:
        """The runs of these numbers, one after the other, and the length of each."""
        starts = np.array(self._starts, np.int64)
        firsts = starts[numbers]
        counts = starts[numbers + 1] - firsts
        return np.array(self._flat, np.int32)[ranges(firsts, counts)], counts


class _Emissions:
    """Per word: any number of (term, offset of its position), as growing arrays.

    Nearly every word gives one term at its own position. For the others stands ~n, the number of
    their run of terms.
    """

    def __init__(self) -> None:
        self._single = array("i")
        self._terms = _Runs()
        self._offsets = _Runs()

    def add_one(self, term: int) -> None:
        """The next word, which gives one term."""
        self._single.append(term)

    def add(self, terms: list[tuple[int, int]]) -> None:
        """The next word."""
        if len(terms) == 1 and not terms[0][1]:
            self._single.append(terms[0][0])
            return
        self._single.append(~len(self._terms))
        self._terms.add([term for term, _ in terms])
        self._offsets.add([offset for _, offset in terms])

    def of(self, words: Words, places: NDArray[np.uint64]) -> TermStream:
        """The terms of a stream of words."""
        terms = np.array(self._single, np.int32)[words]
        odd = np.flatnonzero(terms < 0)
        if not len(odd):
            return TermStream(terms, places)
        usual = np.flatnonzero(terms >= 0)
        runs = ~terms[odd]
        further, counts = self._terms.of(runs)
        offsets = self._offsets.of(runs)[0].astype(np.uint64)
        return joined(
            TermStream(terms[usual], places[usual]),
            TermStream(further, np.repeat(places[odd], counts) + offsets),
        )


class Vocabulary:
    """Numbers for pieces, words and terms, shared by all texts that one process analyses."""

    def __init__(self) -> None:
        self.stems = Names()
        self.exacts = Names()
        self._pieces: dict[str, _Pieces] = {}
        self._words: dict[str, _Words] = {}
        self._stem_emissions = _Emissions()
        self._exact_emissions = _Emissions()
        self._parts = array("i")
        self._months = array("B")
        self._days = array("B")

    def __len__(self) -> int:
        return len(self._parts)

    def analyse(self, texts: list[str], languages: list[str]) -> tuple[TermStream, TermStream]:
        """The stemmed and the exact terms of texts."""
        order, words, counts, chinese_days = self._words_of(texts, languages)
        places = self._places(order, words, counts)
        days = self._month_days(words, places)
        at = np.array([place for place, _ in chinese_days], np.int64)
        terms = np.array([self.stems[day] for _, day in chinese_days], np.int32)
        stems = self._stem_emissions.of(words, places)
        chinese = TermStream(terms, places[at])
        return joined(stems, days, chinese), self._exact_emissions.of(words, places)

    def _places(self, order: Ints, words: Words, counts: Ints) -> NDArray[np.uint64]:
        """The place of each word: the parts of all words before it in its text are its position."""
        before = starts_of(np.array(self._parts, np.int32)[words])
        firsts = before[starts_of(counts)[:-1]]
        bases = (order << PLACE_BITS) - firsts
        return (before[:-1] + np.repeat(bases, counts)).astype(np.uint64)

    def words(self, language: str) -> _Words:
        """The numbers of raw tokens in a language."""
        known = self._words.get(language)
        if known is None:
            known = self._words[language] = _Words(self, language)
        return known

    def add(self, raw: str, language: str) -> int:
        """A new raw token; gives its number."""
        if raw.isascii() and raw.isalnum():
            self._add_plain(raw, language)
        else:
            self._add(raw, language)
        return len(self._parts) - 1

    def _add_plain(self, raw: str, language: str) -> None:
        """Plain letters and digits: one part, as `expand` would say at more length."""
        exact = raw[:MAX_TERM].lower()
        stemmed = stem(raw, language) if raw.isalpha() else exact
        self._stem_emissions.add_one(self.stems[stemmed])
        self._exact_emissions.add_one(self.exacts[exact])
        self._parts.append(1)
        self._months.append(MONTHS.get(exact, 0))
        self._days.append(_day_number(exact) if len(exact) <= _MAX_DAY else 0)

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
    ) -> tuple[Ints, Words, Ints, list[tuple[int, str]]]:
        """Texts in an order of their own, their words, how many each has, days in Chinese.

        The latter are (place among all words, term).
        """
        gathered = _Gathered()
        waiting: dict[str, _Waiting] = {}
        for number, (text, language) in enumerate(zip(texts, languages, strict=True)):
            cut = pieces(text)
            if cut is None:
                raws, days = raw_tokens(text)
                held = map(self.words(language).__getitem__, raws)
                gathered.add_text(number, np.fromiter(held, np.int32, len(raws)), days)
                continue
            part = waiting.setdefault(language, _Waiting())
            part.add(number, cut)
            if part.bytes > _CHUNK:
                gathered.add(part.numbers, *self._of_pieces(part.texts, language))
                del waiting[language]
        for language, part in waiting.items():
            gathered.add(part.numbers, *self._of_pieces(part.texts, language))
        return gathered.finished()

    def _of_pieces(self, cut: list[bytes], language: str) -> tuple[Words, Ints]:
        known = self._pieces.get(language)
        if known is None or len(known) > MAX_WORDS:
            known = self._pieces[language] = _Pieces(self.words(language))
        return known.words(cut)

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


class _Words(dict[str, int]):
    """Numbers for raw tokens in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        super().__init__()
        self._add = vocabulary.add
        self._language = language

    def __missing__(self, raw: str) -> int:
        number = self[raw] = self._add(raw, self._language)
        return number


class _Pieces:
    """The pieces of texts in one language, and the words each of them holds."""

    def __init__(self, words: _Words) -> None:
        self._words = words
        self._table = PieceTable(self._add)
        self._single = array("i")
        self._runs = _Runs()

    def __len__(self) -> int:
        return len(self._single)

    def words(self, texts: list[bytes]) -> tuple[Words, Ints]:
        """The words of texts, and how many each has."""
        numbers, counts = self._table.numbers(texts)
        words = np.array(self._single, np.int32)[numbers]
        odd = np.flatnonzero(words < 0)
        if not len(odd):
            return words, counts
        held, sizes = self._runs.of(~words[odd])
        each = np.ones(len(words), np.int64)
        each[odd] = sizes
        ends = starts_of(each)
        out = np.repeat(words, each)
        out[out < 0] = held
        return out, np.diff(ends[starts_of(counts)])

    def _add(self, piece: bytes) -> int:
        core = piece.strip(_OUTSIDE)
        if core.isalnum():
            raws = [core.decode("ascii")]
        else:
            text = piece.decode("utf-8", "surrogatepass")
            raws = [match[0] for match in RAW_TOKEN.finditer(text)]
        held = [self._words[raw] for raw in raws]
        if len(held) == 1:
            self._single.append(held[0])
        else:
            self._single.append(~len(self._runs))
            self._runs.add(held)
        return len(self._single) - 1


class _Waiting:
    """Texts in one language that are looked up together."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.texts: list[bytes] = []
        self.bytes = 0

    def add(self, number: int, text: bytes) -> None:
        self.numbers.append(number)
        self.texts.append(text)
        self.bytes += len(text)


class _Gathered:
    """Words of texts, as they come."""

    def __init__(self) -> None:
        self._order: list[int] = []
        self._words: list[Words] = [np.empty(0, np.int32)]
        self._counts: list[Ints] = [np.empty(0, np.int64)]
        self._days: list[tuple[int, str]] = []
        self._at = 0

    def add(self, numbers: list[int], words: Words, counts: Ints) -> None:
        """The words of some texts; what is over `MAX_TOKENS` of a text is left out."""
        if len(counts) and counts.max() > MAX_TOKENS:
            kept = np.minimum(counts, MAX_TOKENS)
            words, counts = words[ranges(starts_of(counts)[:-1], kept)], kept
        self._order += numbers
        self._words.append(words)
        self._counts.append(counts)
        self._at += len(words)

    def add_text(self, number: int, words: Words, days: dict[int, str]) -> None:
        """The words of one text, with `--MM-DD` terms by a word's place."""
        self._days += [(self._at + at, day) for at, day in days.items() if at < MAX_TOKENS]
        self.add([number], words, np.array([len(words)]))

    def finished(self) -> tuple[Ints, Words, Ints, list[tuple[int, str]]]:
        """Numbers of the texts, their words, how many each has, and the days."""
        words, counts = np.concatenate(self._words), np.concatenate(self._counts)
        return np.array(self._order, np.int64), words, counts, self._days


def _day_number(word: str) -> int:
    """1..31 for a word that can be the day beside a month's name, else 0."""
    term = day_term("january", word)
    return int(term[-2:]) if term else 0
