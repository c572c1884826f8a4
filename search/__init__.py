"""How does a question become an answer? `open_engine(address).search(SearchRequest(...))`.

Names are imported when they are first used: `SearchRequest` alone loads neither Whoosh nor numpy.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import index  # noqa: F401, before anything imports Whoosh: it keeps Whoosh's warnings from users

if TYPE_CHECKING:
    from search.engine import Coverage, Engine
    from search.engines.folder import FolderEngine
    from search.engines.opensearch import OpenSearchEngine
    from search.request import SearchRequest
    from search.results import DateCount, FacetCount, Facets, Hit, Notice, SearchResults

__all__ = [
    "Coverage",
    "DateCount",
    "Engine",
    "FacetCount",
    "Facets",
    "Hit",
    "Notice",
    "SearchRequest",
    "SearchResults",
    "load_engine",
    "open_engine",
]


def open_engine(
    address: str | Path, gazetteers: Sequence[Path] = (), cache_bytes: int | None = None
) -> Engine:
    """The engine at an address: a folder with an index, or a cluster (`opensearch://...`).

    :param gazetteers: files that say what agencies are called, besides those that are shipped.
    :param cache_bytes: of postings, matches and pages that this process may keep, where not 160 MB.
    :raises NoIndexError: when there is no index in the folder.
    :raises DatelineError: for a cluster that cannot be reached, or whose client is not installed.
    """
    from index.cluster.cluster_address import is_cluster, read_address

    if is_cluster(address):
        where = read_address(str(address))
        return _cluster_engine()(where, gazetteers, cache_bytes)
    return _folder_engine()(Path(address), gazetteers, cache_bytes)


def load_engine(address: str | Path) -> None:
    """Load what `open_engine` will need, so that processes which this one forks share it."""
    from index.cluster.cluster_address import is_cluster

    if not is_cluster(address):
        _folder_engine()
        importlib.import_module("search.count.term_sheet")  # the engine loads it when it is asked


def _folder_engine() -> type[FolderEngine]:
    from search.engines.folder import FolderEngine

    return FolderEngine


def _cluster_engine() -> type[OpenSearchEngine]:
    from index.cluster.cluster_address import NO_CLIENT
    from index.errors import DatelineError

    try:
        from search.engines.opensearch import OpenSearchEngine
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise DatelineError(NO_CLIENT) from error
    return OpenSearchEngine


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = {"Coverage": "engine", "Engine": "engine", "SearchRequest": "request"}
    return getattr(importlib.import_module(f"search.{room.get(name, 'results')}"), name)
