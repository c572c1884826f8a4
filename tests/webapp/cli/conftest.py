"""Three releases in a file, and an index of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.cli.commands import ROWS
from webapp.cli.main import main


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("releases") / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.fixture(scope="module")
def index(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("place") / "index"
    assert main(["--index", str(place), "index", "--quiet", str(releases)]) == 0
    return place
