"""The words of an index that begin with a prefix, or differ from a word in few letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fnmatch import translate
from heapq import nlargest
from itertools import islice, product
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.codec.readers import files_of
from index.codec.terms import FieldTerms
from index.kernel import loop
from index.schema import EXACT_FIELDS
from search.query.frequent_words import WordRange, by_frequency, most_frequent_first

MAX_EDITS, MAX_LETTERS = 3, 1_024
"""Edits and letters up to which the compiled loop looks for near words."""
MAX_SCANNED = 200_000
"""Words of the index that are looked at for one `word*` or `word~`."""

_LITERAL = re.compile(r"[^*?]+")


class ReaderDictionary:
    """`search.query.spelling.SpellingDictionary` of a Whoosh index. Not shared between threads.

    :param side_by_side: in how many documents a word stands right behind another.
    """

    def __init__(
        self, reader: IndexReader, side_by_side: Callable[[str, str], int] = lambda *_: 0
    ) -> None:
        self._reader = reader
        self._side_by_side = side_by_side

    def documents(self, word: str) -> int:
        """How many documents hold a word, in the field where it is most frequent."""
        return max(int(self._reader.doc_frequency(field, word)) for field in EXACT_FIELDS)

    def in_headlines(self, word: str) -> bool:
        """Whether any headline holds it."""
        return bool(self._reader.doc_frequency("headline_exact", word) > 0)

    def near(self, word: str, edits: int, over: int) -> Iterator[tuple[int, str]]:
        """Words at most so many edits away, with their distance, in more than `over` documents."""
        for field in EXACT_FIELDS:
            yield from words_near(self._reader, field, word, edits, over, any_first=True)

    def side_by_side(self, first: str, second: str) -> int:
        """In how many documents the second word stands right behind the first."""
        return self._side_by_side(first, second)

    def beginning(self, prefixes: Collection[str], limit: int) -> Iterator[tuple[str, int]]:
        """Words with any of these beginnings, with their documents, most frequent first, of as many
        by letters.

        Of each beginning and field (of each of its segments) the first `limit` in the order of
        their bytes.
        """
        apart = [
            prefix
            for prefix in prefixes
            if not any(prefix[:length] in prefixes for length in range(1, len(prefix)))
        ]
        ranges = []
        for field in EXACT_FIELDS:
            fields = _fields(self._reader, field)
            if fields is None:
                return self._counted(apart, limit)
            for terms, prefix in product(fields, apart):
                first, last = terms.prefix_range(prefix.encode("utf-8", "surrogatepass"))
                if first < last:
                    ranges.append(WordRange(terms, first, min(last, first + limit)))
        return by_frequency(ranges)

    def _counted(self, prefixes: Collection[str], limit: int) -> Iterator[tuple[str, int]]:
        """The same of segments that are not of our codec."""
        counts: Counter[str] = Counter()
        for field, prefix in product(EXACT_FIELDS, prefixes):
            for word in islice(_by_whoosh(self._reader, field, prefix), limit):
                counts[word] += self._reader.doc_frequency(field, word)
        return most_frequent_first(counts)


class ReaderWords:
    """`search.query.expansion.FieldWords` of a Whoosh index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def beginning_with(self, field: str, prefix: str, most: int) -> tuple[list[str], bool]:
        """Words that begin so, the `most` frequent at most, and whether there are others."""
        return words_from(self._reader, field, prefix, most)

    def like(self, field: str, pattern: str, most: int) -> tuple[list[str], bool]:
        """Words that a pattern of letters, `?` and `*` fits, in the same way."""
        return words_like(self._reader, field, pattern, most)

    def near_to(self, field: str, word: str, edits: int) -> list[tuple[int, str]]:
        """Words of the same first letter, at most so many edits away, with their distance."""
        return words_near(self._reader, field, word, edits)

    def frequency(self, field: str, word: str) -> int:
        """How many documents hold a word."""
        return int(self._reader.doc_frequency(field, word))


def words_from(reader: IndexReader, field: str, prefix: str, most: int) -> tuple[list[str], bool]:
    """The words of a field that begin so, at most the `most` frequent, and whether there are more.

    The first `MAX_SCANNED`, in the order of their bytes, are looked at.
    """
    fields = _fields(reader, field)
    if fields is None:
        words = islice(_by_whoosh(reader, field, prefix), MAX_SCANNED)
        return _most_frequent({word: reader.doc_frequency(field, word) for word in words}, most)
    encoded = prefix.encode("utf-8", "surrogatepass")
    found = []
    for terms in fields:
        first, last = terms.prefix_range(encoded)
        found.append((terms, np.arange(first, min(last, first + MAX_SCANNED))))
    return _frequent_of(found, most)


