"""Small indexes of our own, written as the builder writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.release import Release
from search import Engine, open_engine
from tests.search.search_corpus import Opened, write


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Gives an engine over some releases."""
    engines = []

    def open_over(releases: Sequence[Release]) -> Engine:
        folder = tmp_path / f"index-{len(engines)}"
        write(folder, releases)
        engines.append(open_engine(folder))
        return engines[-1]

    yield open_over
    for engine in engines:
        engine.close()
