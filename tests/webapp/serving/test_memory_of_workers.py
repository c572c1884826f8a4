"""What a worker does with its memory: before its first request, and every minute."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace

from tests.search.search_corpus import CORPUS, write
from tests.webapp.serving.served import served
from webapp import create_app
from webapp.garbage_collection import GARBAGE_FROM
from webapp.serving import Worker
from webapp.serving.worker import give_back_memory


def test_what_stays_for_good_is_left_out_of_the_search_for_garbage(tmp_path: Path) -> None:
    """All threads wait while it is searched, with 300,000 objects a third of a second."""
    write(tmp_path / "index", CORPUS[:20])
    worker = SimpleNamespace(wsgi=create_app({"index": str(tmp_path / "index")}))
    before = gc.get_threshold()
    gc.set_threshold(700)
    try:
        Worker.warm_up(worker)
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 10_000
        assert gc.get_threshold()[0] == GARBAGE_FROM > 700
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_what_is_loaded_before_the_fork_is_shared(tmp_path: Path) -> None:
    write(tmp_path / "index", CORPUS[:20])
    more = ("--preload", "--workers", "1")
    with served(tmp_path / "index", tmp_path / "server.log", *more) as server:
        assert server.get("/readyz")[0].status == 200
        (worker,) = server.workers()
        said = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, rest in (each.split(":") for each in said)}
    # 62 and 53 MB; 134 and 14 where the parent neither loads nor freezes anything.
    assert kilobytes["Private_Dirty"] < 2 * kilobytes["Shared_Dirty"]


def test_what_was_freed_is_given_back() -> None:
    pieces = [bytearray(2_000) for _ in range(40_000)]
    kept = pieces[::400]
    pieces.clear()
    before = _own_bytes()
    give_back_memory()
    assert before - _own_bytes() > 40_000_000
    assert len(kept) == 100


def _own_bytes() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("RssAnon:")[2].split()[0])
