"""A worker of gunicorn's whose threads make answers and never wait for slow connections.

`gunicorn "webapp:create_app()" --worker-class webapp.serving.Worker`. One loop reads the heads of
requests and sends what readers have not taken yet, for all connections; threads get whole requests.
More requests than can wait are refused at once (503), as are heads that are too long (431); who
takes too long to ask or to read is cut off. `docs/operations.md` has the limits as a table.
"""

from __future__ import annotations

import ctypes
import gc
import os
import selectors
import time
from collections import OrderedDict
from concurrent.futures import Future
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from wsgiref.util import setup_testing_defaults

from gunicorn.config import LimitRequestLine
from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.workers.gthread import ThreadWorker

from index.kernel.lost_pages import survive_lost_pages
from search.query.known_words import load_lists
from webapp.garbage_collection import expect_little_garbage
from webapp.monitoring.metrics import forget_process
from webapp.serving.checking import start_checking
from webapp.serving.connection import MAX_HEAD, Connection, Outgoing, State
from webapp.serving.short_answers import short_answer, status_of

HEAD_SECONDS = 10
"""How long the head of a request may take."""
IDLE_SECONDS = 15
"""How long a connection is kept for another request. It costs no thread, and a reader who asks just
as it is closed sees a failure: gunicorn's two seconds made that happen on a busy machine."""
ANSWER_SECONDS = 330
"""How long an answer may take to be made; an export that takes longer was cut off before."""
SEND_SECONDS = 60
"""How long a reader may take for the rest of an answer once it is made."""
LINGER_SECONDS = 2
"""How long a connection stays that we have ended, so that the other side can read to the end."""
WAITING = 16
"""Requests that wait for each thread; more are refused. A page takes 5 ms: 0.1 s of waiting."""
PATIENCE = 10
"""Seconds after which a waiting request is refused: who asked has most likely gone."""
MAX_KEPT = 8 << 20
"""Bytes of one answer that wait for their reader, before a thread waits as well."""
MAX_KEPT_TOGETHER = 64 << 20
"""The same of all answers."""
GIVE_BACK_SECONDS = 60
"""Time after which a worker gives freed memory back. After 12,000 requests and 60 commits that was
28 MB of 171."""
LONGEST_LINE = 8_190
"""Bytes of a request's first line, the most that gunicorn has. Its default of 4,094 refused
searches of 460 Chinese characters, nine bytes each, where a search may have 500."""
IN_MEMORY = "/dev/shm"  # noqa: S108, gunicorn makes a file of its own there
"""Where the sign of life is kept, unless `--worker-tmp-dir` names a place. Touching a file
on a disk that others keep busy can take half a minute: then gunicorn ends the worker."""
_HEALTH = (b"GET /healthz ", b"HEAD /healthz ")
"""Never refused: a busy server is not a sick one."""


def give_back_memory() -> None:
    """Give the system what the C library keeps of memory that was freed, where it knows how.

    Each thread has arenas of its own, in which little stays between much that went.
    """
    with suppress(AttributeError, OSError):  # another C library than GNU's
        ctypes.CDLL(None).malloc_trim(0)


