"""A site over an index, served on this machine for as long as a test looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from webapp import create_app


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """The address of a running server over the index in a folder."""
    with served_app(create_app({"index": str(folder), **settings})) as address:
        yield address


@contextmanager
def served_app(app: Flask) -> Iterator[str]:
    """The address of a running server of an application."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _whole(app: Flask) -> Callable[[Any, Any], list[bytes]]:
    """The application with each answer read to its end, and closed, before it is sent.

    Where a browser resets its connection this server forgets to close a file that it was sending,
    of which some later test was then told.
    """

    def answered(environ: Any, start_response: Any) -> list[bytes]:
        given: Any = app(environ, start_response)
        with closing(given) if hasattr(given, "close") else nullcontext():
            return [b"".join(given)]

    return answered


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what is printed are failures, or figures."""
