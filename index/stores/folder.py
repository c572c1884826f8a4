"""An index in a folder: Whoosh's segments and table of contents, made durable."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from whoosh.index import EmptyIndexError, FileIndex, IndexError, IndexVersionError  # noqa: A004

from index.codec.readers import stored_fields
from index.errors import IndexLockedError, NoIndexError
from index.release import Release
from index.schema import make_schema
from index.stores import catalogue
from index.stores.catalogue import SqliteCatalogue, open_catalogue
from index.stores.commits import Commit, commit_in_bulk
from index.stores.durable_storage import DurableStorage
from index.stores.store import Entry
from index.workers import children_end_with_us

FORMAT = 4
"""Raised whenever an older program could not read what we write, or we what it wrote."""
FORMAT_FILE = "dateline.json"
LOCK_FILE = "dateline.lock"
_TABLES = "_MAIN_*.toc"


def open_index(folder: Path) -> FileIndex:
    """The Whoosh index in a folder, for reading or writing; it holds no lock.

    :raises NoIndexError: when there is none, or one of another format.
    """
    if not folder.is_dir():
        raise NoIndexError(f"There is no index at {folder}. Make one: dateline index PATH...")
    _check_format(folder)
    try:
        index = DurableStorage(str(folder)).open_index()
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


class FolderStore:
    """A store in a folder, which is made when the first writer comes.

    :param commit: what writes segments, where it is not our codec.
    """

    def __init__(self, folder: Path, *, commit: Commit = commit_in_bulk) -> None:
        self.folder = folder
        self._commit = commit

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
            for number in reader.all_doc_ids():
                stored = stored_fields(reader, number)
                yield Entry(Release.from_stored(stored), stored["first_indexed"])
        index.close()

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""
        if self._is_new():
            return None
        index = open_index(self.folder)
        with index.searcher() as searcher:
            number = searcher.document_number(id=release_id)
            stored = None if number is None else stored_fields(searcher.reader(), number)
        index.close()
        return None if stored is None else Release.from_stored(stored)

    def apply(
        self, removed: Collection[str], added: Iterable[bytes], workers: int | None = None
    ) -> None:
        """One commit of Whoosh's; see `Store.apply`."""
        new = self._is_new()
        if new:
            self._create()
        index = open_index(self.folder)
        try:
            self._commit(index, removed, added, workers)
        except BaseException:
            if new:
                self._forget()
            raise
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
        DurableStorage(str(self.folder)).create_index(make_schema()).close()

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
