"""Sets of documents in the compiled kernel: what it takes, and what it gives as arrays.

`part` is what the kernel calls a set: found documents with their scores, or a term with the
numbers of its BM25, whose scores are then computed only where they are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.match.postings import Found, Numbers, Scorer, TermPostings

Part = tuple[Any, ...]
Packed = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]


def found_part(found: Found) -> Part:
    """Found documents."""
    return found.ids, found.scores


def term_part(postings: TermPostings, scorer: Scorer | None, boost: float, *, row: bool) -> Part:
    """A term without weights of its own; `scorer` None where scores are not asked for.

    :param row: look frequent terms up in their row over all documents.
    """
    frequencies = postings.row if row and postings.is_dense else None
    if scorer is None:
        return postings.ids, postings.frequencies, frequencies, None, None, 1.0, 0.0, 1.0, boost
    return (
        postings.ids,
        postings.frequencies,
        frequencies,
        scorer.codes,
        scorer.divisors,
        scorer.idf,
        scorer.k1,
        scorer.scale,
        boost,
    )


def unite(
    kernel: ModuleType,
    parts: Sequence[Part],
    count: int,
    boost: float = 1.0,
    *,
    scored: bool,
    highest: bool = False,
) -> Found:
    """Documents of any part, of `count` in the segment, with the sums or the highest of scores."""
    room = min(sum(len(part[0]) for part in parts), count)
    ids, scores = _room(room, scored)
    return _filled(kernel.unite_parts(list(parts), count, boost, highest, ids, scores), ids, scores)


def keep(
    kernel: ModuleType,
    found: Found,
    parts: Sequence[Part],
    count: int,
    boost: float,
    *,
    wanted: bool,
) -> Found:
    """Found documents that any part holds, its scores added; or those that none holds."""
    ids, scores = _room(len(found.ids), found.scores is not None)
    kept = kernel.keep_documents(
        (found.ids, found.scores), list(parts), count, boost, wanted, ids, scores
    )
    return _filled(kept, ids, scores)


def match_phrase(
    kernel: ModuleType,
    words: Sequence[tuple[int, TermPostings, Scorer | None]],
    slop: int,
    count: int,
    boost: float,
    *,
    scored: bool,
) -> Found:
    """Documents with the words in order, each 1 to `slop` positions after the one before.

    :param words: numbers and postings of terms; the same number comes again for the same word.
    """
    distinct = {number: (postings, scorer) for number, postings, scorer in words}
    rarest = sorted(distinct, key=lambda number: len(distinct[number][0].ids))
    parts = [term_part(*distinct[number], 1.0, row=True) for number in rarest]
    positions = [distinct[number][0].positions for number in rarest]
    order = [rarest.index(number) for number, *_ in words]
    ids, scores = _room(len(distinct[rarest[0]][0].ids), scored)
    found = kernel.match_phrase(parts, positions, order, slop, count, boost, ids, scores)
    return _filled(found, ids, scores)


def marked(kernel: ModuleType, terms: Iterable[Packed], count: int) -> Numbers:
    """The documents, of `count` in the segment, of packed terms (`FieldTerms.packed_documents`)."""
    bits = np.zeros(count // 64 + 1, np.uint64)
    room = 0
    for packed in terms:
        kernel.mark_documents(*packed, bits)
        room += int(packed[3].sum())
    ids, _ = _room(min(room, count), False)
    return _filled(kernel.marked_documents(bits, ids), ids, None).ids


def _room(size: int, scored: bool) -> tuple[Numbers, Any]:
    return np.empty(size, np.uint32), np.empty(size) if scored else None


def _filled(size: int, ids: Numbers, scores: Any) -> Found:
    """What was written; the room that is left is given back. Nothing else refers to the arrays."""
    if size < len(ids):
        ids.resize(size, refcheck=False)
        if scores is not None:
            scores.resize(size, refcheck=False)
    return Found(ids, scores)
