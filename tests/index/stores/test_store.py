"""A folder as a store: its format, its lock, its durability, its soundness."""

from __future__ import annotations

import errno
import json
import os
import pickle
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from index.codec import merge_policy
from index.codec.files import Component
from index.codec.stored_document import decode
from index.errors import DamagedIndexError, DatelineError, NoIndexError
from index.stores import folder as folder_store
from index.stores import open_store
from index.stores.commit_record import digest_of
from index.stores.durable_storage import DurableStorage
from index.stores.fingerprint import fingerprint_of
from index.stores.folder import FolderStore, open_index
from index.stores.store import Entry
from index.stores.stored_release import stored_release
from index.stores.verification import problems
from tests.index.stores.stores_corpus import FIRST, put, release


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "index")


def test_what_is_put_comes_back_whole(store: FolderStore) -> None:
    releases = [release(1, aliases=("old-1",), issued_at="2024-03-05T12:00+08:00"), release(2)]
    put(store, *releases)
    assert sorted(store.entries(), key=lambda each: each.release.id) == [
        Entry(each, FIRST) for each in releases
    ]
    assert store.release("n-2") == releases[1]
    assert store.release("n-3") is None


def test_removing_and_replacing_in_one_step(store: FolderStore) -> None:
    put(store, release(1), release(2), release(3))
    put(store, release(2, body="New."), removed=("n-1", "n-2"))
    kept = {each.release.id: each.release.body for each in store.entries()}
    assert kept == {"n-2": "New.", "n-3": release(3).body}


def test_an_empty_place_has_no_entries_and_no_index(tmp_path: Path) -> None:
    assert list(FolderStore(tmp_path / "none").entries()) == []
    with pytest.raises(NoIndexError, match="There is no index at"):
        open_index(tmp_path / "none")
    with pytest.raises(NoIndexError, match="There is no index at"):
        open_index(tmp_path)


