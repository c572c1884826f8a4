"""Statistics that queries are weighed by: how many releases hold a word, and its idf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as made_by
from math import log

MAX_WEIGHTS = 10_000
"""Words whose idf is kept."""

Holding = Callable[[tuple[str, ...], tuple[str, ...]], int]
"""Fields and terms -> documents that hold any of the terms in any of the fields."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Number of documents, how many of them hold a term in a field, and any term in any field.

    `idfs` keeps those that were worked out; all that share it must be of the same index.
    """

    documents: int
    frequency: Callable[[str, str], int]
    holding: Holding
    idfs: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = made_by(
        default_factory=dict, compare=False
    )

    def idf(self, fields: tuple[str, ...], terms: tuple[str, ...]) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), n documents of N holding a word; 0 if none does.

        Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", with 1 added in the
        logarithm, as Lucene does, so that it never falls below 0.
        """
        idf = self.idfs.get((fields, terms))
        if idf is None:
            if len(self.idfs) >= MAX_WEIGHTS:
                self.idfs.clear()
            holding = min(self.holding(fields, terms), self.documents)
            idf = log(1 + (self.documents - holding + 0.5) / (holding + 0.5)) if holding else 0.0
            self.idfs[fields, terms] = idf
        return idf

    def holds(self, word: str) -> bool:
        """Whether any document has a word in this form."""
        return any(self.frequency(field, word) for field in ("headline_exact", "body_exact"))

    def held(self, fields: tuple[str, ...], terms: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the terms that any field holds."""
        return tuple(each for each in terms if any(self.frequency(field, each) for field in fields))
