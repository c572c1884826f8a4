"""What operators find in the log of the documented server, and how they mend a damaged index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from index.codec.files import MAGIC, Component, open_file
from search import SearchRequest, open_engine
from tests.webapp.press_room import press_room, write
from tests.webapp.serving.served import ROOT, Server, served

WORD = "reservoir"
"""Is searched for, and must be in no log."""


def test_damage_is_a_sentence_for_readers_a_line_for_operators_and_can_be_repaired(
    tmp_path: Path,
) -> None:
    index = tmp_path / "index"
    write(index, press_room())
    engine = open_engine(index)
    before = engine.search(SearchRequest(WORD))
    engine.close()
    arguments = ("--workers", "1")
    with served(index, tmp_path / "log", *arguments, DATELINE_LOG_REQUESTS="1") as server:
        assert server.get("/readyz")[0].status == 200
        (postings,) = index.glob(f"*{Component.POSTINGS.value}")
        _flip_every_byte(postings)
        response, body = server.get(f"/search?q={WORD}+damaged")
        assert response.status == 503
        assert "Part of the index is damaged" in body.decode()
        assert str(index) not in body.decode()
        assert server.get("/healthz")[0].status == 200
        _repair(index)
        assert _found(server) == (before.total, sorted(hit.release.id for hit in before.hits))
        lines = _lines(server.log)
    request_id = response.headers["X-Request-Id"]
    assert request_id in body.decode()
    (damage,) = [each for each in lines if each.get("request_id") == request_id and "level" in each]
    assert damage["level"] == "error"
    assert postings.name in damage["message"]
    (asked,) = [each for each in lines if each.get("request_id") == request_id and "page" in each]
    assert (asked["page"], asked["status"]) == ("results", 503)
    assert WORD not in server.log.read_text()
    assert "127.0.0.1" not in "".join(str(each) for each in lines)


def _found(server: Server) -> Any:
    response, body = server.get(f"/search.json?q={WORD}")
    assert response.status == 200
    found = json.loads(body)
    return found["total"], sorted(each["id"] for each in found["hits"])


def _flip_every_byte(path: Path) -> None:
    """Of the postings, in place: the server has the file open and mapped. What says where they lie
    stays, without which the server could not open it anew and would answer nothing at all."""
    end = open_file(str(path), Component.POSTINGS).end
    with path.open("r+b") as file:
        file.seek(len(MAGIC))
        data = file.read(end - len(MAGIC))
        file.seek(len(MAGIC))
        file.write(bytes(255 - each for each in data))


def _repair(index: Path) -> None:
    command = [sys.executable, "-m", "webapp.cli.main", "verify", "--repair", "--index", str(index)]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert index.is_dir(), done.stderr
    assert b"Traceback" not in done.stderr


def _lines(log: Path) -> list[dict[str, Any]]:
    """What workers wrote, each line JSON; the master's own lines begin with its time in brackets."""
    said = [each for each in log.read_text().splitlines() if not each.startswith("[")]
    return [json.loads(each) for each in said]
