"""Where the site lies under a path of another one: `/press/search` is `/search` here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from webapp.settings import Settings
from webapp.site.hosts import mount_of


def install(app: Flask, settings: Settings) -> None:
    """Take the path of the base URL off requests, whether or not the proxy did so already.

    Without a path there, `SCRIPT_NAME` says what the server took off (PEP 3333).
    """
    mount = mount_of(settings.base_url)
    if mount:
        app.wsgi_app = _Mounted(app.wsgi_app, mount)  # type: ignore[method-assign]


class _Mounted:
    """A WSGI application under a path."""

    def __init__(self, application: Any, mount: str) -> None:
        self._application = application
        self._mount = mount

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self._mount or path.startswith(self._mount + "/"):
            environ["PATH_INFO"] = path[len(self._mount) :] or "/"
        environ["SCRIPT_NAME"] = self._mount
        answer: Iterable[bytes] = self._application(environ, start_response)
        return answer