class Worker(ThreadWorker):  # type: ignore[misc]
    """The worker class; `--threads`, `--keep-alive`, `--graceful-timeout` are gunicorn's."""

    def __init__(self, *given: Any) -> None:
        cfg = given[5]
        if cfg.worker_tmp_dir is None and os.access(IN_MEMORY, os.W_OK | os.X_OK):
            cfg.set("worker_tmp_dir", IN_MEMORY)
        if cfg.limit_request_line == LimitRequestLine.default:
            cfg.set("limit_request_line", LONGEST_LINE)
        super().__init__(*given)
        # We are still in the process that forks us. What it loads stays in memory that is shared,
        # for as long as no search for garbage writes into it: a worker's own 97 MB became 36.
        if cfg.preload_app:
            load_lists()
        gc.collect()
        gc.freeze()

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Say what cannot be had; see that metrics of workers that ended are not counted on."""
        super().check_config(cfg, log)
        cfg.set("child_exit", lambda _, worker: forget_process(worker.pid))
        if cfg.is_ssl:
            raise RuntimeError("webapp.serving.Worker speaks no TLS: put a proxy before it.")

    def run(self) -> None:
        """Serve until told to end, then end in order."""
        survive_lost_pages()
        self._all: dict[Connection, None] = {}
        self._asking: OrderedDict[Connection, None] = OrderedDict()
        self._answering = 0
        self._gave_back = time.monotonic()
        self.cfg.set("sendfile", False)
        self.poller.register(
            self.method_queue.fileno(), selectors.EVENT_READ, self.method_queue.run_callbacks
        )
        self.warm_up()
        start_checking(self.wsgi)
        self._listen(True)
        while self.alive and self.is_parent_alive():
            self._turn()
        self._listen(False)
        self._end_idle()
        until = time.monotonic() + self.cfg.graceful_timeout
        while self._all and time.monotonic() < until:
            self._turn()
        for connection in list(self._all):
            connection.break_off()
            self._forget(connection)
        self.tpool.shutdown(wait=False)
        self.poller.close()
        self.method_queue.close()
        for each in self.sockets:
            each.close()

    def warm_up(self) -> None:
        """Answer a request of our own, so that no reader waits for what the first one needs.

        What stays for good is then left out of the search for garbage, in which all threads wait;
        and that is made less often.
        """
        environ: dict[str, Any] = {"PATH_INFO": "/readyz", "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        answer = self.wsgi(environ, lambda *_: None)
        list(answer)
        if hasattr(answer, "close"):
            answer.close()
        expect_little_garbage()
        give_back_memory()

    def _turn(self) -> None:
        """One round: tell the arbiter that we live, see what came, cut off what takes too long."""
        self.notify()
        self.wait_for_and_dispatch_events(timeout=1.0)
        now = time.monotonic()
        if now - self._gave_back > GIVE_BACK_SECONDS:
            give_back_memory()
            self._gave_back = now
        for connection in [each for each in self._all if each.until < now]:
            self._expire(connection, now)

    def _expire(self, connection: Connection, now: float) -> None:
        """Cut off a connection whose time is over, unless its request has come just now.

        The loop may itself have been kept waiting, so what lies in the socket is looked at first.
        """
        if connection.state is State.ANSWERING:
            connection.break_off()
            return
        if connection.state is State.IDLE:
            self._read(connection)
        if connection in self._all and connection.until < now:
            self._forget(connection)

    def _listen(self, wanted: bool) -> None:
        for listener in self.sockets:
            if wanted:
                listener.setblocking(False)
                self.poller.register(listener, selectors.EVENT_READ, self._accept)
            else:
                self.poller.unregister(listener)

    def _accept(self, listener: Any) -> None:
        try:
            sock, client = listener.accept()
        except OSError:
            return
        if len(self._all) >= self.worker_connections and not self._make_room():
            sock.close()
            return
        connection = Connection(sock, client, listener.getsockname())
        connection.parser = get_parser(self.cfg, sock, client)
        connection.wait(State.IDLE, HEAD_SECONDS)
        self._all[connection] = None
        self._await_head(connection)

    def _make_room(self) -> bool:
        """Drop the connection that has been asking for longest without having asked."""
        for connection in self._asking:
            self._forget(connection)
            return True
        return False

    def _await_head(self, connection: Connection) -> None:
        self._asking[connection] = None
        self._watch(connection, selectors.EVENT_READ, self._read)

    def _read(self, connection: Connection) -> None:
        if not connection.read():
            self._forget(connection)
        elif connection.is_no_http:
            self._refuse(connection, HTTPStatus.BAD_REQUEST)
        elif connection.has_head:
            self._submit(connection)
        elif len(connection.head) > MAX_HEAD:
            self._refuse(connection, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif connection.state is State.IDLE and connection.head:
            connection.wait(State.READING, HEAD_SECONDS)

    def _submit(self, connection: Connection) -> None:
        """Give a whole request to a thread, unless too many wait already."""
        self._unwatch(connection)
        full = self._answering >= self.cfg.threads * (1 + WAITING)
        if full and not connection.head.startswith(_HEALTH):
            self._refuse(connection, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        connection.wait(State.ANSWERING, ANSWER_SECONDS)
        connection.queued = time.monotonic()
        connection.parser.unreader.unread(connection.take_head())
        self._answering += 1
        self.tpool.submit(self._answer, connection).add_done_callback(
            lambda done: self.method_queue.defer(self._answered, connection, done)
        )

    def _answer(self, connection: Connection) -> bool:
        """In a thread: make the answer; whether the connection may bring another request."""
        if time.monotonic() - connection.queued > PATIENCE:
            connection.say(short_answer(HTTPStatus.SERVICE_UNAVAILABLE))
            return False
        most = MAX_KEPT if self._kept() < MAX_KEPT_TOGETHER else 0
        connection.outgoing = Outgoing(connection.sock, most, connection.until)
        try:
            request = next(connection.parser)
            kept = self.handle_request(request, _Answered(connection))
            return bool(kept) and not _brings_a_body(request)
        except (StopIteration, NoMoreData, OSError):
            return False
        except ParseException as error:
            connection.say(short_answer(status_of(error)))
            return False

    def _answered(self, connection: Connection, done: Future[bool]) -> None:
        """Back in the loop: send the rest, then wait for the next request or for the end."""
        self._answering -= 1
        if connection not in self._all:
            return
        failed = done.exception()
        if failed is not None:
            self.log.error("A request failed in the server.", exc_info=failed)
        connection.keep = failed is None and done.result()
        connection.wait(State.SENDING, SEND_SECONDS)
        self._send(connection)

    def _send(self, connection: Connection) -> None:
        outgoing = connection.outgoing
        try:
            if outgoing is not None:
                outgoing.send_some()
        except OSError:
            self._forget(connection)
            return
        self._unwatch(connection)
        if outgoing is not None and outgoing.waiting:
            self._watch(connection, selectors.EVENT_WRITE, self._send)
        elif connection.keep:
            self._next_request(connection)
        else:
            self._linger(connection)

    def _next_request(self, connection: Connection) -> None:
        """Wait for another request; a part of it may have come with the one before."""
        connection.outgoing = None
        buffered = connection.parser.unreader.buf
        connection.head += buffered.getvalue()
        buffered.seek(0)
        buffered.truncate()
        connection.wait(State.IDLE, max(self.cfg.keepalive, IDLE_SECONDS) if self.alive else 0)
        if connection.has_head:
            self._submit(connection)
        else:
            self._await_head(connection)

    def _refuse(self, connection: Connection, status: HTTPStatus) -> None:
        self._unwatch(connection)
        connection.say(short_answer(status))
        self._linger(connection)

    def _linger(self, connection: Connection) -> None:
        """End the connection, but read on for a moment: closing at once may lose what was sent."""
        if not connection.end():
            self._forget(connection)
            return
        connection.wait(State.LINGERING, LINGER_SECONDS)
        self._watch(connection, selectors.EVENT_READ, self._read_to_the_end)

    def _read_to_the_end(self, connection: Connection) -> None:
        connection.head.clear()
        if not connection.read():
            self._forget(connection)

    def _end_idle(self) -> None:
        """Wait no longer for requests than for those that are on their way."""
        for connection in self._asking:
            connection.until = min(connection.until, time.monotonic() + LINGER_SECONDS)

    def _kept(self) -> int:
        return sum(each.outgoing.waiting for each in list(self._all) if each.outgoing)

    def _watch(self, connection: Connection, events: int, then: Any) -> None:
        self.poller.register(connection.sock, events, lambda _: then(connection))

    def _unwatch(self, connection: Connection) -> None:
        self._asking.pop(connection, None)
        if connection.sock.fileno() in self.poller.get_map():
            self.poller.unregister(connection.sock)

    def _forget(self, connection: Connection) -> None:
        self._unwatch(connection)
        self._all.pop(connection, None)
        connection.close()


class _Answered:
    """A connection as gunicorn's code for requests sees it: what it sends goes through a buffer."""

    def __init__(self, connection: Connection) -> None:
        self.sock = connection.outgoing
        self.client = connection.client
        self.server = connection.server


def _brings_a_body(request: Any) -> bool:
    """Whether a request brings a body, which nobody read."""
    return any(
        name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and value.strip() != "0")
        for name, value in request.headers
    )
