"""Phrases: documents that hold words one after the other.

Each occurrence becomes one number, its document's rank times a stride plus its position, so that
"next to" is "one more" and documents need no loop. Only documents with all words are looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.packing import ranges
from index.codec.terms import FieldTerms
from search.match.leaf import Leaf
from search.match.postings import Numbers, TermPostings

Places = NDArray[Any]


def documents(leaf: Leaf, field: FieldTerms, words: list[int], slop: int) -> Numbers:
    """Documents where each word comes 1 to `slop` positions after the one before, ascending.

    :param words: numbers of the field's terms, in the order of the phrase.
    """
    postings = {number: leaf.postings(field, number) for number in words}
    ids = _with_all(list(postings.values()))
    if len(words) == 1 or not len(ids):
        return ids
    held = {number: _positions(each, ids) for number, each in postings.items()}
    top = max(int(positions.max()) for _, positions in held.values())
    stride = top + max(slop, 1) + 1
    narrow = np.uint32 if len(ids) * stride < 1 << 32 else np.uint64
    places = {number: _places(*each, stride, narrow) for number, each in held.items()}
    reached = places[words[0]]
    for number in words[1:]:
        following = places[number]
        reached = _next_to(reached, following) if slop == 1 else _within(reached, following, slop)
        if not len(reached):
            break
    return ids[_distinct(reached // stride)]


def _with_all(postings: list[TermPostings]) -> Numbers:
    """Documents that hold all the words, the rarest first."""
    first, *others = sorted(postings, key=lambda each: len(each.ids))
    ids = first.ids
    for other in others:
        inside = other.row[ids] > 0 if other.is_dense else other.places(ids)[0]
        ids = ids[inside]
    return ids


def _positions(postings: TermPostings, ids: Numbers) -> tuple[Places, Places]:
    """How often the term stands in some documents, and the positions in all of them."""
    if len(ids) == len(postings.ids):
        return postings.frequencies, postings.positions
    if len(ids) * 8 > len(postings.ids):
        chosen = np.isin(postings.ids, ids, assume_unique=True, kind="table")
        return postings.frequencies[chosen], postings.positions[chosen.repeat(postings.frequencies)]
    at = np.searchsorted(postings.ids, ids)
    counts = postings.frequencies[at]
    return counts, postings.positions[ranges(postings.starts[at], counts)]


def _places(counts: Places, positions: Places, stride: int, dtype: type[Any]) -> Places:
    """One number for each occurrence, ascending."""
    places = np.repeat(np.arange(len(counts), dtype=dtype) * dtype(stride), counts)
    places += positions
    return places


def _next_to(reached: Places, places: Places) -> Places:
    """Places that stand one after a reached one."""
    after = reached + reached.dtype.type(1)
    if min(len(after), len(places)) * 16 < max(len(after), len(places)):
        few, many = sorted((after, places), key=len)
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        return np.compress(many[at] == few, few)
    both = np.concatenate([_distinct(after), _distinct(places)])
    both.sort()
    return np.compress(both[1:] == both[:-1], both[:-1])


def _distinct(ascending: Places) -> Places:
    """The same numbers once each."""
    first = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return ascending if first.all() else ascending[first]


def _within(reached: Places, places: Places, slop: int) -> Places:
    """Places that stand 1 to `slop` after a reached one."""
    at = np.searchsorted(reached, places) - 1
    near = (at >= 0) & (places - reached[np.maximum(at, 0)] <= np.asarray(slop, places.dtype))
    return places[near]
