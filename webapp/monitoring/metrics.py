"""Metrics of this process in the format of Prometheus: times, refusals, caches, the commit shown.

Where `PROMETHEUS_MULTIPROC_DIR` names a folder, `/metrics` gives those of all workers together.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import lru_cache

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from index import kernel
from index.errors import DatelineError
from search import Engine
from webapp.context import current_answers, current_engine

REGISTRY = CollectorRegistry()
SECONDS = Histogram(
    "dateline_answer_seconds",
    "Time until an answer is made; of exports, until its first byte.",
    ("page",),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
    registry=REGISTRY,
)
ANSWERS = Counter(
    "dateline_answers_total", "Answers by status.", ("page", "status"), registry=REGISTRY
)
REFUSALS = Counter(
    "dateline_refusals_total",
    "Requests that were refused, by reason.",
    ("reason",),
    registry=REGISTRY,
)
CACHE_BYTES = Gauge(
    "dateline_cache_bytes",
    "Bytes held by a cache.",
    ("cache",),
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
CACHE_MAX_BYTES = Gauge(
    "dateline_cache_max_bytes",
    "Bytes that a cache may hold.",
    ("cache",),
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
RELEASES = Gauge(
    "dateline_releases", "Releases in the index.", multiprocess_mode="livemax", registry=REGISTRY
)
GENERATION = Gauge(
    "dateline_generation",
    "Number of the commit that is shown.",
    multiprocess_mode="livemin",
    registry=REGISTRY,
)
COMMITTED = Gauge(
    "dateline_commit_timestamp_seconds",
    "When that commit was made; its age is time() minus this.",
    multiprocess_mode="livemin",
    registry=REGISTRY,
)
LOOPS = Gauge(
    "dateline_compiled_loops",
    "Compiled loops in use; 0 where numpy does the work.",
    multiprocess_mode="livemin",
    registry=REGISTRY,
)
_REASONS = {
    401: "password",
    413: "body",
    414: "too-long",
    421: "host",
    429: "rate",
    503: "busy-or-no-index",
}
OBSERVE_SECONDS = 5
"""Time between two looks at caches and commit, which each worker tells the others of."""
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_observed = 0.0
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def install(app: Flask) -> None:
    """Measure every request."""
    app.before_request(_start)
    app.after_request(_count)
    app.teardown_request(_observe_now_and_then)


def exposition() -> bytes:
    """All metrics as text."""
    try:
        observe(current_engine())
    except DatelineError:
        RELEASES.set(0)
    folder = os.environ.get(_FOLDER)
    if not folder:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def forget_process(pid: int) -> None:
    """What a worker that ended held is held no more; what it counted stays in the sums."""
    if os.environ.get(_FOLDER):
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def observe(engine: Engine) -> None:
    """Note what the engine holds now."""
    coverage = engine.coverage()
    number, modified_ns, _ = coverage.generation.split("-")
    RELEASES.set(coverage.releases)
    GENERATION.set(int(number))
    COMMITTED.set(int(modified_ns, 16) / 1e9)
    LOOPS.set(len(kernel.names()))
    for name, cache in {**engine.caches(), "answers": current_answers().cache}.items():
        CACHE_BYTES.labels(name).set(cache.nbytes)
        CACHE_MAX_BYTES.labels(name).set(cache.max_bytes)


def _start() -> None:
    g.started = time.perf_counter()


def _observe_now_and_then(_: object = None) -> None:
    """Where workers tell of each other, what this one holds must not be of long ago."""
    global _observed
    if os.environ.get(_FOLDER) and time.monotonic() - _observed > OBSERVE_SECONDS:
        _observed = time.monotonic()
        with suppress(DatelineError):
            observe(current_engine())


def _count(response: Response) -> Response:
    page = (request.endpoint or "nothing").rpartition(".")[2]
    answers, seconds = _of_page(page, response.status_code)
    answers.inc()
    seconds.observe(time.perf_counter() - g.started)
    if response.status_code in _REASONS:
        REFUSALS.labels(_REASONS[response.status_code]).inc()
    return response


@lru_cache(maxsize=1_000)
def _of_page(page: str, status: int) -> tuple[Counter, Histogram]:
    return ANSWERS.labels(page, status), SECONDS.labels(page)
