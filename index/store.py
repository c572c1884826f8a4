"""Where an index lives, as the builder sees it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from index.release import Release

_VOLATILE = ("fetched_at", "source_file", "content_hash")
"""What may differ between two readings of an unchanged release."""


class Entry(NamedTuple):
    """A release with the time (UTC, ISO 8601) at which it first came into the index."""

    release: Release
    first_indexed: str


class Store(Protocol):
    """An index that one process at a time may change. Readers see a change whole or not at all."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out for a while.

        :raises IndexLockedError: at once, when another process is writing.
        :raises NoIndexError: when what is there cannot be an index of ours.
        """

    def entries(self) -> Iterator[Entry]:
        """Every release that the index holds, in no order."""

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""

    def apply(self, removed: Collection[str], added: Iterable[Entry]) -> None:
        """Take releases out by id and put others in, in one step, inside `writing`.

        No id may be added twice, and one that is there already must stand in `removed` as well.
        If `added` raises, the index stays as it was.
        """

    def scratch(self) -> Path | None:
        """A folder for temporary files beside the index; None for the system's."""


def record_hash(release: Release) -> bytes:
    """BLAKE2b (16 bytes) over the record without what may differ between readings of the same."""
    record = release.to_dict()
    for name in _VOLATILE:
        del record[name]
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
