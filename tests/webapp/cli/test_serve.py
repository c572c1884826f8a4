"""`dateline serve`: where it answers, how it ends, and what it says of a port in use."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.timing import PATIENCE
from tests.webapp.cli.commands import run, run_apart


@pytest.fixture
def served(index: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli.main", "serve", "--index", str(index), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    yield found[0]
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0


def test_serve_prints_the_address_and_answers_there(served: str) -> None:
    with urlopen(f"{served}/search.json?q=harbour", timeout=PATIENCE) as answer:
        assert json.load(answer)["total"] == 2


def test_interrupting_waits_for_no_reader(index: Path) -> None:
    """A worker that ended in order would wait thirty seconds for this answer's end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli.main", "serve", "--index", str(index), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port = int(process.stdout.readline().split(" (Ctrl-C")[0].rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as reader:
        reader.sendall(b"GET /search.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert reader.recv(12) == b"HTTP/1.1 200"
        reader.sendall(b"GET /search.csv HTTP/1.1\r\n")  # the head of another, never finished
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_port_in_use_is_a_sentence(
    served: str, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)  # there where make runs the tests
    done = run("serve", "--index", index, "--port", served.rsplit(":", 1)[1])
    assert done.returncode == 1
    assert "cannot listen at 127.0.0.1" in done.stderr
    port = int(served.rsplit(":", 1)[1])
    assert f"Try another: --port {port + 1}" in done.stderr
    made = run_apart("serve", "--index", index, "--port", str(port), MAKELEVEL="1")
    assert f"Try another: make run PORT={port + 1}" in made.stderr
