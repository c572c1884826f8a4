"""Reading on several processes: the same releases and refusals in the same order as on one."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.ingest import read_files as read_files_module
from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions
from index.ingest.read_files import Taken, read_files
from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Damage, Refusal
from index.sources.reading import Piece

FILES = ("a.jsonl", "b.jsonl.gz", "c.zip", "d.pdf", "e.txt", "f.csv", "g.jsonl")


def lines(first: int, count: int) -> str:
    rows = []
    for number in range(first, first + count):
        if number % 17 == 0:
            rows.append('{"headline": broken')
        elif number % 19 == 0:
            rows.append(json.dumps({"headline": "", "body": ""}))
        else:
            body = f"The ferry of pier {number} leaves at noon. " * 40
            rows.append(
                json.dumps({"id": f"n-{number}", "headline": f"Ferry {number}", "body": body})
            )
    return "\n".join(rows) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "a.jsonl").write_text(lines(1, 900))
    packed = gzip.compress(lines(901, 300).encode(), 1)
    (tmp_path / "b.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.jsonl", lines(1200 + 40 * number, 40))
        archive.writestr("style.css", "p { color: red }")
        archive.writestr("empty.htm", "")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7\n%...")
    (tmp_path / "e.txt").write_text("Just a note.")
    (tmp_path / "f.csv").write_text("headline,body,date\nPier,It closes.,2024-03-05\n,,\n")
    (tmp_path / "g.jsonl").write_text(lines(2000, 2))
    return [tmp_path / name for name in FILES]


def taken(files: list[Path], workers: int, **limits: int) -> tuple[list[Taken], Counter[str]]:
    skipped: Counter[str] = Counter()
    options = CompletionOptions(read=ReadOptions(limits=Limits(**limits)))
    opened: list[Path] = []
    watched: list[int] = []
    found = list(
        read_files(files, options, skipped, opened.append, watched.append, workers=workers)
    )
    assert opened == files
    assert watched[-1] == sum(path.stat().st_size for path in files)
    return found, skipped


@pytest.mark.parametrize("limits", [{}, {"expanded_bytes": 300_000}, {"line_bytes": 1500}])
def test_workers_change_nothing(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    alone = taken(files, 1, **limits)
    monkeypatch.setattr(read_files_module, "POOL_FROM_BYTES", 1)
    monkeypatch.setattr(read_files_module, "BATCH_BYTES", 5_000)
    assert taken(files, 3, **limits) == alone


def test_records_and_refusals_stand_where_they_should(files: list[Path]) -> None:
    found, skipped = taken(files, 2)
    first = [each for each in found if each.path.name == "a.jsonl"]
    releases = [each for each in first if isinstance(each.found, Candidate)]
    wanted = [n for n in range(1, 901) if n % 17 and n % 19]
    assert [each.found.id for each in releases] == [f"n-{n}" for n in wanted]  # type: ignore[union-attr]
    assert [each.where for each in releases][-1] == f"{files[0]}, record {len(wanted)}"
    refused = [each.where for each in first[len(releases) :]]
    broken, empty = 900 // 17, 900 // 19 - 900 // (17 * 19)
    assert refused == [
        f"{files[0]}, line 17 and {broken - 1} more",
        f"{files[0]}, line 19 and {empty - 1} more",
    ]
    assert skipped["script, style or font"] == 1
    assert [each.path for each in found] == sorted(each.path for each in found)


def test_little_work_starts_no_process(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    original = read_files_module.in_order

    def watch(work: Any, tasks: Any, workers: int) -> Any:
        seen.append(workers)
        return original(work, tasks, workers)

    monkeypatch.setattr(read_files_module, "in_order", watch)
    taken(files[-1:], 4)
    monkeypatch.setattr(read_files_module, "POOL_FROM_BYTES", 1)
    taken(files[-1:], 4)
    assert seen == [1, 4]


def test_tiny_files_do_not_wait_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million of them are less than `POOL_FROM_BYTES`, and were all held in memory at once."""
    monkeypatch.setattr(read_files_module, "POOL_FROM_PIECES", 128)
    paths = [tmp_path / f"{number:03}.txt" for number in range(400)]
    for path in paths:
        path.write_text("x")
    opened: list[Path] = []
    found = read_files(
        paths, CompletionOptions(), Counter(), opened.append, lambda _: None, workers=1
    )
    with closing(found):
        next(found)
    assert 128 <= len(opened) <= 128 + 2 * read_files_module.BATCH_PIECES


def test_a_document_that_kills_its_worker_costs_itself_only(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(piece: Piece, options: CompletionOptions, file: str) -> list[Candidate | Refusal]:
        if "n-2000" in str(piece):
            os.kill(os.getpid(), signal.SIGKILL)
        return candidates(piece, options, file)

    whole, _ = taken(files, 1)
    monkeypatch.setattr(read_files_module, "POOL_FROM_BYTES", 1)
    monkeypatch.setattr(read_files_module, "candidates", dying)
    # Workers are forked, so that they have `dying`, whatever threads other tests left running.
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    found, _ = taken(files, 2)
    others = [each for each in found if each.path.name != "g.jsonl"]
    assert others == [each for each in whole if each.path.name != "g.jsonl"]
    (lost,) = [each.found for each in found if each.path.name == "g.jsonl"]
    assert isinstance(lost, Damage)
    assert "was killed (SIGKILL)" in lost.reason
