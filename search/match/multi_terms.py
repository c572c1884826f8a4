"""Prefixes, patterns, ranges and near words: the numbers of the terms that they stand for."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q

from index.codec import packing
from index.codec.terms import FieldTerms
from search import compiled
from search.match import doc_sets
from search.match.leaf import Leaf, unique
from search.match.postings import Numbers

MAX_NEAR = 2
"""Distance up to which near words are found by arrays; Whoosh's automaton does the rest."""
_LITERAL = re.compile(r"[^*?\[\]]+")
_STEP = 1 << 16
_DECODE = 1 << 21

TermNumbers = NDArray[np.int64]


def every_document(leaf: Leaf, query: q.Query) -> Numbers | None:
    """All documents of the field, for a pattern that every term fits; else None."""
    if (type(query) is q.Prefix and query.text == "") or (
        type(query) is q.Wildcard and query.text == "*"
    ):
        return leaf.documents_of_field(query.fieldname)
    return None


def terms_of(leaf: Leaf, field: FieldTerms, query: q.Query) -> TermNumbers:
    """The numbers of a field's terms that a query stands for, ascending."""
    if type(query) is q.Prefix:
        prefix = leaf.encoded(field.name, query.text)
        return _span(*field.prefix_range(prefix)) if prefix is not None else _span(0, 0)
    if type(query) is q.Wildcard:
        return _of_pattern(leaf, field, query.text)
    if type(query) is q.TermRange:
        return _of_range(leaf, field, query)
    if type(query) is q.FuzzyTerm and 0 < query.maxdist <= MAX_NEAR:
        return _near(leaf, field, query.text, int(query.maxdist), query.prefixlength)
    found = (field.find(term) for term in query._btexts(leaf.searcher.reader()) if term)
    return np.unique(np.fromiter(found, np.int64))


def documents(leaf: Leaf, terms: Iterable[tuple[FieldTerms, TermNumbers]]) -> Numbers:
    """The documents of any of the terms, ascending."""
    parts = [(field, numbers) for field, numbers in terms if len(numbers)]
    if len(parts) == 1 and len(parts[0][1]) == 1:
        field, numbers = parts[0]
        return unique(leaf.postings(field, int(numbers[0])).ids)
    if compiled.kernel is not None:
        packed = (
            field.packed_documents(first, last)
            for field, numbers in parts
            for first, last in _runs(field, numbers)
        )
        return doc_sets.marked(compiled.kernel, packed, leaf.count)
    held = np.zeros(leaf.count, bool)
    for field, numbers in parts:
        for first, last in _runs(field, numbers):
            held[field.documents_of(first, last)] = True
    return np.flatnonzero(held).astype(np.uint32)


def _runs(field: FieldTerms, numbers: TermNumbers) -> Iterable[tuple[int, int]]:
    """First and last + 1 of neighbouring terms, some millions of postings at a time."""
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    firsts = numbers[np.concatenate([[0], breaks])]
    lasts = numbers[np.concatenate([breaks - 1, [len(numbers) - 1]])] + 1
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        if last - first == 1:
            yield first, last
            continue
        starts = packing.starts_of(field.counts[first:last])
        for a, b in packing.chunks(starts, _DECODE):
            yield first + a, first + b


def _span(first: int, last: int) -> TermNumbers:
    return np.arange(first, max(first, last))


def _of_pattern(leaf: Leaf, field: FieldTerms, pattern: str) -> TermNumbers:
    """Terms that a glob fits; those that hold its longest literal are looked at."""
    literals = [match[0] for match in _LITERAL.finditer(re.sub(r"\[[^\]]*\]", "?", pattern))]
    prefix = literals[0] if literals and pattern.startswith(literals[0]) else ""
    encoded = leaf.encoded(field.name, prefix) if prefix else b""
    first, last = field.prefix_range(encoded) if encoded else (0, field.size)
    longest = max(literals, key=len, default="").encode("utf-8", "surrogatepass")
    candidates = field.containing(longest, first, last)
    if (
        longest
        and pattern.strip("*").encode("utf-8", "surrogatepass") == longest
        and (pattern.startswith("*") and pattern.endswith("*"))
    ):
        return candidates
    fits = re.compile(fnmatch.translate(pattern)).match
    from_bytes = leaf.schema[field.name].from_bytes
    kept = (number for number in candidates.tolist() if fits(from_bytes(field.term(number))))
    return np.fromiter(kept, np.int64)


def _of_range(leaf: Leaf, field: FieldTerms, query: Any) -> TermNumbers:
    start = b"" if query.start is None else leaf.encoded(field.name, query.start)
    end = b"\xff\xff\xff\xff" if query.end is None else leaf.encoded(field.name, query.end)
    if start is None or end is None:
        return _span(0, 0)
    first = field.lower_bound(start)
    if query.startexcl and first < field.size and field.term(first) == start:
        first += 1
    last = field.lower_bound(end)
    if not query.endexcl and last < field.size and field.term(last) == end:
        last += 1
    return _span(first, last)


def _near(
    leaf: Leaf, field: FieldTerms, text: str, distance: int, prefix_length: int
) -> TermNumbers:
    """Terms within a Levenshtein distance that share the first characters."""
    prefix = leaf.encoded(field.name, text[:prefix_length]) if prefix_length else b""
    if prefix is None or len(text) < prefix_length:
        return _span(0, 0)
    first, last = field.prefix_range(prefix) if prefix else (0, field.size)
    rest = text[prefix_length:]
    sizes = np.diff(field.starts[first : last + 1].astype(np.int64)) - len(prefix)
    # A character takes one to four bytes.
    fits = (sizes >= len(rest) - distance) & (sizes <= 4 * (len(rest) + distance))
    candidates = np.flatnonzero(fits) + first
    kept = [
        part[_within(field, part, len(prefix), rest, distance)]
        for at in range(0, len(candidates), _STEP)
        for part in [candidates[at : at + _STEP]]
    ]
    return np.concatenate([_span(0, 0), *kept])


def _within(
    field: FieldTerms, numbers: TermNumbers, skip: int, text: str, distance: int
) -> NDArray[np.bool_]:
    """Whether each term, from byte `skip` on, is within a distance of `text`."""
    words = [field.term(number)[skip:].decode("utf-8", "replace") for number in numbers.tolist()]
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    near = np.abs(sizes - len(text)) <= distance
    result = np.zeros(len(words), bool)
    chosen = np.flatnonzero(near)
    if len(chosen):
        result[chosen] = _distances([words[at] for at in chosen.tolist()], text) <= distance
    return result


def _distances(words: list[str], text: str) -> NDArray[np.int64]:
    """Levenshtein's distance of each word to a text, all rows of the table side by side."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    width = max(int(sizes.max()), 1)
    chars = np.array(words, f"<U{width}").view(np.uint32).reshape(len(words), width)
    above = np.tile(np.arange(width + 1), (len(words), 1))
    for row, char in enumerate(text, start=1):
        current = np.empty_like(above)
        current[:, 0] = row
        substituted = above[:, :-1] + (chars != ord(char))
        best = np.minimum(substituted, above[:, 1:] + 1)
        for column in range(width):
            current[:, column + 1] = np.minimum(best[:, column], current[:, column] + 1)
        above = current
    return above[np.arange(len(words)), sizes]
