"""The hunt for the costliest search: `python -m tests.torture.costly_queries --queries 20000`.

A grammar makes searches out of everything that the language has, of the index's own words, the most
frequent ones most often; a third of them are mutations of the costliest that were found before. Each
is searched with cold caches, and its processor time taken. A search that takes too long must end
with a notice soon after its time is over.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from index.codec.readers import segment_files
from search import SearchRequest
from search.engines import execution
from search.engines.folder import FolderEngine
from search.match.cache import postings_cache
from tests.search.search_corpus import make, write
from webapp.site.parameters import MAX_TEXT

RELEASES = 12_000
KEPT = 200
"""The costliest searches, which are mutated."""
MUTATED = 1 / 3
"""Searches that are mutations of these."""
COSTLY = 0.25
"""Processor time (seconds) from which on a search is listed."""
OPERATORS = (
    " ",
    " ",
    " OR ",
    " AND ",
    " NOT ",
    " -",
    " NEAR/100 ",
    " NEAR/5 ",
    " PRE/99 ",
    " ADJ2 ",
)


@dataclass
class Report:
    """What was found: seconds and search of each, the costliest first."""

    costs: list[tuple[float, SearchRequest]] = field(default_factory=list)
    stopped: int = 0

    @property
    def longest(self) -> float:
        """Seconds of the costliest."""
        return self.costs[0][0]

    def text(self) -> str:
        """The figures as lines."""
        seconds = [cost for cost, _ in self.costs]
        spread = ", ".join(
            f"{name} {1000 * seconds[int(part * len(seconds))]:.0f} ms"
            for name, part in (("median", 0.5), ("1 in 10 over", 0.1), ("1 in 100 over", 0.01))
        )
        said = (
            f"{len(seconds):,} searches: {spread}, longest {1000 * self.longest:.0f} ms; "
            f"{sum(each > COSTLY for each in seconds)} over {1000 * COSTLY:.0f} ms, "
            f"{self.stopped} stopped with a notice"
        )
        costliest = (
            f"{1000 * cost:7.0f} ms  {request.match} {request.text!r}"
            for cost, request in self.costs[:10]
        )
        return "\n".join([said, *costliest])


class Grammar:
    """Searches of everything that the language has, not longer than the box takes."""

    def __init__(self, rng: Random, words: Sequence[str]) -> None:
        """:param words: the index's own, the most frequent first."""
        self._rng = rng
        self._words = words

    def request(self) -> SearchRequest:
        """A search in some mode and order."""
        rng = self._rng
        text = self.text()
        for _ in range(rng.choice((0, 0, 0, 2, 5, 20, 60))):
            text += rng.choice(OPERATORS) + self.text()
        return self._asked(text)

    def mutated(self, request: SearchRequest) -> SearchRequest:
        """A search with pieces changed, doubled, joined or put in."""
        rng, text = self._rng, request.text
        for _ in range(rng.randint(1, 3)):
            pieces = text.split(" ")
            at = rng.randrange(len(pieces))
            change = rng.choice(("replace", "insert", "double", "cut", "bracket", "repeat"))
            if change == "replace":
                pieces[at] = self.text()
            elif change == "insert":
                pieces.insert(at, self.text())
            elif change == "double":
                pieces[at:at] = pieces[at : at + rng.randint(1, 30)]
            elif change == "cut":
                del pieces[at : at + rng.randint(1, 5)]
            elif change == "bracket":
                pieces = ["(", *pieces, ")"]
            else:
                pieces = [*pieces, *rng.choice(OPERATORS).split(" "), *pieces]
            text = " ".join(pieces)
        return self._asked(text)

    def text(self, depth: int = 0) -> str:
        """A clause."""
        rng = self._rng
        kinds = [self._word] * 3 + [self._phrase, self._inexact, self._inexact, self._near]
        if depth < 4:
            kinds += [self._group, self._some_of, self._field]
        made = rng.choice(kinds)(depth)
        return f"{made}^{rng.choice((0.1, 2, 10))}" if rng.random() < 0.05 else made

    def _asked(self, text: str) -> SearchRequest:
        rng = self._rng
        return SearchRequest(
            text[:MAX_TEXT],
            match=rng.choice(("all", "all", "any", "any", "strict")),
            sort=rng.choice((None, None, "newest")),
            per_page=rng.choice((10, 10, 100)),
            explain=rng.random() < 0.1,
        )

    def _word(self, _: int = 0) -> str:
        rng = self._rng
        word = self._words[int(len(self._words) * rng.random() ** rng.choice((1, 4, 12)))]
        return rng.choice(("", "", "", "=", "-", "+")) + word

    def _plain(self) -> str:
        return self._word().lstrip("=+-")

    def _phrase(self, _: int = 0) -> str:
        rng = self._rng
        words = [self._plain() for _ in range(rng.choice((2, 2, 3, 5, 12, 40)))]
        for at in range(len(words)):
            if rng.random() < 0.15:
                words[at] = rng.choice(("*", words[at][:2] + "*", words[at][:1] + "*"))
        tail = rng.choice(("", "", "~20", "~5", "/2", "/9"))
        return rng.choice(("", "", "=")) + f'"{" ".join(words)}"{tail}'

    def _inexact(self, _: int = 0) -> str:
        word = self._plain()
        middle = len(word) // 2
        return self._rng.choice(
            (f"{word[:2]}*", f"{word[:3]}*", f"*{word[-3:]}", f"*{word[1:4]}*", f"{word[:2]}*{word[-1:]}*",
             f"{word[:middle]}?{word[middle + 1:]}", f"??{word[2:]}", f"{word}~", f"{word}~2", "*" + "?".join(word) + "*")
        )  # fmt: skip

    def _near(self, _: int = 0) -> str:
        sides = [self._rng.choice((self._plain, self._phrase, self._inexact))() for _ in range(self._rng.choice((2, 2, 3, 6)))]  # fmt: skip
        return self._rng.choice((" NEAR/100 ", " NEAR/7 ", " PRE/50 ", " W/20 ")).join(sides)

    def _group(self, depth: int) -> str:
        parts = [self.text(depth + 1) for _ in range(self._rng.choice((2, 3, 8, 20)))]
        return f"({self._rng.choice(OPERATORS).join(parts)})"

    def _some_of(self, depth: int) -> str:
        parts = [self.text(depth + 1) for _ in range(self._rng.choice((3, 6, 20)))]
        return f"{self._rng.randint(1, len(parts))} OF ({' '.join(parts)})"

    def _field(self, depth: int) -> str:
        named = self._rng.choice(("headline", "body", "title", "text"))
        other = self._rng.choice(("agency:office", "date:2004..2012", "language:en", "-language:zh", "before:2020", "site:example", "agency:of*"))  # fmt: skip
        return self._rng.choice((f"{named}:({self.text(depth + 1)})", other))


