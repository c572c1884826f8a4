"""BM25F, the score of a word in a document: the formula, its constants and its table by length.

A word that stands `f` times in a field counts there as `w * f / ((1 - B) + B * length / average)`,
where `w` is the weight of the field. What it counts in all the fields that are looked at is added
up to `s`, and its score is `boost * s / (s + K1)`: one saturation for all fields. `boost` is its
idf (`search.query.statistics`) times what the query makes of it. Robertson, Zaragoza and Taylor,
"Simple BM25 Extension to Multiple Weighted Fields" (2004), normalised by the length of each field.

What a word counts in a field, and in all of them, is kept in 32 bits, as a cluster keeps it, and a
score is a whole number of grains (`search.query.grains`): all engines come to the same order.

`bm25` in `index/kernel/doc_sets.pxi` is the same for compiled loops, with the tables made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.array_types import Bytes, Scores
from index.codec.lengths import LENGTHS
from search.query.grains import GRAINS

K1, B = 1.2, 0.75
"""Robertson's values; `docs/ranking.md` has what others give."""


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """What a word counts in one field: its weight there times the norm of the field's length.

    `codes` are (documents,) uint8, the length of every document as a byte; `norms` are (256,), by
    that byte. Both are None in a field without lengths, where the weight counts alone.
    """

    norms: Scores | None
    codes: Bytes | None

    def counted(self, doc_ids: NDArray[np.uint32], weights: Scores) -> Scores:
        """(n,) what documents in which the word has these weights count."""
        if self.codes is None or self.norms is None:
            return weights
        return _in_32_bits(weights * self.norms[self.codes.take(doc_ids)])


WEIGHT_ALONE = Scorer(None, None)
"""For fields whose lengths are not kept: they are not saturated either."""


@lru_cache(maxsize=64)
def norms(average: float) -> Scores:
    """(256,) `1 / ((1 - B) + B * length / average)` for every length code, a code of 0 being 1."""
    lengths = np.maximum(LENGTHS, 1).astype(np.float64)
    made: Scores = 1 / ((1 - B) + B * lengths / average)
    return made


def saturated(counted: Scores, k1: float, boost: float) -> Scores:
    """Scores from what words count in all fields; what is not to be saturated has a `k1` of 0."""
    if not k1:
        return boost * counted
    kept = _in_32_bits(counted)
    return in_grains(boost * kept / (kept + k1))


def in_grains(scores: Scores) -> Scores:
    """Scores as the nearest whole numbers of grains."""
    made: Scores = np.rint(scores * GRAINS) / GRAINS
    return made


def _in_32_bits(counted: Scores) -> Scores:
    return counted.astype(np.float32).astype(np.float64)
