"""Merging the postings of one field in several segments to those of one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.array_types import Ints, Ordinals, UInts
from index.codec import packing
from index.codec.inverted_index import InvertedWriter, Postings
from index.codec.merge_texts import merged_texts
from index.codec.segment import DatelineSegment, SegmentFiles
from index.codec.term_numbers import Texts
from index.codec.terms import FieldTerms
from index.kernel import loop

STEP, MOST_STEP = 1 << 20, 1 << 22
"""Occurrences of terms that are merged at once; at the most, where there are many segments."""
STEP_OF_EACH = 1 << 15
"""Occurrences of each segment for which a step pays."""
_OF_TERM = 8
"""Occurrences for which a term counts beside its own: three million releases, whose ids were merged
at once, took 2.78 GB at the most, so 2.50."""
LET_GO = 1 << 26
"""Occurrences after which the memory of what was read is let go."""

_PLACED: UInts = np.empty(0, np.uint32)
_Held = tuple["Source", FieldTerms]


class Source:
    """A segment to merge: its files, and the new number of each document, -1 if it goes."""

    def __init__(self, files: SegmentFiles, segment: DatelineSegment, base: int) -> None:
        self.files = files.with_terms().with_documents()
        self.segment = segment
        self.deleted = segment.deleted_array()
        kept = np.ones(files.count, bool)
        kept[self.deleted] = False
        self.kept = np.flatnonzero(kept)
        self.numbers = np.where(kept, np.cumsum(kept) - 1 + base, -1)


def merge_field(inverted: InvertedWriter, name: str, sources: list[Source]) -> None:
    """Merge the terms of a field, about a million postings at a time."""
    found = [(source, source.files.field(name)) for source in sources]
    fields = [(source, field) for source, field in found if field is not None and field.size]
    if not fields:
        return
    terms, places = merged_texts(field.texts() for _, field in fields)
    totals = np.zeros(len(terms), np.int64)
    for (_, field), place in zip(fields, places, strict=True):
        totals[place] += field.collection_frequencies
    first_field = fields[0][1]
    inverted.start_field(name, first_field.kind, first_field.scale)
    starts, since = packing.starts_of(totals + _OF_TERM), 0
    size = min(max(STEP, STEP_OF_EACH * len(fields)), MOST_STEP)
    for first, last in packing.chunks(starts, size):
        parts = []
        for held, place in zip(fields, places, strict=True):
            low, high = place.searchsorted(np.array((first, last), place.dtype)).tolist()
            if low < high:
                parts.append((held, low, high, place[low:high] - first))
        inverted.add(_merged(terms.part(first, last), parts))
        if starts[last] - since > LET_GO:
            since = starts[last]
            let_go(sources)
    inverted.finish_field()
    let_go(sources)


def let_go(sources: list[Source]) -> None:
    """Take no memory for what was read of the segments so far."""
    for source in sources:
        source.files.let_go()


_Part = tuple[_Held, int, int, Ordinals]
"""A segment's field; its terms, first and last + 1; (terms,) their places among the merged."""


def _merged(terms: Texts, parts: list[_Part]) -> Postings:
    kept = [
        (places, _kept(field.postings(first, last), source))
        for (source, field), first, last, places in parts
    ]
    return _joined(terms, kept)


def _kept(postings: Postings, source: Source) -> Postings:
    """Postings with the new numbers of their documents, without the deleted ones."""
    documents = source.numbers[postings.documents]
    if len(source.deleted):
        keep = documents >= 0
        owners = np.repeat(np.arange(len(postings.counts)), postings.counts)
        occurrences = np.repeat(keep, postings.frequencies)
        postings.counts = np.bincount(owners[keep], minlength=len(postings.counts))
        postings.frequencies = postings.frequencies[keep]
        documents = documents[keep]
        if postings.positions is not None:
            postings.positions = postings.positions[occurrences]
        if postings.weights is not None:
            postings.weights = postings.weights[keep]
        if postings.values is not None:
            postings.values = [postings.values[at] for at in np.flatnonzero(keep)]
    postings.documents = documents.astype(np.uint32)
    return postings


def _joined(terms: Texts, parts: list[tuple[Ordinals, Postings]]) -> Postings:
    """The postings of several segments, each term's one segment after the other.

    A part is let go once it is in its place: `the` has 0.2 GB of positions in three million
    releases.
    """
    counts = np.zeros(len(terms), np.int64)
    occurrences = np.zeros(len(terms), np.int64)
    totals = [_totals(part) for _, part in parts]
    for (place, part), own in zip(parts, totals, strict=True):
        counts[place] += part.counts
        occurrences[place] += own
    n, at = int(counts.sum()), packing.starts_of(counts)[:-1]
    joined = Postings(
        terms=terms, counts=counts,
        documents=np.empty(n, np.uint32), frequencies=np.empty(n, np.uint32),
    )  # fmt: skip
    if any(part.positions is not None for _, part in parts):
        joined.positions = np.empty(int(occurrences.sum()), np.uint32)
    if any(part.weights is not None for _, part in parts):
        joined.weights = np.empty(n, np.float32)
    values: list[bytes] = [b""] * n
    position_at = packing.starts_of(occurrences)[:-1]
    for (place, part), own in zip(parts, totals, strict=True):
        _place_runs(joined.documents, at[place], part.counts, part.documents)
        _place_runs(joined.frequencies, at[place], part.counts, part.frequencies)
        if joined.positions is not None and part.positions is not None:
            _place_runs(joined.positions, position_at[place], own, part.positions)
            position_at[place] += own
        if joined.weights is not None:
            joined.weights[packing.ranges(at[place], part.counts)] = _weights(part)
        if part.values is not None:
            to = packing.ranges(at[place], part.counts).tolist()
            for number, value in zip(to, part.values, strict=True):
                values[number] = value
        at[place] += part.counts
        part.documents = part.frequencies = _PLACED
        part.positions = part.weights = None
    joined.values = values if any(part.values is not None for _, part in parts) else None
    return _without_empty(joined)


def _place_runs(to: UInts, firsts: Ints, counts: Ints, numbers: UInts) -> None:
    """Writes runs of numbers, one after the other, each from its first place on."""
    if place_runs := loop("place_runs"):
        place_runs(to, firsts, counts, numbers)
    else:
        to[packing.ranges(firsts, counts)] = numbers


def _totals(part: Postings) -> Ints:
    """Occurrences of each term; a term whose documents are all gone has none."""
    sums = packing.starts_of(part.frequencies)
    starts = packing.starts_of(part.counts)
    return np.diff(sums[starts])


def _weights(part: Postings) -> NDArray[np.float32]:
    return part.weights if part.weights is not None else part.frequencies.astype(np.float32)


def _without_empty(postings: Postings) -> Postings:
    present = postings.counts > 0
    if not present.all():
        postings.terms = postings.terms.chosen(present)
        postings.counts = postings.counts[present]
    return postings
