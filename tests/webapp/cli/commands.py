"""Commands as a user types them, in this process or one of their own, and rows to index."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from tests.timing import PATIENCE
from webapp.cli.main import main

ROWS = [
    {
        "id": "h-1",
        "headline": "Harbour closed for the lantern evening",
        "body": "The inner harbour is closed to boats from noon.",
        "date": "2024-03-05",
        "agency": "Harbour Board",
        "url": "https://harbour.example/news/1",
    },
    {
        "id": "h-2",
        "headline": "Fish market moves to the harbour",
        "body": "The market opens at the harbour on Friday.",
        "date": "2023-07",
        "agency": "Market Office",
    },
    {"id": "t-3", "headline": "Tea tasting", "body": "Without boats.", "agency": "Market Office"},
]


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    """`dateline` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Done(code, out.getvalue(), err.getvalue())


def run_apart(*words: str | Path, **environment: str) -> Done:
    """`dateline` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "webapp.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environment},
    )
    return Done(done.returncode, done.stdout, done.stderr)
