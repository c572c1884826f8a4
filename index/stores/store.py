"""Where an index lives, as the builder sees it: a store, and the catalogue of what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from index.facet_table import Facet
from index.history import history_of
from index.release import Release
from index.stores.fingerprint import Fingerprint
from index.tombstone import Tombstone


class Entry(NamedTuple):
    """A release with the times (UTC, ISO 8601) at which it first came and last changed."""

    release: Release
    first_indexed: str
    changed: str = ""


def entry_of(stored: Mapping[str, Any]) -> Entry:
    """What building must know of a release with these stored fields."""
    history = history_of(stored)
    return Entry(Release.from_stored(stored), history.first_indexed, history.changed)


class Known(NamedTuple):
    """What building must know of a release, from the index or from this run.

    `file` and `member` together are its `source_file`. `place` is where the spool holds the whole
    record; None for what the index holds unchanged. `changed`: when its text last did, empty for
    never. `former`: the release of the index that this one was until now, empty for none.
    """

    fingerprint: Fingerprint
    file: str
    member: str
    aliases: tuple[str, ...]
    place: int | None
    first_indexed: str
    changed: str = ""
    former: str = ""

    @property
    def source_file(self) -> str:
        """The file, and the member of it."""
        return self.file + self.member


class FileState(NamedTuple):
    """What is remembered of a file that was read: `signature` as `index.ingest.unchanged` makes it.

    `run`: the number of the run that read it, as its file number `place`. `releases`: how many of
    those that the index has from it were met. `vanished`: how many were not, and wait for a run
    that prunes.
    """

    signature: bytes
    run: int
    place: int
    releases: int
    vanished: int


class Catalogue(Protocol):
    """What a store knows of its releases and their files without opening a record.

    Changes are kept by `commit` only, which belongs right after `Store.apply`.
    """

    def __len__(self) -> int:
        """Releases in the index."""

    def known(self, release_id: str) -> Known | None:
        """The release with that id."""

    def ids_with(self, content_hash: bytes) -> Sequence[str]:
        """Ids of the releases with these words."""

    def ids_in(self, file: str) -> Sequence[str]:
        """Ids of the releases that the index has from a file."""

    def contested(self) -> set[int]:
        """Addresses (`Fingerprint.path`) that identify none of the releases which have them."""

    def sources(self) -> Iterator[tuple[str, str, str]]:
        """Id, file and member of every release."""

    def replace(self, removed: Collection[str], put: Iterable[tuple[str, Known]]) -> None:
        """Take releases out and put others in."""

    def files(self) -> Mapping[str, FileState]:
        """The files that need not be read again as long as their signature stays, by path."""

    def links(self) -> Iterable[tuple[str, str]]:
        """Pairs of files that have, or had, a release in common."""

    def note_files(
        self,
        forgotten: Collection[str],
        read: Mapping[str, FileState],
        unlinked: Collection[tuple[str, str]],
        linked: Collection[tuple[str, str]],
    ) -> None:
        """Forget the state of files, note that of others, and what they have in common."""

    def next_run(self) -> int:
        """The number of this run."""

    def reader(self) -> bytes:
        """How the files of the last run were read, a hash; empty where there was none."""

    def note_reader(self, digest: bytes) -> None:
        """Note how those of this run are read."""

    def commit(self) -> None:
        """Keep the changes, as the catalogue of the index as it is now."""


class Store(Protocol):
    """An index that one process at a time may change. Readers see a change whole or not at all."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out for a while.

        :raises IndexLockedError: at once, when another process is writing.
        :raises NoIndexError: when what is there cannot be an index of ours.
        """

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        """The catalogue of the index as it is, inside `writing`; made from records if need be."""

    def entries(self) -> Iterator[Entry]:
        """Every release that the index holds, in no order."""

    def records(self) -> Iterator[Mapping[str, Any]]:
        """The stored fields of every release, in no order; none where there is no index yet.

        :raises DamagedIndexError: for one that has not the hash it states.
        """

    def facets(self) -> Sequence[Facet]:
        """The facets of columns that the index has, or would get."""

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""

    def stored(self, release_id: str) -> Mapping[str, Any] | None:
        """The stored fields of the release with that id."""

    def tombstones(self) -> Sequence[Tombstone]:
        """What is remembered of releases that were removed, the last one last."""

    def apply(
        self,
        removed: Collection[str],
        added: Iterable[bytes],
        workers: int | None = None,
        tombstones: Sequence[Tombstone] | None = None,
    ) -> None:
        """Take releases out by id and put others in, in one step, inside `writing`.

        No id may be added twice, and one that is there already must stand in `removed` as well.
        If `added` raises, the index stays as it was.

        :param added: as `index.stores.stored_release` makes them.
        :param tombstones: what is to be remembered of removed releases; None for what was.
        :param workers: processes, and threads, that share the work, see
            `index.workers.worker_count`.
        """

    def scratch(self) -> Path | None:
        """A folder for temporary files beside the index; None for the system's."""