def hunt(engine: FolderEngine, queries: int, seed: int) -> Report:
    """Search so often; what cost most is mutated.

    What there was before is left out of garbage collections, as the server's workers do: after other
    tests one of them took 0.4 s.
    """
    gc.collect()
    gc.freeze()
    try:
        return _hunt(engine, queries, seed)
    finally:
        gc.unfreeze()


def _hunt(engine: FolderEngine, queries: int, seed: int) -> Report:
    rng = Random(seed)  # noqa: S311
    grammar = Grammar(rng, words_of(engine))
    report = Report()
    for number in range(queries):
        costly = report.costs[:KEPT]
        if number > KEPT and rng.random() < MUTATED:
            request = grammar.mutated(rng.choice(costly)[1])
        else:
            request = grammar.request()
        seconds, stopped = cost_of(engine, request)
        report.stopped += stopped
        report.costs.append((seconds, request))
        if number % 100 == 0 or seconds > report.costs[min(KEPT, number)][0]:
            report.costs.sort(key=_seconds, reverse=True)
    report.costs.sort(key=_seconds, reverse=True)
    return report


def warm_up(engine: FolderEngine) -> None:
    """Have read what is read once: word lists, gazetteers, stemmers."""
    for text in ("harbuor fery", '"the ferry" NEAR/5 li*', "海港 flood~", "agency:board"):
        engine.search(SearchRequest(text, explain=True))


def cost_of(engine: FolderEngine, request: SearchRequest) -> tuple[float, bool]:
    """Processor time of a page with its counts, with nothing in the caches; whether it was stopped."""
    engine.clear_cache()
    postings_cache.clear()
    started = time.thread_time()
    results = engine.search(request)
    seconds = time.thread_time() - started
    return seconds, "search-stopped" in {each.code for each in results.notices}


def words_of(engine: FolderEngine, most: int = 5_000) -> list[str]:
    """The index's most frequent words, as they were typed."""
    with engine.snapshots.reading() as (_, searcher):
        frequency: dict[str, int] = {}
        for files in segment_files(searcher.reader()):
            terms = files.field("body_exact")
            if terms is not None:
                for number, term in enumerate(terms.terms()):
                    word = term.decode("utf-8", "replace")
                    if word.isalnum():
                        frequency[word] = frequency.get(word, 0) + int(
                            terms.document_frequencies[number]
                        )
    return sorted(frequency, key=lambda word: (-frequency[word], word))[:most]


def made_index(folder: Path, releases: int = RELEASES) -> None:
    """An index of releases whose words are as frequent as those of English: by Zipf's law."""
    rng = Random(1)  # noqa: S311
    syllables = [
        a + b for a in "bcdfghlmnprst" for b in ("a", "e", "i", "o", "u", "ar", "en", "ion")
    ]
    words = ["the", "of", "and", "to", "in", *{
        "".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3, 4)))): 0 for _ in range(40_000)
    }]  # fmt: skip
    weights = list(accumulate(1 / (at + 3) for at in range(len(words))))
    write(
        folder,
        [
            make(
                f"r{number}",
                " ".join(rng.choices(words, cum_weights=weights, k=9)),
                ". ".join(
                    " ".join(rng.choices(words, cum_weights=weights, k=20)) for _ in range(20)
                ),
                date=f"{2000 + number % 24}-{1 + number % 12:02}-{1 + number % 28:02}",
                agency=("customs", "health", "one")[number % 3],
            )
            for number in range(releases)
        ],
    )


def _seconds(found: tuple[float, Any]) -> float:
    return found[0]


def main(argv: list[str] | None = None) -> int:
    """Hunt, print; 1 where a search went on long after its time was over."""
    parser = argparse.ArgumentParser(description="The costliest search.")
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=Path, help="a folder with an index; else one is made")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = options.index or Path(name) / "index"
        if not options.index:
            made_index(folder)
        engine = FolderEngine(folder)
        warm_up(engine)
        report = hunt(engine, options.queries, options.seed)
        engine.close()
    print(report.text())
    return int(report.longest > 1.25 * execution.MAX_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
