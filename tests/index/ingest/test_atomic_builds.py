"""A build is there whole or not at all: errors, kills, readers and other writers beside it."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import IndexLockedError
from index.ingest.builder import build
from index.stores.folder import FolderStore, open_index
from tests.index.ingest.record_files import counts, entries, releases, row, write


def test_an_error_in_the_middle_leaves_the_old_index(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1))
    build([folder], store)
    write(folder / "a.jsonl", row(1, body="New."), row(2))

    def interrupt(step: str, done: int, total: int, releases: int) -> None:
        if step == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([folder], store, progress=interrupt)
    assert releases(store)["n-1"].body != "New."
    assert set(releases(store)) == {"n-1"}
    assert counts(build([folder], store)) == (1, 1, 0, 0)


def test_an_interrupted_first_build_leaves_no_index(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1))

    def interrupt(step: str, done: int, total: int, releases: int) -> None:
        if step == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([folder], store, progress=interrupt)
    assert list(store.entries()) == []
    assert build([folder], store).added == 1


@pytest.mark.parametrize("step", ["reading", "writing"])
def test_kill_9_leaves_the_old_index_and_no_lock(
    store: FolderStore, folder: Path, step: str
) -> None:
    write(folder / "a.jsonl", row(1))
    build([folder], store)
    write(folder / "a.jsonl", *(row(n, body=f"New {n}.") for n in range(300)))
    code = (
        "import os, sys; from pathlib import Path\n"
        "from index.ingest.builder import build; from index.stores.folder import FolderStore\n"
        "def die(step, done, total, releases):\n"
        "    if step == sys.argv[3]: os.kill(os.getpid(), 9)\n"
        "build([Path(sys.argv[1])], FolderStore(Path(sys.argv[2])), progress=die)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(store.folder), step], check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert set(releases(store)) == {"n-1"}
    with open_index(store.folder).reader() as reader:
        assert reader.doc_count() == 1
    assert build([folder], store).total == 300
    assert not list(store.folder.glob("*.tmp/*"))


def test_readers_see_the_old_index_until_the_commit(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1))
    build([folder], store)
    write(folder / "a.jsonl", row(1), row(2))
    seen = []

    def look(step: str, done: int, total: int, releases: int) -> None:
        seen.append(len(entries(store)))

    build([folder], store, progress=look)
    assert set(seen) == {1}
    assert len(entries(store)) == 2


def test_a_second_writer_is_told_at_once(
    store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    write(folder / "a.jsonl", row(1))
    context = multiprocessing.get_context("fork")
    ready, done = context.Event(), context.Event()

    def hold() -> None:
        with store.writing():
            ready.set()
            done.wait(20)

    other = context.Process(target=hold)
    other.start()
    try:
        assert ready.wait(20)
        with pytest.raises(IndexLockedError, match=f"process {other.pid}"):
            build([folder], store)
        assert other.is_alive(), "told only when the other had ended"
    finally:
        done.set()
        other.join()
    assert build([folder], store).added == 1
