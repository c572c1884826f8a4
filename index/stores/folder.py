"""An index in a folder: Whoosh's segments and table of contents, made durable."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex, IndexError, IndexVersionError  # noqa: A004
from whoosh.index import LockError as WhooshLockError

from index.codec.bulk_writer import add_documents
from index.codec.merge_policy import tidy
from index.errors import IndexLockedError, NoIndexError
from index.ingest.candidate import unpack
from index.release import Release
from index.schema import document, make_schema
from index.stores import catalogue
from index.stores.catalogue import SqliteCatalogue, open_catalogue
from index.stores.store import Entry, PackedEntry
from index.workers import children_end_with_us

FORMAT = 2
"""Raised whenever an older program could not read what we write, or we what it wrote."""
FORMAT_FILE = "dateline.json"
LOCK_FILE = "dateline.lock"
_TABLES = "_MAIN_*.toc"
STOCK_MEGABYTES = 256
"""Postings that Whoosh's own writer keeps in memory before it sorts them to disk."""
_WHOOSH_LOCKED = "Another program holds Whoosh's lock on this index; wait for it to end."

WriteSegments = Callable[[FileIndex, Collection[str], Iterable[Entry | PackedEntry]], None]
"""Removes ids from an index, adds entries, and commits once; on an error all stays as it was."""


def open_index(folder: Path) -> FileIndex:
    """The Whoosh index in a folder, for reading or writing; it holds no lock.

    :raises NoIndexError: when there is none, or one of another format.
    """
    if not folder.is_dir():
        raise NoIndexError(f"There is no index at {folder}. Make one: dateline index PATH...")
    _check_format(folder)
    try:
        index = _DurableStorage(str(folder)).open_index()
        fields = set(index.schema.names())
    except EmptyIndexError as error:
        raise NoIndexError(
            f"There is no index in {folder}. Make one: dateline index PATH..."
        ) from error
    except (IndexVersionError, IndexError, OSError, EOFError, ValueError, ImportError) as error:
        raise NoIndexError(
            f"The index in {folder} cannot be read ({error}). Build it anew in an empty folder."
        ) from error
    if fields != set(make_schema().names()):
        raise NoIndexError(
            f"The index in {folder} has other fields than this version of dateline writes. "
            "Build it anew in an empty folder."
        )
    return index


def write_in_bulk(
    index: FileIndex, removed: Collection[str], added: Iterable[Entry | PackedEntry]
) -> None:
    """Our codec, on all cores: batches of entries become segments, which become one."""
    try:
        add_documents(
            index,
            added,
            to_document=_to_document,
            before_commit=lambda writer: _remove(writer, removed),
        )
    except WhooshLockError as error:
        raise IndexLockedError(_WHOOSH_LOCKED) from error


def write_stock(
    index: FileIndex, removed: Collection[str], added: Iterable[Entry | PackedEntry]
) -> None:
    """Whoosh's own codec, one document after the other: slow, and the oracle for ours."""
    try:
        writer = index.writer(limitmb=STOCK_MEGABYTES)
    except WhooshLockError as error:
        raise IndexLockedError(_WHOOSH_LOCKED) from error
    try:
        _remove(writer, removed)
        for entry in added:
            writer.add_document(**_to_document(entry))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


