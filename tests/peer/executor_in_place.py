"""Puts our evaluation under stock Whoosh's collectors, for running Whoosh's own suite with it.

Where a collector wants to look into the matcher (which terms matched, spans), Whoosh's stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from whoosh.collectors import Collector
from whoosh.matching import Matcher, NullMatcher, ReadTooFar

from search.match.query_tree import search_segment
from search.match.segment_searcher import segment_of


def install() -> None:
    """From now on collectors of this process step through arrays that are found at once."""
    original = Collector.set_subsearcher

    def set_subsearcher(self: Any, subsearcher: Any, offset: int) -> None:
        original(self, subsearcher, offset)
        leaf = segment_of(subsearcher)
        if leaf is None or self.context.needs_current or self.context.weighting is None:
            return
        if type(self.context.weighting) is type(subsearcher.weighting):
            found = search_segment(leaf, self.q, scored=True)
            assert found.scores is not None
            self.matcher = _FoundMatcher(found.doc_ids.tolist(), found.scores.tolist())

    Collector.set_subsearcher = set_subsearcher


class _FoundMatcher(Matcher):  # type: ignore[misc]
    """Documents and scores that are known already."""

    def __init__(self, ids: list[int], scores: list[float]) -> None:
        self._ids = ids
        self._scores = scores
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def id(self) -> int:
        return self._ids[self._at]

    def score(self) -> float:
        return self._scores[self._at]

    def weight(self) -> float:
        return self.score()

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, id: int) -> None:  # noqa: A002
        self._at = bisect_left(self._ids, id, self._at)

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids[self._at :])

    def supports_block_quality(self) -> bool:
        return False

    def replace(self, minquality: float = 0) -> Any:  # noqa: ARG002
        return self if self.is_active() else NullMatcher()

    def term_matchers(self) -> Iterator[Any]:
        return iter(())

    def copy(self) -> _FoundMatcher:
        made = _FoundMatcher(self._ids, self._scores)
        made._at = self._at
        return made
