"""`python -m bench.page_kinds`: every kind of page is asked for where it is, and answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench import page_kinds
from search import open_engine
from tests.webapp.press_room import press_room, write
from webapp import create_app

WORDS = ("flood", "reservoir", "clinic", "ferry", "shore", "dawn", "road", "typhoon", "work")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kinds") / "index"
    write(made, press_room())
    return made


def test_each_kind_has_addresses_that_answer(folder: Path) -> None:
    engine = open_engine(folder)
    asked = page_kinds.kinds(engine, WORDS)
    engine.close()
    client: FlaskClient = create_app({"index": str(folder)}).test_client()
    for kind, paths in asked.items():
        answers = [client.get(path, follow_redirects=True).status_code for path in paths[1:3]]
        assert answers, kind
        assert set(answers) <= {200, 404}, kind
        assert 200 in answers or kind == "a day", kind


def test_it_prints_a_row_of_each_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert page_kinds.main([str(folder), "--words", *WORDS]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split("|")[1].strip() for row in rows][:2] == ["first page", "results"]
    weights = [float(row.split("|")[4]) for row in rows]
    assert max(weights) < 60
    assert sum(weight > 0.2 for weight in weights) >= len(weights) - 1
