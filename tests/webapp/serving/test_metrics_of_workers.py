"""Metrics of several workers of the documented server, together."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.timing import PATIENCE
from tests.webapp.press_room import press_room, write
from tests.webapp.serving.served import Server, served

REQUESTS = 20
TWELFTH = (160 << 20) // 12
"""Bytes of 160 MB for whole answers."""


@pytest.mark.slow
def test_workers_are_counted_together_and_those_that_ended_hold_nothing(tmp_path: Path) -> None:
    write(tmp_path / "index", press_room())
    metrics = tmp_path / "metrics"
    metrics.mkdir()
    settings = {"PROMETHEUS_MULTIPROC_DIR": str(metrics), "DATELINE_CACHE_MB": "160"}
    with served(tmp_path / "index", tmp_path / "log", **settings) as server:
        for number in range(REQUESTS):
            assert server.get(f"/search?q=ferry+{number}")[0].status == 200
        first = server.workers()
        assert len(first) == 2
        told = _samples(server)
        assert told["dateline_answers_total", "results", "200"] == REQUESTS
        assert told["dateline_answer_seconds_count", "results"] == REQUESTS
        assert told["dateline_releases",] == len(press_room())
        assert told["dateline_cache_max_bytes", "answers"] in (
            TWELFTH,
            2 * TWELFTH,
        )  # by both workers
        fifth = ((160 << 20) - TWELFTH) // 5
        assert told["dateline_cache_max_bytes", "matches"] in (fifth, 2 * fifth)
        os.kill(first[0], signal.SIGKILL)
        _until_replaced(server, first[0])
        for number in range(REQUESTS):
            assert server.get(f"/search?q=harbour+{number}")[0].status == 200
        told = _samples(server)
        assert told["dateline_answers_total", "results", "200"] == 2 * REQUESTS
        assert told["dateline_cache_max_bytes", "matches"] <= 64 << 20
        assert not list(metrics.glob(f"gauge_live*_{first[0]}.db"))


def _until_replaced(server: Server, pid: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        workers = server.workers()
        if pid not in workers and len(workers) == 2:
            return
        time.sleep(0.05)
    raise AssertionError("no new worker came")


def _samples(server: Server) -> dict[tuple[str, ...], float]:
    return {
        (each.name, *each.labels.values()): each.value
        for family in text_string_to_metric_families(server.get("/metrics")[1].decode())
        for each in family.samples
    }
