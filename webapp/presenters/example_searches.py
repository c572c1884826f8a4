"""Examples of searches that find something in this index, as a person would pick them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from index.dates.month_names import month_of
from index.text.analysis import fold
from search.engine import Engine
from search.query.function_words import function_words
from search.request import SearchRequest

READ = 300
"""Latest headlines whose phrases are counted: 2 ms."""
TRIED = 12
"""Phrases and words that are looked up."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_BESIDE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.:;!?,—–]")


def telling_texts(engine: Engine) -> list[str]:
    """Phrases of two words that are frequent in headlines, then words of them, most first.

    Each finds more than one release and less than half of them. No names of months, no words that
    every text has.
    """
    newest = SearchRequest(sort="newest", copies=True)
    hits = engine.every_hit(newest, snippets=False, size=READ)
    headlines = [hit.release.headline for hit in hits]
    phrases = Counter(pair for each in headlines for pair in set(_pairs(each)))
    words = Counter(word for each in headlines for word in {*filter(_tells, _words(each))})
    texts = [f'"{pair}"' for pair, count in phrases.most_common(TRIED) if count > 1]
    texts += [word for word, _ in words.most_common(TRIED)]
    total = engine.coverage().releases
    return [text for text in texts if 1 < engine.count(SearchRequest(text)) < total / 2]


def _pairs(headline: str) -> Iterator[str]:
    for first, second in pairwise(_BESIDE.findall(headline)):
        if _tells(first) and _tells(second):
            yield f"{fold(first)} {fold(second)}"


def _words(headline: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(headline)]


def _tells(word: str) -> bool:
    folded = fold(word)
    return (
        _WORD.fullmatch(folded) is not None
        and month_of(folded) is None
        and folded not in function_words("en")
    )
