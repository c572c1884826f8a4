"""Many at once: readers see whole commits, a second writer is refused at once, stale locks are none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from index.errors import IndexLockedError
from index.stores.folder import FolderStore
from tests.index.stores.stores_corpus import held, put, release
from tests.timing import PATIENCE
from tests.torture.many_at_once import run
from tests.torture.time_limit import ended_in_time
from tests.torture.torture_size import size

_HOLDS = """
import sys, time
from pathlib import Path
from index.stores.folder import FolderStore, open_index
with FolderStore(Path(sys.argv[1])).writing():
    writer = open_index(Path(sys.argv[1])).writer()
    print("holds", flush=True)
    time.sleep(600)
"""


def test_every_answer_is_one_commit(tmp_path: Path) -> None:
    seen = run(tmp_path / "index", size("seconds"), 2)
    print(seen)
    assert seen.answers >= seen.versions >= 1
    assert seen.commits >= 1


def test_a_second_writer_is_refused_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    """Neither our lock nor Whoosh's outlives its process."""
    store = FolderStore(tmp_path / "index")
    put(store, release(1))
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(store.folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout, ended_in_time(process):
        assert process.stdout.readline() == "holds\n"
        with pytest.raises(IndexLockedError, match=f"process {process.pid} on"), store.writing():
            pass
        assert set(held(store.folder)) == {"n-1"}
    put(store, release(2))
    assert set(held(store.folder)) == {"n-1", "n-2"}


@pytest.mark.slow
def test_the_workers_of_a_server_answer_from_a_new_commit_at_once(tmp_path: Path) -> None:
    """Every answer after the end of a commit is of that commit, from either of two processes."""
    store = FolderStore(tmp_path / "index")
    put(store, release(0))
    command = [sys.executable, "-m", "webapp.cli.main", "serve", "--port", "0", "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--index", str(store.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATELINE_GAZETTEERS": ""},
    )
    assert process.stdout is not None
    with process.stdout, ended_in_time(process):
        address = process.stdout.readline().split()[3]
        answers = 0
        for number in range(1, 12):
            put(store, release(number))
            for _ in range(20):
                with urllib.request.urlopen(
                    f"{address}/search.json?q=ferry&sort=newest", timeout=PATIENCE
                ) as answer:
                    assert json.load(answer)["total"] == number + 1
                answers += 1
        print(f"{answers} answers of two processes during 11 commits, none of an earlier commit")
        assert answers >= 11
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
