"""Readers of other packages come in as entry points, as the example package shows."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Refusal
from index.sources.reading import ReadDraft, read_document
from index.sources.registry import readers

EXAMPLE = Path(__file__).with_name("example_package")
MINUTES = Document(name="a", data=b"#MINUTES\n14 March 2023\nPier opens\nIt was agreed.\n")


def install(folder: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pip leaves behind of the example package."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    ((group, points),) = project["entry-points"].items()
    (name,) = points
    info = folder / "dateline_minutes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dateline-minutes\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {target or points[name]}\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.syspath_prepend(str(EXAMPLE))
    readers.cache_clear()


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    readers.cache_clear()
    sys.modules.pop("dateline_minutes", None)


def read() -> ReadDraft | Refusal:
    (found,) = read_document(MINUTES, ReadOptions())
    return found


def test_a_reader_of_another_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(read(), Refusal)
    install(tmp_path, "", monkeypatch)
    found = read()
    assert isinstance(found, ReadDraft)
    assert found.draft.form == "minutes"
    assert found.draft.dates[0].date == "2023-03-14"
    assert readers()[0].name == "minutes of a council"


@pytest.mark.parametrize("target", ["nowhere:READER", "dateline_minutes:_read"])
def test_one_that_cannot_be_loaded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    install(tmp_path, target, monkeypatch)
    found = read()
    assert isinstance(found, Refusal)
    assert "'minutes' of dateline-minutes" in found.reason
    assert "mend or uninstall dateline-minutes" in found.reason
