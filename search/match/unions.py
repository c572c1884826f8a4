"""Unions of sorted sets, scores added or the highest taken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search import compiled
from search.match import doc_sets
from search.match.postings import Found, Numbers, Scores

_DENSE_FROM = 16
"""A row over all documents is used from one match for so many documents on."""


def union(parts: Sequence[Found], count: int, *, highest: bool = False) -> Found:
    """The documents of any part: scores are the sums, or the highest, of those that hold it.

    :param count: documents of the segment.
    """
    parts = [part for part in parts if len(part.ids)] or list(parts[:1])
    if len(parts) == 1:
        return parts[0]
    scored = all(part.scores is not None for part in parts)
    if compiled.kernel is not None:
        made = [doc_sets.found_part(part) for part in parts]
        return doc_sets.unite(compiled.kernel, made, count, scored=scored, highest=highest)
    total = sum(len(part.ids) for part in parts)
    largest = max(len(part.ids) for part in parts)
    if scored and len(parts) == 2 and (total - largest) * 8 < largest:
        return _inserted(*sorted(parts, key=lambda part: len(part.ids)), highest=highest)
    if total * _DENSE_FROM >= count:
        return _by_row(parts, count, scored, highest)
    return _by_sorting(parts, scored, highest)


def _inserted(small: Found, large: Found, *, highest: bool) -> Found:
    """A few documents put into many."""
    assert small.scores is not None and large.scores is not None  # noqa: S101, PT018
    at = np.searchsorted(large.ids, small.ids)
    inside = np.minimum(at, len(large.ids) - 1)
    both = large.ids[inside] == small.ids
    scores = large.scores.copy()
    shared = inside[both]
    if highest:
        scores[shared] = np.maximum(scores[shared], small.scores[both])
    else:
        scores[shared] += small.scores[both]
    new = ~both
    if not new.any():
        return Found(large.ids, scores)
    ids = np.insert(large.ids, at[new], small.ids[new])
    return Found(ids, np.insert(scores, at[new], small.scores[new]))


def _by_row(parts: Sequence[Found], count: int, scored: bool, highest: bool) -> Found:
    held = np.zeros(count, bool)
    for part in parts:
        held[part.ids] = True
    ids = np.flatnonzero(held).astype(np.uint32)
    if not scored:
        return Found(ids, None)
    row: Scores = np.zeros(count)
    for part in parts:
        assert part.scores is not None  # noqa: S101
        if highest:
            row[part.ids] = np.maximum(row[part.ids], part.scores)
        else:
            row[part.ids] += part.scores
    return Found(ids, row[ids])


def _by_sorting(parts: Sequence[Found], scored: bool, highest: bool) -> Found:
    every: Numbers = np.concatenate([part.ids for part in parts])
    if not scored:
        return Found(np.unique(every), None)
    scores = np.concatenate([part.scores for part in parts if part.scores is not None])
    order = np.argsort(every, kind="stable")
    ids, scores = every[order], scores[order]
    first = np.diff(ids, prepend=ids[0] + np.uint32(1)) != 0
    starts = np.flatnonzero(first)
    if highest:
        return Found(ids[starts], np.maximum.reduceat(scores, starts))
    # From left to right, as every other way adds: `np.add.reduceat` begins with the second.
    sums: Scores = np.bincount(np.cumsum(first) - 1, scores).astype(np.float64, copy=False)
    return Found(ids[starts], sums)


def held(ids: Numbers, among: Numbers) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which of `ids` are `among` others (both ascending), and the places of those that are."""
    if not len(among):
        return np.zeros(len(ids), bool), np.empty(0, np.intp)
    at = np.searchsorted(among, ids)
    np.minimum(at, len(among) - 1, out=at)
    inside = among[at] == ids
    return inside, at[inside]
