"""A press office on loopback that misbehaves as it is told, and a clock that nobody waits for."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from index.collect.collect_clock import CollectClock
from index.collect.collector import CollectOptions, collect
from index.collect.fetch_report import SourceReport
from index.collect.http_client import AnswerLimits
from index.collect.polite_fetcher import HostLimits
from index.collect.sources_file import PressSource, SourcesFile

DAY = 86_400.0
START = 1_678_780_800.0
"""14 March 2023, 08:00 UTC."""


class Clock(CollectClock):
    """Passes only where somebody waits."""

    def __init__(self) -> None:
        self.time = START
        self.waited: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.time += seconds


@dataclass
class Reply:
    """What a path answers. `drip`: the body comes for ever, byte by byte."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    drip: bool = False
    short_by: int = 0


Answering = Reply | Callable[["Asked"], Reply]


@dataclass(frozen=True)
class Asked:
    path: str
    time: float
    headers: dict[str, str]
    status: int


class Site:
    """A press office: what its paths answer, and what it was asked for."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.paths: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.ended = threading.Event()

    def put(self, path: str, text: str | bytes, kind: str = "text/html", **more: object) -> None:
        body = text.encode() if isinstance(text, str) else text
        headers = {"Content-Type": kind} | more.pop("headers", {})  # type: ignore[operator]
        self.paths[path] = Reply(body, headers=headers, **more)  # type: ignore[arg-type]

    def release(self, number: int, *, text: str = "", path: str = "", **more: object) -> str:
        path = path or f"/news/{number}"
        self.put(path, page(number, text), **more)
        return path

    def feed(
        self, path: str, items: list[tuple[int, str]], *, extra: str = "", **more: object
    ) -> None:
        rows = "".join(
            f"<item><title>{headline(number)}</title><link>{self.url}{link}</link></item>"
            for number, link in items
        )
        text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>{extra}{rows}</channel></rss>"
        self.put(path, text, "application/rss+xml", **more)

    def times(self, path: str) -> int:
        return sum(each.path == path for each in self.asked)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        reply = self.paths.get(path, Reply(b"nothing here", 404))
        asked = Asked(path, self.clock.now(), {k.lower(): v for k, v in handler.headers.items()}, 0)
        if callable(reply):
            reply = reply(asked)
        if reply.etag is not None and asked.headers.get("if-none-match") == reply.etag:
            reply = Reply(status=304, etag=reply.etag)
        self.asked.append(Asked(path, asked.time, asked.headers, reply.status))
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.etag is not None:
            handler.send_header("ETag", reply.etag)
        if not reply.drip and reply.status != 304:
            handler.send_header("Content-Length", str(len(reply.body) + reply.short_by))
        handler.end_headers()
        if reply.drip:
            self.drip(handler)
        elif reply.status != 304:
            handler.wfile.write(reply.body)

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        while not self.ended.wait(0.01):
            handler.wfile.write(b"x")


@contextmanager
def press_site(clock: Clock) -> Iterator[Site]:
    site = Site(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):  # the client has had enough, as it should
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
        try:
            yield site
        finally:
            site.ended.set()
            server.shutdown()
            thread.join()


@contextmanager
def news_site() -> Iterator[Site]:
    """A site whose feed, `/news.rss`, names two releases."""
    with press_site(Clock()) as site:
        site.feed("/news.rss", [(1, site.release(1)), (2, site.release(2))])
        yield site


def headline(number: int) -> str:
    return f"Harbour Office reopens pier {number} of Brennmoor"


def page(number: int, text: str = "") -> str:
    return (
        f"<html><head><title>{headline(number)}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<h1>{headline(number)}</h1><p>14 March 2023</p><p>The Harbour Office reopened pier {number} "
        f"on Tuesday after {number + 2} weeks of repairs, which were finished ahead of the plan.</p>"
        f"<p>{text or f'Ferries leave from pier {number} every hour from six in the morning.'}</p>"
        "</body></html>"
    )


def run(
    folder: Path,
    clock: Clock,
    *sources: PressSource,
    private: bool = True,
    delay: float = 1.0,
    hosts: HostLimits | None = None,
    **answers: float,
) -> list[SourceReport]:
    options = CollectOptions(
        agent="Dateline/test (+mailto:desk@press.example)", allow_private=private, clock=clock,
        answers=AnswerLimits(**({"answer_seconds": 5.0, "silent_seconds": 5.0} | answers)),  # type: ignore[arg-type]
        hosts=hosts or HostLimits(),
    )  # fmt: skip
    file = SourcesFile(sources=sources, delay=delay)
    return collect(file, folder, options).sources


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size))
