"""`dateline verify --json` and `dateline backup --json`: what a watching program reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.release import Agency, Release
from tests.webapp.press_room import write
from webapp.cli.main import main

RELEASE = Release(id="t-1", headline="A toll", body="Of the bridge.", date="2021-03-05",
                  date_precision="day", language="en", agency=Agency("harbour", "Harbour"))  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Path:
    write(tmp_path / "index", [RELEASE])
    return tmp_path / "index"


def told(capsys: pytest.CaptureFixture[str], code: int, *words: object) -> Any:
    assert main([str(word) for word in words]) == code
    return json.loads(capsys.readouterr().out)


def test_a_sound_index(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = {"total": 0, "first": []}
    assert told(capsys, 0, "verify", "--json", "--index", index) == {
        "index": str(index), "sound": True, "problems": none, "left": none, "repaired": None,
    }  # fmt: skip


def test_a_damaged_index_and_its_repair(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    postings = next(index.glob("*.postings"))
    postings.write_bytes(postings.read_bytes()[:-9])
    found = told(capsys, 1, "verify", "--json", "--index", index)
    assert not found["sound"]
    assert found["problems"]["total"] == len(found["problems"]["first"]) > 0
    assert str(postings) in " ".join(found["problems"]["first"])
    mended = told(capsys, 0, "verify", "--repair", "--json", "--index", index)
    assert mended["problems"] == found["problems"]
    assert (mended["sound"], mended["left"]["total"]) == (True, 0)
    assert (mended["repaired"]["kept"], mended["repaired"]["lost"]) == (1, [])


def test_a_backup(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "backup"
    found = told(capsys, 0, "backup", target, "--json", "--index", index)
    assert found["commit"] >= 1
    assert (found["backup"], found["index"], found["releases"]) == (str(target), str(index), 1)


def test_one_is_no_plural(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(tmp_path / "b"), "--index", str(index)]) == 0
    assert ": 1 release of commit" in capsys.readouterr().out
    (tmp_path / "a.jsonl").write_text('{"headline": "A toll", "body": "x", "date": "2021-03-05"}\n')
    words = ["index", str(tmp_path / "a.jsonl"), "--quiet", "--workers", "1"]
    assert main([*words, "--index", str(tmp_path / "new")]) == 0
    assert "1 release read from 1 file in" in capsys.readouterr().out
