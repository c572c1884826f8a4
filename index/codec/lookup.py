"""The words of texts by number: looked up in pieces by numpy, or in a table by compiled loops."""

from __future__ import annotations

import secrets
from array import array
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import ranges, starts_of
from index.codec.piece_table import PieceTable
from index.text.analysis import RAW_TOKEN, chinese_days, pieces, raw_tokens, stemmer_of
from index.text.characters import tokenising_kernel

MAX_WORDS = 1 << 19
"""Distinct pieces that are kept before it starts again; bounds the memory."""
MAX_TOKENS = 1 << 22
"""Tokens of one text; what follows is not searchable."""

Ints = NDArray[np.int64]
Words = NDArray[np.int32]
_CHUNK = 1 << 22
"""Bytes of texts whose pieces are looked up at once."""
_OUTSIDE = b".,'&-"
"""What a piece may begin and end with that belongs to no word of plain letters."""


class Found(NamedTuple):
    """The words of texts: (n,) `words`, and for each text its number and `counts` of words.

    `days` are (place among all words, `--MM-DD`) of days in Chinese. `fresh` are the new words,
    each a raw token and a language, in the order of their numbers.
    """

    texts: Ints
    words: Words
    counts: Ints
    days: list[tuple[int, str]]
    fresh: list[tuple[str, str]]


class Lookup(Protocol):
    """Numbers from 0 for raw tokens in a language, given as they come."""

    def words(self, texts: list[str], languages: list[str]) -> Found:
        """The words of texts, each in its language."""


def make_lookup() -> Lookup:
    """A compiled one where there is one."""
    kernel = tokenising_kernel()
    return LookupByPieces() if kernel is None else LookupInTable(kernel)


class LookupInTable:
    """One pass over each text: cut, lowered, and looked up in a hash table."""

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._table = kernel.make_table(secrets.randbits(64))
        self._tags: dict[str | None, int] = {}
        self._languages: list[str] = []

    def words(self, texts: list[str], languages: list[str]) -> Found:
        """The words of texts, each in its language."""
        tags = bytes(map(self._tag, languages))
        found, sizes, fresh = self._kernel.words_of(self._table, texts, tags, MAX_TOKENS)
        words = np.frombuffer(found, np.int32)
        counts = np.frombuffer(sizes, np.int32).astype(np.int64)
        if (counts < 0).any():
            words, counts = self._with_cut_by_python(texts, tags, words, counts, fresh)
        return Found(
            texts=np.arange(len(texts)),
            words=words,
            counts=counts,
            days=self._days(texts, counts),
            fresh=[(raw, self._languages[tag]) for raw, tag in fresh],
        )

    def _with_cut_by_python(
        self, texts: list[str], tags: bytes, words: Words, counts: Ints, fresh: list[_Fresh]
    ) -> tuple[Words, Ints]:
        """The words again, with those of the texts that the compiled loops left out (-1)."""
        parts = np.split(words, np.cumsum(np.maximum(counts, 0))[:-1])
        for at in np.flatnonzero(counts < 0).tolist():
            known = self._kernel.table_size(self._table)
            raws = [raw.lower() if raw.isascii() else raw for raw in raw_tokens(texts[at])[0]]
            raws = raws[:MAX_TOKENS]
            keys = [raw.encode("utf-8", "surrogatepass") for raw in raws]
            numbers = self._kernel.string_numbers(self._table, keys, tags[at])
            parts[at] = np.frombuffer(numbers, np.int32)
            new = dict(zip(parts[at].tolist(), raws, strict=True))
            fresh += [(new[number], tags[at]) for number in sorted(new) if number >= known]
        return np.concatenate(parts), np.array([len(part) for part in parts], np.int64)

    def _tag(self, language: str) -> int:
        """A number for all languages of one stemmer."""
        algorithm = stemmer_of(language)
        if algorithm not in self._tags:
            self._tags[algorithm] = len(self._languages)
            self._languages.append(language)
        return self._tags[algorithm]

    def _days(self, texts: list[str], counts: Ints) -> list[tuple[int, str]]:
        """Days in Chinese: the place among all words at which each stands, and its term."""
        starts, found = starts_of(counts), []
        for number, text in enumerate(texts):
            days = chinese_days(text)
            if not days:
                continue
            bounds = self._kernel.token_bounds(text)
            if bounds is None:
                places = raw_tokens(text)[1]
            else:
                begins = np.frombuffer(bounds, np.int32)[::3].tolist()
                places = {at: days[start][0] for at, start in enumerate(begins) if start in days}
            first, size = int(starts[number]), int(counts[number])
            found += [(first + at, day) for at, day in places.items() if at < size]
        return found


