"""What is measured of whole processes: building, the first answer, memory of a serving process."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench import corpus, questions
from bench.peers import CannotError, load, whole


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def building(name: str, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Documents, seconds, peak memory (MB) and size (MB) of an index built by its own process."""
    return _child("build", name, str(folder), str(options.corpus), str(options.documents))


def serving(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """Seconds from process start to the first answer, and memory (MB) after all questions.

    `own` is private memory; `resident` counts the mapped index files too.
    """
    from bench.run import place

    folder = str(place(name, options))
    start = time.time()
    found = _child("serve", name, folder, str(options.questions), str(options.limit or 0))
    found["first_answer_s"] = found.pop("answered_at") - start
    return found


def _child(*arguments: str) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.processes", *arguments], stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return found


class _Measured:
    """Documents as they go by: how many, how much text, and the time that making them took."""

    def __init__(self, documents: Iterator[corpus.Document]) -> None:
        self._documents = documents
        self.count = 0
        self.text_bytes = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[corpus.Document]:
        while True:
            before = time.perf_counter()
            document = next(self._documents, None)
            if document is not None:
                self.count += 1
                self.text_bytes += len(document.headline.encode()) + len(document.body.encode())
            self.seconds += time.perf_counter() - before
            if document is None:
                return
            yield document


def _build(name: str, folder: str, path: str, count: str) -> dict[str, Any]:
    """Streams the documents. The time counts reading them, which is stated beside it."""
    documents = _Measured(corpus.documents(Path(path), int(count)))
    before = time.perf_counter()
    load(name).build(documents, Path(folder))
    spent = time.perf_counter() - before
    size = sum(each.stat().st_size for each in Path(folder).rglob("*") if each.is_file())
    usage = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {
        "documents": documents.count,
        "seconds": spent,
        "reading_s": documents.seconds,
        "per_second": documents.count / spent,
        "peak_mb": max(usage) / 1024,
        "size_mb": size / 1e6,
        "text_mb": documents.text_bytes / 1e6,
    }


def _serve(name: str, folder: str, path: str, limit: str) -> dict[str, Any]:
    peer = load(name)
    peer.open(Path(folder))
    asked = list(islice(questions.read(Path(path)), int(limit) or None))
    first = next(each for each in asked if len(each.words) >= 1)
    _answer(peer, first)
    answered_at = time.time()
    for question in asked:
        _answer(peer, question)
    own, resident = memory_of("self")
    peer.close()
    return {"answered_at": answered_at, "own_mb": own, "resident_mb": resident}


def _answer(peer: Any, question: questions.Question) -> None:
    try:
        whole(peer, question)
    except CannotError:
        return


def memory_of(process: str) -> tuple[float, float]:
    """Megabytes that a process alone has, and with mapped files and what it shares (proc(5)).

    :param process: its number, or `self`.
    """
    said = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {name: int(value.split()[0]) for name, value in (each.split(":") for each in said)}
    return kilobytes["Private_Dirty"] / 1024, kilobytes["Rss"] / 1024


if __name__ == "__main__":
    action, *rest = sys.argv[1:]
    print(json.dumps({"build": _build, "serve": _serve}[action](*rest)))
