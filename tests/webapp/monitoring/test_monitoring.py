"""What operators see: health, readiness, metrics, and a log that knows no reader."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.monitoring.request_log import REQUEST_ID, JsonLines


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (each.name, *each.labels.values()): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


def test_metrics_count_answers_times_refusals_caches_and_commits(tmp_path: Path) -> None:
    write(tmp_path / "index", press_room()[:10])
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    before = samples(client.get("/metrics").text)
    for _ in range(3):
        client.get("/search?q=ferry")
    client.get("/release/none")
    client.get("/", headers={"Host": "evil.example"})
    after = samples(client.get("/metrics").text)

    def grew(*key: str) -> float:
        return after[key] - before.get(key, 0)

    assert grew("dateline_answers_total", "results", "200") == 3
    assert grew("dateline_answers_total", "release", "404") == 1
    assert grew("dateline_answer_seconds_count", "results") == 3
    assert grew("dateline_refusals_total", "host") == 1
    assert after["dateline_releases",] == 10
    for cache in ("matches", "pages", "postings", "numbers", "words"):
        held, most = after["dateline_cache_bytes", cache], after["dateline_cache_max_bytes", cache]
        assert 0 < held <= most
    write(tmp_path / "index", press_room()[10:12])
    later = samples(client.get("/metrics").text)
    assert later["dateline_releases",] == 12
    assert later["dateline_generation",] == after["dateline_generation",] + 1
    stamp = "dateline_commit_timestamp_seconds"
    assert later[stamp,] > after[stamp,] > 1.7e9
    assert not any("ferry" in part or "evil" in part for key in later for part in key)


def test_metrics_are_for_this_machine_unless_the_settings_say_otherwise(index_folder: Path) -> None:
    far = {"REMOTE_ADDR": "203.0.113.7"}
    proxied = {"X-Forwarded-For": "203.0.113.7"}
    for allowed, here, there in (("local", 200, 404), ("all", 200, 200), ("off", 404, 404)):
        client = create_app({"index": str(index_folder), "metrics": allowed}).test_client()
        assert client.get("/metrics").status_code == here
        assert client.get("/metrics", environ_overrides=far).status_code == there
        assert client.get("/metrics", headers=proxied).status_code == there


def test_ready_once_searches_are_answered(tmp_path: Path) -> None:
    client = create_app({"index": str(tmp_path / "index")}).test_client()
    assert client.get("/readyz").status_code == 503
    assert client.get("/metrics").status_code == 200
    write(tmp_path / "index", press_room()[:1])
    assert client.get("/readyz").data == b"ready\n"


@pytest.mark.parametrize("queries", [0, 1])
def test_each_request_is_a_line_without_words_or_addresses_unless_asked_for(
    index_folder: Path, caplog: pytest.LogCaptureFixture, queries: int
) -> None:
    app = create_app({"index": str(index_folder), "log_requests": 1, "log_queries": queries})
    logger = logging.getLogger("dateline.requests")
    logger.addHandler(caplog.handler)
    try:
        reader = {"REMOTE_ADDR": "203.0.113.7"}
        response = app.test_client().get("/search?q=ferry", environ_overrides=reader)
    finally:
        logger.removeHandler(caplog.handler)
        logger.setLevel(logging.NOTSET)
    (record,) = [each for each in caplog.records if each.name == "dateline.requests"]
    line = json.loads(record.getMessage())
    assert line["request_id"] == response.headers[REQUEST_ID]
    assert (line["method"], line["page"], line["status"]) == ("GET", "results", 200)
    assert line["bytes"] == len(response.data)
    assert ("ferry" in record.getMessage()) is bool(queries)
    assert ("203.0.113.7" in record.getMessage()) is bool(queries)


def test_searches_that_found_nothing_are_told_from_others(
    index_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app({"index": str(index_folder), "log_queries": 1})
    logger = logging.getLogger("dateline.requests")
    logger.addHandler(caplog.handler)
    try:
        totals = [
            app.test_client().get(f"/search.json?q={words}").get_json()["total"]
            for words in ("ferry", "zzzz")
        ]
        app.test_client().get("/search?q=zzzz")
        app.test_client().get("/help")
    finally:
        logger.removeHandler(caplog.handler)
        logger.setLevel(logging.NOTSET)
    records = [each for each in caplog.records if each.name == "dateline.requests"]
    lines = [json.loads(each.getMessage()) for each in records]
    assert [each.get("found") for each in lines] == [*totals, 0, None]
    failed = [each["asked"] for each in lines if each.get("found") == 0]
    assert failed == ["/search.json?q=zzzz", "/search?q=zzzz"]


def test_an_error_has_the_number_under_which_the_log_knows_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app({"index": str(tmp_path / "none")})
    caplog.handler.setFormatter(JsonLines())
    response = app.test_client().get("/zh-hant/")
    assert response.headers[REQUEST_ID] in response.text
    lines = [json.loads(each) for each in caplog.text.splitlines()]
    assert response.headers[REQUEST_ID] in {each.get("request_id") for each in lines}
    assert not any("ferry" in str(each) for each in lines)


def test_a_number_is_taken_over_from_a_proxy_only(index_folder: Path) -> None:
    given = {REQUEST_ID: "abcdef0123456789"}
    alone = create_app({"index": str(index_folder)}).test_client()
    behind = create_app({"index": str(index_folder), "proxies": 1}).test_client()
    assert alone.get("/", headers=given).headers[REQUEST_ID] != given[REQUEST_ID]
    assert behind.get("/", headers=given).headers[REQUEST_ID] == given[REQUEST_ID]
    for wrong in ("short", "x" * 65, "a b c d e f g h", 'abcdefgh"}'):
        assert behind.get("/", headers={REQUEST_ID: wrong}).headers[REQUEST_ID] != wrong
    ids = {alone.get("/").headers[REQUEST_ID] for _ in range(50)}
    assert len(ids) == 50
