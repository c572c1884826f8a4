"""Every answer of a folder beside that of a cluster with the same releases: what differs is printed.

    python -m tests.cluster.compare FOLDER opensearch://... [--questions FILE] [--random 2000]

Questions are JSON Lines with `q`, `from` and `to`; random requests are made of words of the
releases. Looked at are totals, ids and their order, facets, notices, suggestions, offers, snippets
and marks of the first fifty.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from index.cluster.mapping import WINDOW
from search import Engine, SearchRequest, SearchResults, open_engine

PER_PAGE = 50
SORTS = (None, None, None, "newest", "oldest", "relevance")
MATCHES = ("all", "all", "any", "strict")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and print; how many requests are answered otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cluster")
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    folder, cluster = open_engine(options.folder), open_engine(options.cluster)
    requests = list(asked_in(options.questions)) if options.questions else []
    requests += made_up(folder, options.random, options.seed)
    odd = Counter[str]()
    seconds = [0.0, 0.0]
    for number, request in enumerate(requests):
        answers = []
        for at, engine in enumerate((folder, cluster)):
            began = time.thread_time()
            answers.append(engine.search(request))
            seconds[at] += time.thread_time() - began
        differing = differences(*answers)
        odd.update(differing)
        odd["requests"] += bool(differing)
        for name in differing:
            print(f"{number}: {request!r}: {name}: {said(name, answers)}", flush=True)
    each = ", ".join(f"{1000 * each / max(len(requests), 1):.2f} ms" for each in seconds)
    print(f"{len(requests)} requests, {odd.pop('requests', 0)} of them otherwise: {dict(odd)}")
    print(f"processor time of an answer here, folder and cluster: {each}")
    return odd.total()


def asked_in(path: Path) -> Iterator[SearchRequest]:
    """The questions of a file."""
    for line in path.read_text("utf-8").splitlines():
        asked = json.loads(line)
        yield SearchRequest(
            asked.get("q") or "",
            date_from=asked.get("from"),
            date_to=asked.get("to"),
            per_page=PER_PAGE,
        )


def made_up(engine: Engine, count: int, seed: int) -> Iterator[SearchRequest]:
    """Requests of words that stand near each other in releases, with operators and filters."""
    chance = random.Random(seed)  # noqa: S311
    if not count:
        return
    hits = islice(engine.every_hit(SearchRequest(), snippets=False), 400)
    texts = [f"{hit.release.headline} {hit.release.body}".split() for hit in hits]
    coverage = engine.coverage()
    agencies = [agency.slug for agency, _ in coverage.agencies]
    languages = [tag for tag, _ in coverage.languages]
    months = [month for month, _ in coverage.months] or ["2020-01"]
    for _ in range(count):
        words = chance.choice(texts)
        start = chance.randrange(max(len(words) - 8, 1))
        some = [each.strip('"()') for each in words[start : start + chance.randint(1, 5)]]
        begin, end = sorted(chance.choices(months, k=2))
        dated = chance.random()
        yield SearchRequest(
            written(some, chance),
            match=chance.choice(MATCHES),
            agencies=some_of(agencies, chance) if chance.random() < 0.2 else (),
            languages=some_of(languages, chance) if chance.random() < 0.1 else (),
            date_from=begin if dated < 0.2 else None,
            date_to=end if dated < 0.1 or dated > 0.9 else None,
            undated=chance.random() < 0.05,
            sort=chance.choice(SORTS),
            page=chance.choice((1, 1, 1, 2, 3)),
            per_page=chance.choice((10, PER_PAGE)),
            copies=chance.random() < 0.2,
        )


def some_of(values: list[str], chance: random.Random) -> tuple[str, ...]:
    """One value of a facet, or all but one."""
    return ("-" * (chance.random() < 0.3) + chance.choice(values),)


def written(words: list[str], chance: random.Random) -> str:
    """Words as somebody may type them."""
    form = chance.randrange(9)
    if form == 0:
        return f'"{" ".join(words)}"'
    if form == 1:
        return f'"{" ".join(words)}"~{chance.randint(1, 5)}'
    if form == 2:
        return " OR ".join(words)
    if form == 3:
        return " ".join([*words[:-1], f"-{words[-1]}"])
    if form == 4:
        return " ".join([f"{words[0][:4]}*", *words[1:]])
    if form == 5:
        return " ".join([*words[:-1], words[-1] + "~"])
    if form == 6:
        return f" NEAR/{chance.randint(1, 9)} ".join(words[:2])
    if form == 7:  # a slip
        at = chance.randrange(max(len(words[0]), 1))
        return " ".join([words[0][:at] + words[0][at + 1 :], *words[1:]])
    return " ".join(words)


def differences(expected: SearchResults, found: SearchResults) -> list[str]:
    """What of two answers is not the same."""
    return [name for name, look in LOOKS.items() if look(expected) != look(found)]


def said(name: str, answers: Sequence[SearchResults]) -> str:
    """Both, as far as they fit into a line."""
    return " | ".join(str(LOOKS[name](each))[:300] for each in answers)


def reached(results: SearchResults) -> int:
    """Pages, as far as page numbers reach in both."""
    return min(results.pages, WINDOW // results.request.per_page)


LOOKS = {
    "total": lambda each: (each.total, reached(each), each.loosened_total, each.folded, each.new),
    "ids": lambda each: sorted(hit.release.id for hit in each.hits),
    "order": lambda each: [(hit.release.id, hit.score) for hit in each.hits],
    "facets": lambda each: each.facets,
    "notices": lambda each: each.notices,
    "suggestion": lambda each: (each.did_you_mean, each.offers),
    "marks": lambda each: sorted(
        (hit.release.id, hit.headline_html, hit.snippets, hit.lacks, hit.copies_total)
        for hit in each.hits
    ),
}
"""What is compared, by name."""

if __name__ == "__main__":
    raise SystemExit(bool(main()))
