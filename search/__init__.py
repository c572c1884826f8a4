"""How does a question become an answer? `open_engine(address).search(SearchRequest(...))`.

Names are imported when they are first used: `SearchRequest` alone loads neither Whoosh nor numpy.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import index  # noqa: F401, before anything imports Whoosh: it keeps Whoosh's warnings from users

if TYPE_CHECKING:
    from search.engine import Coverage, Engine
    from search.request import SearchRequest
    from search.results import AgencyCount, DateCount, Facets, Hit, Notice, SearchResults

_MODULES = {
    "AgencyCount": "search.results",
    "Coverage": "search.engine",
    "DateCount": "search.results",
    "Engine": "search.engine",
    "Facets": "search.results",
    "Hit": "search.results",
    "Notice": "search.results",
    "SearchRequest": "search.request",
    "SearchResults": "search.results",
}

__all__ = [
    "AgencyCount",
    "Coverage",
    "DateCount",
    "Engine",
    "Facets",
    "Hit",
    "Notice",
    "SearchRequest",
    "SearchResults",
    "open_engine",
]


def open_engine(address: str | Path) -> Engine:
    """The engine at an address: a folder with an index, or later a cluster (`opensearch://...`).

    :raises NoIndexError: when there is no index in the folder.
    :raises DatelineError: for a cluster's address, which this version cannot open.
    """
    from index.errors import DatelineError
    from search.engines.folder import FolderEngine

    if str(address).startswith(("opensearch://", "opensearch+https://")):
        raise DatelineError(
            f"{address} is the address of a cluster, which this version cannot search yet. "
            "Give the folder of an index."
        )
    return FolderEngine(Path(address))


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULES[name]), name)
