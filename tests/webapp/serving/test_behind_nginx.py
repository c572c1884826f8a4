"""nginx as `deploy/nginx.conf` has it, with TLS, before the documented server: every link leads on."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
import trustme
from bs4 import BeautifulSoup

from tests.timing import PATIENCE
from tests.webapp.press_room import press_room, write
from tests.webapp.serving.served import ROOT, Server, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed here"),
]
HOST = "press.example.org"
FIRST = ("", "search?q=ferry", "search.atom?q=ferry", "sitemap.xml", "opensearch.xml", "robots.txt")
MOST = 60
"""Addresses that are followed, of those found first; the pages of a site are of few kinds."""


class Proxy(NamedTuple):
    """nginx, asked by TLS over a socket that is a file: no port can be taken by another test."""

    tls: Path
    plain: Path
    context: ssl.SSLContext

    def get(self, path: str, *, plain: bool = False) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(HOST, timeout=PATIENCE)
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(PATIENCE)
        sock.connect(str(self.plain if plain else self.tls))
        connection.sock = sock if plain else self.context.wrap_socket(sock, server_hostname=HOST)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()


@pytest.mark.parametrize("mount", ["/", "/press/"])
def test_every_link_of_every_kind_of_page_leads_on_under_the_address_of_the_proxy(
    mount: str, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    write(index, press_room())
    base = f"https://{HOST}{mount}".rstrip("/")
    settings = {"DATELINE_BASE_URL": base, "DATELINE_PROXIES": "1"}
    with (
        served(index, tmp_path / "log", "--workers", "1", **settings) as server,
        _nginx(tmp_path, server, mount) as proxy,
    ):
        seen = _followed(proxy, base + "/")
        moved, _ = proxy.get(mount + "search?q=ferry", plain=True)
        away, _ = proxy.get(mount + "search/?q=ferry")
    assert len(seen) == MOST
    assert {url: status for url, status in seen.items() if status != 200} == {}
    assert any("/static/" in url for url in seen)
    assert (moved.status, moved.getheader("Location")) == (301, f"{base}/search?q=ferry")
    assert away.getheader("Strict-Transport-Security")


def _followed(proxy: Proxy, root: str) -> dict[str, int]:
    """Statuses of the pages of this host that others lead to; whole addresses begin with `root`."""
    waiting = [root + each for each in FIRST]
    seen: dict[str, int] = {}
    while waiting and len(seen) < MOST:
        url = waiting.pop(0)
        if url in seen:
            continue
        parts = urlsplit(url)
        response, body = proxy.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        seen[url] = response.status
        kind = str(response.getheader("Content-Type"))
        found = list(_links(url, body.decode()) if re.search("html|xml", kind) else ())
        own = [each for each in found if urlsplit(each).hostname == HOST]
        assert [each for each in own if not each.startswith(root.rstrip("/"))] == [], url
        waiting += sorted(set(own), key=own.index)
    return seen


def _links(url: str, text: str) -> Iterator[str]:
    soup = BeautifulSoup(text, "xml" if text.startswith("<?xml") else "html.parser")
    for tag in soup.find_all(True):
        for name in ("href", "src", "action", "template"):
            value = str(tag.get(name, ""))
            if value and not value.startswith("#") and "{" not in value:
                yield urljoin(url, value).partition("#")[0]
    yield from (each.get_text() for each in soup.find_all("loc"))


@contextmanager
def _nginx(folder: Path, server: Server, mount: str) -> Iterator[Proxy]:
    """The configuration as it is delivered, with a certificate of the tests."""
    authority = trustme.CA()
    authority.issue_cert(HOST).private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    context = ssl.create_default_context()
    authority.configure_trust(context)
    proxy = Proxy(folder / "tls", folder / "plain", context)
    delivered = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for pattern, instead in (
        (r"/etc/letsencrypt/\S+\.pem", f"{folder}/both.pem"),
        (r"listen 80;", f"listen unix:{proxy.plain};"),
        (r"listen 443 ssl;", f"listen unix:{proxy.tls} ssl;"),
        (r"listen \[::\]:\d+.*;", ""),
        (r"location / {", f"location {mount} {{"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{server.port}"),
        (r"rate=20r/s", "rate=1000r/s"),
    ):
        delivered, count = re.subn(pattern, instead, delivered)
        assert count, pattern
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\nerror_log {folder}/errors;\ndaemon off;\nmaster_process off;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}{delivered}}}\n"
    )
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        _await(process, proxy.tls)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _await(process: subprocess.Popen[bytes], place: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as sock:
            if sock.connect_ex(str(place)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
