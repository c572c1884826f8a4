"""An index in a folder, for the tests of what is done to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.stores.folder import FolderStore
from tests.index.stores.stores_corpus import put, release


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Two commits, with a removed release whose record is still in a segment."""
    store = FolderStore(tmp_path / "index")
    put(store, *(release(n) for n in range(30)))
    put(store, removed=["n-7"])
    return store
