"""A segment: its record in Whoosh's table of contents, and its files opened."""

from __future__ import annotations

import secrets
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage

from index.codec.columns import Columns
from index.codec.files import Component, FileReader, Seal, open_component
from index.codec.lengths import LENGTHS
from index.codec.stored import StoredReader
from index.codec.terms import FieldTerms
from index.errors import MEND, DamagedIndexError


class DatelineSegment(base.Segment):  # type: ignore[misc]
    """The record of a segment: its name, how many documents, which are deleted.

    For whom opens the folder with stock Whoosh it lies, pickled, in Whoosh's table of contents; its
    class and attributes are part of the format. `seals`: which files a commit named.
    """

    seals: Mapping[Component, Seal] = {}

    def __init__(self, codec: Any, indexname: str, doccount: int = 0) -> None:
        super().__init__(indexname)
        self._codec = codec
        self._doccount = doccount
        self._deleted: set[int] = set()

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        """A name that no other segment has, also where a program has seeded `random`."""
        return secrets.token_hex(size // 2)

    def __getstate__(self) -> dict[str, Any]:
        """What stock Whoosh is told of it, and workers tell each other: all but the seals."""
        return {name: value for name, value in vars(self).items() if name != "seals"}

    def codec(self) -> Any:
        return self._codec

    def should_assemble(self) -> bool:
        """No: numpy maps the files as they are."""
        return False

    def set_doc_count(self, count: int) -> None:
        self._doccount = count

    def doc_count_all(self) -> int:
        return self._doccount

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_array(self) -> NDArray[np.int64]:
        """The deleted documents, ascending."""
        return np.array(sorted(self._deleted), np.int64)


class SegmentFiles:
    """The files of a segment. Read-only and without a position: threads may share it."""

    def __init__(self, storage: Any, segment: DatelineSegment) -> None:
        self.count: int = segment.doc_count_all()
        self._storage = storage
        self._segment = segment
        self._opened: dict[Component, FileReader] = {}
        self._fields: dict[str, FieldTerms] = {}
        self._lock = threading.RLock()
        self.key: str = segment.segment_id()
        """A name that no other segment has."""

    def with_terms(self) -> SegmentFiles:
        """Itself, once the files of the inverted index are open: a merge may delete them."""
        for component in (Component.TERMS, Component.POSTINGS, Component.POSITIONS):
            self.file(component)
        return self

    def with_documents(self) -> SegmentFiles:
        """Itself, once the files of what stands beside a document are open."""
        for component in (Component.LENGTHS, Component.COLUMNS, Component.STORED):
            self.file(component)
        return self

    @cached_property
    def field_names(self) -> list[str]:
        """The indexed fields, sorted."""
        return sorted(self.file(Component.TERMS).meta["fields"])

    def field(self, name: str) -> FieldTerms | None:
        """A field's terms, or None where the segment has none."""
        found = self._fields.get(name)
        if found is None and name in self.file(Component.TERMS).meta["fields"]:
            parts = (Component.TERMS, Component.POSTINGS, Component.POSITIONS)
            found = FieldTerms(name, *map(self.file, parts))
            self._refuse_raw(found.kind == "values", parts[0])
            self._fields[name] = found
        return found

    def length_codes(self, name: str) -> NDArray[np.uint8] | None:
        """(documents,) the byte that stands for each document's length, 0 where it is empty."""
        written = self._segment.make_filename(Component.LENGTHS.value)
        if Component.LENGTHS not in self._opened and not self._storage.file_exists(written):
            return None  # a segment of postings only, which Whoosh's field writer can make
        file = self.file(Component.LENGTHS)
        return file.array(name) if name in file else None

    def total_length(self, name: str) -> int:
        """Tokens of a field in all documents."""
        return int(self.file(Component.LENGTHS).meta["totals"].get(name, 0))

    def extreme_lengths(self, name: str) -> tuple[int, int]:
        """The shortest and the longest length of a field; (0, 0) where no document has one."""
        codes = self.length_codes(name)
        if codes is None or not codes.any():
            return 0, 0
        return int(LENGTHS[codes[codes > 0].min()]), int(LENGTHS[codes.max()])

    @cached_property
    def columns(self) -> Columns:
        """The columns of the schema.

        :raises DamagedIndexError: if somebody put values there that Whoosh would unpickle.
        """
        file = self.file(Component.COLUMNS)
        self._refuse_raw(any(name.endswith(":whoosh") for name in file.names()), Component.COLUMNS)
        return Columns(file, self.count)

    def _refuse_raw(self, raw: bool, component: Component) -> None:
        """Whoosh unpickles its own posting values and columns. Another schema may ask for that; not
        ours, so in a commit of ours somebody put them there."""
        if raw and self._segment.seals:
            path = self.file(component).path
            raise DamagedIndexError(f"{path}: holds values that are not read; {MEND}")

    @cached_property
    def stored(self) -> StoredReader:
        """The stored fields of all documents."""
        return StoredReader(self.file(Component.STORED))

    @property
    def vectors(self) -> FileReader:
        """The file that holds term vectors, where the schema asks for them."""
        return self.file(Component.STORED)

    def let_go(self) -> None:
        """Take no memory for what was read of the files so far."""
        for file in list(self._opened.values()):
            file.let_go()

    def check_sizes(self) -> None:
        """Look whether a file became shorter since it was opened: reading past its end would end
        the process.

        :raises DamagedIndexError: if one did.
        """
        for file in list(self._opened.values()):
            if not file.is_whole():
                raise DamagedIndexError(f"{file.path}: was cut short while it was open")

    def damage(self) -> Iterator[str]:
        """What is wrong with the files, a sentence each; every byte is read."""
        for component in Component:
            try:
                yield from self.file(component).damage()
            except DamagedIndexError as error:
                yield str(error)
            except OSError as error:
                yield f"{error.filename}: cannot be read ({error.strerror})"

    def every_file(self) -> list[FileReader]:
        """All files of the segment."""
        return [self.file(component) for component in Component]

    def path(self, component: Component) -> str:
        """Where a file of the segment lies."""
        return str(Path(self._storage.folder, self._segment.make_filename(component.value)))

    def file(self, component: Component) -> FileReader:
        """One of its files, opened once."""
        with self._lock:
            if component not in self._opened:
                opened = open_component(self._storage, self._segment, component)
                self._opened[component] = opened
            return self._opened[component]


_open: weakref.WeakValueDictionary[tuple[Any, ...], SegmentFiles] = weakref.WeakValueDictionary()
_open_lock = threading.Lock()


def open_segment(storage: Any, segment: DatelineSegment) -> SegmentFiles:
    """A segment's files; those of a folder are opened once and shared while anybody holds them."""
    if not isinstance(storage, FileStorage):
        return SegmentFiles(storage, segment)
    seals = tuple(segment.seals.values())  # another file of the same name is another segment
    key = (storage.folder, segment.segment_id(), segment.doc_count_all(), seals)
    with _open_lock:
        files = _open.get(key)
        if files is None:
            files = _open[key] = SegmentFiles(storage, segment)
        return files


def forget_open_segments() -> None:
    """Open all segments anew from now on: what is mapped now cannot be read as a whole."""
    with _open_lock:
        _open.clear()


def damage(storage: Any, segments: Iterable[Any]) -> Iterator[str]:
    """What is wrong with the files of segments of ours, a sentence each; every byte is read."""
    for segment in segments:
        if isinstance(segment, DatelineSegment):
            yield from SegmentFiles(storage, segment).damage()
