"""Releases of our own for the tests of search, and how they get into an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from index.release import Agency, Release
from index.stores.commits import commit_in_bulk
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from search import Engine

Opened = Callable[[Sequence[Release]], Engine]

AGENCIES = {
    "customs": Agency("harbour-customs", "Harbour Customs"),
    "health": Agency("board-of-health", "Board of Health"),
    "one": Agency("agency-1", "Agency 1"),
}


def make(number: str, headline: str, body: str = "", **about: Any) -> Release:
    """A release; `agency` may be a key of `AGENCIES`."""
    if isinstance(about.get("agency"), str):
        about["agency"] = AGENCIES[about["agency"]]
    return Release(id=number, headline=headline, body=body, **{"language": "en", **about})


def write(folder: Path, releases: Sequence[Release], removed: Sequence[str] = ()) -> None:
    """A commit of its own, whose segment stays apart from those of others."""
    store = FolderStore(folder, commit=commit_apart)
    with store.writing():
        store.apply(removed, [stored_release(each, "2024-05-06T07:08:09Z") for each in releases])


def _all_apart(writer: Any, old: Sequence[Any], new: Sequence[Any], workers: int) -> list[Any]:
    return [*old, *new]


commit_apart = partial(commit_in_bulk, policy=_all_apart)
"""A commit that leaves all segments as they are."""
