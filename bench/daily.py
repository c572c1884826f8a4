"""A year of small updates beside a fresh build: what a commit costs, what queries then cost.

`python -m bench.daily [--base N] [--days N] [--each N]`: an index of the first releases gets a
commit for every day; another is built of all of them at once. The same questions go to both, in
turn, several times; the ratio of the medians is printed for every type and over all. Times are of the
processor, since a loaded machine would tell of its load.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from bench.corpus import Document, read
from bench.peers.dateline import Engine
from bench.questions import Question
from bench.questions import read as read_questions
from index.ingest.builder import build
from index.stores.folder import FolderStore, open_index

ROUNDS = 7


def main() -> None:
    """Measure, and print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=int, default=60_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--each", type=int, default=30)
    options = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="dateline-daily-"))
    try:
        _run(top, options.base, options.days, options.each)
    finally:
        shutil.rmtree(top)


def _run(top: Path, base: int, days: int, each: int) -> None:
    documents = list(islice(read(), base + days * each))
    daily, fresh = FolderStore(top / "daily/index"), FolderStore(top / "fresh/index")
    build([_write(top / "base.jsonl", documents[:base])], daily)
    seconds = [
        _timed_build(_write(top / f"{day}.jsonl", documents[at : at + each]), daily)
        for day, at in enumerate(range(base, len(documents), each))
    ]
    build([_write(top / "all.jsonl", documents)], fresh)
    print(f"load {os.getloadavg()[0]:.1f}; {base:,} releases, {days} commits of {each}")
    ordered = sorted(seconds)
    print(
        f"commit: median {1000 * statistics.median(seconds):.0f} ms, "
        f"95 % {1000 * ordered[int(len(ordered) * 0.95)]:.0f} ms, most {1000 * ordered[-1]:.0f} ms"
    )
    for store in (daily, fresh):
        print(f"{store.folder.parent.name}: {_segments(store)} segments")
    _compare(top, read_questions())


def _timed_build(path: Path, store: FolderStore) -> float:
    started = time.process_time()
    build([path], store)
    return time.process_time() - started


def _write(path: Path, documents: Sequence[Document]) -> Path:
    rows = (json.dumps(each._asdict(), ensure_ascii=False) for each in documents)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def _segments(store: FolderStore) -> int:
    index = open_index(store.folder)
    count = len(index.segments())
    index.close()
    return count


def _compare(top: Path, questions: Sequence[Question]) -> None:
    engines = []
    for name in ("daily", "fresh"):
        engine = Engine()
        engine.open(top / name)
        engines.append(engine)
    ratios: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        times: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for engine, taken in zip(engines, times, strict=True):
                started = time.process_time()
                engine.answer(question)
                taken.append(time.process_time() - started)
        ratios[question.type].append(statistics.median(times[0]) / statistics.median(times[1]))
    for kind, found in ratios.items():
        print(f"{kind}: {statistics.geometric_mean(found):.2f}")
    every = [ratio for found in ratios.values() for ratio in found]
    print(f"all: {statistics.geometric_mean(every):.2f} (at or under 1.3 is wanted)")
    for engine in engines:
        engine.close()


if __name__ == "__main__":
    main()
