"""Where does an index live, and what is kept beside it?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.cluster.cluster_address import NO_CLIENT, is_cluster, read_address
from index.errors import DatelineError, NoIndexError
from index.facet_table import Facet
from index.stores.folder import FolderStore
from index.stores.store import Store

if TYPE_CHECKING:
    from index.stores.opensearch import OpenSearchStore


def open_store(address: str | Path, facets: Sequence[Facet] = ()) -> Store:
    """The store at an address: a folder, which need not be there yet, or a cluster.

    :param facets: those of columns that the index gets, if it is not there yet.
    :raises NoIndexError: for an address of another kind.
    :raises DatelineError: for a cluster's where what its client needs is missing.
    """
    if is_cluster(address):
        return open_cluster_store(str(address), facets)
    if "://" in str(address):
        raise NoIndexError(f"{address} is neither a folder nor the address of a cluster")
    return FolderStore(Path(address), facets=facets)


def open_cluster_store(address: str, facets: Sequence[Facet] = ()) -> OpenSearchStore:
    """The store on a cluster.

    :raises DatelineError: where what its client needs is missing.
    """
    where = read_address(address)
    try:
        from index.stores.opensearch import OpenSearchStore
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise DatelineError(NO_CLIENT) from error
    return OpenSearchStore(where, facets)
