"""`dateline index --workers N`: that many processes and threads at the most, wherever there are any."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

RELEASES = 2_200
"""Some 4.5 MB: two batches to write, and more to read than processes are started for."""

_WATCHED = """
import json, multiprocessing, os, sys, threading
from index.codec import merge
from webapp.cli.main import main

merge.SHARE_FROM = 1  # threads share a small merge, too
forks = processes = threads = 0

def before_fork():
    global forks, processes
    forks += 1
    processes = max(processes, len(multiprocessing.active_children()) + 1)

start = threading.Thread.start

def start_watched(thread):
    global threads
    start(thread)
    threads = max(threads, threading.active_count() - 1)

os.register_at_fork(before=before_fork)
threading.Thread.start = start_watched
code = main(sys.argv[1:])
print(json.dumps([code, forks, processes, threads]))
"""


class Watched(NamedTuple):
    """How a run ended, the processes that it forked, and the most at once of them and of threads."""

    code: int
    forks: int
    processes: int
    threads: int


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = random.Random(3)  # noqa: S311
    words = ["".join(draw.choices("abcdefghij", k=7)) for _ in range(3_000)]
    path = tmp_path_factory.mktemp("releases") / "many.jsonl"
    with path.open("w") as file:
        for number in range(RELEASES):
            body = " ".join(draw.choices(words, k=250))
            row = {"id": f"n-{number}", "headline": f"Notice {number}", "body": body}
            file.write(json.dumps(row) + "\n")
    return path


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_than_asked_for(releases: Path, tmp_path: Path, workers: int) -> None:
    words = ["--index", str(tmp_path / "index"), "index", str(releases), "--quiet", "--json"]
    run = subprocess.run(
        [sys.executable, "-c", _WATCHED, *words, "--workers", str(workers)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    report, _, numbers = run.stdout.rstrip().rpartition("\n")
    watched = Watched(*json.loads(numbers))
    assert json.loads(report)["added"] == RELEASES
    assert watched.code == 0
    if workers == 1:
        assert watched == Watched(0, forks=0, processes=0, threads=0)
    else:
        assert (watched.processes, watched.threads) == (workers, workers)
        assert watched.forks == 2 * workers, "some to read, as many to write"
