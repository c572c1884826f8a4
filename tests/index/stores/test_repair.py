"""Repair: all that can still be read is kept, what is lost is named, and nothing is a dead end."""

from __future__ import annotations

import pickle
import shutil
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from index.codec import merge_policy
from index.errors import DamagedIndexError, NoIndexError
from index.history import history_of, versions_of
from index.stores.backup import backup
from index.stores.commit_record import FORMAT
from index.stores.folder import FolderStore, open_index, stated_format
from index.stores.old_tables import old_segments
from index.stores.repair import repair, told
from index.stores.verification import problems
from search import SearchRequest, open_engine
from tests.index.stores.stores_corpus import flip, held, put, release

FORMATS = Path(__file__).with_name("formats")


@pytest.mark.parametrize("part", ["terms", "postings", "positions", "lengths", "columns"])
def test_all_but_the_records_can_be_made_anew(store: FolderStore, part: str) -> None:
    before = held(store.folder)
    (path,) = store.folder.glob(f"*.{part}")
    flip(path, 70)
    assert list(problems(store.folder))
    repaired = repair(store.folder, 1)
    assert (repaired.kept, repaired.lost, repaired.nameless) == (29, (), 0)
    assert list(problems(store.folder)) == []
    assert held(store.folder) == before


def test_records_that_are_lost_are_named(store: FolderStore) -> None:
    (path,) = store.folder.glob("*.stored")
    flip(path, 100)
    repaired = repair(store.folder, 1)
    assert repaired.kept == 0
    assert set(repaired.lost) == {f"n-{n}" for n in range(30)} - {"n-7"}
    assert f"{path}: " in "\n".join(told(repaired))
    assert [each.name for each in store.folder.glob(".damaged-*/*.stored")] == [path.name]
    assert list(problems(store.folder)) == []


def test_a_lost_segment_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "SMALL", 1)
    store = FolderStore(tmp_path / "index")
    put(store, *(release(n) for n in range(20)))
    (first,) = store.folder.glob("*.stored")
    put(store, *(release(n) for n in range(20, 24)))
    flip(first, 100)
    repaired = repair(store.folder, 1)
    assert (repaired.kept, len(repaired.lost)) == (4, 20)
    assert set(held(store.folder)) == {f"n-{n}" for n in range(20, 24)}


def test_with_ids_and_records_gone_their_number_is_said(store: FolderStore) -> None:
    for part in ("stored", "columns"):
        (path,) = store.folder.glob(f"*.{part}")
        path.write_bytes(path.read_bytes()[:100])
    repaired = repair(store.folder, 1)
    assert repaired.kept == 0
    assert repaired.lost == ()
    assert repaired.remarks


@pytest.mark.parametrize("left", [b"", b"\0" * 2000])
def test_without_a_commit_record_all_records_are_taken(store: FolderStore, left: bytes) -> None:
    """What had been removed comes back then, which is said."""
    (store.folder / "dateline-2.commit").write_bytes(left)
    repaired = repair(store.folder, 1)
    assert repaired.kept == 30
    assert "also of releases that had been removed" in "\n".join(told(repaired))
    assert list(problems(store.folder)) == []


def test_a_commit_record_that_is_gone_is_replaced_by_the_table_for_stock_whoosh(
    store: FolderStore,
) -> None:
    before = held(store.folder)
    (store.folder / "dateline-2.commit").unlink()
    with pytest.raises(NoIndexError, match="verify --repair"), store.writing():
        pass
    assert repair(store.folder, 1).kept == 29
    assert held(store.folder) == before


def test_an_index_of_format_3_is_rebuilt_from_itself(tmp_path: Path) -> None:
    """As the program wrote it: 30 releases, of which three are marked as deleted."""
    folder = tmp_path / "index"
    with tarfile.open(FORMATS / "format-3.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    with pytest.raises(NoIndexError, match=r"has format 3.*verify --repair"):
        open_index(folder)
    with pytest.raises(NoIndexError, match=r"has format 3"), FolderStore(folder).writing():
        pass
    assert repair(folder, 1).kept == 27
    assert set(held(folder)) == {f"n-{n}" for n in range(27)}
    assert held(folder)["n-3"].source_file == "/releases/a.jsonl"
    assert list(problems(folder)) == []


def test_words_that_have_stems_now_are_indexed_anew(tmp_path: Path) -> None:
    """As the program wrote it: a Polish release, whose words stood as they are written, and one in
    English. Read as it is, it would find less than it holds, and say nothing."""
    folder = tmp_path / "index"
    with tarfile.open(FORMATS / "format-5.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    with pytest.raises(NoIndexError, match=r"languages \(pl\) in all.*verify --repair"):
        open_index(folder)
    with pytest.raises(NoIndexError, match=r"verify --repair"), FolderStore(folder).writing():
        pass
    assert repair(folder, 1).kept == 2
    assert stated_format(folder) == FORMAT
    assert list(problems(folder)) == []
    with closing(open_engine(folder)) as engine:
        assert engine.count(SearchRequest("szpital")) == 1  # it has only "szpitale"


def test_an_index_of_format_4_is_read_and_written_on(tmp_path: Path) -> None:
    """As the program wrote it: 27 releases with texts; the fifth has a long headline, the fourth a
    former text."""
    folder = tmp_path / "index"
    with tarfile.open(FORMATS / "format-4.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    assert stated_format(folder) == 4
    assert list(problems(folder)) == []
    before = held(folder)
    assert set(before) == {f"n-{n}" for n in range(30)} - {"n-7", "n-8", "n-9"}
    assert before["n-5"].headline == "Ferry notice 5 " + " ".join(["of the harbour office"] * 10)
    copied = backup(folder, tmp_path / "copy")
    assert copied.generation == 3
    assert list(problems(tmp_path / "copy")) == []
    store = FolderStore(folder)
    put(store, release(7), removed=["n-6"])
    assert stated_format(folder) == FORMAT
    assert list(problems(folder)) == []
    del before["n-6"]
    assert held(folder) == before | {"n-7": release(7)}
    (former,) = versions_of(history_of(store.stored("n-4") or {}).versions)
    assert former.body == before["n-4"].body.replace("Ferry 44", "Ferry 4")


def test_an_old_table_runs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with tarfile.open(FORMATS / "format-3.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    (table,) = folder.glob("*.toc")
    data = table.read_bytes()
    start = data.rindex(b"\x80\x02") if b"\x80\x02" in data[-400:] else data.rindex(b"\x80")
    assert [len(each.deleted) for each in old_segments(table)] == [3]

    class Runs:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (tmp_path / "was run",)

    table.write_bytes(data[:start] + pickle.dumps([Runs()], 2))
    with pytest.raises(DamagedIndexError, match="which no index of ours does"):
        old_segments(table)
    assert repair(folder, 1).kept == 30, "from the records, as if there were no table"
    assert not (tmp_path / "was run").exists()


def test_nothing_is_made_from_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        repair(tmp_path / "none")
    with pytest.raises(NoIndexError, match="nothing in"):
        repair(tmp_path)


def test_a_damaged_index_can_be_repaired_where_a_run_was_killed(store: FolderStore) -> None:
    """Leftovers of a writer beside the damage."""
    before = held(store.folder)
    (columns,) = store.folder.glob("*.columns")
    shutil.copy(columns, store.folder / "dateline_leftover1.stored")
    flip(columns, 70)
    assert repair(store.folder, 1).kept == 29
    assert held(store.folder) == before
    assert not (store.folder / "dateline_leftover1.stored").exists()
