"""A minute of what `tests.torture.load` does for an hour."""

from __future__ import annotations

import argparse

import pytest

from tests.torture import load


@pytest.mark.slow
def test_questions_while_indexing_commits_are_all_answered() -> None:
    options = argparse.Namespace(minutes=0.7, index=None, questions=None, rate=30, every=2, cache=8)
    report = load.run(options)
    assert report.errors == [], report.text()
    assert set(report.times) == set(load.KINDS)
    assert report.commits >= 2
    assert len(report.refused) <= 0.01 * sum(report.statuses.values()), report.text()
    assert max(report.descriptors) - report.descriptors[0] < 60, report.text()
    assert report.growth < 100, report.text()
    assert report.recovered
    assert report.overload[503] > report.overload[200] > 0
