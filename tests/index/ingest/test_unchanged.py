"""Files that are left aside: the index is what it would be if all of them had been read."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.agencies.gazetteer import load_gazetteers
from index.ingest import unchanged
from index.ingest.builder import BuildOptions, build
from index.ingest.report import Report
from index.sources import ReadOptions
from index.stores.folder import FolderStore

PRUNE = BuildOptions(prune=True)


def row(number: int, text: str = "", **changes: Any) -> dict[str, Any]:
    body = f"The ferry of pier {number} leaves at noon. {text}"
    return {"id": f"n-{number}", "headline": f"Ferry {number}", "body": body} | changes


def write(path: Path, *rows: dict[str, Any]) -> Path:
    """As editors do: a new file takes the place of the old one."""
    made = path.with_name(f".{path.name}.new")
    made.write_text("".join(json.dumps(each) + "\n" for each in rows))
    made.replace(path)
    time.sleep(0.012)  # longer than the clock of a file system takes to move on
    return path


def state(store: FolderStore) -> dict[str, dict[str, Any]]:
    return {each.release.id: each.release.to_dict() for each in store.entries()}


def read_and_left(report: Report) -> tuple[int, int]:
    return report.files, report.files_left_aside


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "SETTLED_SECONDS", 0.01)


def test_files_as_they_were_are_not_read(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1), row(2))
    write(folder / "b.jsonl", row(3))
    assert read_and_left(build([folder], store)) == (2, 0)
    report = build([folder], store)
    assert read_and_left(report) == (0, 2)
    assert (report.unchanged, report.read, report.total) == (3, 0, 3)
    assert "2 files unchanged since the last run" in report.to_text()
    write(folder / "b.jsonl", row(3, "At one."), row(4))
    report = build([folder], store, PRUNE)
    assert read_and_left(report) == (1, 1)
    assert (report.added, report.updated, report.unchanged, report.removed) == (1, 1, 2, 0)
    assert read_and_left(build([folder], store, BuildOptions(reread=True))) == (2, 0)


def test_a_change_that_keeps_size_and_time_is_seen(store: FolderStore, folder: Path) -> None:
    path = write(folder / "a.jsonl", row(1, "At one."))
    build([folder], store)
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    write(path, row(1, "At two."))
    os.utime(path, ns=times)
    time.sleep(0.02)
    assert build([folder], store).updated == 1


def test_a_file_written_just_before_is_read_again(
    store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "SETTLED_SECONDS", 60.0)
    write(folder / "a.jsonl", row(1))
    build([folder], store)
    assert read_and_left(build([folder], store)) == (1, 0)


def test_other_options_and_another_program_read_again(
    store: FolderStore, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.jsonl", row(1))
    gazetteers = load_gazetteers()
    own = replace(gazetteers[0], places=("fennmark",))
    for options in (
        BuildOptions(),
        BuildOptions(as_of="2024-01-01"),
        BuildOptions(read=ReadOptions(mapping={"headline": "ttl"})),
        BuildOptions(gazetteers=gazetteers),
        BuildOptions(gazetteers=(own,)),
    ):
        assert read_and_left(build([folder], store, options)) == (1, 0)
        assert read_and_left(build([folder], store, options)) == (0, 1)
    monkeypatch.setattr(unchanged, "program_hash", lambda: b"another")
    assert read_and_left(build([folder], store, options)) == (1, 0)


def test_what_was_refused_is_said_again(store: FolderStore, folder: Path) -> None:
    write(folder / "a.jsonl", row(1))
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\n%...")
    for _ in range(2):
        report = build([folder], store)
        assert report.refused.total == 1
    assert read_and_left(report) == (1, 1)


def test_pruning_spares_files_left_aside_and_notices_their_return(
    store: FolderStore, folder: Path, tmp_path: Path
) -> None:
    a = write(folder / "a.jsonl", row(1))
    write(folder / "b.jsonl", row(2))
    build([folder], store)
    away = a.rename(tmp_path / "away.jsonl")
    report = build([folder], store, PRUNE)
    assert (report.removed, set(state(store))) == (1, {"n-2"})
    away.rename(a)
    assert build([folder], store).added == 1
    assert set(state(store)) == {"n-1", "n-2"}


def test_what_a_file_no_longer_holds_is_said_until_it_is_pruned(
    store: FolderStore, folder: Path
) -> None:
    write(folder / "a.jsonl", row(1), row(2))
    write(folder / "b.jsonl", row(3))
    assert build([folder], store).outdated == 0
    write(folder / "a.jsonl", row(1))
    report = build([folder], store)
    assert (report.outdated, report.total) == (1, 3)
    assert "1 release of before, no longer in the files read; --prune" in report.to_text()
    assert report.to_dict()["outdated"] == 1
    (folder / "a.jsonl").write_text("{")  # which of them it holds, nobody can tell
    assert build([folder], store).outdated == 0
    write(folder / "a.jsonl", row(1))
    report = build([folder], store, PRUNE)
    assert (report.outdated, report.removed) == (0, 1)


def test_the_next_best_reading_returns_when_the_better_file_goes(
    store: FolderStore, folder: Path
) -> None:
    write(folder / "a.jsonl", row(1, "First."), row(2))
    b = write(folder / "b.jsonl", row(1, "Second."), row(3))
    write(folder / "c.jsonl", row(4))
    build([folder], store)
    assert read_and_left(build([folder], store)) == (0, 3)
    write(b, row(3))
    report = build([folder], store, PRUNE)
    assert read_and_left(report) == (2, 1)
    assert state(store)["n-1"]["body"].endswith("First.")
    assert read_and_left(build([folder], store)) == (0, 3)


def test_a_release_that_turns_up_in_a_second_file_is_settled_by_both(
    store: FolderStore, folder: Path
) -> None:
    write(folder / "b.jsonl", row(1, "Later wins."))
    write(folder / "c.jsonl", row(2))
    build([folder], store)
    write(folder / "a.jsonl", row(1, "Earlier."))
    report = build([folder], store)
    assert state(store)["n-1"]["body"].endswith("Later wins.")
    assert report.conflicts.total == 1
    assert read_and_left(report) == (2, 1)


def test_files_read_apart_are_settled_when_they_come_together(
    store: FolderStore, folder: Path
) -> None:
    a = write(folder / "a.jsonl", row(1, "First."))
    write(folder / "b.jsonl", row(1, "Second."))
    build([folder], store)
    write(a, row(1, "Third."))
    build([a], store)
    assert state(store)["n-1"]["body"].endswith("Third.")
    build([folder], store)
    assert state(store)["n-1"]["body"].endswith("Second.")


class Pair:
    """Two indexes of the same files: one leaves unchanged ones aside, one never does."""

    def __init__(self, top: Path, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311, no secrets
        self.folder = top / "releases"
        self.folder.mkdir()
        self.quick, self.whole = FolderStore(top / "quick"), FolderStore(top / "whole")
        self.left_aside = 0

    def step(self) -> None:
        for _ in range(self.dice.randint(1, 2)):
            self._change()
        time.sleep(0.02)
        names = [self.folder / f"{name}.jsonl" for name in self.dice.sample("abcd", 2)]
        paths = [self.folder] if self.dice.random() < 0.7 else names
        prune = self.dice.random() < 0.4
        report = build(paths, self.quick, BuildOptions(prune=prune))
        self.left_aside += report.files_left_aside
        other = build(paths, self.whole, BuildOptions(prune=prune, reread=True))
        assert state(self.quick) == state(self.whole)
        assert (report.total, report.added, report.removed) == (
            other.total, other.added, other.removed,
        )  # fmt: skip

    def _change(self) -> None:
        path = self.folder / f"{self.dice.choice('abcdefgh')}.jsonl"
        if path.exists() and self.dice.random() < 0.25:
            path.unlink()
        else:
            write(path, *(self._row() for _ in range(self.dice.randint(1, 3))))

    def _row(self) -> dict[str, Any]:
        number = self.dice.randint(1, 12)
        made = row(number, self.dice.choice(["", "", "At one."]))
        kind = self.dice.random()
        if kind < 0.2:
            del made["id"]  # the words are its only identity: it may be another's twin
        elif kind < 0.4:
            made |= {"url": f"https://{self.dice.choice('xy')}.example/{number}"}
            del made["id"]
        elif kind < 0.5:
            made |= {"date": "2024-03-05"}
        return made


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_changes_gives_the_index_of_reading_all(tmp_path: Path, seed: int) -> None:
    pair = Pair(tmp_path, seed)
    for _ in range(8):
        pair.step()
    assert pair.left_aside > 0
