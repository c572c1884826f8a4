"""The settings and the one engine that all requests of an application share."""

from __future__ import annotations

from threading import Lock
from typing import cast

from flask import Flask, current_app

from search import Engine, open_engine
from webapp.settings import Settings

_KEY = "dateline"


class _Shelf:
    """Opens the engine when it is first asked for, again and again until there is an index."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._engine: Engine | None = None
        self._lock = Lock()

    def engine(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(self.settings.index)
            return self._engine


def install(app: Flask, settings: Settings) -> None:
    """Give the application its settings and a place for its engine."""
    app.extensions[_KEY] = _Shelf(settings)


def current_engine() -> Engine:
    """The engine of the application that answers this request.

    :raises NoIndexError: while there is no index.
    """
    return _shelf().engine()


def current_settings() -> Settings:
    """The settings of the application that answers this request."""
    return _shelf().settings


def _shelf() -> _Shelf:
    return cast(_Shelf, current_app.extensions[_KEY])
