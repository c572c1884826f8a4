"""Few segments: every query looks into each of them, so small ones do not stay for long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh.index import FileIndex

from index.codec.merge import merge_segments
from index.codec.segment import DatelineSegment
from index.codec.whoosh_codec import DatelineCodec

SMALL = 4_000
"""Releases up to which segments are always merged: some tenths of a second."""
GROWTH = 2
"""A larger segment joins smaller ones once it is at most so many times as large as all of them."""
MOST_DELETED = 0.25
"""Share of deleted releases from which a segment is written anew."""


def tidy(index: FileIndex) -> bool:
    """Merge small segments, in a commit that changes nothing which is found; whether it was needed.

    A release is written again about once for every doubling of what came after it.

    :raises whoosh.index.LockError: if another writer holds the index.
    """
    if not to_merge(index._segments()):
        return False
    writer = index.writer(codec=DatelineCodec())
    try:
        writer.commit(mergetype=_merge)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    return True


def to_merge(segments: Sequence[Any]) -> list[DatelineSegment]:
    """The segments that are to become one, in their order; none if all may stay."""
    ours = [each for each in segments if isinstance(each, DatelineSegment)]
    chosen, total = list[DatelineSegment](), 0
    for each in sorted(ours, key=lambda segment: segment.doc_count()):
        if chosen and each.doc_count() > max(SMALL, GROWTH * total):
            break
        chosen.append(each)
        total += each.doc_count()
    if len(chosen) < 2:
        chosen = [
            each for each in ours if each.deleted_count() > MOST_DELETED * each.doc_count_all()
        ]
    return [each for each in ours if each in chosen]


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    chosen = to_merge(segments)
    merged = merge_segments(writer.storage, writer.schema, chosen)
    at = segments.index(chosen[0])
    kept = [each for each in segments if each not in chosen]
    kept[at:at] = [merged] if merged.doc_count_all() else []
    return kept
