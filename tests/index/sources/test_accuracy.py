"""What real documents must be read with; `make accuracy` prints the same figures by site."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from index.release import Release
from index.sources.draft import Refusal

HERE = Path(__file__).resolve()


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    """The module behind `make accuracy`, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("accuracy", HERE.parents[2] / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


def test_pages_of_other_governments(accuracy: ModuleType, shared_data: Path) -> None:
    scores = accuracy.score_pages(shared_data)
    total = sum(scores.values(), accuracy.Score())
    assert total.releases >= 60
    assert total.headline >= 0.95 * total.releases, total.misses
    assert total.date >= 0.95 * total.releases, total.misses
    assert total.agency >= 0.95 * total.agency_stated, total.misses
    assert total.lists_refused == total.lists > 0, total.misses
    assert total.refused_wrongly == 0, total.misses


def test_pages_of_more_governments_and_of_state_press(
    accuracy: ModuleType, shared_data: Path
) -> None:
    total = sum(accuracy.score_pages2(shared_data).values(), accuracy.Score())
    assert total.releases >= 22
    assert total.headline == total.date == total.releases, total.misses
    assert total.junk == total.refused_wrongly == 0, total.misses
    assert total.begins >= 0.95 * total.begins_known, total.misses
    assert total.ends >= 0.85 * total.ends_known, total.misses
    assert total.lists_refused == total.lists > 0, total.misses


def test_hong_kong_pages(accuracy: ModuleType, shared_data: Path) -> None:
    score = accuracy.score_hong_kong(shared_data)
    assert score.releases == 69
    assert score.headline == 69, score.misses
    assert score.date == 69, score.misses
    assert score.agency >= 67, score.misses


def test_seeds(accuracy: ModuleType, shared_data: Path) -> None:
    score = accuracy.score_seeds(shared_data)
    assert score.releases == score.headline == score.agency == score.date == 5, score.misses


def test_every_item_of_real_feeds(accuracy: ModuleType, shared_data: Path) -> None:
    feeds = [
        truth["file"]
        for truth in accuracy.lines(shared_data / "pages" / "manifest.jsonl")
        if truth["kind"] in ("feed", "message-xml")
    ]
    assert len(feeds) >= 10
    for file in feeds:
        text = (shared_data / "pages" / file).read_text("utf-8").lower()
        items = text.count("<item>") + text.count("<item ") or text.count("<content lang")
        found = accuracy.read(shared_data / "pages" / file, ())
        assert [each for each in found if isinstance(each, Refusal)] == [], file
        assert len([each for each in found if isinstance(each, Release)]) == items, file


def test_a_table_adds_its_rows_up(accuracy: ModuleType) -> None:
    scores = {
        "a": accuracy.Score(releases=2, headline=1, lists=1),
        "b": accuracy.Score(releases=3, headline=3, date=2),
    }
    rows = [line.split() for line in accuracy.table(scores).splitlines()]
    assert [row[0] for row in rows] == ["site", "a", "b", "all"]
    assert rows[3][1:6] == ["5", "4", "2", "0", "0"]
