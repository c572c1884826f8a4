"""A site over an index, served on this machine for as long as a test looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

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
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what is printed are failures, or figures."""
