"""One HTTP request: within limits of size and time, to public addresses, following nothing."""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from urllib.parse import quote, urlsplit, urlunsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from index.collect.fetch_error import FetchError
from index.collect.public_hosts import connected

PIECE_BYTES = 1 << 16
"""Bytes of an answer that are taken at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLimits:
    """How large an answer may be, as sent and unpacked, and how long it may take.

    `silent_seconds` pass at the most until a connection stands and between two bytes,
    `answer_seconds` from there to the last byte of an answer.
    """

    answer_bytes: int = 32 << 20
    answer_seconds: float = 120.0
    silent_seconds: float = 30.0


@dataclass(frozen=True, kw_only=True)
class HttpAnswer:
    """What a server answered: `body` as it was sent, but for the coding of the transfer."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    asked_with: tuple[tuple[str, str], ...]
    address: str
    limit: int

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @cached_property
    def content(self) -> bytes:
        """The body unpacked.

        :raises FetchError: it is damaged, packed in a way that was not asked for, or too large.
        """
        coding = (self.header("content-encoding") or "identity").strip().lower()
        if coding in ("identity", ""):
            return self.body
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise FetchError(f"{self.url} came packed with {coding!r}, which we did not ask for")
        return unpacked(self.body, self.url, self.limit)


def unpacked(data: bytes, where: str, limit: int) -> bytes:
    """What gzip, in one member or several, or deflate packed, within a limit.

    :raises FetchError: it is damaged, or unpacks to more.
    """
    content = bytearray()
    while True:
        try:
            inflater = zlib.decompressobj(wbits=47 if data[:1] in (b"\x1f", b"\x78") else -15)
            content += inflater.decompress(data, limit + 1 - len(content))
        except zlib.error as error:
            raise FetchError(f"{where} is damaged ({error})", temporary=True) from error
        if len(content) > limit:
            raise FetchError(f"{where} unpacks to more than {limit:,} bytes")
        if not inflater.eof:
            raise FetchError(f"{where} is cut short", temporary=True)
        data = inflater.unused_data
        if not data.startswith(b"\x1f\x8b"):  # padding, as some servers add it
            return bytes(content)


class HttpClient:
    """Asks servers, one connection a request."""

    def __init__(
        self, limits: AnswerLimits = AnswerLimits(), *, allow_private: bool = False
    ) -> None:
        self.limits = limits
        self.allow_private = allow_private

    def get(self, url: str, headers: Mapping[str, str]) -> HttpAnswer:
        """What is at an address; a redirect is an answer like others.

        :raises FetchError: no answer, or none within the limits.
        """
        try:
            parts = urlsplit(sendable(url))
            link = self._connection(parts.scheme, parts.hostname or "", parts.port)
            with closing(link), link.watch:
                target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
                link.request(
                    "GET", target, headers=headers, preload_content=False, decode_content=False
                )
                return self._answer(url, link, headers)
        except (SSLError, ssl.SSLCertVerificationError) as error:
            raise FetchError(f"{url} cannot be trusted: {_words(error)}") from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise FetchError(f"{url} gave no answer: {_words(error)}", temporary=True) from error

    def _connection(self, scheme: str, host: str, port: int | None) -> _Watched:
        if scheme not in ("http", "https") or not host:
            raise FetchError(f"{scheme}://{host} is no address of the web")
        return _Plain(host, port, self) if scheme == "http" else _Secure(host, port, self)

    def _answer(self, url: str, link: _Watched, headers: Mapping[str, str]) -> HttpAnswer:
        response = link.getresponse()
        body = _taken(response, url, self.limits.answer_bytes)
        if link.watch.expired:
            raise FetchError(
                f"{url} took longer than {self.limits.answer_seconds:g} seconds", temporary=True
            )
        return HttpAnswer(
            url=sendable(url),
            status=response.status,
            reason=response.reason or "",
            headers=tuple(response.headers.items()),
            body=body,
            asked_with=tuple(headers.items()),
            address=link.watch.address,
            limit=self.limits.answer_bytes,
        )


def sendable(url: str) -> str:
    """The address in ASCII, as requests have it: host by IDNA, the rest by percent signs.

    :raises ValueError: it is none.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    place = host + (f":{parts.port}" if parts.port is not None else "")
    safe = "!#$%&'()*+,/:;=?@[]~"
    return urlunsplit(
        (parts.scheme.lower(), place, quote(parts.path, safe), quote(parts.query, safe), "")
    )


def _taken(response: BaseHTTPResponse, url: str, limit: int) -> bytes:
    body = bytearray()
    while piece := response.read1(PIECE_BYTES, decode_content=False):
        body += piece
        if len(body) > limit:
            raise FetchError(f"{url} has more than {limit:,} bytes")
    return bytes(body)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


class _Watch:
    """Ends a connection that takes too long, whatever its bytes do meanwhile."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self.address = ""
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> None:
        """What connects within says so to `over`."""

    def over(self, connection: socket.socket) -> None:
        """From now on."""
        self.address = str(connection.getpeername()[0])
        self._same = connection.dup()  # TLS takes the first one over
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self.address:
            self._timer.join()
            self._same.close()

    def _expire(self) -> None:
        self.expired = True
        with suppress(OSError):  # it has ended by itself
            self._same.shutdown(socket.SHUT_RDWR)


class _Guarded:
    """Connections that are made to public addresses only, and watched from then on."""

    def __init__(self, host: str, port: int | None, client: HttpClient) -> None:
        super().__init__(host, port, timeout=client.limits.silent_seconds)  # type: ignore[call-arg]
        self.client = client
        self.watch = _Watch(client.limits.answer_seconds)

    def _new_conn(self) -> socket.socket:
        limits = self.client.limits
        connection = connected(
            self.host,  # type: ignore[attr-defined]
            self.port,  # type: ignore[attr-defined]
            limits.silent_seconds,
            allow_private=self.client.allow_private,
        )
        self.watch.over(connection)
        return connection


class _Plain(_Guarded, HTTPConnection):
    """HTTP."""


class _Secure(_Guarded, HTTPSConnection):
    """HTTP over TLS, whose certificates are checked."""


_Watched = _Plain | _Secure
