"""No search goes on long after its time is over, whatever is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines import execution
from search.engines.folder import FolderEngine
from tests.torture import costly_queries
from tests.torture.torture_size import size

LOOK = 0.25
"""Processor time (seconds) that may pass until the clock is looked at, on a busy machine: some
hundredths of a second were measured over 12,000 releases."""


def test_costly_searches_end_with_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    costly_queries.made_index(tmp_path / "index", releases=800)
    engine = FolderEngine(tmp_path / "index")
    costly_queries.warm_up(engine)
    monkeypatch.setattr(execution, "MAX_SECONDS", 0.01)
    report = costly_queries.hunt(engine, queries=size("queries"), seed=3)
    engine.close()
    print(report.text())
    assert len(report.costs) == size("queries")
    assert report.longest < execution.MAX_SECONDS + LOOK, report.text()
    assert report.stopped > 0, report.text()
