"""A cluster behind TLS: whom we trust, who we say we are, and that no message shows a password."""

from __future__ import annotations

import base64
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.cluster.client import Client, ClusterError
from index.cluster.cluster_address import PASSWORD, USER, read_address

OPENSSL = shutil.which("openssl") or ""
WHOLE = {"timed_out": False, "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0}}
pytestmark = pytest.mark.skipif(not OPENSSL, reason="no openssl, which makes the certificate")
ACCOUNT = "Basic " + base64.b64encode(b"reader:p@ss").decode()


class Secured(NamedTuple):
    """A port that speaks TLS, and the file of its certificate."""

    port: int
    certificate: Path

    def address(self, account: str = "reader:p%40ss@", options: str = "") -> str:
        """That of an index there."""
        return f"opensearch+https://{account}127.0.0.1:{self.port}/news{options}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        known = self.headers["Authorization"] == ACCOUNT
        said: dict[str, Any] = WHOLE if known else {"error": "Unauthorized", "status": 401}
        data = json.dumps(said).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """A server whose certificate it signed itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Secured(server.server_port, certificate)
    server.shutdown()
    server.server_close()


def test_a_certificate_that_is_named_is_trusted(secured: Secured) -> None:
    address = secured.address(options=f"?ca={secured.certificate}")
    assert Client(read_address(address, {})).search({}) == WHOLE


def test_one_that_nobody_vouches_for_is_not(secured: Secured) -> None:
    with pytest.raises(ClusterError, match="certificate") as caught:
        Client(read_address(secured.address(), {})).search({})
    assert "p@ss" not in f"{caught.value} {caught.value.__cause__}"


def test_who_says_so_trusts_any(secured: Secured) -> None:
    assert Client(read_address(secured.address(options="?verify=0"), {})).search({}) == WHOLE


def test_user_and_password_may_stand_in_the_environment(secured: Secured) -> None:
    address = secured.address("", f"?ca={secured.certificate}")
    there = {USER: "reader", PASSWORD: "p@ss"}
    assert Client(read_address(address, there)).search({}) == WHOLE


@pytest.mark.parametrize("account", ["", "reader:wrong-word@"])
def test_who_may_not_is_told_so_without_the_password(secured: Secured, account: str) -> None:
    address = secured.address(account, f"?ca={secured.certificate}")
    with pytest.raises(ClusterError, match="Check user and rights") as caught:
        Client(read_address(address, {})).search({})
    assert "wrong-word" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_a_sentence(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "own.pem"
    if content is not None:
        file.write_text(content)
    address = f"opensearch+https://127.0.0.1:9/news?ca={file}"
    with pytest.raises(ClusterError, match=r"no certificates can be read from .*own\.pem"):
        Client(read_address(address, {}))
