"""`dateline serve`: gunicorn inside this process."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from index.errors import DatelineError
from search import open_engine
from webapp import create_app
from webapp.cli.arguments import Arguments


def serve(arguments: Arguments) -> None:
    """Serve until interrupted; the address is printed once it takes connections.

    :raises NoIndexError: when there is nothing to serve.
    :raises DatelineError: when the address cannot be listened at, or a setting is wrong.
    """
    open_engine(arguments.index).close()
    app = create_app({"index": arguments.index})
    listener = _listen(arguments.host, arguments.port)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    # Gunicorn takes the socket over, and closes it; Ctrl-C may come before it listens for that.
    with suppress(KeyboardInterrupt):
        print(f"Serving {arguments.index} at http://{shown}:{port} (Ctrl-C stops)", flush=True)
        _Server(app, arguments, listener.detach()).run()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise DatelineError(
            f"cannot listen at {host} port {port}: {error.strerror or error}. "
            f"Try another: {_another(port, error)}"
        ) from error
    return listener


def _leave(_worker: Any) -> None:
    """Ctrl-C ends a worker at once: it writes nothing, and would wait for answers in the making."""
    os._exit(0)


def _another(port: int, error: OSError) -> str:
    """How to take another port or host, said for the way in which this was started."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "--host 127.0.0.1, or 0.0.0.0 for every address of this machine"
    other = port + 1 if port < 65_535 else 0
    return f"make run PORT={other}" if os.environ.get("MAKELEVEL") else f"--port {other}"


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings, over a socket that is open already."""

    def __init__(self, app: Flask, arguments: Arguments, descriptor: int) -> None:
        self._app = app
        self._arguments = arguments
        self._descriptor = descriptor
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "workers": self._arguments.workers,
            "threads": self._arguments.threads,
            "worker_class": "webapp.serving.Worker",
            "preload_app": True,  # what is loaded is shared
            "loglevel": "warning",
            "errorlog": "-",
            "proc_name": "dateline",
            "control_socket_disable": True,
            "worker_int": _leave,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._app