class FolderStore:
    """A store in a folder, which is made when the first writer comes.

    `write` turns a batch into segments; another one may be given.
    """

    def __init__(self, folder: Path, *, write: WriteSegments = write_in_bulk) -> None:
        self.folder = folder
        self._write = write

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock, on a folder that is made and checked; see `Store.writing`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._is_new():
                self._check_vacant()
            lock = os.open(self.folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise NoIndexError(f"{self.folder} cannot hold an index: {error.strerror}") from error
        try:
            _acquire(lock, self.folder)
            if not self._is_new():
                open_index(self.folder).close()
            with children_end_with_us(lock):
                yield
        finally:
            os.close(lock)

    @contextlib.contextmanager
    def catalogue(self) -> Iterator[SqliteCatalogue]:
        """The catalogue beside the index; see `Store.catalogue`."""
        with open_catalogue(self.folder, self._stamp, self.entries) as catalogue:
            yield catalogue

    def entries(self) -> Iterator[Entry]:
        """Every release in the index, none where there is no index yet."""
        if self._is_new():
            return
        index = open_index(self.folder)
        with index.reader() as reader:
            for _, stored in reader.iter_docs():
                yield Entry(Release.from_dict(stored["release"]), stored["first_indexed"])
        index.close()

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""
        if self._is_new():
            return None
        index = open_index(self.folder)
        with index.searcher() as searcher:
            stored = searcher.document(id=release_id)
        index.close()
        return None if stored is None else Release.from_dict(stored["release"])

    def apply(self, removed: Collection[str], added: Iterable[Entry | PackedEntry]) -> None:
        """One commit of Whoosh's; see `Store.apply`."""
        new = self._is_new()
        if new:
            self._create()
        index = open_index(self.folder)
        try:
            self._write(index, removed, added)
        except BaseException:
            if new:
                self._forget()
            raise
        finally:
            index.close()

    def tidy(self) -> bool:
        """Merge small segments; see `Store.tidy`."""
        if self._is_new():
            return False
        index = open_index(self.folder)
        try:
            return tidy(index)
        except WhooshLockError as error:
            raise IndexLockedError(_WHOOSH_LOCKED) from error
        finally:
            index.close()

    def scratch(self) -> Path | None:
        """The index's own folder: it has room, which a system's temporary folder may not."""
        return self.folder

    def _stamp(self) -> str:
        return stamp_of(self.folder)

    def _is_new(self) -> bool:
        return not any(self.folder.glob("_*.toc"))

    def _check_vacant(self) -> None:
        """A folder that holds other people's files is not one to make an index in."""
        ours = (LOCK_FILE, FORMAT_FILE, catalogue.NAME, f"{catalogue.NAME}-journal")
        strange = [each.name for each in self.folder.iterdir() if not _is_ours(each.name, ours)]
        if strange:
            raise NoIndexError(
                f"{self.folder} is no index and holds other files ({strange[0]}). "
                "Give a folder of its own with --index."
            )

    def _create(self) -> None:
        about = json.dumps({"format": FORMAT, "about": "an index of dateline"})
        path = self.folder / FORMAT_FILE
        path.with_suffix(".new").write_text(about + "\n", encoding="utf-8")
        path.with_suffix(".new").replace(path)
        _DurableStorage(str(self.folder)).create_index(make_schema()).close()

    def _forget(self) -> None:
        for path in (*self.folder.glob("_MAIN_*.toc"), *self.folder.glob("MAIN_*")):
            path.unlink(missing_ok=True)


def stamp_of(folder: Path) -> str:
    """The name of the table of contents in force and a hash of it; empty for no index."""
    tables = [(int(each.stem.rpartition("_")[2]), each) for each in folder.glob(_TABLES)]
    if not tables:
        return ""
    _, path = max(tables)
    return f"{path.name} {hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()}"


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder whose table of contents only ever names files that are safely on the disk.

    Whoosh commits by renaming, and syncs nothing: after a power cut the new name may point to
    missing data. So everything is synced before the rename, and the folder after it. What was there
    when the storage was opened was synced when it was committed.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._synced = frozenset(os.listdir(path))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if newname.endswith(".toc"):
            for name in os.listdir(self.folder):
                if (name.startswith("MAIN_") and name not in self._synced) or name == oldname:
                    _sync(os.path.join(self.folder, name))
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.folder)


def _to_document(entry: Entry | PackedEntry) -> dict[str, Any]:
    if isinstance(entry, Entry):
        return document(entry.release, entry.first_indexed)
    record = unpack(entry.packed)
    settled = {"id": entry.id, "aliases": entry.aliases, "source_file": entry.source_file}
    return document(Release.from_dict(record | settled), entry.first_indexed)


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(writer: Any, removed: Collection[str]) -> None:
    wanted = set(removed)
    if not wanted:
        return
    with writer.reader() as reader:
        postings = [
            number
            for release_id in wanted
            if ("id", release_id) in reader
            for number in reader.postings("id", release_id).all_ids()
        ]
    for number in postings:
        writer.delete_document(number)


def _acquire(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 1000, 0).decode("utf-8", "replace").strip()
        raise IndexLockedError(
            f"Another process is writing to {folder} ({holder or 'it left no note'}). "
            "Wait for it to end; searching goes on meanwhile."
        ) from error
    started = datetime.now(UTC).isoformat(timespec="seconds")
    note = f"process {os.getpid()} on {platform.node()}, since {started}\n"
    os.ftruncate(lock, 0)
    os.pwrite(lock, note.encode(), 0)


def _is_ours(name: str, ours: tuple[str, ...]) -> bool:
    return name in ours or name.startswith(("MAIN", "_MAIN_", "."))


def _check_format(folder: Path) -> None:
    path = folder / FORMAT_FILE
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))["format"]
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoIndexError(f"{path} cannot be read ({error}). Build the index anew.") from error
    if stated != FORMAT:
        raise NoIndexError(
            f"The index in {folder} has format {stated}; this version of dateline reads and "
            f"writes format {FORMAT}. Build it anew in an empty folder, or use the other version."
        )
