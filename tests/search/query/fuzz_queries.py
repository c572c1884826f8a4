"""Random and mutated searches over an engine: `python -m tests.search.query.fuzz_queries INDEX`.

Whatever is typed gives an answer or a sentence, never an exception, and its cost is bounded. Cost
is counted, not timed: the tokens that the reader makes and the leaves of the query.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random

from search import Engine, SearchRequest, open_engine
from search.query.lexer import FIELDS

MAX_LEAVES = 2_000
"""Terms and phrases that any search comes to, before the index expands its prefixes: 100 words,
each a compound of four in all languages and fields."""

WORDS = ["harbour", "ferry", "tax", "flood", "light", "school", "market", "coin", "the", "of", "and", "to", "in", "senate", "health", "care", "web", "site", "co", "operation", "November", "26", "26th", "2007", "91", "000", "12", "345", "-0.4%", "-19", "-2007", "U", "S", "U.S", "U.S.", "R", "&", "D", "C++", "C#", ".NET", "Hawai‘i", "O’Brien", "café", "海", "港口", "衞生署", "十一月二十六日", "11月26日", "1月6日", "二零二五年", "ไทย", "한국", "١٢", "москва"]  # fmt: skip
SIGNS = ['OR', 'AND', 'NOT', 'ANDNOT', 'NEAR', 'NEAR/5', 'W/3', 'PRE/2', 'ADJ4', 'AROUND(3)', 'XOR', '|', '||', '&', '&&', '!', '!!', '-', '--', '+', '(', ')', '((', '))', '"', '“', '”', '‘', '’', '「', '」', '~', '~2', '~99', '^', '^2', '^0', '^99', '*', '**', '?', '??', '=', ':', '::', '..', '…', '[', ']', '{', '}', '/a.b/', '2', 'OF', '99', 'OF', '>', '<', '>=', 'TO', 'to', ',', ';', '.', '\\']  # fmt: skip
NAMES = (*FIELDS, "filetype", "http", "intitle", "x")
VALUES = ("2023", "2023-06", "June", "none", "2022..2023", ">2023", "[2022", "TO", "a", "board-of-health",
          "en", "zh", '"', "(", "=x", "海", "*")  # fmt: skip
WILD = ("fer*", "f*", "*rry", "*", "f?rry", "fe*y", "*a*", "??", "11月26日*", "1月6日*", "海*", "海?港", "C++*",
        "U.S.*", "R&D*", "=ferry*", "ferry~", "ferry~2", "海~", "-fer*", "O’B*")  # fmt: skip
ODD = (
    "\0",
    "\ud800",
    "\u202e",
    "\u200d",
    "\u0301",
    "\ufeff",
    "\U0001f6a2",
    "\n",
    "\u3000",
    "İ",
    "ß",
    "ﬁ",
)


def made_up(rng: Random) -> str:
    """A search of random pieces, glued with spaces or with nothing."""
    kinds = (WORDS, WORDS, SIGNS, WILD, ODD)
    pieces = []
    for _ in range(rng.choice((1, 2, 3, 5, 8, 20, 60))):
        if rng.random() < 0.15:
            pieces.append(f"{rng.choice(NAMES)}:{rng.choice(VALUES)}")
        else:
            pieces.append(rng.choice(rng.choice(kinds)))
    return rng.choice((" ", " ", " ", "")).join(pieces)


def mutated(rng: Random, text: str) -> str:
    """A search with a piece cut out, doubled, moved or put in."""
    for _ in range(rng.randint(1, 4)):
        low, high = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        piece = text[low:high]
        change = rng.choice(("cut", "double", "insert", "repeat", "swap"))
        if change == "cut":
            text = text[:low] + text[high:]
        elif change == "double":
            text = text[:high] + piece + text[high:]
        elif change == "insert":
            text = text[:low] + rng.choice(rng.choice((SIGNS, WILD, ODD))) + text[low:]
        elif change == "repeat":
            text = (text + rng.choice(("", " ", " OR ", " NEAR "))) * rng.randint(2, 9)
        else:
            text = text[high:] + piece + text[:low]
        text = text[:1_200]
    return text


def searches(rng: Random, number: int, seeds: tuple[str, ...] = ()) -> list[str]:
    """Made-up searches and mutations of them and of the seeds."""
    kept = [*seeds, made_up(rng)]
    made: list[str] = []
    while len(made) < number:
        text = made_up(rng) if rng.random() < 0.4 else mutated(rng, rng.choice(kept))
        made.append(text)
        kept.append(text)
        kept = kept[-500:]
    return made


def answer(engine: Engine, rng: Random, text: str) -> int:
    """The total of a search in some mode and order; what it says of itself must agree.

    :raises ValueError: where an answer contradicts itself.
    """
    match, sort = rng.choice(("all", "all", "any", "strict")), rng.choice((None, "newest"))
    results = engine.search(SearchRequest(text, match=match, sort=sort, per_page=3))
    if results.total == 0 and text.strip() and not results.notices and not results.hits:
        raise ValueError(f"nothing is found and nothing is said: {text!r}")
    if results.total and not results.hits:
        raise ValueError(f"{results.total} matches and no hit: {text!r}")
    return results.total


def main() -> int:
    """Searches an index; prints the costliest searches and the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=Path, help="a file of searches to mutate, one a line")
    given = parser.parse_args()
    seeds = tuple(given.seeds.read_text("utf-8").splitlines()) if given.seeds else ()
    rng, engine = Random(given.seed), open_engine(given.index)  # noqa: S311
    costs: list[tuple[float, str]] = []
    for text in searches(rng, given.queries, seeds):
        started = time.process_time()
        try:
            answer(engine, rng, text)
        except Exception:
            print(f"failed: {text!r}")
            raise
        costs.append((time.process_time() - started, text))
    costs.sort(reverse=True)
    print(f"{len(costs)} searches answered; processor time of the costliest:")
    for cost, text in costs[:10]:
        print(f"{cost * 1000:8.1f} ms  {text[:120]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
