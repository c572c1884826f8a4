"""The application as a server starts it."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import kernel
from tests.timing import PATIENCE
from webapp import create_app

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(application: str, index: Path, log: Path) -> Iterator[str]:
    """Gunicorn on a free port of the loopback; `log` is what it says."""
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [gunicorn, application, "--bind", "127.0.0.1:0", "--log-file", log]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "DATELINE_INDEX": str(index)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield address(server, log)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def address(server: subprocess.Popen[bytes], log: Path) -> str:
    while server.poll() is None:
        said = log.read_text() if log.exists() else ""
        found = re.search(r"Listening at: (http://\S+)", said)
        if found and "Booting worker" in said:
            return found[1]
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(timeout=0.1)
    raise AssertionError(log.read_text())


@pytest.mark.parametrize("application", ["webapp:create_app()", "wsgi:app"])
def test_gunicorn_serves_pages_and_says_from_where(
    application: str, index_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with served(application, index_folder, log) as place:
        with urllib.request.urlopen(f"{place}/zh-hant/search?q=flood") as answer:
            page = answer.read().decode()
        assert 'lang="zh-Hant"' in page
        assert "<mark>" in page
        style = re.search(r'href="(/static/dateline\.css\?v=[0-9a-f]+)"', page)
        assert style
        with urllib.request.urlopen(place + style[1]) as answer:
            assert answer.status == 200
    said = log.read_text()
    assert said.count(f"Dateline in {ROOT}. {kernel.status()}") == 1
    assert ("[WARNING] Dateline in" in said) is (not kernel.names())


def test_without_a_server_the_log_is_that_of_the_application(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "webapp.app"):
        create_app({"index": str(tmp_path)})
    (record,) = caplog.records
    assert record.getMessage() == f"Dateline in {ROOT}. {kernel.status()}"
