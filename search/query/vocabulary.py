"""The words of an index that begin with a prefix, or differ from a word in few letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.codec.readers import DatelineTerms
from index.codec.terms import FieldTerms
from search import compiled

MAX_EDITS, MAX_LETTERS = 3, 1_000
"""Edits and letters up to which the kernel looks for near words."""
MAX_SCANNED = 200_000
"""Words of the index that are looked at for one `word*` or `word~`."""

_WORD_FIELDS = ("headline_exact", "body_exact")


class ReaderDictionary:
    """`search.query.suggest.SpellingDictionary` of a Whoosh index. Not shared between threads."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def documents(self, word: str) -> int:
        """How many documents hold a word, in the field where it is most frequent."""
        return max(int(self._reader.doc_frequency(field, word)) for field in _WORD_FIELDS)

    def in_headlines(self, word: str) -> bool:
        """Whether any headline holds it."""
        return bool(self._reader.doc_frequency("headline_exact", word) > 0)

    def near(self, word: str, edits: int, over: int) -> Iterator[tuple[int, str]]:
        """Words at most so many edits away, with their distance, in more than `over` documents."""
        for field in _WORD_FIELDS:
            yield from words_near(self._reader, field, word, edits, over)

    def beginning(self, prefix: str, limit: int) -> dict[str, int]:
        """Words that begin so, the first `limit` of each field, with their documents."""
        counts: Counter[str] = Counter()
        for field in _WORD_FIELDS:
            for word in islice(_by_whoosh(self._reader, field, prefix), limit):
                counts[word] += self._reader.doc_frequency(field, word)
        return counts


def words_from(reader: IndexReader, field: str, prefix: str) -> list[str]:
    """The words of a field that begin so, in the order of their bytes: the first `MAX_SCANNED`."""
    fields = _fields(reader, field)
    if fields is None:
        return list(islice(_by_whoosh(reader, field, prefix), MAX_SCANNED))
    encoded = prefix.encode("utf-8", "surrogatepass")
    found: list[list[bytes]] = []
    for terms in fields:
        first, last = terms.prefix_range(encoded)
        found.append(list(terms.terms(first, min(last, first + MAX_SCANNED))))
    words = found[0] if len(found) == 1 else sorted(set().union(*found))
    return [each.decode() for each in words[:MAX_SCANNED]]


def words_near(
    reader: IndexReader, field: str, word: str, most: int, over: int = 0
) -> list[tuple[int, str]]:
    """Words with the same first letter and at most so many edits, with their distance.

    In the order of their bytes; a swap of neighbours is one edit (`distance_within`). Only words
    in more than `over` documents are looked at.
    """
    fields = _fields(reader, field) if word.isascii() else None
    short = 0 < len(word) <= MAX_LETTERS and most <= MAX_EDITS
    if fields is not None and short and compiled.kernel is not None:
        return _by_kernel_in_all(reader, field, fields, word, most, over)
    if fields is None:
        likely = set(islice(_by_whoosh(reader, field, word[:1]), MAX_SCANNED))
    else:
        # A word of several segments may be frequent in none of them.
        needed = over if len(fields) == 1 else 0
        likely = {each for terms in fields for each in _alike(terms, word, most, needed)}
    if over:
        likely = {each for each in likely if reader.doc_frequency(field, each) > over}
    near = ((distance_within(word, each, most), each) for each in sorted(likely))
    return [(distance, each) for distance, each in near if distance is not None]


def _by_kernel_in_all(
    reader: IndexReader, field: str, fields: list[FieldTerms], word: str, most: int, over: int
) -> list[tuple[int, str]]:
    """The words of all segments; one of several may be frequent in none of them."""
    if len(fields) == 1:
        return _by_kernel(fields[0], word, most, over)
    near = {pair for terms in fields for pair in _by_kernel(terms, word, most, 0)}
    return sorted(
        (pair for pair in near if not over or reader.doc_frequency(field, pair[1]) > over),
        key=lambda pair: pair[1].encode(),
    )


def _by_kernel(terms: FieldTerms, word: str, most: int, over: int) -> list[tuple[int, str]]:
    assert compiled.kernel is not None  # noqa: S101
    first, last = terms.prefix_range(word[:1].encode())
    last = min(last, first + MAX_SCANNED)
    numbers, distances = compiled.kernel.near_words(
        terms.text, terms.starts, first, last, word.encode(), most, terms.counts, over
    )
    found = zip(
        np.frombuffer(distances, np.int32).tolist(),
        np.frombuffer(numbers, np.int64).tolist(),
        strict=True,
    )
    return [(distance, terms.term(number).decode()) for distance, number in found]


def distance_within(first: str, second: str, most: int) -> int | None:
    """Edits between two words, a swap of neighbours counting as one; None where over `most`.

    Optimal string alignment (Damerau 1964), given up as soon as it must go over.
    """
    if abs(len(first) - len(second)) > most:
        return None
    two_above: list[int] = []
    above = list(range(len(second) + 1))
    for i, char in enumerate(first, start=1):
        row = [i]
        for j, other in enumerate(second, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (char != other))
            if i > 1 and j > 1 and char == second[j - 2] and first[i - 2] == other:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        two_above, above = above, row
    return above[-1] if above[-1] <= most else None


def _alike(terms: FieldTerms, word: str, most: int, over: int) -> Iterator[str]:
    """Words that have almost the same letters, whatever their order, or letters beyond ASCII.

    Each edit adds, takes away or changes one letter of the bag at the most.
    """
    first, last = terms.prefix_range(word[:1].encode())
    last = min(last, first + MAX_SCANNED)
    starts = terms.starts[first : last + 1].astype(np.int64)
    if len(starts) < 2:
        return
    text = np.frombuffer(terms._text[starts[0] : starts[-1]], np.uint8)
    starts -= starts[0]
    sizes = np.diff(starts)
    plain = np.maximum.reduceat(text, starts[:-1]) < 128
    frequent = terms.counts[first:last] > over
    likely = [np.flatnonzero(frequent & ~plain & (sizes <= 4 * (len(word) + most)))]
    for size in range(max(len(word) - most, 1), len(word) + most + 1):
        numbers = np.flatnonzero(frequent & plain & (sizes == size))
        letters = text[starts[numbers][:, None] + np.arange(size)]
        likely.append(numbers[_shared(letters, word) >= max(size, len(word)) - most])
    for number in np.concatenate(likely).tolist():
        yield terms.term(first + number).decode()


def _shared(letters: NDArray[np.uint8], word: str) -> NDArray[np.intp]:
    """(n,) how many letters each row of (n, size) has in common with the word, by their number."""
    shared = np.zeros(len(letters), np.intp)
    for char, count in Counter(word).items():
        shared += np.minimum(np.count_nonzero(letters == ord(char), axis=1), count)
    return shared


def _fields(reader: IndexReader, name: str) -> list[FieldTerms] | None:
    """The field in each segment that has it; None where a segment is not of our codec."""
    found = []
    for leaf, _ in reader.leaf_readers():
        terms = getattr(leaf, "_terms", None)
        if not isinstance(terms, DatelineTerms):
            return None
        field = terms.files.field(name)
        if field is not None:
            found.append(field)
    return found


def _by_whoosh(reader: IndexReader, field: str, prefix: str) -> Iterator[str]:
    for word in reader.expand_prefix(field, prefix):
        yield word.decode("utf-8") if isinstance(word, bytes) else word
