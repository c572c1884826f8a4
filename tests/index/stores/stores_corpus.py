"""Releases of an invented harbour, put into a store in one commit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from index.release import Agency, Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release

FIRST = "2024-03-05T10:00:00+00:00"


def release(number: int, **changes: object) -> Release:
    """A notice by its number."""
    values: dict[str, object] = {
        "id": f"n-{number}",
        "headline": f"Ferry notice {number}",
        "body": f"Ferry {number} leaves at noon.",
        "date": "2024-03-05",
        "date_precision": "day",
        "agency": Agency("harbour-board", "Harbour Board"),
        "language": "en",
        "source_file": "/releases/a.jsonl",
    }
    return Release(**(values | changes))  # type: ignore[arg-type]


def put(store: FolderStore, *releases: Release, removed: Iterable[str] = ()) -> None:
    """One commit, by this process alone."""
    with store.writing():
        store.apply(set(removed), [stored_release(each, FIRST) for each in releases], 1)


def held(folder: Path) -> dict[str, Release]:
    """What an index holds, by id."""
    return {each.release.id: each.release for each in FolderStore(folder).entries()}


def flip(path: Path, at: int, bit: int = 1) -> None:
    """Change one bit of a file in place."""
    data = bytearray(path.read_bytes())
    data[at] ^= bit
    path.write_bytes(data)
