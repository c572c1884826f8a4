"""Readers and a writer: `python -m tests.torture.many_at_once --seconds 180` counts what they saw.

A writer commits without pause; readers in processes of their own ask again and again. Each answer
must be one commit whole: none of its releases missing, doubled, or of another commit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import tempfile
import time
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Empty
from typing import Any, NamedTuple

from index.stores.folder import FolderStore
from index.stores.verification import problems
from search import SearchRequest, open_engine
from tests.index.stores.stores_corpus import put, release
from tests.timing import PATIENCE

WINDOW = 25
"""Releases of each commit; one goes and one comes with the next, and all change."""
_VERSION = re.compile(r"as notice (\d+) says")


class Seen(NamedTuple):
    """What readers saw: answers, different commits, and the longest time from the end of a commit to
    the first answer that was not of an earlier one, in seconds."""

    commits: int
    answers: int
    versions: int
    slowest: float


def state(version: int) -> dict[str, str]:
    """The bodies of a commit, by id."""
    return {
        f"n-{n}": f"Ferry {n} leaves at noon, as notice {version} says."
        for n in range(version, version + WINDOW)
    }


def write(folder: Path, seconds: float, start: Any, latest: Synchronized[int], ended: Any) -> None:
    """Commit without pause."""
    store = FolderStore(folder)
    version = latest.value
    start.wait(PATIENCE)
    first, until = version, time.monotonic() + seconds
    while version == first or time.monotonic() < until:
        version += 1
        new = [release(int(key[2:]), body=body) for key, body in state(version).items()]
        put(store, *new, removed=state(version - 1))
        latest.value = version
        ended.value = time.monotonic()


def read(
    folder: Path, seconds: float, start: Any, latest: Synchronized[int], ended: Any, results: Any
) -> None:
    """Ask without pause, and hold every answer against its commit."""
    engine = open_engine(folder)
    start.wait(PATIENCE)
    until = time.monotonic() + seconds
    answers, slowest, before, versions = 0, 0.0, 1, set[int]()
    request = SearchRequest("ferry", per_page=100)
    while not answers or time.monotonic() < until:
        committed, at = latest.value, ended.value
        found = [(hit.release.id, hit.release.body) for hit in engine.search(request).hits]
        version = int(_VERSION.search(found[0][1])[1])  # type: ignore[index]
        assert len(found) == WINDOW, f"{len(found)} releases of {WINDOW}"
        assert dict(found) == state(version), "an answer of two commits"
        assert version >= max(before, committed), "an answer of an earlier commit"
        if version > before:
            slowest = max(slowest, time.monotonic() - at if version == committed else 0.0)
        before = version
        versions.add(version)
        answers += 1
    results.put((answers, len(versions), slowest))


def run(folder: Path, seconds: float, readers: int) -> Seen:
    """Write and read for so long.

    :raises AssertionError: when a process ended with an error.
    """
    put(FolderStore(folder), *(release(int(key[2:]), body=body) for key, body in state(1).items()))
    context = multiprocessing.get_context("spawn")
    latest, ended, results = (
        context.Value("i", 1),
        context.Value("d", time.monotonic()),
        context.Queue(),
    )
    start = context.Barrier(readers + 1)
    processes = [context.Process(target=write, args=(folder, seconds, start, latest, ended))]
    for _ in range(readers):
        given = (folder, seconds, start, latest, ended, results)
        processes.append(context.Process(target=read, args=given))
    for process in processes:
        process.start()
    try:
        seen = [results.get(timeout=seconds + PATIENCE) for _ in range(readers)]
        for process in processes:
            process.join(PATIENCE)
    except Empty:
        raise AssertionError(
            f"a reader gave nothing for {seconds + PATIENCE} s, or failed"
        ) from None
    finally:
        codes = [process.exitcode for process in processes]
        for process in processes:
            process.kill()
    assert codes == [0] * len(processes), "None is one that hung"
    assert list(problems(folder)) == []
    return Seen(
        latest.value - 1,
        sum(each[0] for each in seen),
        max(each[1] for each in seen),
        max(each[2] for each in seen),
    )


def main() -> None:
    """Run for so long and print what was seen."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=180)
    words.add_argument("--readers", type=int, default=3)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as top:
        seen = run(Path(top) / "index", given.seconds, given.readers)
    print(
        f"{seen.commits:,} commits, {seen.answers:,} answers of {given.readers} readers, each one "
        f"commit whole; after a commit the next answer came within {seen.slowest:.2f} s"
    )


if __name__ == "__main__":
    main()
