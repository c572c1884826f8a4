"""What the requests of an application share, and what each one brings: its language, its links."""

from __future__ import annotations

from threading import Lock
from typing import cast

from flask import Flask, current_app, request

from search import Engine, SearchRequest, open_engine
from webapp.settings import Settings
from webapp.site.agency_names import read_agency_names
from webapp.site.languages import Language, language_of
from webapp.site.links import Links

_KEY = "dateline"


class _Shared:
    """The settings, the names of agencies, and the engine, opened when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.agency_names = read_agency_names(settings.gazetteers)
        self._engine: Engine | None = None
        self._lock = Lock()

    def engine(self) -> Engine:
        """The engine; opened again and again until there is an index."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(self.settings.index)
            return self._engine


def install(app: Flask, settings: Settings) -> None:
    """Give the application its settings, the names of agencies, and a place for its engine.

    :raises UnreadableError: for a gazetteer of the settings that is missing or none.
    """
    app.extensions[_KEY] = _Shared(settings)


def current_engine() -> Engine:
    """The engine of the application that answers this request.

    :raises NoIndexError: while there is no index.
    """
    return _shared().engine()


def current_settings() -> Settings:
    """The settings of the application that answers this request."""
    return _shared().settings


def current_language() -> Language:
    """The language that the address of this request asks for."""
    return language_of(request.path)


def current_root() -> str:
    """What this site's whole addresses begin with, without a slash at the end."""
    return (current_settings().public_url or request.host_url).rstrip("/")


def current_links(shown: SearchRequest | None = None) -> Links:
    """The links of the page that answers this request.

    :param shown: the search that the page shows, if it shows one.
    """
    language = current_language()
    names = _shared().agency_names.get(language.tag, {})
    return Links(language, shown or SearchRequest(), current_root(), names)


def _shared() -> _Shared:
    return cast(_Shared, current_app.extensions[_KEY])
