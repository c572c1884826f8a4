"""How does a question become an answer?"""

from __future__ import annotations

from pathlib import Path

from index.errors import DatelineError
from search.engine import Coverage, Engine
from search.engines.folder import WhooshEngine
from search.request import SearchRequest
from search.results import AgencyCount, DateCount, Facets, Hit, Notice, SearchResults

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
    if str(address).startswith(("opensearch://", "opensearch+https://")):
        raise DatelineError(
            f"{address} is the address of a cluster, which this version cannot search yet. "
            "Give the folder of an index."
        )
    return WhooshEngine(Path(address))
