"""The catalogue beside an index: made again when it is not the index's, and small runs use it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.ingest.builder import build
from index.release import Release
from index.stores.catalogue import NAME
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from index.stores.verification import problems

FIRST = "2024-03-05T10:00:00+00:00"


def write(path: Path, *numbers: int, text: str = "") -> Path:
    rows = [
        {"id": f"n-{n}", "headline": f"Ferry {n}", "body": f"Pier {n} closes at noon. {text}"}
        for n in numbers
    ]
    path.write_text("".join(json.dumps(each) + "\n" for each in rows))
    return path


def bodies(store: FolderStore) -> dict[str, str]:
    return {each.release.id: each.release.body for each in store.entries()}


@pytest.fixture
def built(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "index")
    build([write(tmp_path / "a.jsonl", *range(20))], store)
    return store


def test_a_run_on_a_few_releases_opens_no_other_record(
    built: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    original = Release.from_stored
    monkeypatch.setattr(
        Release, "from_stored", lambda stored: opened.append(stored["id"]) or original(stored)
    )
    report = build([write(tmp_path / "b.jsonl", 3, 40, text="Again.")], built)
    assert (report.added, report.updated, report.total) == (1, 1, 21)
    assert set(opened) <= {"n-3", "n-40"}


@pytest.mark.parametrize("damage", ["missing", "of another index", "cut", "no database"])
def test_a_catalogue_that_cannot_be_used_is_made_again(
    built: FolderStore, tmp_path: Path, damage: str
) -> None:
    path = built.folder / NAME
    if damage == "missing":
        path.unlink()
    elif damage == "of another index":
        before = path.read_bytes()
        build([write(tmp_path / "b.jsonl", 30, 31)], built)
        path.write_bytes(before)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        path.write_text("no database at all" * 1000)
    total = len(bodies(built))
    report = build([write(tmp_path / "c.jsonl", 3, 4, 50)], built)
    assert (report.added, report.unchanged, report.total) == (1, 2, total + 1)


def test_a_change_made_past_the_builder_is_noticed(built: FolderStore, tmp_path: Path) -> None:
    release = Release(id="n-90", headline="Pier 90", body="It closes.", source_file="/x.jsonl")
    with built.writing():
        built.apply({"n-1"}, [stored_release(release, FIRST)])
    report = build([write(tmp_path / "c.jsonl", 1)], built)
    assert (report.added, report.total) == (1, 21)


def test_releases_are_found_by_words_and_file_without_looking_at_all(
    built: FolderStore, tmp_path: Path
) -> None:
    """After a first run as after a later one, and when the catalogue was made anew."""
    for remade in (False, True):
        if remade:
            (built.folder / NAME).unlink()
        build([write(tmp_path / "b.jsonl", 3, 40)], built)
        with closing(sqlite3.connect(built.folder / NAME)) as database:
            for condition in ("content = 1", "file = 1"):
                plan = f"explain query plan select id from release where {condition}"  # noqa: S608
                (*_, how), *_ = database.execute(plan)
                assert how.startswith("SEARCH")


def test_what_was_not_committed_is_forgotten(built: FolderStore) -> None:
    with built.writing(), built.catalogue() as catalogue:
        catalogue.replace({"n-1"}, ())
        assert len(catalogue) == 19
    with built.writing(), built.catalogue() as catalogue:
        assert len(catalogue) == 20
        assert catalogue.known("n-1") is not None


def test_ids_and_paths_that_are_no_unicode_come_back(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "index")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl"))
    build([write(path, 1)], store)
    with store.writing(), store.catalogue() as catalogue:
        known = catalogue.known("n-1")
    assert known is not None
    assert known.file == str(path)
    assert build([path], store).unchanged == 1


@pytest.mark.parametrize("at", [100, 4096, 8192 + 77, -1])
def test_one_flipped_bit_anywhere_is_seen_and_the_next_run_mends_it(
    built: FolderStore, tmp_path: Path, at: int
) -> None:
    path = built.folder / NAME
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)
    assert [each for each in problems(built.folder) if str(path) in each]
    changed = write(tmp_path / "c.jsonl", *range(10), text="Changed.")
    assert build([changed], built).updated == 10
    assert list(problems(built.folder)) == []


def test_a_catalogue_that_says_otherwise_than_the_index_is_named(built: FolderStore) -> None:
    """With a right checksum: a fault of the program, not of the disk."""
    with built.writing(), built.catalogue() as catalogue:
        catalogue.replace({"n-3"}, ())
        catalogue.commit()
    (problem,) = problems(built.folder)
    assert NAME in problem
    assert "n-3" in problem


STEPS = ("fsync", "replace", "commit", "unlink")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_kill_9_at_any_point_leaves_one_state_or_the_other(
    built: FolderStore, tmp_path: Path, step: str
) -> None:
    path = write(tmp_path / "a.jsonl", *range(25), text="Changed.")
    before, after = (
        bodies(built),
        {f"n-{n}": f"Pier {n} closes at noon. Changed." for n in range(25)},
    )
    number, seen = 0, set[str]()
    while True:
        ended = subprocess.run(
            [sys.executable, "-c", _DYING, str(path), str(built.folder), step, str(number)],
            check=False,
        )
        now = bodies(built)
        assert now in (before, after)
        seen.add("old" if now == before else "new")
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
        number += 1 if step != "fsync" else 6
    assert number > 0
    report = build([path], built)
    assert (report.total, report.unchanged) == (25, 25)
    assert bodies(built) == after


_DYING = """
import os, sqlite3, sys
from pathlib import Path
from index.ingest.builder import build
from index.stores import catalogue
from index.stores.folder import FolderStore
step, left = sys.argv[3], [int(sys.argv[4])]
def dying(function):
    def call(*given, **named):
        if not left[0]:
            os.kill(os.getpid(), 9)
        left[0] -= 1
        return function(*given, **named)
    return call
if step == "commit":
    made = catalogue.SqliteCatalogue
    made.commit = dying(made.commit)
    made.replace = dying(made.replace)
else:
    setattr(os, {"unlink": "remove"}.get(step, step), dying(getattr(os, {"unlink": "remove"}.get(step, step))))
build([Path(sys.argv[1])], FolderStore(Path(sys.argv[2])))
"""


def test_the_catalogue_agrees_with_the_records(built: FolderStore) -> None:
    database = sqlite3.connect(built.folder / NAME)
    rows = {row[0] for row in database.execute("select id from release")}
    database.close()
    assert rows == set(bodies(built))
