"""Examples of searches that find something in this index, as a person would pick them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from weakref import WeakKeyDictionary

from index.dates.day_numbers import is_ahead
from index.dates.month_names import month_of
from index.dates.relative import today
from index.release import Release
from index.text.folding import fold
from search.engine import Coverage, Engine
from search.query.function_words import function_words
from search.request import SearchRequest

SAMPLES = 10
"""Times, evenly apart over what the index covers, at which headlines are read."""
READ = 40
"""Headlines read at each: 400 take 12 ms, with all that is counted of them."""
TRIED = 12
"""Phrases and words that are looked up."""
OF_ANY_OFFICE = {
    "announce", "announced", "announces", "comment", "comments", "issue", "issues", "media", "news",
    "press", "release", "releases", "remark", "remarks", "statement", "statements", "transcript",
    "update",
}  # fmt: skip
"""Words of headlines that say that an office speaks, not of what."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_BESIDE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.:;!?,—–]")


def telling_texts(engine: Engine) -> list[str]:
    """Phrases of two words that are frequent in headlines, then words of them, most first.

    Most: what most agencies say, so that no one's standing phrase leads. Each finds more than one
    release and less than half of them, and shares no word with one before it. No names of months
    or agencies, no words that every text has. Kept for as long as a commit is the last, and a day.
    """
    state = (engine.coverage().generation, today())
    kept = _kept.get(engine)
    if kept is None or kept[0] != state:
        kept = _kept[engine] = (state, tuple(_found(engine)))
    return list(kept[1])


_kept: WeakKeyDictionary[Engine, tuple[tuple[str, date], tuple[str, ...]]] = WeakKeyDictionary()
"""By engine, with the commit and the day that they were found for; finding them takes 25 ms."""


def _found(engine: Engine) -> Iterator[str]:
    coverage = engine.coverage()
    headlines = [
        hit.release
        for span in _times(coverage)
        for hit in engine.every_hit(span, snippets=False, texts=False, size=READ)
    ]
    left_out = {word for each, _ in coverage.agencies for word in _words(each.name)}
    phrases = _by_agencies((each, _pairs(each.headline)) for each in headlines)
    words = _by_agencies((each, _words(each.headline)) for each in headlines)
    texts = [f'"{pair}"' for pair in phrases if left_out.isdisjoint(pair.split())][:TRIED]
    texts += [word for word in words if _tells(word) and word not in left_out][:TRIED]
    return _each_its_own(engine, texts, coverage.releases / 2)


def _times(coverage: Coverage) -> Iterator[SearchRequest]:
    """Requests for some months of the index, evenly apart, the last among them; else for all."""
    months = [month for month, _ in coverage.months if not is_ahead(month)][::-1]
    for month in months[:: -(-len(months) // SAMPLES)] if months else (None,):
        yield SearchRequest(date_from=month, date_to=month, sort="newest", copies=True)


def _by_agencies(found: Iterable[tuple[Release, Iterable[str]]]) -> list[str]:
    """Texts that stand in more than one headline, those of most agencies first."""
    headlines: Counter[str] = Counter()
    agencies: dict[str, set[str]] = {}
    for release, texts in found:
        for text in sorted(set(texts)):
            headlines[text] += 1
            agencies.setdefault(text, set()).add(release.agency.slug)
    often = [text for text, count in headlines.items() if count > 1]
    return sorted(often, key=lambda text: (-len(agencies[text]), -headlines[text]))


def _each_its_own(engine: Engine, texts: Iterable[str], most: float) -> Iterator[str]:
    """Those that find more than one release and fewer than so many, of new words only."""
    seen: set[str] = set()
    for text in texts:
        words = set(text.strip('"').split())
        if seen.isdisjoint(words) and 1 < engine.count(SearchRequest(text)) < most:
            seen |= words
            yield text


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
        and folded not in OF_ANY_OFFICE
        and folded not in function_words("en")
    )
