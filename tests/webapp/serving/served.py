"""The server that the README names, on a free port of the loopback, and clients of every kind."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

from tests.timing import PATIENCE

ROOT = Path(__file__).resolve().parents[3]


class Server(NamedTuple):
    """A server: its port, its process, and the file that it logs to."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """An answer, read to its end, over a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def connect(self, sent: bytes, *, receives: int | None = None) -> socket.socket:
        """A connection over which something was sent; it takes few bytes at a time if asked to."""
        client = socket.socket()
        client.settimeout(PATIENCE)
        if receives:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        client.connect(("127.0.0.1", self.port))
        client.sendall(sent)
        return client

    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(each) for each in children.split()]


def documented_command() -> list[str]:
    """The command for a real server, as the README has it."""
    text = (ROOT / "README.md").read_text("utf-8")
    (line,) = re.findall(r"^    gunicorn .*$", text, re.MULTILINE)
    return shlex.split(line)


@contextmanager
def served(index: Path, log: Path, *more: str, **settings: str) -> Iterator[Server]:
    """The server, with settings of the environment and further arguments."""
    command = documented_command()
    command[0] = str(Path(sys.executable).with_name("gunicorn"))
    command[command.index("--bind") + 1] = "127.0.0.1:0"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    environment |= {"DATELINE_INDEX": str(index), "HOME": str(log.parent), **settings}
    arguments = [*command, "--log-file", str(log), *more]
    workers = int(arguments[len(arguments) - arguments[::-1].index("--workers")])
    process = subprocess.Popen(arguments, cwd=log.parent, env=environment)
    try:
        yield Server(_port(process, log, workers), process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=PATIENCE)


def _port(process: subprocess.Popen[bytes], log: Path, workers: int) -> int:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        said = log.read_text() if log.exists() else ""
        found = re.search(r"Listening at: http://127.0.0.1:(\d+)", said)
        if found and said.count("Dateline in") >= workers:
            return int(found[1])
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(log.read_text())
