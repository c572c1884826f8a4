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
    "open_engine",
]


def open_engine(
    address: str | Path, gazetteers: Sequence[Path] = (), cache_bytes: int | None = None
) -> Engine:
    """The engine at an address: a folder with an index, or later a cluster (`opensearch://...`).

    :param gazetteers: files that say what agencies are called, besides those that are shipped.
    :param cache_bytes: of postings, matches and pages that this process may keep, where not 160 MB.
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
    return FolderEngine(Path(address), gazetteers, cache_bytes)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = {"Coverage": "engine", "Engine": "engine", "SearchRequest": "request"}
    return getattr(importlib.import_module(f"search.{room.get(name, 'results')}"), name)
