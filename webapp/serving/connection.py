"""One connection: the head of a request as it comes in, an answer as its reader takes it."""

from __future__ import annotations

import errno
import re
import socket
import time
from collections import deque
from contextlib import suppress
from enum import Enum
from select import POLLOUT, poll
from typing import Any

MAX_HEAD = 32_768
"""Bytes of a request's first line and headers."""
READ_AT_ONCE = 16_384
"""Bytes taken from a connection at a time."""
END_OF_HEAD = b"\r\n\r\n"
_NO_TEXT = frozenset(range(32)) - frozenset(b"\r\n")
"""Characters with which no request begins; TLS does with the 22nd."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class State(Enum):
    """What a connection waits for."""

    IDLE = "a request"
    READING = "the rest of a request's head"
    ANSWERING = "an answer, which a thread makes"
    SENDING = "its reader to take the rest of an answer"
    LINGERING = "its reader to close"


class Outgoing:
    """Stands for the socket while an answer is written; what its reader does not take waits here.

    So a thread is free once the answer is made. Beyond `most` bytes it waits with the reader.

    :param until: when to give up (monotonic seconds).
    """

    def __init__(self, sock: socket.socket, most: int, until: float) -> None:
        self._sock = sock
        self._most = most
        self._until = until
        self._rest: deque[memoryview] = deque()
        self.waiting = 0
        """Bytes that the reader has not taken yet."""

    def sendall(self, data: bytes) -> None:
        """Send or keep the data.

        :raises BrokenPipeError: where the reader is gone, or takes too long.
        """
        self._rest.append(memoryview(data))
        self.waiting += len(data)
        self.send_some()
        while self.waiting > self._most:
            self._wait()
            self.send_some()

    def send_some(self) -> None:
        """Send what the reader takes now.

        :raises OSError: where it is gone.
        """
        while self._rest:
            piece = self._rest[0]
            try:
                sent = self._sock.send(piece)
            except (BlockingIOError, InterruptedError):
                return
            self.waiting -= sent
            if sent == len(piece):
                self._rest.popleft()
            else:
                self._rest[0] = piece[sent:]

    def _wait(self) -> None:
        left = self._until - time.monotonic()
        ready = poll()
        ready.register(self._sock, POLLOUT)
        if left <= 0 or not ready.poll(left * 1000):
            raise BrokenPipeError(errno.EPIPE, "the reader takes too long")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class Connection:
    """A socket, never blocking, with its state and the time until which that may last."""

    def __init__(self, sock: socket.socket, client: Any, server: Any) -> None:
        sock.setblocking(False)
        self.sock: Any = sock
        self.client = client
        self.server = server
        self.parser: Any = None
        self.state = State.IDLE
        self.until = 0.0
        self.head = bytearray()
        self.outgoing: Outgoing | None = None
        self.keep = False
        """Whether it may bring another request once the answer is sent."""
        self.queued = 0.0
        """When its request was complete."""

    def wait(self, state: State, seconds: float) -> None:
        """Wait for something, so long at the most."""
        self.state = state
        self.until = time.monotonic() + seconds

    def read(self) -> bool:
        """Take what has come; False where the other side has closed."""
        try:
            data = self.sock.recv(READ_AT_ONCE)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        self.head += data
        return bool(data)

    @property
    def has_head(self) -> bool:
        """Whether the head of a request is there as a whole."""
        return END_OF_HEAD in self.head

    @property
    def is_no_http(self) -> bool:
        """Whether what came begins as no request does: with TLS, as from `https://` typed for
        `http://`. More of it is not worth waiting for."""
        return bool(self.head) and self.head[0] in _NO_TEXT

    def take_head(self) -> bytes:
        """What has come, its first line with letters beyond ASCII as an address writes them.

        Browsers write them so; `curl` sends what was typed, and a search in Chinese with it
        was a bare 400. Servers in front (nginx) hand such an address on as it is.
        """
        line, end, rest = bytes(self.head).partition(b"\r\n")
        self.head.clear()
        return _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line) + end + rest

    def say(self, answer: bytes) -> None:
        """Send a short answer if the reader takes it at once."""
        with suppress(OSError):
            self.sock.send(answer)

    def end(self) -> bool:
        """Say that nothing more will come; False where the other side is gone already."""
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        return True

    def break_off(self) -> None:
        """Wake a thread that waits with this connection: it finds the connection closed."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()
