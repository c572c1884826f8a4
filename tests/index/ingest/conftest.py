"""An index that is not there yet, and an empty folder of sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.stores.folder import FolderStore


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "index")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "releases"
    made.mkdir()
    return made