def test_a_folder_with_other_files_does_not_become_an_index(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear sir")
    with (
        pytest.raises(NoIndexError, match=r"holds other files \(letter.txt\)"),
        FolderStore(tmp_path).writing(),
    ):
        pass


def test_another_format_is_named(store: FolderStore) -> None:
    put(store, release(1))
    commit = store.folder / "dateline-1.commit"
    body = commit.read_bytes().split(b"\n")[0].replace(b'"format":6', b'"format":99')
    commit.write_bytes(body + b"\n" + digest_of(body).encode() + b"\n")
    with pytest.raises(NoIndexError, match="has format 99"):
        open_index(store.folder)
    with pytest.raises(NoIndexError, match="has format 99"), store.writing():
        pass
    commit.unlink()
    (store.folder / "dateline.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(NoIndexError, match="has format 99"):
        open_index(store.folder)


def test_either_copy_of_the_commit_record_is_enough(store: FolderStore) -> None:
    put(store, release(1))
    commit = store.folder / "dateline-1.commit"
    whole = commit.read_bytes()
    for damaged in (b"x" + whole[1:], whole[:-40], whole[: len(whole) // 2]):
        commit.write_bytes(damaged)
        assert store.release("n-1") == release(1)
        assert list(problems(store.folder)) == [
            f"{commit}: one of its two copies is damaged; the other was read"
        ]


def test_a_damaged_commit_record_is_a_sentence(store: FolderStore) -> None:
    put(store, release(1))
    (store.folder / "dateline-1.commit").write_bytes(b"\0" * 100)
    with pytest.raises(DamagedIndexError, match=r"dateline-1\.commit: both copies"):
        open_index(store.folder)
    assert len(list(problems(store.folder))) == 1


def test_files_are_synced_before_the_commit_takes_its_name(tmp_path: Path) -> None:
    steps: list[str] = []

    class Watched(DurableStorage):
        def sync(self, name: str) -> None:
            steps.append(name or "the folder")
            super().sync(name)

        def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
            steps.append(f"rename {newname}")
            super().rename_file(oldname, newname, safe)

    store = FolderStore(tmp_path / "index", storage=Watched)
    put(store, release(1))
    del steps[:]
    put(store, release(2))
    at = steps.index("rename dateline-2.commit")
    segments = {path.name for path in store.folder.glob("dateline_*.*")}
    assert len(segments) == len(Component)
    assert {*segments, "_MAIN_2.toc", ".dateline-2.commit.new", "the folder"} <= set(steps[:at])
    assert steps[at + 1] == "the folder"


def test_another_writer_of_segments_can_take_the_place_of_ours(tmp_path: Path) -> None:
    batches: list[tuple[set[str], list[str]]] = []

    def write(index: object, removed: object, added: Iterable[bytes], workers: int | None) -> None:
        batches.append((set(removed), [decode(each)["id"] for each in added]))  # type: ignore[call-overload]

    store = FolderStore(tmp_path / "index", commit=write)
    put(store, release(1), removed=("x",))
    assert batches == [({"x"}, ["n-1"])]


def test_nothing_that_lies_in_the_folder_is_run(store: FolderStore, tmp_path: Path) -> None:
    """Whoosh's table of contents is a pickle, which runs what it says where it is read."""
    put(store, release(1))
    table = store.folder / "_MAIN_1.toc"
    table.write_bytes(pickle.dumps(_Runs(tmp_path / "was run")))
    (store.folder / "_MAIN_99.toc").write_bytes(table.read_bytes())
    assert store.release("n-1") == release(1)
    assert [each for each in problems(store.folder) if str(table) in each]
    put(store, release(2))
    assert {each.release.id for each in store.entries()} == {"n-1", "n-2"}
    assert not (tmp_path / "was run").exists()
    pickle.loads(pickle.dumps(_Runs(tmp_path / "was run")))  # noqa: S301, that it would
    assert (tmp_path / "was run").exists()


class _Runs:
    """Makes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self._path,)


def test_a_file_of_another_segment_is_not_taken_for_its_own(store: FolderStore) -> None:
    """Whole and of the right kind, but not the file that the commit names."""
    put(store, *(release(n) for n in range(20)))
    (old,) = store.folder.glob("*.postings")
    kept = old.read_bytes()
    put(store, release(1, body="It leaves at ten."), removed=("n-1",))
    (new,) = store.folder.glob("*.postings")
    new.write_bytes(kept)
    found = list(problems(store.folder))
    assert any(str(new) in each for each in found)
    with pytest.raises(DamagedIndexError, match=new.name):
        store.release("n-1")


def test_a_missing_file_is_named(store: FolderStore) -> None:
    put(store, release(1))
    (lost,) = store.folder.glob("*.columns")
    lost.unlink()
    with pytest.raises(DamagedIndexError, match=f"{lost.name}: is missing"):
        list(store.entries())
    assert any(lost.name in each for each in problems(store.folder))


@pytest.mark.parametrize(
    "left",
    [
        ".dateline.json.new",
        "dateline.json",
        "dateline_1a.terms",
        "dateline.tmp/x",
        "MAIN_WRITELOCK",
    ],
)
def test_what_a_killed_first_run_leaves_does_not_stand_in_the_way(
    store: FolderStore, left: str
) -> None:
    path = store.folder / left
    path.parent.mkdir(parents=True)
    path.write_bytes(b"" if left != "dateline.json" else b'{"form')
    put(store, release(1))
    assert list(problems(store.folder)) == []
    assert store.release("n-1") == release(1)


def test_who_asks_before_the_first_run_has_ended_is_told_to_wait(store: FolderStore) -> None:
    """`dateline search` said that one should make an index, while it was made."""
    with store.writing(), pytest.raises(NoIndexError, match="is being made by another process"):
        open_index(store.folder)
    with pytest.raises(NoIndexError, match="Make one: dateline index"):
        open_index(store.folder)


def test_one_damage_does_not_hide_another(store: FolderStore) -> None:
    put(store, *(release(n) for n in range(20)))
    damaged = [*store.folder.glob("*.postings"), *store.folder.glob("*.lengths")]
    for path in damaged:
        data = bytearray(path.read_bytes())
        data[64] ^= 1
        path.write_bytes(data)
    (store.folder / "dateline.json").write_text("{")
    found = "\n".join(problems(store.folder))
    assert all(str(path) in found for path in [*damaged, store.folder / "dateline.json"])


def test_a_full_disk_is_named_and_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    class Full(DurableStorage):
        def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
            if newname == "dateline-2.commit":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            super().rename_file(oldname, newname, safe)

    store = FolderStore(tmp_path / "index", storage=Full)
    put(store, release(1))
    with pytest.raises(DatelineError, match=r"No space left on device while writing.*as it was"):
        put(store, release(2))
    assert [each.release.id for each in store.entries()] == ["n-1"]


def test_an_error_of_the_source_leaves_the_index_as_it_was(store: FolderStore) -> None:
    put(store, release(1))

    def failing() -> Iterator[bytes]:
        yield stored_release(release(2), FIRST)
        raise RuntimeError("the source broke")

    with store.writing(), pytest.raises(RuntimeError, match="the source broke"):
        store.apply({"n-1"}, failing())
    assert [each.release.id for each in store.entries()] == ["n-1"]


def test_record_hashes_see_what_counts() -> None:
    one = release(1)
    same = release(1, source_file="/elsewhere", fetched_at="2024-03-06T00:00:00Z")
    assert fingerprint_of(one).record_hash == fingerprint_of(same).record_hash
    for change in ({"headline": "x"}, {"date": None}, {"url": "https://a.example"}, {"place": "x"}):
        changed = fingerprint_of(release(1, **change))
        assert changed.record_hash != fingerprint_of(one).record_hash


def test_a_sound_index_has_no_problems(store: FolderStore) -> None:
    put(store, release(1), release(2))
    assert list(problems(store.folder)) == []


def test_what_is_wrong_is_said(store: FolderStore) -> None:
    put(store, release(1), release(1), release(2, content_hash="0" * 64))
    found = list(problems(store.folder))
    assert any("n-1: stands in the index 2 times" in each for each in found)
    assert any("n-2: its content does not have the hash" in each for each in found)


def test_a_cut_segment_is_found(store: FolderStore) -> None:
    put(store, *(release(n) for n in range(50)))
    segment = max(store.folder.glob("dateline_*.*"), key=lambda path: path.stat().st_size)
    segment.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])
    assert list(problems(store.folder))


def test_addresses_of_stores(tmp_path: Path) -> None:
    assert isinstance(open_store(str(tmp_path)), FolderStore)
    with pytest.raises(DatelineError, match="opensearch://host:9200/name"):
        open_store("opensearch://localhost")
    with pytest.raises(NoIndexError, match="neither a folder nor"):
        open_store("https://localhost/index")


def test_the_lock_file_names_its_holder(store: FolderStore) -> None:
    with store.writing():
        note = (store.folder / folder_store.LOCK_FILE).read_text()
    assert f"process {os.getpid()} on " in note


def test_small_segments_become_one_and_large_ones_are_left_alone(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "SMALL", 10)
    put(store, *(release(n) for n in range(100)))
    for first in range(100, 148, 4):
        put(store, *(release(n) for n in range(first, first + 4)))
        sizes = segment_sizes(store)
        assert sizes[0] == 100
        assert all(2 * small < large for large, small in pairwise(sizes[1:]))
    assert {each.release.id for each in store.entries()} == {f"n-{n}" for n in range(148)}
    assert list(problems(store.folder)) == []


def test_a_segment_is_written_anew_once_much_of_it_is_deleted(store: FolderStore) -> None:
    put(store, *(release(n) for n in range(40)))
    for count, left in ((8, 40), (4, 28)):
        ids = sorted(each.release.id for each in store.entries())[:count]
        put(store, removed=ids)
        assert segment_sizes(store, deleted_too=True) == [left]
    assert list(problems(store.folder)) == []


def segment_sizes(store: FolderStore, *, deleted_too: bool = False) -> list[int]:
    index = open_index(store.folder)
    segments = index.segments()
    index.close()
    return [each.doc_count_all() if deleted_too else each.doc_count() for each in segments]
