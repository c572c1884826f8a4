"""Phrases and words near each other, by the positions of their postings.

In the plain form each occurrence becomes one number, its document's rank times a stride plus its
position, so that "next to" is "one more" and documents need no loop.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property, reduce
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.array_types import DocIds
from index.kernel import loop
from search.match.doc_sets import Matches, intersection
from search.match.postings import PostingsList, QueryTerm
from search.query.positional import Gap

Places = NDArray[np.uint64]


class PhraseWords:
    """The words of a phrase, ready to be looked for: once for several gaps between them.

    :param words: in the order of the phrase; the same word again has the same postings.
    :param size: documents of the segment.
    """

    def __init__(self, words: Sequence[QueryTerm], size: int) -> None:
        self._words = words
        self._size = size
        distinct = {id(each.postings): each for each in words}
        rarest_first = sorted(distinct, key=lambda key: distinct[key].doc_count)
        self._order = [rarest_first.index(id(each.postings)) for each in words]
        self._terms = [distinct[key] for key in rarest_first]

    @property
    def most(self) -> int:
        """Documents that the rarest word is in: no more can match."""
        return self._terms[0].doc_count

    def match(self, gaps: Sequence[Gap], within: DocIds | None = None) -> DocIds:
        """Documents where each word comes as many positions after the one before as its gap says.

        :param gaps: of each step from a word to the next.
        :param within: the documents that are looked at, ascending; None for all.
        :returns: ascending.
        """
        by_loop = loop("match_phrase")
        if by_loop is None or any(each.postings.own_weights for each in self._words):
            return _documents([each.postings for each in self._words], gaps, self._size, within)
        room = np.empty(self._terms[0].doc_count if within is None else len(within), np.uint32)
        steps = array("I", chain.from_iterable(gaps))
        found = by_loop(*self._arguments, self._order, steps, self._size, within, room)
        return room[:found]

    @cached_property
    def _arguments(self) -> tuple[list[Any], ...]:
        positions = [term.postings.positions for term in self._terms]
        return (
            [term.clause(row=True) for term in self._terms],
            [each.view(np.uint8) for each in positions],
            [each.itemsize for each in positions],
        )


def _documents(
    words: list[PostingsList], gaps: Sequence[Gap], size: int, within: DocIds | None
) -> DocIds:
    """The documents that match, among some or among all, in the plain form."""
    alone = [Matches(each.doc_ids, None) for each in words]
    if within is not None:
        alone.insert(0, Matches(within, None))
    doc_ids = reduce(lambda found, each: intersection(found, [each], size), alone).doc_ids
    held = [_positions(each, doc_ids) for each in words]
    stride = max((int(positions.max()) for _, positions in held if len(positions)), default=0)
    stride += max((most for _, most in gaps), default=0) + 1
    reached, *others = [_places(*each, stride) for each in held]
    for following, gap in zip(others, gaps, strict=True):
        reached = _within(reached, following, gap)
    return doc_ids[np.unique(reached // np.uint64(stride)).astype(np.intp)]


def _positions(postings: PostingsList, doc_ids: DocIds) -> tuple[NDArray[Any], NDArray[Any]]:
    """How often the term stands in each of some documents, and the positions in all of them."""
    at = postings.doc_ids.searchsorted(doc_ids)
    counts = postings.frequencies[at].astype(np.int64)
    ends = postings.frequencies.cumsum(dtype=np.int64)[at]
    before = counts.cumsum()
    places = np.arange(before[-1] if len(before) else 0) + (ends - before).repeat(counts)
    return counts, postings.positions[places]


def _places(counts: NDArray[Any], positions: NDArray[Any], stride: int) -> Places:
    """One number for each occurrence, ascending."""
    ranks = np.arange(len(counts), dtype=np.uint64).repeat(counts)
    places: Places = ranks * np.uint64(stride) + positions
    return places


def _within(reached: Places, places: Places, gap: Gap) -> Places:
    """Places that stand as far after a reached one as the gap says."""
    if not len(reached):
        return reached
    least, most = map(np.uint64, gap)
    at = np.searchsorted(reached, places - np.minimum(least, places), "right") - 1
    near = (at >= 0) & (places >= least)
    return places[near & (places - reached[np.maximum(at, 0)] <= most)]
