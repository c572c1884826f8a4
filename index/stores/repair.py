"""Repair: an index made anew from the records that it still holds, and what is missing of it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from index.codec.bulk_writer import add_documents
from index.codec.columns import Columns
from index.codec.files import Component, FileReader, Seal, open_file
from index.codec.stored import StoredReader
from index.codec.stored_document import decode
from index.errors import DamagedIndexError, DatelineError, NoIndexError
from index.facet_table import MAX_FACETS, Facet
from index.release import Release, hash_fault
from index.schema import make_schema
from index.stores.commit_record import READ, CommitRecord, newest_commit, read_commit
from index.stores.durable_storage import DurableStorage
from index.stores.folder import (
    FORMAT_FILE,
    REBUILD,
    FolderStore,
    about_format,
    open_index,
    stated_format,
)
from index.stores.folder_index import FolderIndex
from index.stores.old_tables import newest_table, old_segments
from index.stores.stored_release import packed_document
from index.stores.verification import DAMAGE, said
from index.tombstone import Tombstone

READABLE = (*READ, 3)
"""Formats whose stored records this version reads."""


class Repaired(NamedTuple):
    """What became of a repair: releases kept, ids that are lost as far as they are known, how many
    are lost whose ids are not, and sentences about it."""

    kept: int
    lost: tuple[str, ...]
    nameless: int
    remarks: tuple[str, ...]


class _Source(NamedTuple):
    """The files of a segment to take records from. `deleted` is None where nothing says which
    documents were deleted."""

    name: str
    deleted: frozenset[int] | None
    seals: dict[Component, Seal]


class _Records:
    """The records of a segment that can be read."""

    def __init__(self, folder: Path, source: _Source) -> None:
        self.numbers: dict[str, int] = {}
        self.lost: list[int] = []
        self.remarks: list[str] = []
        self.name = source.name
        self._stored: StoredReader | None = None
        self._path = folder / source.name
        self._source = source
        try:
            self._stored = StoredReader(self._open(Component.STORED))
            count = len(self._stored)
        except DAMAGE as error:
            self.remarks.append(said(error, f"{self._path}.stored: cannot be read"))
            count = len(self.ids())
        for number in range(count):
            if number not in (source.deleted or ()):
                self._look_at(number)

    def __getitem__(self, number: int) -> bytes:
        assert self._stored is not None, "a number was read from it"  # noqa: S101
        return self._stored.get(number)

    def ids(self) -> list[str]:
        """The ids of all documents, by the column that holds them; none if it is damaged."""
        try:
            ordinals, values = Columns(self._open(Component.COLUMNS), 0).ordinals("id")
            texts = list(values)
            return [texts[each].decode() for each in ordinals.tolist()]
        except DAMAGE as error:
            self.remarks.append(said(error, f"{self._path}.columns: cannot be read"))
            return []

    def _look_at(self, number: int) -> None:
        try:
            packed_document(self[number])  # what is indexed of it is there
            release = Release.from_stored(decode(self[number]))
            if fault := hash_fault(release):
                raise ValueError(fault)
            self.numbers[release.id] = number
        except (*DAMAGE, AssertionError) as error:
            self.lost.append(number)
            if not self.remarks and not isinstance(error, AssertionError):
                self.remarks.append(said(error, f"{self._path}.stored: a record cannot be read"))

    def _open(self, component: Component) -> FileReader:
        path = f"{self._path}{component.value}"
        return open_file(path, component, self._source.seals.get(component))


def change_facets(
    folder: Path,
    facets: Sequence[Facet],
    dropped: Collection[str] = (),
    workers: int | None = None,
) -> bool:
    """Give an index facets that it lacks, take others away, in one commit; whether it changed.

    What releases say in the columns stays with them, so a facet that was taken away can come back.

    :param dropped: names of facets to take away, which must be there.
    :raises DatelineError: for one that is not.
    :raises DamagedIndexError: when a record of it cannot be read; nothing is changed then.
    :raises IndexLockedError: when another process is writing.
    """
    there = open_index(folder).record().facets
    changed = facets_wanted(there, facets, dropped, folder)
    if changed == there:
        return False
    _remade(folder, changed, workers, whole=True)
    return True


def facets_wanted(
    there: Sequence[Facet], facets: Sequence[Facet], dropped: Collection[str], where: object
) -> tuple[Facet, ...]:
    """The facets of an index that gets some and loses others.

    :raises DatelineError: for one to lose that it has not.
    """
    names = {each.name for each in there}
    unknown = next((each for each in dropped if each not in names), None)
    if unknown is not None:
        has = ", ".join(sorted(names)) or "none beside the agency"
        raise DatelineError(f"{where} has no facet {unknown!r} to take away; it has: {has}.")
    named = {each.name: each for each in (*there, *facets) if each.name not in dropped}
    return tuple(named.values())[:MAX_FACETS]


def repair(folder: Path, workers: int | None = None) -> Repaired:
    """Make the index in a folder anew from its own records, in one commit.

    For an index with damage, or of an earlier format: terms, columns and all else are made from the
    stored records. Until the commit the folder is as it was. The files of segments that were not
    read whole are kept beside the index, under a name that begins with `.damaged`.

    :raises NoIndexError: when there is nothing to make it from.
    :raises IndexLockedError: when another process is writing.
    """
    there = folder.is_dir() and newest_commit(os.listdir(folder)) is not None
    if not folder.is_dir() or (not there and stated_format(folder) not in (*READABLE, None)):
        raise NoIndexError(f"There is no index at {folder} that this version can rebuild.")
    return _remade(folder, _facets(folder), workers)


def _remade(
    folder: Path, facets: tuple[Facet, ...], workers: int | None, *, whole: bool = False
) -> Repaired:
    """The index made anew from its records; all of them, where it is to be whole."""
    store = FolderStore(folder)
    with store.locked():
        sources, remarks = _sources(folder)
        if not sources:
            raise NoIndexError(f"There is nothing in {folder} to make an index from.")
        segments = [_Records(folder, each) for each in sources]
        chosen = {key: (each, each.numbers[key]) for each in segments for key in each.numbers}
        lost, nameless = _missing(segments, chosen.keys())
        if whole and (lost or nameless):
            raise DamagedIndexError(f"{folder}: a record cannot be read. {REBUILD}")
        _keep_aside(folder, [each.name for each in segments if each.lost])
        storage = DurableStorage(str(folder))
        storage.write_whole(FORMAT_FILE, about_format())
        fields = tuple(sorted(make_schema(facets).names()))
        start = CommitRecord(_newest(folder), fields, facets=facets, tombstones=_tombstones(folder))
        records = (read[number] for read, number in chosen.values())
        index = FolderIndex(storage, start=start)
        to_document = partial(packed_document, facets=facets)
        add_documents(index, records, to_document=to_document, workers=workers)
        index.close()
        with store.catalogue():
            pass  # is made anew
    remarks += [remark for each in segments for remark in each.remarks]
    return Repaired(len(chosen), lost, nameless, tuple(remarks))


def _sources(folder: Path) -> tuple[list[_Source], list[str]]:
    """Where records are to be taken from, oldest first, and what is to be said of that."""
    try:
        found = read_commit(folder)
        if found is not None:
            listed = found.record.segments
            return [_Source(s.name, frozenset(s.deleted), dict(s.files)) for s in listed], []
        table = newest_table(folder)
        if table is not None:
            return [_Source(s.name, s.deleted, {}) for s in old_segments(table[1])], []
        remark = f"{folder}: nothing says which segments belong to the index"
    except NoIndexError:
        raise
    except DatelineError as error:
        remark = str(error)
    stored = sorted(folder.glob("*_*.stored"), key=lambda path: path.stat().st_mtime_ns)
    remark += "; all records that lie there were taken, also of releases that had been removed"
    return [_Source(path.stem, None, {}) for path in stored], [remark]


def _facets(folder: Path) -> tuple[Facet, ...]:
    """The facets that the index had, as far as its commit says them."""
    try:
        found = read_commit(folder)
    except DatelineError:
        return ()
    return found.record.facets if found else ()


def _tombstones(folder: Path) -> tuple[Tombstone, ...]:
    """What the index remembered of removed releases, as far as its commit says it."""
    try:
        found = read_commit(folder)
    except DatelineError:
        return ()
    return found.record.tombstones if found else ()


def _newest(folder: Path) -> int:
    table = newest_table(folder)
    return max(newest_commit(os.listdir(folder)) or 0, table[0] if table else 0)


def _keep_aside(folder: Path, segments: Iterable[str]) -> None:
    """Another name for each file of these segments: their own goes with the commit."""
    for name in segments:
        aside = folder / f".damaged-{name}"
        aside.mkdir(exist_ok=True)
        for path in folder.glob(f"{name}.*"):
            if not (aside / path.name).exists():
                os.link(path, aside / path.name)


def _missing(segments: Iterable[_Records], kept: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """Ids that are lost, and how many records are lost whose ids nothing says."""
    lost = set[str]()
    nameless = 0
    for each in segments:
        ids = each.ids() if each.lost else []
        lost |= {ids[number] for number in each.lost if number < len(ids)}
        nameless += sum(number >= len(ids) for number in each.lost)
    return tuple(sorted(lost - set(kept))), nameless


def told(repaired: Repaired) -> Iterator[str]:
    """A repair in sentences."""
    yield from repaired.remarks
    yield from (f"lost: {each}" for each in repaired.lost)
    if repaired.nameless:
        yield f"lost: {repaired.nameless:,} releases whose ids cannot be read"
    yield f"{repaired.kept:,} releases were kept"
    if repaired.lost or repaired.nameless:
        yield "Index their sources again; what was damaged is kept in the folder, under .damaged-*"
