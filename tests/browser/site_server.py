"""A site over an index, served on this machine for as long as a test looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from werkzeug.serving import make_server

from webapp import create_app


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a running server over the index in a folder."""
    server = make_server("127.0.0.1", 0, create_app({"index": str(folder)}), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
