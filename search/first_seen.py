"""How many matches are new to a reader: when each document first came into the index."""

from __future__ import annotations

from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from search.request import SearchRequest

_NOT_READ = -1


class FirstSeen:
    """When documents of one commit were first indexed; each is read once, when first asked for.

    Safe to share between threads: two may read the same document, and write the same value.
    """

    def __init__(self, documents: int) -> None:
        # Few distinct times, for a commit gives all its documents one: places in a list of them.
        self._places = np.full(documents, _NOT_READ, np.int32)
        self._moments: dict[str, int] = {}
        self._lock = Lock()

    def count_new(
        self, searcher: Searcher, request: SearchRequest, doc_ids: NDArray[np.uint32]
    ) -> int | None:
        """How many of the documents came after `request.seen`; None without one."""
        if request.seen is None:
            return None
        for number in doc_ids[self._places[doc_ids] == _NOT_READ].tolist():
            moment = str(searcher.stored_fields(number)["first_indexed"])
            self._places[number] = self._place(moment)
        counts = np.bincount(self._places[doc_ids], minlength=len(self._moments)).tolist()
        with self._lock:
            known = tuple(self._moments)
        return sum(
            int(count)
            for moment, count in zip(known, counts, strict=False)
            if count and request.is_new(moment)
        )

    def _place(self, moment: str) -> int:
        with self._lock:
            return self._moments.setdefault(moment, len(self._moments))
