"""Answers of a cluster that are not whole, and faults, as sentences: by a server that says them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.cluster.client import Client, ClusterError, ConflictError, MissingError
from index.cluster.cluster_address import read_address

Saying = Callable[[int, Any], Client]


@pytest.fixture
def saying() -> Iterator[Saying]:
    """Gives a client of a server that says one thing, with a status, or each of several once."""
    servers = []

    def open_client(status: int, body: Any) -> Client:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"] or 0))
                said, what = next(body) if isinstance(body, Iterator) else (status, body)
                data = json.dumps(what).encode()
                self.send_response(said)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        port = server.server_address[1]
        return Client(read_address(f"opensearch://me:secret@127.0.0.1:{port}/news"))

    yield open_client
    for server in servers:
        server.shutdown()
        server.server_close()


def answer(**shards: int) -> dict[str, Any]:
    return {"timed_out": False, "_shards": shards, "hits": {"total": {"value": 609}, "hits": []}}


WHOLE = answer(total=3, successful=3, skipped=2, failed=0)
LOST = answer(total=3, successful=2, skipped=0, failed=0)


def test_a_whole_answer_is_given(saying: Saying) -> None:
    assert saying(200, WHOLE).search({}) == WHOLE
    assert saying(200, {"responses": [WHOLE, WHOLE]}).searches([{}, {}]) == [WHOLE, WHOLE]


@pytest.mark.parametrize(
    "said",
    [
        LOST,  # an index without copies, one of whose nodes was killed: nothing has failed
        answer(total=3, successful=2, skipped=0, failed=1),
        WHOLE | {"timed_out": True},
    ],
)
def test_an_answer_of_a_part_is_none(saying: Saying, said: dict[str, Any]) -> None:
    with pytest.raises(ClusterError, match=r"Part of the index at opensearch://127.* of 3 shards"):
        saying(200, said).search({})
    with pytest.raises(ClusterError, match="Part of the index"):
        saying(200, {"responses": [WHOLE, said]}).searches([{}, {}])


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (401, ClusterError, "does not let us do that"),
        (403, ClusterError, "does not let us do that"),
        (404, MissingError, "no_such: it is not there"),
        (409, ConflictError, "no_such: it is not there"),
        (500, ClusterError, "answered with 500: no_such: it is not there"),
    ],
)
def test_faults_are_sentences(
    saying: Saying, status: int, kind: type[ClusterError], sentence: str
) -> None:
    cause = {"type": "no_such", "reason": "it is not there"}
    with pytest.raises(kind, match=sentence) as caught:
        saying(status, {"error": {"root_cause": [cause]}, "status": status}).search({})
    assert type(caught.value) is kind
    assert "secret" not in str(caught.value)


def test_one_search_of_several_that_fails_fails_all(saying: Saying) -> None:
    failed = {"error": {"type": "too_many_nested_clauses", "reason": "1024"}, "status": 500}
    with pytest.raises(ClusterError, match="too_many_nested_clauses: 1024"):
        saying(200, {"responses": [WHOLE, failed]}).searches([{}, {}])


LEFT = {"error": {"root_cause": [{"type": "node_disconnected_exception", "reason": "[two]"}]}}


def test_a_search_whose_node_went_away_is_put_again(saying: Saying) -> None:
    answers = iter([(500, LEFT), (500, LEFT), (200, WHOLE)])
    assert saying(0, answers).search({}) == WHOLE


def test_it_is_not_put_again_for_ever(saying: Saying) -> None:
    with pytest.raises(ClusterError, match=r"A node of opensearch://127.* went away"):
        saying(500, LEFT).search({})


def test_a_search_that_takes_too_long_is_stopped_there(saying: Saying) -> None:
    cause = {"type": "task_cancelled_exception", "reason": "Cancellation timeout of 25s is expired"}
    failed = {"error": {"type": "all_failed", "caused_by": cause}, "status": 500}
    for answer_of in (
        lambda: saying(500, failed).search({}),
        lambda: saying(200, {"responses": [failed]}).searches([{}]),
    ):
        with pytest.raises(ClusterError, match="stopped a search that took longer than 25s"):
            answer_of()


def test_a_document_that_is_refused_stops_a_bulk(saying: Saying) -> None:
    refused = {"status": 400, "error": {"type": "mapper_parsing", "reason": "too long"}}
    said = {"errors": True, "items": [{"index": refused}]}
    with pytest.raises(ClusterError, match="refused a document: mapper_parsing: too long"):
        saying(200, said).bulk([({"index": {"_index": "x", "_id": "1"}}, {"a": 1})])
