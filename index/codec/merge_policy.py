"""The merge policy: which segments become one, and when; every query looks into each that stays.

It runs inside the commit that adds documents. A document is written again about once
for every doubling of what came after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from index.codec.merge import merge_segments
from index.codec.segment import DatelineSegment

MergePolicy = Callable[[Any, Sequence[Any], Sequence[DatelineSegment], int], list[Any]]
"""Whoosh's writer, the segments before a commit, those that it adds, and the threads to merge with;
gives the segments after it."""

SMALL = 4_000
"""Documents up to which segments are always merged: some tenths of a second."""
GROWTH = 2
"""A larger segment joins smaller ones once it is at most so many times as large as all of them."""
MOST_DELETED = 0.25
"""Share of deleted documents from which a segment is written anew."""


def merge_by_size(
    writer: Any, old: Sequence[Any], new: Sequence[DatelineSegment] = (), workers: int = 1
) -> list[Any]:
    """The segments of a commit, once those are merged that are to be.

    Also what Whoosh's `commit(mergetype=...)` calls with its writer and the index's segments. Those
    of other codecs are left alone. `new` segments, which this commit adds, are always in one.
    """
    chosen = to_merge(old, new)
    left = [each for each in new if each not in chosen]
    segments = _replaced(writer, [*old, *new], chosen, workers)
    return _replaced(writer, segments, left, workers) if len(left) > 1 else segments


def to_merge(old: Sequence[Any], new: Sequence[DatelineSegment] = ()) -> list[DatelineSegment]:
    """The segments that are to become one, in their order; none if all may stay.

    The smallest ones, as long as the next is small or no more than `GROWTH` times what was chosen;
    and those of which much is deleted.
    """
    groups = [[each] for each in old if isinstance(each, DatelineSegment)]
    groups += [list(new)] if new else []
    chosen, total = list[DatelineSegment](), 0
    for group in sorted(groups, key=_documents):
        if chosen and _documents(group) > max(SMALL, GROWTH * total):
            break
        chosen += group
        total += _documents(group)
    worn = [each for group in groups for each in group if _is_worn(each)]
    if len(chosen) < 2:
        chosen = []
    return [each for group in groups for each in group if each in chosen or each in worn]


def _documents(segments: Sequence[DatelineSegment]) -> int:
    return sum(each.doc_count() for each in segments)


def _is_worn(segment: DatelineSegment) -> bool:
    return segment.deleted_count() > MOST_DELETED * segment.doc_count_all()


def _replaced(
    writer: Any, segments: list[Any], chosen: Sequence[DatelineSegment], workers: int
) -> list[Any]:
    """The segments with one, at the place of the first, instead of those chosen."""
    if not chosen:
        return segments
    merged = merge_segments(writer.storage, writer.schema, chosen, workers=workers)
    at = segments.index(chosen[0])
    kept = [each for each in segments if each not in chosen]
    kept[at:at] = [merged] if merged.doc_count_all() else []
    return kept
