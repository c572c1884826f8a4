"""Prefixes, wildcards and ranges: the terms that they stand for, and the documents of those."""

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
from search.match.doc_sets import DocIds
from search.match.segment_searcher import SegmentSearcher

_LITERAL = re.compile(r"[^*?\[\]]+")
_MOST_DECODED = 1 << 21
"""Postings that are decoded at once, unless one term has more: 8 MB."""

TermNumbers = NDArray[np.int64]


def is_any_term(query: q.Query) -> bool:
    """Whether every term of the field fits."""
    return (type(query) is q.Prefix and query.text == "") or (
        type(query) is q.Wildcard and query.text == "*"
    )


def terms_of(segment: SegmentSearcher, field: FieldTerms, query: q.Query) -> TermNumbers:
    """The numbers of a field's terms that a query stands for, ascending."""
    if type(query) is q.Prefix:
        prefix = segment.encoded(field.name, query.text)
        return _span(*field.prefix_range(prefix)) if prefix is not None else _span(0, 0)
    if type(query) is q.Wildcard:
        return _of_pattern(segment, field, query.text)
    if type(query) is q.TermRange:
        return _of_range(segment, field, query)
    terms = query._btexts(segment.searcher.reader())  # texts, where Whoosh's automaton finds them
    encoded = (
        term if isinstance(term, bytes) else segment.encoded(field.name, term) for term in terms
    )
    return np.unique(np.fromiter((field.find(term) for term in encoded if term), np.int64))


def by_field(terms: Iterable[tuple[FieldTerms, int]]) -> list[tuple[FieldTerms, TermNumbers]]:
    """The numbers of terms, ascending, field by field."""
    numbers: dict[str, set[int]] = {}
    fields = {}
    for field, number in terms:
        fields[field.name] = field
        numbers.setdefault(field.name, set()).add(number)
    return [(fields[name], np.array(sorted(each))) for name, each in numbers.items()]


def documents(segment: SegmentSearcher, terms: Iterable[tuple[FieldTerms, TermNumbers]]) -> DocIds:
    """The documents of any of the terms, ascending."""
    parts = [(field, numbers) for field, numbers in terms if len(numbers)]
    if len(parts) == 1 and len(parts[0][1]) == 1:
        field, numbers = parts[0]
        return segment.query_term(field, int(numbers[0]), scored=False).matches().doc_ids
    found = np.zeros(segment.size, bool)
    for field, numbers in parts:
        for first, last in _runs(field, numbers):
            found[field.documents_of(first, last)] = True
    return np.flatnonzero(found).astype(np.uint32)


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
        for a, b in packing.chunks(starts, _MOST_DECODED):
            yield first + a, first + b


def _span(first: int, last: int) -> TermNumbers:
    return np.arange(first, max(first, last))


def _of_pattern(segment: SegmentSearcher, field: FieldTerms, pattern: str) -> TermNumbers:
    """Terms that a glob fits; those that hold its longest literal are looked at."""
    literals = [match[0] for match in _LITERAL.finditer(re.sub(r"\[[^\]]*\]", "?", pattern))]
    prefix = literals[0] if literals and pattern.startswith(literals[0]) else ""
    encoded = segment.encoded(field.name, prefix) if prefix else b""
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
    from_bytes = segment.schema[field.name].from_bytes
    kept = (number for number in candidates.tolist() if fits(from_bytes(field.term(number))))
    return np.fromiter(kept, np.int64)


def _of_range(segment: SegmentSearcher, field: FieldTerms, query: Any) -> TermNumbers:
    start = b"" if query.start is None else segment.encoded(field.name, query.start)
    end = b"\xff\xff\xff\xff" if query.end is None else segment.encoded(field.name, query.end)
    if start is None or end is None:
        return _span(0, 0)
    first = field.lower_bound(start)
    if query.startexcl and first < field.size and field.term(first) == start:
        first += 1
    last = field.lower_bound(end)
    if not query.endexcl and last < field.size and field.term(last) == end:
        last += 1
    return _span(first, last)
