"""`bench.exports` on a small index: each form reads back, and what differs is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.exports import READERS, differing, main, measured
from search import open_engine
from search.request import SearchRequest
from tests.webapp.press_room import press_room, write
from webapp.exports.export_files import export


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The press room, one headline of which a spreadsheet would take for a formula."""
    folder = tmp_path_factory.mktemp("exported") / "index"
    first, *others = press_room()
    write(folder, [replace(first, headline=f"={first.headline}"), *others])
    return folder


@pytest.mark.parametrize("form", READERS)
def test_a_whole_export_reads_back_as_the_index(
    index_folder: Path, tmp_path: Path, form: str
) -> None:
    engine = open_engine(index_folder)
    path = tmp_path / f"releases.{form}"
    assert export(engine, SearchRequest(), path, form) == engine.coverage().releases
    rows = list(READERS[form](path))
    assert differing(engine, iter(rows)) == 0
    changed = (*rows[0][:3], rows[0][3] + "!", rows[0][4])
    assert differing(engine, iter([changed, *rows[2:]])) == 2


def test_the_command_is_measured(index_folder: Path, tmp_path: Path) -> None:
    found = measured(index_folder, "jsonl", tmp_path / "releases.jsonl")
    assert found.seconds > 0
    assert found.memory > 10
    assert found.size * 1e6 == (tmp_path / "releases.jsonl").stat().st_size


@pytest.mark.slow
def test_all_forms_in_one_run(index_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(index_folder)]) == 0
    assert capsys.readouterr().out.count("| 0 |") == len(READERS)
