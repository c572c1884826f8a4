"""A small world for the torture tests: notices of an invented harbour, and what changes in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from index.errors import NoIndexError
from index.ingest.builder import BuildOptions, build
from index.ingest.report import Report
from index.stores.folder import FolderStore

State = dict[str, str]
"""Bodies by id: what an index holds."""


def notice(number: int, version: int = 1) -> str:
    """The body of a notice: a sentence that no other notice, and no other version of it, has."""
    hour = ("noon", "dusk", "dawn", "night")[number % 4]
    return f"Ferry {number} leaves pier {number * 7} at {hour}, as notice {version} says."


def write_source(path: Path, state: Mapping[str, str]) -> None:
    """A file of records from which an index of that state is made."""
    rows = [
        {"id": key, "headline": f"Notice {key}", "body": body, "date": "2024-03-05"}
        for key, body in state.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")


def bring_up_to_date(store: FolderStore, source: Path) -> Report:
    """One run over the source, as `dateline index --prune --workers 1`."""
    options = BuildOptions(workers=1, prune=True, reread=True)
    return build([source.parent], store, options)


def state_of(folder: Path) -> State | None:
    """What the index in a folder holds; None where there is none.

    :raises AssertionError: if a release stands in it twice.
    """
    try:
        found = [(each.release.id, each.release.body) for each in FolderStore(folder).entries()]
    except NoIndexError:
        return None
    assert len(dict(found)) == len(found), "a release stands in the index twice"
    return dict(found) or None
