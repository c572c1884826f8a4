"""Pages over HTTP: `wrk` asks gunicorn, on this machine, for the search page of every question.

    python -m bench.serve --index .bench/indexes/dateline-all/index

First with one connection for each worker, so that the figures are of an answer's time, not of a
queue; then with many, as on a busy day, whose times are those of a queue and whose errors count.
From the third time on a question is answered with what the worker kept of the second: what a new
page takes, `bench.page_kinds` says.
Printed are requests a second, the spread of the times, how much of a processor an answer took,
which does not depend on what else the machine does, and what the largest worker then has of memory
of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench import questions
from bench.peers.dateline import request_of
from bench.processes import memory_of
from search import SearchRequest

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MANY_SECONDS, MANY, WORKERS = 10, 60, 64, 1
"""How long wrk asks over a connection a worker, how long over many, how many these are, and how
many processes serve."""
STARTING = 60.0
"""Seconds that the server may take to its first page."""

_SCRIPT = """
local paths = {{ {paths} }}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{{"requests": %d, "seconds": %f, "p50_ms": %f, "p95_ms": %f, "p99_ms": %f, "errors": %d}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def main(argv: list[str] | None = None) -> int:
    """Serve the index, ask for each kind of page, print and write the figures."""
    options = _options(argv)
    if not can_measure():
        print("wrk is not installed: apt install wrk", file=sys.stderr)
        return 1
    found = measured(options.index, options)
    print(text(found))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n")
    return 0


def can_measure() -> bool:
    """Whether `wrk` is there."""
    return shutil.which("wrk") is not None


def measured(index: Path, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """What wrk counted, for pages and for JSON, over few and over many connections."""
    workers: int = getattr(options, "workers", WORKERS)
    many: int = getattr(options, "connections", MANY)
    asked = [request_of(each) for each in questions.read(options.questions)]
    paths = {
        "page": ["/search?" + query for query in map(_query, asked)],
        "json": ["/search.json?" + query for query in map(_query, asked)],
    }
    with _served(index, workers) as (address, server):
        few = {kind: _wrk(address, each, workers, SECONDS, server) for kind, each in paths.items()}
        crowded = {
            f"{kind}, {many} connections": _wrk(address, each, many, MANY_SECONDS, server)
            for kind, each in paths.items()
        }
    return few | crowded


def text(found: dict[str, dict[str, float]]) -> str:
    """The figures as lines of text."""
    return "\n".join(
        f"{kind}: {each['requests'] / each['seconds']:.0f} a second, "
        f"median {each['p50_ms']:.1f} ms, 95 % under {each['p95_ms']:.1f} ms, "
        f"99 % under {each['p99_ms']:.1f} ms, processor {each['cpu_ms']:.2f} ms, "
        f"own memory {each['own_mb']:.0f} MB, errors {each['errors']:.0f}"
        for kind, each in found.items()
    )


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Pages a second through gunicorn, with wrk.")
    parser.add_argument("--index", type=Path, required=True, help="a folder with an index")
    parser.add_argument("--questions", type=Path, default=questions.DEFAULT)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--connections", type=int, default=MANY, help="as many as are many")
    parser.add_argument("--out", type=Path, default=Path(".bench/serve.json"))
    return parser.parse_args(argv)


def _query(request: SearchRequest) -> str:
    values = [
        ("q", request.text),
        *(("agency", slug) for slug in request.agencies),
        ("from", request.date_from),
        ("to", request.date_to),
    ]
    return urlencode([(name, value) for name, value in values if value])


@contextlib.contextmanager
def _served(index: Path, workers: int) -> Iterator[tuple[str, int]]:
    """The documented worker over the index on a free port of the loopback: its address and process.

    Of its four threads, as documented, one is as good as all: they share a lock.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "webapp:create_app()", "--bind", address]
    command += ["--worker-class", "webapp.serving.Worker", "--threads", "4"]
    command += ["--workers", str(workers), "--preload", "--log-level", "warning"]
    environment = {**os.environ, "DATELINE_INDEX": str(index.resolve())}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _await(f"http://{address}/search", server)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310, our own loopback address
                return
        except OSError:  # not there yet, or busy with its first answer
            time.sleep(0.1)
    raise RuntimeError(f"no page from {url} within {STARTING:.0f} seconds")


def _wrk(
    address: str, paths: list[str], connections: int, seconds: int, server: int
) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "questions.lua"
        script.write_text(_SCRIPT.format(paths=", ".join(json.dumps(each) for each in paths)))
        command = ["wrk", "--threads", "1", "--connections", str(connections)]
        command += ["--duration", f"{seconds}s", "--script", str(script)]
        before = _processor_ms(server)
        done = subprocess.run(
            [*command, f"http://{address}"], capture_output=True, text=True, check=True
        )
        spent = _processor_ms(server) - before
    reported = re.search(r"^\{.*\}$", done.stdout, re.MULTILINE)
    if reported is None:
        raise RuntimeError(f"wrk said:\n{done.stdout}")
    found: dict[str, float] = json.loads(reported[0])
    own = max(memory_of(child)[0] for child in _workers_of(server))
    return found | {"cpu_ms": spent / max(found["requests"], 1), "own_mb": own}


def _workers_of(server: int) -> list[str]:
    return Path(f"/proc/{server}/task/{server}/children").read_text().split()


def _processor_ms(server: int) -> float:
    """Time that a server's workers took of the processors, after proc(5)."""
    ticks = 0
    for child in _workers_of(server):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
