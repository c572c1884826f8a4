"""How many matches are new to a reader: when each document first came into the index."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from index.stores.first_indexed import ids_of, moments
from index.stores.folder import stamp_of
from search.request import is_after

MAX_LOOKED_UP = 5_000
"""New releases that are looked up one by one; of more, the records that match are read."""
_NOT_READ = -1


class FirstIndexed:
    """When documents of one commit were first indexed; each is read once, when first asked for.

    Where the builder's catalogue belongs to this commit, no more is read than which releases came
    after the time asked for. Safe to share between threads: two may read the same document, and
    write the same value.

    :param documents: numbers of the commit, deleted ones among them. `live`: without those.
    :param number: of the commit's table of contents.
    """

    def __init__(self, documents: int, live: int, folder: Path, number: int) -> None:
        self._live = live
        self._folder = folder
        self._number = number
        self._counts: dict[str, int] | None = None
        self._stamp = ""
        self._looked_up: tuple[tuple[str, ...], NDArray[np.uint32]] = ((), np.empty(0, np.uint32))
        # Few distinct times, for a commit gives all its documents one: places in a list of them.
        self._places = np.full(documents, _NOT_READ, np.int32)
        self._moments: dict[str, int] = {}
        self._lock = Lock()

    def count_new(self, searcher: Searcher, until: str, doc_ids: NDArray[np.uint32]) -> int:
        """How many of the documents came after a time, as `search.request.is_after` reads it."""
        quickly = self._from_catalogue(searcher, until, doc_ids)
        if quickly is not None:
            return quickly
        for number in doc_ids[self._places[doc_ids] == _NOT_READ].tolist():
            moment = str(searcher.stored_fields(number)["first_indexed"])
            self._places[number] = self._place(moment)
        counts = np.bincount(self._places[doc_ids], minlength=len(self._moments)).tolist()
        with self._lock:
            known = tuple(self._moments)
        return sum(
            int(count)
            for moment, count in zip(known, counts, strict=False)
            if count and is_after(moment, until)
        )

    def _from_catalogue(
        self, searcher: Searcher, until: str, doc_ids: NDArray[np.uint32]
    ) -> int | None:
        """The count, where the catalogue fits and few releases are new; None where not."""
        counts = self._moments_counted()
        if counts is None:
            return None
        new = [moment for moment in counts if is_after(moment, until)]
        among = sum(counts[moment] for moment in new)
        if among in (0, self._live):
            return len(doc_ids) if among else 0
        unread = int(np.count_nonzero(self._places[doc_ids] == _NOT_READ))
        if among > min(MAX_LOOKED_UP, unread):
            return None
        key, numbers = self._looked_up
        if key != tuple(new):
            ids = ids_of(self._folder, self._stamp, new)
            found = [searcher.document_number(id=each) for each in ids or ()]
            if len(found) != among or None in found:
                return None
            numbers = np.array(found, np.uint32)
            self._looked_up = (tuple(new), numbers)
        return int(np.isin(doc_ids, numbers).sum())

    def _moments_counted(self) -> dict[str, int] | None:
        if self._counts is None:
            stamp = stamp_of(self._folder)
            if stamp.startswith(f"{self._number} "):
                counts = moments(self._folder, stamp)
                if counts is not None and sum(counts.values()) == self._live:
                    self._stamp = stamp
                    self._counts = counts
        return self._counts

    def _place(self, moment: str) -> int:
        with self._lock:
            return self._moments.setdefault(moment, len(self._moments))
