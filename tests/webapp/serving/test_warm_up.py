"""What a worker does before its first request."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace

from tests.search.search_corpus import CORPUS, write
from webapp import create_app
from webapp.serving import Worker


def test_what_stays_for_good_is_left_out_of_the_search_for_garbage(tmp_path: Path) -> None:
    """All threads wait while it is searched, with 300,000 objects a third of a second."""
    write(tmp_path / "index", CORPUS[:20])
    worker = SimpleNamespace(wsgi=create_app({"index": str(tmp_path / "index")}))
    try:
        Worker._warm_up(worker)
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
