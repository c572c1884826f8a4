"""Backup and restore: a copy is one commit, checked, and becomes the index in one step."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.errors import DamagedIndexError, DatelineError, IndexLockedError, NoIndexError
from index.ingest.builder import build
from index.stores.backup import backup, restore
from index.stores.folder import FolderStore
from index.stores.repair import repair
from index.stores.verification import problems
from tests.index.stores.stores_corpus import flip, held, put, release


def test_a_backup_is_an_index_with_the_same_releases(store: FolderStore, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "monday"
    assert backup(store.folder, target).generation == 2
    assert held(target) == held(store.folder)
    assert list(problems(target)) == []
    with pytest.raises(DatelineError, match="is there already"):
        backup(store.folder, target)
    assert [each.name for each in target.parent.iterdir()] == ["monday"]


def test_a_backup_knows_which_files_were_read(tmp_path: Path) -> None:
    """So that the next run on it need not read them again."""
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "n-1", "headline": "Ferry", "body": "Noon."}\n')
    store = FolderStore(tmp_path / "index")
    build([source], store)
    backup(store.folder, tmp_path / "copy")
    with FolderStore(tmp_path / "copy").catalogue() as catalogue:
        assert catalogue.known("n-1") is not None
    assert (tmp_path / "copy" / "dateline-catalogue.check").exists()


def test_a_damaged_index_is_not_copied(store: FolderStore, tmp_path: Path) -> None:
    (path,) = store.folder.glob("*.lengths")
    flip(path, 70)
    with pytest.raises(DamagedIndexError, match=r"\.lengths"):
        backup(store.folder, tmp_path / "copy")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["index"]


def test_commits_during_a_backup(store: FolderStore, tmp_path: Path) -> None:
    """Every copy is one of the states that were committed."""
    states = [set(held(store.folder))]
    done = threading.Event()

    def write() -> None:
        for number in range(100, 112):
            put(store, release(number), removed=[f"n-{number - 90}"])
            states.append(set(held(store.folder)))
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    copies = []
    while not done.is_set() or len(copies) < 2:
        copies.append(tmp_path / f"copy-{len(copies)}")
        backup(store.folder, copies[-1])
    thread.join()
    assert all(set(held(each)) in states for each in copies)


@pytest.mark.parametrize("state", ["sound", "later", "damaged", "gone", "empty"])
def test_whatever_the_index_is_a_backup_takes_its_place(
    store: FolderStore, tmp_path: Path, state: str
) -> None:
    before = held(store.folder)
    backup(store.folder, tmp_path / "copy")
    if state == "later":
        put(store, release(50), removed=["n-1"])
    elif state == "damaged":
        for path in store.folder.glob("dateline_*"):
            flip(path, 70)
        (store.folder / "dateline-2.commit").write_bytes(b"")
    elif state == "gone":
        store = FolderStore(tmp_path / "another")
    elif state == "empty":
        for path in store.folder.iterdir():
            path.unlink()
    restore(tmp_path / "copy", store.folder)
    assert held(store.folder) == before
    assert list(problems(store.folder)) == []
    put(store, release(60))
    assert set(held(store.folder)) == {*before, "n-60"}
    assert held(tmp_path / "copy") == before


def test_a_damaged_backup_changes_nothing(store: FolderStore, tmp_path: Path) -> None:
    backup(store.folder, tmp_path / "copy")
    put(store, release(50))
    before = held(store.folder)
    (path,) = (tmp_path / "copy").glob("*.positions")
    flip(path, 70)
    with pytest.raises(DamagedIndexError, match=r"\.positions"):
        restore(tmp_path / "copy", store.folder)
    with pytest.raises(NoIndexError):
        restore(tmp_path / "no copy", store.folder)
    assert held(store.folder) == before


def test_nobody_else_writes_meanwhile(store: FolderStore, tmp_path: Path) -> None:
    backup(store.folder, tmp_path / "copy")
    with store.writing():
        for change in (
            lambda: restore(tmp_path / "copy", store.folder),
            lambda: repair(store.folder),
        ):
            with pytest.raises(IndexLockedError):
                change()
