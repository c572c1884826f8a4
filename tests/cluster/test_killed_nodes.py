"""Three nodes, the manager and another one killed in turns: what readers see, and what is left.

The figures of a hundred thousand reads during a hundred commits are in `docs/scaling.md`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from tests.cluster.one_server import RUNNING, why_not
from tests.cluster.reads_during_kills import reads_during_kills
from tests.cluster.server import Server, UnavailableError, running_cluster

pytestmark = [pytest.mark.cluster, pytest.mark.slow]


@pytest.fixture
def nodes() -> Iterator[list[Server]]:
    if not os.environ.get(RUNNING):
        why_not("`make test-cluster` starts one")
    try:
        with running_cluster() as started:
            yield started
    except UnavailableError as error:
        why_not(str(error))


def test_readers_see_whole_commits_whichever_node_is_killed(
    nodes: list[Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SHARDS", "3")
    seen = reads_during_kills(nodes, tmp_path, reads=3_000, commits=10, kills=2)
    assert seen.kills == ["the manager", "a data node"]
    assert seen.reads >= 3_000
    assert seen.odd == []
    assert seen.late == 0
    assert seen.lost == []
    assert seen.problems == []
    assert seen.unannounced == []