def words_like(reader: IndexReader, field: str, pattern: str, most: int) -> tuple[list[str], bool]:
    """The words of a field that a pattern of letters, `?` and `*` fits, as `words_from` has them.

    Terms that hold the longest run of letters of the pattern are looked at, `MAX_SCANNED` at most.
    """
    literals = _LITERAL.findall(pattern)
    prefix = literals[0] if literals and pattern.startswith(literals[0]) else ""
    fits = re.compile(translate(pattern)).match
    fields = _fields(reader, field)
    if fields is None:
        words = islice(filter(fits, _by_whoosh(reader, field, prefix)), MAX_SCANNED)
        return _most_frequent({word: reader.doc_frequency(field, word) for word in words}, most)
    longest = max(literals, key=len, default="").encode("utf-8", "surrogatepass")
    found = []
    for terms in fields:
        first, last = terms.prefix_range(prefix.encode("utf-8", "surrogatepass"))
        numbers = terms.containing(longest, first, last)[:MAX_SCANNED].tolist()
        kept = [number for number in numbers if fits(terms.term(number).decode())]
        found.append((terms, np.array(kept, np.int64)))
    return _frequent_of(found, most)


def _frequent_of(
    found: list[tuple[FieldTerms, NDArray[np.int64]]], most: int
) -> tuple[list[str], bool]:
    """The most frequent of some terms of each segment."""
    if len(found) == 1:
        terms, numbers = found[0]
        cut = len(numbers) > most
        if cut:
            rarest_last = np.argsort(
                -terms.document_frequencies[numbers].astype(np.int64), kind="stable"
            )
            numbers = numbers[rarest_last[:most]]
        elif len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
            side_by_side = terms.terms(int(numbers[0]), int(numbers[-1]) + 1)
            return [each.decode() for each in side_by_side], False
        return [terms.term(number).decode() for number in numbers.tolist()], cut
    counts: Counter[str] = Counter()
    for terms, numbers in found:
        for number, count in zip(
            numbers.tolist(), terms.document_frequencies[numbers].tolist(), strict=True
        ):
            counts[terms.term(number).decode()] += count
    return _most_frequent(counts, most)


def _most_frequent(counts: Mapping[str, int], most: int) -> tuple[list[str], bool]:
    if len(counts) <= most:
        return sorted(counts), False
    best = nlargest(most, sorted(counts), key=counts.__getitem__)
    return best, True


def words_near(
    reader: IndexReader, field: str, word: str, most: int, over: int = 0, *, any_first: bool = False
) -> list[tuple[int, str]]:
    """Words with the same first letter and at most so many edits, with their distance.

    In the order of their bytes; a swap of neighbours is one edit (`edit_distance`). Only words in
    more than `over` documents are looked at.

    :param any_first: with any first letter.
    """
    fields, first = _fields(reader, field), "" if any_first else word[:1]
    if fields is None:
        near = set(_nearest(islice(_by_whoosh(reader, field, first), MAX_SCANNED), word, most))
    elif len(fields) == 1:
        return _near_in(fields[0], first, word, most, over)
    else:  # a word of several segments may be frequent in none of them
        near = {pair for terms in fields for pair in _near_in(terms, first, word, most, 0)}
    frequent = (pair for pair in near if not over or reader.doc_frequency(field, pair[1]) > over)
    return sorted(frequent, key=itemgetter(1))


def _near_in(
    terms: FieldTerms, beginning: str, word: str, most: int, over: int
) -> list[tuple[int, str]]:
    """The near words of one segment that begin so."""
    first, last = terms.prefix_range(beginning.encode())
    last = min(last, first + MAX_SCANNED)
    starts = terms.starts[first : last + 1].astype(np.int64)
    frequent = terms.document_frequencies[first:last] > over
    near_terms = loop("near_terms")
    if near_terms is not None and most <= MAX_EDITS and len(word) <= MAX_LETTERS:
        text = terms.text[starts[0] : starts[-1]]
        found = near_terms(text, starts - starts[0], frequent.view(np.uint8), word, most)
        return [(edits, terms.term(first + at).decode()) for at, edits in found]
    sizes = np.diff(starts)  # in bytes, of which a letter takes one to four
    alike = frequent & (sizes >= len(word) - most) & (sizes <= 4 * (len(word) + most))
    numbers = (np.flatnonzero(alike) + first).tolist()
    return list(_nearest((terms.term(number).decode() for number in numbers), word, most))


def _nearest(words: Iterable[str], word: str, most: int) -> Iterator[tuple[int, str]]:
    for each in words:
        edits = edit_distance(word, each, most)
        if edits is not None:
            yield edits, each


def edit_distance(first: str, second: str, most: int) -> int | None:
    """Edits between two words, a swap of neighbours counting as one; None where over `most`.

    Optimal string alignment (Damerau 1964), given up as soon as it must go over. `edits_between` in
    `index/kernel/near_terms.pxi` gives the same.
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


def _fields(reader: IndexReader, name: str) -> list[FieldTerms] | None:
    """The field in each segment that has it; None where a segment is not of our codec."""
    found = []
    for leaf, _ in reader.leaf_readers():
        files = files_of(leaf)
        if files is None:
            return None
        field = files.field(name)
        if field is not None:
            found.append(field)
    return found


def _by_whoosh(reader: IndexReader, field: str, prefix: str) -> Iterator[str]:
    for word in reader.expand_prefix(field, prefix):
        yield word.decode("utf-8") if isinstance(word, bytes) else word
