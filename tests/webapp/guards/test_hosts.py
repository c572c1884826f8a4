"""Whose site this is: strange hosts are refused and never repeated, a path before ours is kept."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from tests.webapp.page_reading import hrefs
from tests.webapp.views.test_every_page import ADDRESSES
from webapp import create_app
from webapp.settings import SettingError, read_settings
from webapp.site.hosts import is_own_host

STRANGE = (
    "evil.example",
    "EVIL.example:80",
    "press.example.evil.example",
    "evilpress.example",
    "press.example@evil.example",
    "8.8.8.8",
    "[2001:4860:4860::8888]",
    "localhost.evil.example",
    "",
    "a b",
    'x"><script>',
    "xn--80ak6aa92e.example",
)
MOUNT = "/archive/press"
OURS = ("localhost", "127.0.0.1:8000", "[::1]:8000", "192.168.1.7", "desk", "desk.local:80")


@pytest.fixture(scope="module", params=["", "https://press.example"])
def settled(request: pytest.FixtureRequest, index_folder: Path) -> Flask:
    return create_app({"index": str(index_folder), "base_url": request.param})


@pytest.mark.parametrize("host", STRANGE)
def test_a_strange_host_is_refused_everywhere_and_never_repeated(settled: Flask, host: str) -> None:
    client = settled.test_client(use_cookies=False)
    for address, _ in ADDRESSES:
        response = client.get(address, headers={"Host": host}, buffered=True)
        assert response.status_code in (400, 421), address
        said = response.get_data(as_text=True) + str(response.headers)
        assert "evil" not in said.lower()
        assert "8.8.8.8" not in said


@pytest.mark.parametrize("host", [*OURS, "press.example", "press.example:443", "PRESS.EXAMPLE"])
def test_hosts_of_ours_are_answered(index_folder: Path, host: str) -> None:
    app = create_app({"index": str(index_folder), "base_url": "https://press.example"})
    response = app.test_client().get("/search.atom", headers={"Host": host})
    assert response.status_code == 200
    addresses = re.findall(r'href="(.*?)"', response.text)
    assert {urlsplit(each).netloc for each in addresses if "island" not in each} == {
        "press.example"
    }


def test_without_a_setting_whole_addresses_bear_the_name_that_was_asked_for(
    index_folder: Path,
) -> None:
    client = create_app({"index": str(index_folder)}).test_client()
    feed = client.get("/search.feed.json", headers={"Host": "desk.local:8000"}).get_json()
    assert feed["home_page_url"] == "http://desk.local:8000/search"
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    feed = client.get("/search.feed.json", headers=forwarded).get_json()
    assert feed["home_page_url"] == "http://localhost/search"


@given(st.text(max_size=30))
def test_any_host_is_judged(host: str) -> None:
    assert is_own_host(host) in (True, False)
    assert not is_own_host(f"{host}.example")


@pytest.mark.parametrize("wrong", ["press.example", "ftp://press.example", "https://a/b?c", "//x", "https://[", "https://[::1", "https://a:b", "https://a:99999", "https://:80"])  # fmt: skip
def test_the_setting_is_a_whole_address(wrong: str) -> None:
    with pytest.raises(SettingError, match="DATELINE_BASE_URL"):
        read_settings({"base_url": wrong}, {})


def test_the_former_name_of_the_setting_is_read() -> None:
    former = {"DATELINE_PUBLIC_URL": "https://press.example/"}
    assert read_settings({}, former).base_url == "https://press.example"
    assert (
        read_settings({"public_url": "https://a.example"}, former).base_url == "https://a.example"
    )


def served_under(kind: str, index: Path) -> Client:
    """The site under /archive/press: by the setting, by a server's SCRIPT_NAME, or by both."""
    base_url = "" if kind == "script name" else "https://www.example/archive/press"
    app = create_app({"index": str(index), "base_url": base_url})
    if kind == "proxy takes it off":
        return Client(app)
    return Client(app if kind == "setting" else DispatcherMiddleware(_nothing, {MOUNT: app}))


def _nothing(environ: object, start_response: object) -> list[bytes]:
    raise AssertionError("asked for something outside of the site")


@pytest.mark.parametrize("kind", ["setting", "script name", "both", "proxy takes it off"])
def test_under_a_path_every_link_leads_on(kind: str, index_folder: Path) -> None:
    client = served_under(kind, index_folder)
    root = "http://localhost" if kind == "script name" else "https://www.example"
    asked = "" if kind == "proxy takes it off" else MOUNT
    checked = 0
    for address, media_type in ADDRESSES:
        for prefix in ("", "/zh-hant"):
            response = client.get(asked + prefix + address, buffered=True)
            assert response.status_code == 200, (kind, address)
            if media_type == "text/html":
                found = _paths_on(response.text)
            else:
                whole = re.findall(rf'{root}[^"<>\s,]*', _text(response.data))
                found = {urlsplit(each).path for each in whole}
            assert all(each.startswith(MOUNT) for each in found), (address, found)
            checked += len(found)
            if address in ("/", "/search?q=flood", "/release/R001", "/trends", "/search.atom"):
                for each in sorted(found):
                    path = each.removeprefix(MOUNT) if not asked else each
                    answer = client.get(path, buffered=True)
                    assert answer.status_code in (200, 302), (address, each)
                    if answer.status_code == 302:
                        assert answer.headers["Location"].startswith(MOUNT)
    assert checked > 1_000


def _text(data: bytes) -> str:
    """A file as text; of a Word document all that is in it; of an image its bytes as letters."""
    if not data.startswith(b"PK"):
        return data.decode("latin-1" if data.startswith(b"\x89PNG") else "utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return "\n".join(opened.read(name).decode() for name in opened.namelist())


def _paths_on(text: str) -> set[str]:
    """The paths that a page leads to or loads, its whole addresses too."""
    soup = BeautifulSoup(text, "lxml")
    found = {href for href in hrefs(soup) if not href.startswith("#")}
    found |= {str(tag["action"]) for tag in soup.find_all("form")}
    found |= {str(tag["src"]) for tag in soup.find_all("script", src=True)}
    found |= {str(tag["data-suggest"]) for tag in soup.select("[data-suggest]")}
    found |= {str(tag["content"]) for tag in soup.find_all("meta", attrs={"property": "og:url"})}
    data = [json.loads(tag.text) for tag in soup.select("script[type='application/ld+json']")]
    found |= {each["@id"] for each in data if "@id" in each}
    ours = {each for each in found if urlsplit(each).netloc in ("", "localhost", "www.example")}
    return {urlsplit(each).path for each in ours}


def test_redirects_under_a_path_stay_there(index_folder: Path) -> None:
    client = served_under("setting", index_folder)
    for address in ("/search?page=1&q=flood", "/release/R001/wrong", "/release/old-bridge"):
        answer = client.get(MOUNT + address)
        assert answer.status_code in (301, 302)
        assert answer.headers["Location"].startswith("/archive/press/")
    assert client.get("/2023/6").status_code in (301, 308)
    moved = client.get("/archive/press/2023/6")
    assert urlsplit(moved.headers["Location"]).path == "/archive/press/2023/06"
