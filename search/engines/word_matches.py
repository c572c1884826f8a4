"""What the words of a search match, with the query that its prefixes were expanded in."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh.query import Query

from search.match.cache import held_bytes
from search.match.evaluate import Matches
from search.query.leaf_count import leaf_count
from search.results import Notice

TERM_BYTES = 200
"""What a term of a query takes. Measured by `tracemalloc`: 170 bytes."""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """What the words of a search match, before filters; `query` has its prefixes expanded."""

    query: Query
    notices: tuple[Notice, ...]
    matches: Matches

    @property
    def nbytes(self) -> int:
        """Bytes of the matches, and of the terms of the query: prefixes may have thousands."""
        doc_ids, scores = self.matches
        arrays = held_bytes(doc_ids) + (0 if scores is None else held_bytes(scores))
        return arrays + TERM_BYTES * leaf_count(self.query)
