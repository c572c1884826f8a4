"""Former texts: what keeping them costs an index, in bytes and in processor time.

    python -m bench.versions --releases 5000

Releases are made up, indexed, and indexed again: unchanged, then with a tenth of their texts changed, ten
times over. Printed are, after each run, its processor time, the bytes of the segments, and the
processor time of a search and of the page of results that it gives.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from index.ingest.builder import BuildOptions, build
from index.stores.folder import FolderStore
from webapp import create_app

WORDS = 300
"""Words of a text."""
VOCABULARY = 8_000
SHARE = 10
"""Every tenth release changes."""
CHANGES = 10
PAGES = 40
"""Pages of results that are asked for, each another search."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=5_000)
    count = parser.parse_args().releases
    with tempfile.TemporaryDirectory() as place:
        for line in measured(Path(place), count):
            print(line, flush=True)


def measured(place: Path, count: int) -> Iterator[str]:
    """A line for each run."""
    texts = made_up(count)
    yield run(place, "first", texts)
    yield run(place, "unchanged", texts)
    for number in range(CHANGES):
        for each in range(0, count, SHARE):
            texts[each] = f"{texts[each]} Corrected on day {number}."
        if number in (0, CHANGES - 1):
            yield run(place, f"{SHARE} % changed, {number + 1} times", texts)
        else:
            run(place, "", texts)


def made_up(count: int) -> list[str]:
    """Texts of words whose frequencies fall as those of a language."""
    chance = random.Random(7)  # noqa: S311 - the same texts in every run
    words = ["".join(chance.choices("aeioubdfgklmnprst", k=6)) for _ in range(VOCABULARY)]
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    return [" ".join(chance.choices(words, weights, k=WORDS)) for _ in range(count)]


def run(place: Path, name: str, texts: list[str]) -> str:
    """Index the texts; what that cost, and what is there then."""
    source, index = place / "releases.jsonl", place / "index"
    with source.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            record = {"id": str(number), "headline": f"Notice {number}", "body": text,
                      "date": f"2024-{number % 12 + 1:02}-03"}  # fmt: skip
            file.write(json.dumps(record) + "\n")
    started = time.process_time()
    build([source], FolderStore(index), BuildOptions(workers=1, reread=True))
    spent = time.process_time() - started
    size = sum(path.stat().st_size for path in index.glob("dateline_*"))
    page = _page(index, texts)
    return f"{name:28} {spent:6.2f} s {size / 1e6:8.2f} MB {page:6.2f} ms a page of results"


def _page(index: Path, texts: list[str]) -> float:
    client = create_app({"index": str(index)}).test_client()
    words = [text.split()[number % 9] for number, text in enumerate(texts[:PAGES])]
    client.get("/search?q=notice")
    started = time.process_time()
    for word in words:
        client.get(f"/search?q={word}+notice")
    return 1000 * (time.process_time() - started) / len(words)


if __name__ == "__main__":
    main()
