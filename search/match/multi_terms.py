"""Prefixes, wildcards and ranges: the terms that they stand for, and the documents of those."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from whoosh import query as q

from index.array_types import DocIds, Flags, Ints, Ordinals
from index.codec.terms import FieldTerms
from search.match.cache import postings_cache
from search.match.doc_sets import NO_DOCUMENTS, among
from search.match.segment_searcher import SegmentSearcher

_LITERAL = re.compile(r"[^*?\[\]]+")


def is_any_term(query: q.Query) -> bool:
    """Whether every term of the field fits."""
    return (type(query) is q.Prefix and query.text == "") or (
        type(query) is q.Wildcard and query.text == "*"
    )


def terms_of(segment: SegmentSearcher, field: FieldTerms, query: q.Query) -> Ints:
    """The numbers of a field's terms that a query stands for, ascending."""
    if type(query) is q.Prefix:
        prefix = segment.encoded(field.name, query.text)
        return _span(*field.prefix_range(prefix)) if prefix is not None else _span(0, 0)
    if type(query) is q.Wildcard:
        return _of_pattern(segment, field, query.text)
    if type(query) is q.TermRange:
        return _of_range(segment, field, query)
    terms = query.expanded_terms(segment.searcher.reader())
    encoded = (  # texts, where Whoosh's automaton finds them
        term if isinstance(term, bytes) else segment.encoded(field.name, term) for _, term in terms
    )
    return np.unique(np.fromiter((field.find(term) for term in encoded if term), np.int64))


def by_field(terms: Iterable[tuple[FieldTerms, int]]) -> list[tuple[FieldTerms, Ints]]:
    """The numbers of terms, ascending, field by field."""
    numbers: dict[str, set[int]] = {}
    fields = {}
    for field, number in terms:
        fields[field.name] = field
        numbers.setdefault(field.name, set()).add(number)
    return [(fields[name], np.array(sorted(each))) for name, each in numbers.items()]


def documents(segment: SegmentSearcher, terms: Iterable[tuple[FieldTerms, Ints]]) -> DocIds:
    """The documents of any of the terms, ascending."""
    parts = [(field, numbers) for field, numbers in terms if len(numbers)]
    if len(parts) == 1 and len(parts[0][1]) == 1:
        field, numbers = parts[0]
        return segment.query_term(field, int(numbers[0]), scored=False).matches().doc_ids
    found = np.zeros(segment.size, bool)
    for field, numbers in parts:
        field.mark_documents(numbers, found)
    return np.flatnonzero(found).astype(np.uint32)


def documents_of_each(
    segment: SegmentSearcher, names: Sequence[str], texts: Sequence[str]
) -> list[DocIds]:
    """The documents that hold each of some words in any of some fields, ascending.

    All words of a field are decoded at once: 80 words in two fields took 5 ms one by one, so 1.5.
    """
    found: list[list[DocIds]] = [[] for _ in texts]
    for name in names:
        known = [segment.find_term(name, text) for text in texts]
        numbers = sorted((each[1], place) for place, each in enumerate(known) if each is not None)
        field = segment.field(name)
        if field is not None:
            parts = field.documents_of_each(np.array([number for number, _ in numbers], np.int64))
            for (_, place), part in zip(numbers, parts, strict=True):
                found[place].append(part)
    return [reduce(_either, parts, NO_DOCUMENTS.doc_ids) for parts in found]


def _either(one: DocIds, other: DocIds) -> DocIds:
    fewer, more = sorted((one, other), key=len)
    others = fewer[~among(fewer, more)]
    return np.sort(np.concatenate([more, others])) if len(others) else more


def within_numbers(
    segment: SegmentSearcher, field: FieldTerms, query: q.NumericRange
) -> Flags | None:
    """(documents,) whether each document's number lies in a range, by a column of all documents.

    None where a document has several numbers, or the range is none of whole numbers with both ends.
    A query of fifty days had a thousand ranges of terms of several precisions: 40 milliseconds.
    """
    ends = query.start, query.end
    plain = type(query) is q.NumericRange and query.constantscore
    if not plain or query.startexcl or query.endexcl or not all(type(end) is int for end in ends):
        return None
    low, high = (segment.encoded(field.name, end) for end in ends)
    ranks = _ranks(segment, field)
    if low is None or high is None or low > high or ranks is None:
        return None
    last = field.lower_bound(high)
    last += last < field.size and field.term(last) == high
    inside: Flags = (ranks >= field.lower_bound(low)) & (ranks < last)
    return inside


def _ranks(segment: SegmentSearcher, field: FieldTerms) -> Ordinals | None:
    """(documents,) the number of the term that is a document's number in full; -1 for none."""
    key = (segment.files.key, field.name, "ranks")
    ranks: Ordinals = postings_cache.get_or_make(key, lambda: _made_ranks(segment, field))
    return ranks if len(ranks) else None


def _made_ranks(segment: SegmentSearcher, field: FieldTerms) -> Ordinals:
    """Empty where a document has several. Terms in full precision begin with a byte of zero."""
    in_full = field.lower_bound(b"\x01")
    documents = field.documents_of(0, in_full)
    ranks = np.full(segment.size, -1, np.int32)
    ranks[documents] = np.repeat(
        np.arange(in_full, dtype=np.int32), field.document_frequencies[:in_full]
    )
    several = np.count_nonzero(ranks >= 0) < len(documents)
    return ranks[:0] if several else ranks


def _span(first: int, last: int) -> Ints:
    return np.arange(first, max(first, last))


def _of_pattern(segment: SegmentSearcher, field: FieldTerms, pattern: str) -> Ints:
    """Terms that a glob fits; those that hold its longest literal are looked at."""
    literals = [match[0] for match in _LITERAL.finditer(re.sub(r"\[[^\]]*\]", "?", pattern))]
    prefix = literals[0] if literals and pattern.startswith(literals[0]) else ""
    encoded = segment.encoded(field.name, prefix) if prefix else b""
    first, last = field.prefix_range(encoded) if encoded else (0, field.size)
    longest = max(literals, key=len, default="").encode("utf-8", "surrogatepass")
    if longest and pattern.encode("utf-8", "surrogatepass").lstrip(b"*") == longest and not encoded:
        return field.ending(longest)
    candidates = field.containing(longest, first, last)
    if (
        longest
        and pattern.strip("*").encode("utf-8", "surrogatepass") == longest
        and (pattern.startswith("*") and pattern.endswith("*"))
    ):
        return candidates
    texts = field.terms_of(candidates)
    if re.search(r"[?\[]", pattern):  # a character, of one byte or several
        from_bytes = segment.schema[field.name].from_bytes
        fits = re.compile(fnmatch.translate(pattern)).match
        kept = [bool(fits(from_bytes(text))) for text in texts]
    else:
        fitting = fnmatch.translate(pattern).encode("utf-8", "surrogatepass")
        kept = list(map(bool, map(re.compile(fitting).match, texts)))
    return candidates[np.array(kept, np.bool_)]


def _of_range(segment: SegmentSearcher, field: FieldTerms, query: Any) -> Ints:
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