_Fresh = tuple[str, int]


class LookupByPieces:
    """Pieces between spaces, looked up by arrays; a text of unspaced characters token by token."""

    def __init__(self) -> None:
        self._pieces: dict[str, _Pieces] = {}
        self._words: dict[str, _Words] = {}
        self._fresh: list[tuple[str, str]] = []
        self._count = 0

    def words(self, texts: list[str], languages: list[str]) -> Found:
        """The words of texts, each in its language; texts come in an order of their own."""
        gathered = _Gathered()
        waiting: dict[str, _Waiting] = {}
        for number, (text, language) in enumerate(zip(texts, languages, strict=True)):
            cut = pieces(text)
            if cut is None:
                raws, days = raw_tokens(text)
                held = map(self._of(language).__getitem__, raws)
                gathered.add_text(number, np.fromiter(held, np.int32, len(raws)), days)
                continue
            part = waiting.setdefault(language, _Waiting())
            part.add(number, cut)
            if part.bytes > _CHUNK:
                gathered.add(part.numbers, *self._of_pieces(part.texts, language))
                del waiting[language]
        for language, part in waiting.items():
            gathered.add(part.numbers, *self._of_pieces(part.texts, language))
        fresh, self._fresh = self._fresh, []
        return gathered.finished(fresh)

    def add(self, raw: str, language: str) -> int:
        """A new raw token; gives its number."""
        self._fresh.append((raw, language))
        self._count += 1
        return self._count - 1

    def _of(self, language: str) -> _Words:
        known = self._words.get(language)
        if known is None:
            known = self._words[language] = _Words(self, language)
        return known

    def _of_pieces(self, cut: list[bytes], language: str) -> tuple[Words, Ints]:
        known = self._pieces.get(language)
        if known is None or len(known) > MAX_WORDS:
            known = self._pieces[language] = _Pieces(self._of(language))
        return known.words(cut)


class Runs:
    """Runs of whole numbers, one after the other, each found by its number."""

    def __init__(self) -> None:
        self.flat = array("i")
        self.starts = array("q", [0])

    def __len__(self) -> int:
        return len(self.starts) - 1

    def add(self, run: list[int]) -> None:
        """The next run."""
        self.flat.extend(run)
        self.starts.append(len(self.flat))

    def extend(self, sizes: Ints, numbers: Words) -> None:
        """The next runs: the size of each, and the numbers of all."""
        self.starts.frombytes((starts_of(sizes)[1:] + self.starts[-1]).tobytes())
        self.flat.frombytes(numbers.astype(np.int32).tobytes())

    def of(self, numbers: NDArray[Any]) -> tuple[Words, Ints]:
        """The runs of these numbers, one after the other, and the length of each."""
        starts = np.array(self.starts, np.int64)
        firsts = starts[numbers]
        counts = starts[numbers + 1] - firsts
        return np.array(self.flat, np.int32)[ranges(firsts, counts)], counts


class _Words(dict[str, int]):
    """Numbers for raw tokens in one language."""

    def __init__(self, lookup: LookupByPieces, language: str) -> None:
        super().__init__()
        self._add = lookup.add
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
        self._runs = Runs()

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

    def finished(self, fresh: list[tuple[str, str]]) -> Found:
        """All of them."""
        words, counts = np.concatenate(self._words), np.concatenate(self._counts)
        return Found(np.array(self._order, np.int64), words, counts, self._days, fresh)
