"""Whoosh's AndNot, put right."""

from __future__ import annotations

from typing import Any

from whoosh.matching import AndNotMatcher, Matcher
from whoosh.query import AndNot


class Without(AndNot):  # type: ignore[misc]
    """Documents that match `a` and not `b`; scores are those of `a`.

    Stock Whoosh never compares the first document of `a` in a segment with `b` when `b` begins
    with an earlier document, and so lets it through.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matcher for one segment."""
        wanted = self.a.matcher(searcher, context)
        return _WithoutMatcher(wanted, self.b.matcher(searcher, searcher.boolean_context()))


class _WithoutMatcher(AndNotMatcher):  # type: ignore[misc]
    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()
