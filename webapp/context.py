"""What the requests of an application share, and what each one brings: its language, its links."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import cast

from flask import Flask, current_app, g, request

from index.addresses import origin_of
from index.bounded_cache import Cache
from search import Coverage, Engine, SearchRequest, load_engine, open_engine
from webapp.settings import Settings
from webapp.site.agency_names import gazetteer_paths, read_agency_names
from webapp.site.hosts import is_own_host
from webapp.site.languages import Language, language_of
from webapp.site.links import Links

_KEY = "dateline"


@dataclass
class KeptAnswers:
    """Whole answers, made while the engine read one commit by the same files."""

    cache: Cache
    coverage: Coverage | None = None


class _Shared:
    """The settings, the names of agencies, answers that are kept, and the engine, opened when it is
    first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.agency_names = read_agency_names(settings.gazetteers)
        self.answers = KeptAnswers(Cache(settings.answer_bytes))
        self._engine: Engine | None = None
        self._lock = Lock()

    def engine(self) -> Engine:
        """The engine; opened again and again until there is an index."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(
                    self.settings.index,
                    gazetteer_paths(self.settings.gazetteers),
                    self.settings.engine_bytes,
                )
            return self._engine


def install(app: Flask, settings: Settings) -> None:
    """Give the application its settings, the names of agencies, and a place for its engine.

    :raises UnreadableError: for a gazetteer of the settings that is missing or none.
    """
    load_engine(settings.index)
    app.extensions[_KEY] = _Shared(settings)


def as_read(request: SearchRequest) -> SearchRequest:
    """The search as somebody asks it who reads the language of the page: of a release in several
    languages, hits are those in that one."""
    tag = current_language().tag
    return request.changed(reads=tag, page=request.page, found=request.found)


def engine_of(app: Flask) -> Engine:
    """The engine of an application.

    :raises NoIndexError: while there is no index.
    """
    with app.app_context():
        return current_engine()


def current_engine() -> Engine:
    """The engine of the application that answers this request.

    :raises NoIndexError: while there is no index.
    """
    return _shared().engine()


def current_answers() -> KeptAnswers:
    """The whole answers that the application keeps."""
    return _shared().answers


def current_coverage() -> Coverage:
    """What the index holds, as this request first found it.

    :raises NoIndexError: while there is no index.
    """
    if "coverage" not in g:
        g.coverage = current_engine().coverage()
    return cast(Coverage, g.coverage)


def current_facets() -> tuple[str, ...]:
    """The names of the index's own facets.

    :raises NoIndexError: while there is no index.
    """
    return tuple(current_coverage().facets)


def current_settings() -> Settings:
    """The settings of the application that answers this request."""
    return _shared().settings


def current_language() -> Language:
    """The language that the address of this request asks for."""
    return language_of(request.path)


def current_origin() -> str:
    """Scheme and host of this site's whole addresses; empty where the request names a strange one.

    Only a host of ours is repeated: pages and feeds are kept by caches, and read by others.
    """
    base_url = current_settings().base_url
    if base_url:
        return origin_of(base_url)
    return f"{request.scheme}://{request.host}" if is_own_host(request.host) else ""


def current_mount() -> str:
    """The path that this site lies under at its host, without a slash at the end."""
    return request.root_path.rstrip("/")


def current_path() -> str:
    """The whole path of the request."""
    return current_mount() + request.path


def current_links(shown: SearchRequest | None = None) -> Links:
    """The links of the page that answers this request.

    :param shown: the search that the page shows, if it shows one.
    """
    language = current_language()
    names = _shared().agency_names.get(language.tag, {})
    per_page = current_settings().per_page
    shown = shown or SearchRequest(per_page=per_page)
    return Links(language, shown, current_origin(), names, current_mount(), per_page)


def _shared() -> _Shared:
    return cast(_Shared, current_app.extensions[_KEY])
