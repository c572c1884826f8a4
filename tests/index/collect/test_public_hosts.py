"""Private addresses are private however they are written; certificates are checked."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from index.collect.fetch_error import FetchError
from index.collect.http_client import HttpClient
from index.collect.public_hosts import connected, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/", "http://127.1:9/", "http://2130706433:9/", "http://0x7f.1:9/",
        "http://[::1]:9/", "http://[::ffff:127.0.0.1]:9/", "http://localhost:9/", "http://0:9/",
    ],
)  # fmt: skip
def test_however_a_private_host_is_written_nothing_is_connected(url: str) -> None:
    with pytest.raises(FetchError, match=r"private address|not known"):
        HttpClient().get(url, {})


def test_a_name_is_resolved_once_and_only_what_was_looked_at_is_connected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([[("8.8.8.8", 80), ("127.0.0.1", 80)], [("127.0.0.1", 80)]])

    def resolve(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in next(answers)]

    asked = []

    class Recorded(socket.socket):
        def connect(self, address: object) -> None:
            asked.append(address)
            raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "socket", Recorded)
    with pytest.raises(FetchError, match=r"private address 127\.0\.0\.1"):
        connected("rebinding.example", 80, 1.0, allow_private=False)
    assert asked == [("8.8.8.8", 80)]


@contextmanager
def secure_server(certificate: trustme.LeafCert) -> Iterator[str]:
    class Quiet(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"safe")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_certificates_must_be_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    client = HttpClient(allow_private=True)
    with secure_server(authority.issue_cert("127.0.0.1")) as url:
        with pytest.raises(FetchError, match="cannot be trusted"):
            client.get(url, {})
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert client.get(url, {}).body == b"safe"
    with (
        secure_server(authority.issue_cert("other.example")) as url,
        pytest.raises(FetchError, match="cannot be trusted"),
    ):
        client.get(url, {})
