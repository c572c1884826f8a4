"""Answers that are kept: the same bytes again, and never those of anything else."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.codec.files import Component
from index.errors import DamagedIndexError
from search.engines.folder import FolderEngine
from tests.search.flipped_bit import flip
from tests.webapp.press_room import press_room, write
from webapp import context, create_app
from webapp.views import response_cache

RELEASES = press_room()
ADDRESSES = (
    "/",
    "/search?q=north",
    "/search.json?q=north",
    "/release/R001",
    "/search.atom?q=north",
)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    write(tmp_path / "index", RELEASES[:8])
    return create_app({"index": str(tmp_path / "index")})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_asked_twice_is_answered_with_the_same_bytes(
    client: FlaskClient, address: str
) -> None:
    """Also those that say how long the search took, which another search would not repeat."""
    _, first, again = (client.get(address) for _ in range(3))
    assert (again.status_code, again.data) == (200, first.data)
    own = ("X-Request-Id", again.headers["X-Request-Id"])
    assert {*again.headers} - {*first.headers} == {own}
    assert [name for name, _ in again.headers] == [name for name, _ in first.headers]
    head = client.head(address)
    assert (head.data, head.headers["ETag"]) == (b"", first.headers["ETag"])
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_commit_ends_what_was_kept(client: FlaskClient, tmp_path: Path) -> None:
    address = "/search.json?q=north"
    before = [client.get(address).get_json()["total"] for _ in range(3)]
    write(tmp_path / "index", RELEASES[8:12])
    assert client.get(address).get_json()["total"] > before[0]


def test_answers_for_other_hosts_paths_and_languages_are_others(client: FlaskClient) -> None:
    """Whole addresses, as in feeds, begin with the host that was asked."""
    for _ in range(3):
        for host in ("http://127.0.0.1:8000", "http://localhost:9000"):
            assert f"{host}/release/" in client.get("/search.atom?q=north", base_url=host).text
        assert 'lang="en"' in client.get("/search?q=north").text
        assert 'lang="zh-Hant"' in client.get("/zh-hant/search?q=north").text


def test_only_whole_answers_that_were_made_in_time_are_kept(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_kept(address: str) -> bool:
        """Whether memory grew by an answer when it was asked for a second time."""
        with app.app_context():
            cache = context.current_answers().cache
        client.get(address)
        before = cache.nbytes
        client.get(address)
        return cache.nbytes > before

    client.get("/search?q=west")  # the first of a process takes longer
    assert is_kept("/search?q=north")
    # Errors, what comes line by line, what is of now.
    for address in ("/release/nothing", "/search.json?from=never", "/search.csv", "/healthz"):
        assert not is_kept(address)
    monkeypatch.setattr(response_cache, "MAX_SECONDS", 0.0)
    assert not is_kept("/search?q=south")
    monkeypatch.undo()
    monkeypatch.setattr(response_cache, "MAX_ANSWER", 100)
    assert not is_kept("/search?q=east")


def test_what_is_kept_stays_within_its_bound(tmp_path: Path) -> None:
    write(tmp_path / "index", RELEASES[:8])
    app = create_app({"index": str(tmp_path / "index"), "cache_mb": 4})
    client = app.test_client()
    for number in range(180):
        client.get(f"/search?q=north+OR+word{number // 2}")
    with app.app_context():
        cache = context.current_answers().cache
    assert 0 < cache.nbytes <= cache.max_bytes == (4 << 20) // 12
    assert len(cache) < 90


def test_after_damage_nothing_is_answered_from_before(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    """What was made while a file was not as it was written may be wrong: the engine forgets, too."""
    for _ in range(3):
        client.get("/search?q=north")
    with pytest.raises(DamagedIndexError), _engine(app).snapshots.reading() as (snapshot, _):
        snapshot.distrust()
    flip(tmp_path / "index", Component.POSTINGS, "body:documents")
    assert client.get("/search?q=north").status_code >= 500


@pytest.fixture
def lines() -> Iterator[list[str]]:
    log = logging.getLogger("dateline.requests")
    found: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Lines()
    log.addHandler(handler)
    yield found
    log.removeHandler(handler)


def test_the_log_says_what_a_kept_search_found(lines: list[str], tmp_path: Path) -> None:
    write(tmp_path / "index", RELEASES[:8])
    client = create_app({"index": str(tmp_path / "index"), "log_requests": 1}).test_client()
    for address in ("/search?q=north", "/"):
        for _ in range(3):
            client.get(address)
    told = [json.loads(line) for line in lines]
    assert [each.get("found") for each in told[:3]] == [8, 8, 8]
    assert not any("found" in each for each in told[3:])


def _engine(app: Flask) -> FolderEngine:
    engine = context.engine_of(app)
    assert isinstance(engine, FolderEngine)
    return engine
