"""The commit of a cluster's index: the filter of its alias, which readers see change at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.cluster.client import Client, ClusterError, MissingError
from index.errors import NoIndexError


@dataclass(frozen=True, slots=True)
class CommitState:
    """What the alias says: the index behind it, its generation, and documents it leaves out."""

    index: str
    generation: int
    leaving: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A text that no two commits have in common."""
        return f"{self.generation}-{self.index.rpartition('-')[2]}"


def read_commit(client: Client) -> CommitState | None:
    """The commit in force; None where there is no index.

    :raises NoIndexError: for an alias that is none of ours.
    """
    name = client.address.name
    try:
        found = client.request("GET", f"/_alias/{name}")
    except MissingError:
        return None
    if len(found) != 1:
        raise NoIndexError(f"{client.address} is an alias of several indexes, and none of ours.")
    ((index, about),) = found.items()
    stated = about["aliases"][name].get("filter", {}).get("bool")
    if stated is None:
        raise NoIndexError(f"{client.address} is none of ours. Give the index another name.")
    return CommitState(index, _generation(stated), tuple(_leaving(stated)))


def set_commit(client: Client, commit: CommitState, former: CommitState | None = None) -> None:
    """Make it the commit in force, in one step, in the place of one of another index."""
    alias: dict[str, Any] = {"index": commit.index, "alias": client.address.name}
    stated: dict[str, Any] = {"filter": [{"range": {"born": {"lte": commit.generation}}}]}
    if commit.leaving:
        stated["must_not"] = [{"ids": {"values": list(commit.leaving)}}]
    actions = [{"add": {**alias, "filter": {"bool": stated}}}]
    if former is not None and former.index != commit.index:
        actions.append({"remove": {**alias, "index": former.index}})
    answer = client.request("POST", "/_aliases?timeout=60s", {"actions": actions})
    if not answer["acknowledged"] and read_commit(client) != commit:
        raise ClusterError(
            f"{client.address}: the cluster did not say in a minute whether the commit is made. "
            "Look after it, and run again."
        )


def _generation(stated: dict[str, Any]) -> int:
    (born,) = _listed(stated["filter"])
    said = born["range"]["born"]
    return int(said["lte"] if "lte" in said else said["to"])


def _leaving(stated: dict[str, Any]) -> Sequence[str]:
    return [each for part in _listed(stated.get("must_not", [])) for each in part["ids"]["values"]]


def _listed(part: Any) -> list[Any]:
    return part if isinstance(part, list) else [part]
