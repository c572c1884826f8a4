"""What a request may be, and how large an answer it can cause."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.views.test_every_page import ADDRESSES
from webapp.guards.request_limits import MAX_PATH
from webapp.site.parameters import MAX_PAIRS, MAX_QUERY_BYTES

PAGES = sorted({address.partition("?")[0] for address, kind in ADDRESSES if kind == "text/html"})
LARGEST_ANSWER = 2_500_000
"""Bytes. Measured: 2,044,491, a page of results whose address names 50 agencies in 10,000 bytes."""


@pytest.mark.parametrize("query", ["&" * 1_000_000, "q=" + "x" * 1_000_000, "&=" * 500])
def test_an_address_out_of_bounds_is_refused_in_a_few_words(
    client: FlaskClient, query: str
) -> None:
    for path in (*PAGES, "/search.json", "/search.csv", "/nothing"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 414, path
        assert len(response.data) < 25_000
    assert client.get("/search.json?" + query).get_json()["type"].endswith("/api#too-long")
    assert client.get("/" + "a" * (MAX_PATH + 1)).status_code == 414


def worst_queries() -> list[str]:
    most = MAX_PAIRS - 1
    return [
        "&" * most,
        "q=" + "&" * most,
        "q=" + "%26" * (MAX_QUERY_BYTES // 3 - 2),
        "q=" + "<" * (MAX_QUERY_BYTES - 2),
        "q=" + "'" * (MAX_QUERY_BYTES - 2),
        "&".join(f"a{number}=<&" for number in range(most)),
        "&".join(f"agency={number:03}{'%22' * 66}" for number in range(50)),
        "&".join(f"language=l{number}" for number in range(most)),
        "&".join(f"q={number}{'%22' * 400}" for number in range(10)),
    ]


@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
def test_no_address_makes_a_page_much_larger_than_itself(client: FlaskClient, path: str) -> None:
    sizes = {}
    for query in worst_queries():
        response = client.get(f"{path}?{query}", follow_redirects=True)
        assert response.status_code in (200, 400, 404, 414), (path, query[:40])
        sizes[query[:40]] = len(response.data)
    assert max(sizes.values()) < LARGEST_ANSWER, sizes


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_nothing_but_reading_is_answered(client: FlaskClient, method: str) -> None:
    for path in (*PAGES, "/search.json", "/healthz"):
        response = client.open(path, method=method)
        assert response.status_code == 405, path
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
        with_a_body = client.open(path, method=method, data=b"x" * 100)
        assert (with_a_body.status_code, with_a_body.headers["Allow"]) == (
            405,
            "GET, HEAD, OPTIONS",
        )


def test_nothing_can_be_sent_along(client: FlaskClient) -> None:
    for address, _ in ADDRESSES:
        assert client.get(address, data=b"x" * 100).status_code == 413
        assert client.get(address, headers={"Transfer-Encoding": "chunked"}).status_code == 413
    said = client.get("/search.json", data=b"x").get_json()
    assert (said["status"], said["title"]) == (413, "Bad request")
