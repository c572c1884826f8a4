"""A worker looks through its index as soon as it serves: damage stands in the log at once."""

from __future__ import annotations

from pathlib import Path

from index.codec.files import Component
from tests.search.flipped_bit import flip
from tests.search.search_corpus import CORPUS, write
from tests.timing import wait_until
from tests.webapp.serving.served import served
from webapp import create_app
from webapp.serving.checking import check_once


def test_damage_is_said_before_a_release_is_read(tmp_path: Path) -> None:
    write(tmp_path / "index", CORPUS)
    path = flip(tmp_path / "index", Component.POSITIONS, "body:positions")
    with served(tmp_path / "index", tmp_path / "server.log", "--workers", "1") as server:
        assert wait_until(lambda: path.name in server.log.read_text())
        (said,) = (line for line in server.log.read_text().splitlines() if path.name in line)
        assert server.get("/healthz")[0].status == 200  # searches that do not meet it still work
    assert "body:positions is damaged; mend it: dateline verify --repair" in said
    assert "Traceback" not in said


def test_a_whole_index_and_none_at_all_need_no_words(tmp_path: Path) -> None:
    app = create_app({"index": str(tmp_path)})
    assert check_once(app) == ""
    write(tmp_path, CORPUS)
    assert check_once(app) == ""
