"""Connections to one node, kept open: nothing of an answer is parsed that nobody reads.

opensearch-py takes it as a class of connections, and sees to retries and to nodes that are gone.
Its own way through urllib3 takes 0.45 ms of processor time a request, this 0.06 to 0.12.
"""

from __future__ import annotations

import base64
import select
import socket
import ssl
import weakref
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from io import BufferedReader
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from opensearchpy import Connection
from opensearchpy.exceptions import ConnectionError as NoConnectionError
from opensearchpy.exceptions import ConnectionTimeout, SSLError

MAX_LINE = 65_536
MAX_HEADERS = 200
"""Bytes of a line, and lines, of what stands before an answer; a node sends some four."""
MAX_KEPT = 16
"""Connections of a node that nobody uses and that stay open: one for each thread that asks."""


class NodeConnection(Connection):
    """A node. Safe to share between threads: each request has a connection of its own.

    `kept` are those that nobody uses now.
    """

    def __init__(
        self,
        *,
        http_auth: tuple[str, str] | None = None,
        verify_certs: bool = True,
        ca_certs: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.kept: list[_Open] = []
        weakref.finalize(self, _close_all, self.kept)
        self._secured = _context(ca_certs or self.default_ca_certs(), verify_certs)
        said = {**self.headers, "host": self.host.partition("://")[2]}
        if http_auth is not None:
            account = base64.b64encode(":".join(http_auth).encode()).decode()
            said["authorization"] = f"Basic {account}"
        self._head = "".join(f"{name}: {value}\r\n" for name, value in said.items())

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,  # noqa: ARG002  # nobody has any
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of the answer to a request.

        :raises TransportError: for another status than one of success, and where there is none.
        """
        given = tuple([(name, str(value)) for name, value in params.items()]) if params else ()
        target = f"{url}?{_encoded(given)}" if given else url
        data = body or b""
        head = f"{method} {target} HTTP/1.1\r\n{self._head}content-length: {len(data)}\r\n\r\n"
        try:
            status, said, answer = self._answer(head.encode("ascii") + data, timeout)
        except TimeoutError as error:
            raise ConnectionTimeout("TIMEOUT", str(error), error) from error
        except ssl.SSLError as error:
            raise SSLError("N/A", str(error), error) from error
        except (OSError, ValueError) as error:
            raise NoConnectionError("N/A", str(error), error) from error
        text = answer.decode("utf-8", "surrogatepass")
        if not 200 <= status < 300 and status not in ignore:
            self._raise_error(status, text, said.get("content-type"))
        return status, said, text

    def close(self) -> None:
        """Let go of what is kept open."""
        _close_all(self.kept)

    def _answer(self, sent: bytes, timeout: float | None) -> tuple[int, dict[str, str], bytes]:
        opened = self._opened(timeout or self.timeout)
        whole = False
        try:
            opened.socket.sendall(sent)
            status, said = _read_head(opened.file)
            data, lasts = _read_body(opened.file, said)
            whole = lasts and len(self.kept) < MAX_KEPT
        finally:
            if whole:
                self.kept.append(opened)
            else:
                opened.close()
        return status, said, data

    def _opened(self, timeout: float) -> _Open:
        """A connection that is open still, or a new one."""
        while self.kept:
            try:
                opened = self.kept.pop()
            except IndexError:  # another thread has it
                break
            if opened.is_usable:
                opened.socket.settimeout(timeout)
                return opened
            opened.close()
        made = socket.create_connection((self.hostname, self.port), timeout)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.use_ssl:
            made = self._secured.wrap_socket(made, server_hostname=self.hostname)
        poll = select.poll()
        poll.register(made, select.POLLIN)
        return _Open(made, made.makefile("rb"), poll)


class _Open(NamedTuple):
    socket: socket.socket
    file: BufferedReader
    poll: select.poll

    @property
    def is_usable(self) -> bool:
        """Whether the other side has not closed it: there would be an end to be read."""
        return not self.poll.poll(0)

    def close(self) -> None:
        self.file.close()
        self.socket.close()


def _close_all(kept: list[_Open]) -> None:
    while kept:
        kept.pop().close()


@lru_cache(maxsize=256)
def _encoded(params: tuple[tuple[str, str], ...]) -> str:
    """Parameters as an address has them; the same few come with every request."""
    return urlencode(params)


def _context(ca: str | None, verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _read_head(file: BufferedReader) -> tuple[int, dict[str, str]]:
    """The status of an answer, and its headers, their names in small letters.

    :raises ValueError: for what is no answer.
    """
    lines = _head_lines(file)
    version, _, rest = next(lines, "").partition(" ")
    if not version.startswith("HTTP/1."):
        raise ValueError("what answers there speaks no HTTP")
    status = int(rest[:3])
    headers = [line.partition(":") for line in islice(lines, MAX_HEADERS + 1)]
    if len(headers) > MAX_HEADERS:
        raise ValueError("an answer with too many headers")
    if status == 100:
        return _read_head(file)
    return status, {name.strip().lower(): value.strip() for name, _, value in headers}


def _head_lines(file: BufferedReader) -> Iterator[str]:
    """The lines before an empty one; all at once where they have come together, as nearly always.

    Line by line took a quarter of a request.
    """
    end = file.peek().find(b"\r\n\r\n")
    if 0 <= end <= MAX_LINE:
        yield from file.read(end + 4)[:end].decode("latin-1").split("\r\n")
        return
    while line := _line(file):
        yield line.decode("latin-1")


def _read_body(file: BufferedReader, said: Mapping[str, str]) -> tuple[bytes, bool]:
    """The bytes of an answer, and whether the connection can be used again."""
    lasts = said.get("connection", "").lower() != "close"
    if said.get("transfer-encoding", "").lower() == "chunked":
        return b"".join(_chunks(file)), lasts
    if "content-length" not in said:
        return file.read(), False
    return _exactly(file, int(said["content-length"])), lasts


def _chunks(file: BufferedReader) -> list[bytes]:
    found = []
    while size := int(_line(file).partition(b";")[0], 16):
        found.append(_exactly(file, size))
        _line(file)
    while _line(file):
        pass  # what stands behind the last one
    return found


def _exactly(file: BufferedReader, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise ConnectionError("the connection ended in the middle of an answer")
    return data


def _line(file: BufferedReader) -> bytes:
    line = file.readline(MAX_LINE)
    if not line.endswith(b"\n"):
        raise ConnectionError("the connection ended in the middle of an answer")
    return line.rstrip(b"\r\n")
