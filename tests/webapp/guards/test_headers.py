"""Headers of every answer, redirects that stay here, and files that nobody is shown."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webapp.views.test_every_page import ADDRESSES
from webapp import create_app
from webapp.security import HEADERS

PLACES = (
    "evil.example",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "\\\\evil.example",
)


def test_every_answer_has_the_headers_and_a_type(client: FlaskClient) -> None:
    asked = [address for address, _ in ADDRESSES]
    asked += [
        "/nothing",
        "/search?page=1&q=a",
        "/release/none.json",
        "/search.json?x=1",
        "/static/x",
    ]
    for address in asked:
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            response = client.open(address, method=method)
            for name, value in HEADERS.items():
                assert response.headers[name] == value, (address, method)
            assert "Set-Cookie" not in response.headers
            assert "Server" not in response.headers
            kind = response.headers.get("Content-Type", "")
            if kind.startswith("text/"):
                assert "charset=utf-8" in kind, (address, kind)
            if method == "HEAD":
                assert response.data == b""
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


def redirects_here(client: FlaskClient, address: str) -> None:
    path, _, query = address.partition("?")
    # As a server hands it over: a client of ours would take `//host` for a whole address.
    given = {"PATH_INFO": unquote(path).encode().decode("latin-1"), "QUERY_STRING": query}
    response = client.get("/", environ_overrides=given)
    if 300 <= response.status_code < 400 and response.status_code != 304:
        place = response.headers["Location"]
        assert urlsplit(place).netloc in ("", "localhost"), (address, place)
        assert not place.startswith(("//", "/\\")), (address, place)
        assert "\\" not in place.partition("?")[0]


@pytest.mark.parametrize("place", PLACES)
def test_no_redirect_leads_elsewhere(client: FlaskClient, place: str) -> None:
    for start in (
        "/",
        "//",
        "/release/",
        "/search/",
        "/agency/",
        "/2023/",
        "/zh-hant/",
        "/zh-hant//",
    ):
        for text in (place, quote(place, safe=""), place + "/", quote(place) + "%2f.."):
            redirects_here(client, start + text)
    for name in ("q", "next", "url", "sort", "page", "agency", "redirect"):
        redirects_here(client, f"/search?{name}={quote(place)}&page=1")
        redirects_here(client, f"/release/old-bridge?{name}={quote(place)}")
        redirects_here(client, f"/2023/6?{name}={quote(place)}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.text(st.sampled_from("/\\.:@%2fabev?#&=\t\r\n "), max_size=20))
def test_no_made_up_path_leads_elsewhere(client: FlaskClient, path: str) -> None:
    redirects_here(client, "/" + quote(path, safe="/\\:@"))
    redirects_here(client, "/search?page=1&q=" + quote(path))


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/wsgi.py", "/webapp/app.py", "/static/", "/static/../app.py",
     "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/....//app.py", "/templates/base.html",
     "/etc/passwd", "/static//etc/passwd", "/server-status", "/debug", "/console", "/index/dateline.json"],
)  # fmt: skip
def test_no_file_but_those_for_readers_is_shown(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (404, 308), path
    assert "import" not in response.text
    assert "Werkzeug" not in response.text + str(response.headers)


@pytest.mark.parametrize(
    "text", ['"; filename="x.exe', "a\r\nX: y", "../../etc", "警 é 🔑", "\\", "\x00"]
)
def test_names_of_downloads_are_plain(client: FlaskClient, text: str) -> None:
    """Of exports, which are named after the search, and of citations, named after the release."""
    asked = quote(text)
    addresses = [f"/{name}?q={asked}&agency={asked}" for name in ("search.csv", "export.jsonl")]
    for address in [*addresses, "/release/old-bridge.bib"]:
        with client.head(address, follow_redirects=True) as response:
            said = response.headers.get("Content-Disposition", "")
        assert response.status_code == 200, address
        assert re.fullmatch(r'(attachment|inline); filename="[\w-]+(\.\w+)+"', said, re.ASCII), said


def test_debugging_is_off_and_cannot_be_asked_for(index_folder: Path) -> None:
    app = create_app({"index": str(index_folder)})
    assert not app.debug
    assert not app.testing
    assert app.secret_key is None
