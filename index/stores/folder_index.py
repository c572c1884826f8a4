"""A folder's index as Whoosh sees it: its segments are those of our commit record."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from index.codec.consistency import ODD, contradictions
from index.codec.files import Component, seal_of
from index.codec.segment import DatelineSegment, damage, open_segment
from index.codec.whoosh_codec import DatelineCodec
from index.errors import MEND, DamagedIndexError
from index.facet_table import Facet
from index.schema import facets_of, make_schema
from index.stores.commit_record import (
    MAX_TRIES,
    CommitRecord,
    SegmentRecord,
    commit_name,
    digest_of,
    encode,
    generation_of,
    newest_commit,
    read_commit,
)
from index.stores.durable_storage import DurableStorage
from index.tombstone import Tombstone

NAME = "dateline"
"""What segments begin with: a name that stock Whoosh gives to none, so that it deletes none."""
STOCK = "MAIN"
"""What Whoosh calls an index, and its files, where nobody says otherwise."""
_SEGMENT_FILE = re.compile(r"((?:dateline|MAIN)_[0-9a-z]+)\..+")
_LEFT_OVER = re.compile(r"\.dateline.*\.new|_MAIN_\d+\.toc.*")


class FolderIndex(FileIndex):  # type: ignore[misc]
    """Whoosh's index over a folder of ours. What it holds is read from the commit record only.

    `tombstones`: those that the next commit is to hold; None for those that the index has.

    :param start: what to begin with instead of the folder's commit, for an index that is made anew.
    :param facets: those of its columns.
    """

    def __init__(
        self,
        storage: DurableStorage,
        *,
        start: CommitRecord | None = None,
        facets: Sequence[Facet] = (),
    ) -> None:
        self.storage = storage
        self.indexname = NAME
        self.folder = Path(storage.folder)
        self.tombstones: Sequence[Tombstone] | None = None
        self._schema = make_schema(start.facets if start else facets)
        self._start = start

    def record(self) -> CommitRecord:
        """The newest commit.

        :raises DamagedIndexError: if it cannot be read, or is no longer there.
        """
        if self._start is not None:
            return self._start
        found = read_commit(self.folder)
        if found is None:
            raise DamagedIndexError(f"The index in {self.folder} is gone: it has no commit record.")
        return found.record

    def raise_if_damaged(self, error: Exception) -> None:
        """Nothing, where the files are as written and agree: the error is a fault of the program.

        Checksums are read anew: a file may have changed since its pieces were checked.

        :raises DamagedIndexError: where they are not.
        """
        segments = self.segments()
        for sentence in damage(self.storage, segments):
            raise DamagedIndexError(sentence) from error
        for segment in segments:
            for sentence in contradictions(open_segment(self.storage, segment)):
                raise DamagedIndexError(sentence) from error

    def segments(self) -> list[DatelineSegment]:
        """The segments of the newest commit."""
        return list(map(segment_of, self.record().segments))

    def latest_generation(self) -> int:
        newest = newest_commit(os.listdir(self.folder))
        return -1 if newest is None else newest

    def reader(self, reuse: Any = None) -> Any:
        """A reader of the newest commit.

        :raises DamagedIndexError: if a file of it is missing or not as it was written.
        """
        for _ in range(MAX_TRIES):
            toc = self._read_toc()
            try:
                return self._reader(self.storage, toc.schema, toc.segments, toc.generation, reuse)
            except FileNotFoundError as error:
                # A commit that came meanwhile deletes the files of the one before.
                if self.latest_generation() == toc.generation:
                    raise DamagedIndexError(f"{error.filename}: is missing; {MEND}") from error
            except ODD as error:
                self.raise_if_damaged(error)
                raise
        raise DamagedIndexError(f"The index at {self.folder} changes too often to be read.")

    def lock(self, name: str) -> Any:
        """The lock that stock Whoosh takes, too."""
        return self.storage.lock(f"{STOCK}_{name}")

    def writer(self, procs: int = 1, **kwargs: Any) -> FolderWriter:  # noqa: ARG002, Whoosh's
        return FolderWriter(self, **kwargs)

    def _read_toc(self) -> TOC:
        record = self.record()
        return TOC(self._schema, list(map(segment_of, record.segments)), record.generation)


class FolderWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer; what it wrote becomes the index by our commit record."""

    def __init__(self, index: FolderIndex, **kwargs: Any) -> None:
        self._folder_index = index
        try:
            super().__init__(index, **kwargs)
        except BaseException:  # Whoosh would hold its lock until the error is forgotten
            lock = getattr(self, "writelock", None)
            if lock is not None and lock.locked:
                lock.release()
            raise

    def _commit_toc(self, segments: Collection[Any]) -> None:
        remembered = self._folder_index.tombstones
        if remembered is None:
            remembered = self._folder_index.record().tombstones
        commit(self.storage, self.schema, segments, self.generation, remembered)


def commit(
    storage: DurableStorage,
    schema: Schema,
    segments: Collection[Any],
    generation: int,
    tombstones: Sequence[Tombstone] = (),
) -> None:
    """Make the index of a folder consist of these segments, in one step; others' files go.

    :raises TypeError: for a segment of another codec, which readers could not trust.
    """
    folder = Path(storage.folder)
    for segment in segments:
        if not isinstance(segment, DatelineSegment):
            raise TypeError(f"{segment!r} is not of Dateline's codec")
        for component in Component if not segment.seals else ():
            storage.sync(segment.make_filename(component.value))
    table = table_name(generation)
    storage.remove(name for name in (table,) if storage.file_exists(name))
    TOC(schema, list(segments), generation).write(storage, STOCK)
    storage.sync(table)
    storage.sync("")
    record = CommitRecord(
        generation,
        tuple(sorted(schema.names())),
        tuple(_described(folder, each) for each in segments),
        digest_of((folder / table).read_bytes()),
        tuple(each for each in facets_of(schema) if each.column),
        tuple(tombstones),
    )
    storage.write_whole(commit_name(generation), encode(record))
    clean(storage, record)


def table_name(generation: int) -> str:
    """The name of the table of contents that is written for stock Whoosh, and read by nothing."""
    return f"_{STOCK}_{generation}.toc"


def clean(storage: DurableStorage, record: CommitRecord) -> None:
    """Delete what is left over of other commits, and of writers that were killed."""
    segments = {each.name for each in record.segments}
    storage.remove(
        name
        for name in os.listdir(storage.folder)
        if _is_left_over(name, record.generation, segments)
    )


def _is_left_over(name: str, generation: int, segments: Collection[str]) -> bool:
    match = _SEGMENT_FILE.fullmatch(name)
    if match:
        return match[1] not in segments
    committed = generation_of(name)
    if committed is not None:
        return committed != generation
    return _LEFT_OVER.fullmatch(name) is not None and name != table_name(generation)


def _described(folder: Path, segment: DatelineSegment) -> SegmentRecord:
    files = segment.seals or {
        each: seal_of(folder / segment.make_filename(each.value)) for each in Component
    }
    return SegmentRecord(
        segment.segment_id(),
        segment.doc_count_all(),
        tuple(segment.deleted_array().tolist()),
        files,
    )


def segment_of(record: SegmentRecord) -> DatelineSegment:
    """The segment that a commit describes."""
    made = DatelineSegment(DatelineCodec(), NAME, record.documents)
    made.segid = record.name.removeprefix(f"{NAME}_")
    made.seals = record.files
    for number in record.deleted:
        made.delete_document(number)
    return made
