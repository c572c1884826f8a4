"""Collapsing: of releases of one text the first in the order is shown, with the others under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from whoosh.reading import IndexReader

from index.codec.readers import stored_fields
from index.release import Release
from search.match.copies import Copies
from search.match.doc_sets import Matches, among
from search.match.doc_values import DocValues
from search.match.top_k import first_in_order

AHEAD = 5
"""Releases beyond those of a page that are put in order with them where some are copies, so that it
need not be done again: 3 of 723 questions' first pages hold more copies. Doing it twice took 0.6 of
2.5 milliseconds."""
NAMED_COPIES = 5
"""Releases of the same text that a hit names; of 98,180 releases none has more than 3 others."""


class CopiesUnder(NamedTuple):
    """The newest releases that stand under a hit, and how many there are."""

    named: tuple[Release, ...] = ()
    total: int = 0


NO_COPIES = CopiesUnder()
"""What stands under most hits."""


def collapsed(
    copies: Copies, first: Callable[[int | None], Matches], stop: int | None, count: int
) -> Matches:
    """The first documents in the order, of those of one text the first alone.

    :param first: the first so many of all `count` documents that are shown, or all of them.
    :param stop: how many are wanted; None for all.
    """
    found = first(stop + AHEAD if stop else stop)  # nothing is put in order for no hits
    keep = copies.firsts(found.doc_ids)
    if stop is not None and np.count_nonzero(keep) < min(stop, count):
        # So many more are enough, however many of them are copies.
        found = first(stop + copies.spare)
        keep = copies.firsts(found.doc_ids)
    return found.only(keep)


def led(copies: Copies, found: Matches, values: DocValues, reads: str) -> Matches:
    """What is put in order: of a release in several languages those nearest to the reader's.

    :param reads: the tag of that; empty for none.
    """
    if not reads or len(values.languages) < 2:
        return found
    far = np.array([language_distance(each, reads) for each in values.languages])
    foreign = copies.foreign(values.language, far)
    return found.only(~among(found.doc_ids, foreign)) if len(foreign) else found


def language_distance(tag: str, reads: str) -> int:
    """How far a language is from the one that is read: 0 itself, 1 a form of it, 2 another."""
    if tag.lower() == reads.lower():
        return 0
    return 1 if tag.split("-")[0].lower() == reads.split("-")[0].lower() else 2


def copies_under(
    copies: Copies, number: int, values: DocValues, reader: IndexReader
) -> CopiesUnder:
    """What stands under a document that is shown."""
    others = copies.others(number)
    if not len(others):
        return NO_COPIES
    newest = others[first_in_order(values, "newest", others, None, NAMED_COPIES)].tolist()
    named = tuple(Release.from_stored(stored_fields(reader, each)) for each in newest)
    return CopiesUnder(named, len(others))
