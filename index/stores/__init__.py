"""Where does an index live, and what is kept beside it?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.errors import NoIndexError
from index.facet_table import Facet
from index.stores.folder import FolderStore
from index.stores.store import Store


def open_store(address: str | Path, facets: Sequence[Facet] = ()) -> Store:
    """The store at an address: a folder, which need not be there yet.

    :param facets: those of columns that the index gets, if it is not there yet.
    :raises NoIndexError: for a cluster's address, which this version cannot write to.
    """
    if "://" in str(address):
        raise NoIndexError(f"{address} is no folder; this version writes indexes into folders only")
    return FolderStore(Path(address), facets=facets)
