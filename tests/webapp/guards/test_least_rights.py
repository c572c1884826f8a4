"""The server needs to read the index, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.timing import PATIENCE
from tests.webapp.press_room import press_room, write

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import os, sys
from webapp import create_app

def ask():
    client = create_app({"index": sys.argv[1]}).test_client()
    for address in ("/", "/search?q=flood", "/search?q=flood&seen=2024-05-03", "/release/R001",
                    "/search.csv", "/search.atom", "/healthz", "/readyz", "/metrics", "/trends?q=a"):
        response = client.get(address, buffered=True)
        assert response.status_code == 200, (address, response.status_code, response.text)

ask()  # all modules are loaded: an account without rights may not read where Python lies
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    ask()
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """An index that nobody may write to, in a folder that nobody may write to."""
    made = Path(tempfile.mkdtemp())  # nobody else may go where pytest keeps its folders
    made.chmod(0o755)
    folder = made / "index"
    write(folder, press_room())
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(made)


def test_a_read_only_index_is_served_by_somebody_without_rights(read_only: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in read_only.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(read_only)],
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert sorted((path.name, path.stat().st_mtime_ns) for path in read_only.iterdir()) == before
