"""Where does an index live, and what is kept beside it?"""

from __future__ import annotations

from pathlib import Path

from index.errors import NoIndexError
from index.stores.folder import FolderStore
from index.stores.store import Store


def open_store(address: str | Path) -> Store:
    """The store at an address: a folder, which need not be there yet.

    :raises NoIndexError: for a cluster's address, which this version cannot write to.
    """
    if "://" in str(address):
        raise NoIndexError(f"{address} is no folder; this version writes indexes into folders only")
    return FolderStore(Path(address))
