"""Releases like another one: its most telling words, any of them, in its language."""

from __future__ import annotations

import math
from collections import Counter

from whoosh.query import Or, Query, Term

from index.release import Release
from index.text.analysis import tokens
from index.text.stemming import untagged
from search.query.statistics import Statistics

KEY_TERMS = 25
"""Words of a release that stand for it."""
MAX_READ = 20_000
"""Characters of a body that its words are taken from."""
MAX_SHARE = 0.2
"""Part of all documents from which on a word tells nothing."""
HEADLINE_WEIGHT = 3
"""Times that a word of the headline counts, one of the body once."""


def similar_query(release: Release, statistics: Statistics) -> Query | None:
    """Any of the key terms of a release; None if it has none that another release holds too."""
    terms = key_terms(release, statistics)
    if not terms:
        return None
    idf = statistics.idf
    return Or([Term("body", each, boost=part * idf(("body",), (each,))) for each, part in terms])


def key_terms(release: Release, statistics: Statistics) -> list[tuple[str, float]]:
    """The stems with the highest tf-idf, each with its share of the highest.

    Term weighting after Salton and Buckley (1988): (1 + ln tf) * ln(N / df).
    """
    counts: Counter[str] = Counter()
    for token in tokens(release.headline, release.language):
        counts[token.stem] += HEADLINE_WEIGHT
    counts.update(token.stem for token in tokens(release.body[:MAX_READ], release.language))
    total = max(statistics.documents, 1)
    weights: dict[str, float] = {}
    for stem, count in counts.items():
        documents = statistics.frequency("body", stem)
        telling = len(untagged(stem)) > 1 and not stem.isdecimal() and not stem.startswith("--")
        if telling and 1 < documents <= max(total * MAX_SHARE, 5):
            weights[stem] = (1 + math.log(count)) * math.log(1 + total / documents)
    best = sorted(weights.items(), key=lambda each: (-each[1], each[0]))[:KEY_TERMS]
    return [(stem, weight / best[0][1]) for stem, weight in best]
