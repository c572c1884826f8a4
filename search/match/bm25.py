"""BM25, the score of a term in a document: the formula, its constants and its table by length.

`idf * (w * (K1 + 1)) / (w + K1 * ((1 - B) + B * length / average))`, where `w` is the weight of the
term in the document: how often it stands there, times the boost of its field. Robertson and
Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3; computed in
the order of operations of `whoosh.scoring.bm25`, so that scores are equal to the last bit.

`bm25` in `index/kernel/doc_sets.pxi` is the same for compiled loops, with the tables made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.codec.lengths import LENGTHS

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """How one term scores: its idf, K1, and the term `K1 * (…)` of the divisor by length code.

    `codes` are (documents,) uint8, the length of every document as a byte; None in a field without
    lengths, where the score is the weight.
    """

    idf: float
    k1: float
    divisors: Scores | None
    codes: NDArray[np.uint8] | None

    def scores(self, doc_ids: NDArray[np.uint32], weights: Scores) -> Scores:
        """(n,) scores of documents in which the term has these weights."""
        if self.codes is None or self.divisors is None:
            return weights
        divisors = weights + self.divisors[self.codes[doc_ids]]
        return self.idf * ((weights * (self.k1 + 1)) / divisors)


WEIGHT_ALONE = Scorer(1.0, 0.0, None, None)
"""For fields whose lengths are not kept."""


@lru_cache(maxsize=64)
def divisors(k1: float, b: float, average: float) -> Scores:
    """(256,) `K1 * ((1 - B) + B * length / average)` for every length code, a code of 0 being 1."""
    lengths = np.maximum(LENGTHS, 1).astype(np.float64)
    return k1 * ((1 - b) + b * lengths / average)
