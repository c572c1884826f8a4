"""An index in a folder: its lock, its format, its commits made durable."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import platform
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.fields import STORED, Schema
from whoosh.searching import Searcher

from index.child_processes import children_end_with_us
from index.codec.consistency import ODD
from index.codec.readers import stored_fields
from index.errors import DamagedIndexError, DatelineError, IndexLockedError, NoIndexError
from index.facet_table import TABLE, Facet
from index.history import history_of
from index.release import Release, hash_fault
from index.schema import make_schema
from index.stores.catalogue import CHECK, NAME, SqliteCatalogue, open_catalogue, said_state
from index.stores.commit_record import FORMAT, READ, CommitRecord, newest_commit, read_commit
from index.stores.durable_storage import DurableStorage, OpenStorage
from index.stores.folder_index import FolderIndex, clean
from index.stores.old_tables import newest_table
from index.stores.store import Entry, entry_of
from index.text.stemming import STEMMED_LATER, stemmer_of
from index.tombstone import Tombstone

if TYPE_CHECKING:
    from index.stores.commits import Commit

OLDER = (3,)
"""Formats that this version can rebuild from what they hold."""
FORMAT_FILE = "dateline.json"
LOCK_FILE = "dateline.lock"
_FIRST_RUN = ".dateline-first-run.new"
"""There from the start of a first run to its commit: what lies beside it is of no index yet."""
REBUILD = "Rebuild it from what it holds: dateline verify --repair"
_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)


def open_index(folder: Path, storage: OpenStorage = DurableStorage) -> FolderIndex:
    """The Whoosh index in a folder, for reading or writing; it holds no lock.

    Nothing that lies in the folder is run: what it holds is data, with checksums.

    :raises NoIndexError: when there is none, or one of another format.
    :raises DamagedIndexError: when what says what it holds cannot be read.
    """
    found = read_commit(folder) if folder.is_dir() else None
    if found is None:
        raise missing_index(folder)
    index = FolderIndex(storage(str(folder)), facets=found.record.facets)
    if not _fits(index.schema, found.record.fields):
        raise NoIndexError(
            f"The index in {folder} has other fields than this version of dateline writes. "
            f"{REBUILD}"
        )
    if found.format != FORMAT and (unstemmed := _unstemmed(index)):
        raise NoIndexError(
            f"The index in {folder} is of an earlier version, which did not find words of some of "
            f"its languages ({', '.join(unstemmed)}) in all their forms. {REBUILD}"
        )
    return index


def _unstemmed(index: FolderIndex) -> list[str]:
    """The languages of an index of an earlier format whose words stand in it as they are written,
    and now have stems."""
    with index.reader() as reader:
        tags = [tag.decode() for tag in reader.lexicon("language")]
    return [tag for tag in tags if stemmer_of(tag) in STEMMED_LATER]


def _fits(schema: Schema, fields: Iterable[str]) -> bool:
    """Whether an index with these fields has all of a schema that are looked into.

    A field that is only stored is missing where no release has a value in it.
    """
    there, named = set(fields), set(schema.names())
    return there <= named and all(type(schema[each]) is STORED for each in named - there)


class FolderStore:
    """A store in a folder, which is made when the first writer comes.

    :param facets: those of columns that a new index gets beside `facet_table.TABLE`;
        `repair.change_facets` gives one to an index that is there.
    :param commit: what writes segments, where it is not the bulk writer.
    :param storage: what changes files, where a test is to come between.
    """

    def __init__(
        self,
        folder: Path,
        *,
        facets: Sequence[Facet] = (),
        commit: Commit | None = None,
        storage: OpenStorage = DurableStorage,
    ) -> None:
        self.folder = folder
        self._facets = tuple(dict.fromkeys((*(each for each in TABLE if each.column), *facets)))
        self._commit = commit
        self._storage = storage
        self._is_held = False
        self._searcher: Searcher | None = None  # of the index as it was when it was held

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock, on a folder that is made and checked; see `Store.writing`."""
        with self.locked():
            if self._is_new():
                check_format(self.folder)
            else:
                index = open_index(self.folder)
                index.reader().close()
                clean(index.storage, index.record())
            self._is_held = True
            try:
                with _said_where(self.folder):
                    yield
            finally:
                self._is_held = False
                self._forget_searcher()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock, whatever state the index is in.

        :raises IndexLockedError: at once, when another process holds it.
        :raises NoIndexError: when the folder cannot be made, or holds other people's files.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._is_new():
                self._check_vacant()
            lock = os.open(self.folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileExistsError as error:
            raise NoIndexError(
                f"{self.folder} cannot hold an index: it is a file; give a folder with --index"
            ) from error
        except OSError as error:
            raise NoIndexError(
                f"{self.folder} cannot hold an index: {error.strerror}; give a folder with --index "
                "in which this account may write"
            ) from error
        try:
            _acquire(lock, self.folder)
            _check_in_place(lock, self.folder)
            try:
                with children_end_with_us(lock):
                    yield
            finally:
                if self._is_new() and not (self.folder / _FIRST_RUN).exists():
                    self._leave_nothing()
        finally:
            os.close(lock)

    @contextlib.contextmanager
    def catalogue(self) -> Iterator[SqliteCatalogue]:
        """The catalogue beside the index; see `Store.catalogue`."""
        with open_catalogue(self._storage(str(self.folder)), self._stamp, self.entries) as opened:
            yield opened

    def entries(self) -> Iterator[Entry]:
        """Every release in the index, none where there is no index yet."""
        return map(entry_of, self.records())

    def records(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every release; see `Store.records`."""
        if self._is_new():
            return
        index = open_index(self.folder)
        with index.reader() as reader:
            for number in reader.all_doc_ids():
                yield _checked(reader, number)
        index.close()

    def facets(self) -> tuple[Facet, ...]:
        """The facets of columns that the index has, or would get."""
        return self._facets if self._is_new() else open_index(self.folder).record().facets

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""
        stored = self.stored(release_id)
        return None if stored is None else Release.from_stored(stored)

    def stored(self, release_id: str) -> dict[str, Any] | None:
        """The stored fields of the release with that id."""
        if self._is_new():
            return None
        index = open_index(self.folder)
        try:
            searcher = self._searcher or index.searcher()
            if self._is_held:
                self._searcher = searcher  # for the next one: a run asks for many
            number = searcher.document_number(id=release_id)
            return None if number is None else _checked(searcher.reader(), number)
        except ODD as error:
            index.raise_if_damaged(error)
            raise
        finally:
            index.close()

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What is remembered of releases that were removed."""
        return () if self._is_new() else open_index(self.folder).record().tombstones

    def apply(
        self,
        removed: Collection[str],
        added: Iterable[bytes],
        workers: int | None = None,
        tombstones: Sequence[Tombstone] | None = None,
    ) -> None:
        """One commit of Whoosh's; see `Store.apply`."""
        if self._is_new():
            storage = self._storage(str(self.folder))
            storage.create_file(_FIRST_RUN).close()
            storage.write_whole(FORMAT_FILE, about_format())
            schema = make_schema(self._facets)
            start = CommitRecord(0, tuple(sorted(schema.names())), facets=self._facets)
            index = FolderIndex(storage, start=start)
        else:
            index = open_index(self.folder, self._storage)
            if stated_format(self.folder) != FORMAT:
                index.storage.write_whole(FORMAT_FILE, about_format())
        index.tombstones = tombstones
        try:
            self._committing()(index, removed, added, workers)
        finally:
            self._forget_searcher()
            index.close()

    def scratch(self) -> Path | None:
        """The index's own folder: it has room, which a system's temporary folder may not."""
        return self.folder

    def _committing(self) -> Commit:
        # Who reads an index loads nothing of what writes it: 15 ms of every start.
        from index.stores.commits import commit_in_bulk

        return self._commit or commit_in_bulk

    def _stamp(self) -> str:
        return stamp_of(self.folder)

    def _forget_searcher(self) -> None:
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()

    def _is_new(self) -> bool:
        return not self.folder.is_dir() or newest_commit(os.listdir(self.folder)) is None

    def _leave_nothing(self) -> None:
        """Nothing was written: no file of ours stays, nor the folder where it held nothing else."""
        for path in self.folder.iterdir():
            if path.name.startswith((LOCK_FILE, NAME, CHECK)):
                path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it holds something, or is not ours to take away
            self.folder.rmdir()

    def _check_vacant(self) -> None:
        """A folder that holds other people's files is not one to make an index in."""
        strange = [each.name for each in self.folder.iterdir() if not _is_ours(each.name)]
        if strange:
            raise NoIndexError(
                f"{self.folder} is no index and holds other files ({strange[0]}). "
                "Give a folder of its own with --index."
            )


def _checked(reader: Any, number: int) -> dict[str, Any]:
    """The stored fields of a release.

    :raises DamagedIndexError: if its record cannot be read, or is not what its hash states.
    """
    try:
        stored = stored_fields(reader, number)
        release = Release.from_stored(stored)
        fault = hash_fault(release)
        history_of(stored)
    except ODD as error:
        raise DamagedIndexError(f"document {number}: its record cannot be read") from error
    if fault:
        raise DamagedIndexError(fault)
    return stored


@contextlib.contextmanager
def _said_where(folder: Path) -> Iterator[None]:
    """Errors of writing that bear no path say where, and whether the index changed."""
    before = stamp_of(folder)
    try:
        yield
    except OSError as error:
        if error.errno not in _CANNOT_WRITE:
            raise
        state = said_state(stamp_of(folder) != before)
        raise DatelineError(
            f"{error.filename or folder}: {error.strerror} while writing. The index {state}; "
            "make room, or look after the disk, and run again."
        ) from error


def stamp_of(folder: Path) -> str:
    """The generation of the commit in force and its hash; empty for no index.

    :raises DamagedIndexError: if the commit cannot be read.
    """
    found = read_commit(folder) if folder.is_dir() else None
    return "" if found is None else f"{found.record.generation} {found.digest}"


def about_format(written: int = FORMAT) -> bytes:
    """What `dateline.json` holds, by which older and newer versions know the format."""
    return (json.dumps({"format": written, "about": "an index of dateline"}) + "\n").encode()


def check_format(folder: Path) -> None:
    """Nothing, for a folder without a commit that holds no index of another format either.

    :raises NoIndexError: where it does, or where a commit has been and is gone.
    """
    stated = stated_format(folder)
    if stated is not None and stated not in READ:
        about = f"The index in {folder} has format {stated}; this version reads format {FORMAT}. "
        raise NoIndexError(about + (REBUILD if stated in OLDER else "Use the other version."))
    if newest_table(folder) is not None and not (folder / _FIRST_RUN).exists():
        raise NoIndexError(f"The index in {folder} is of an earlier format, or damaged. {REBUILD}")


def missing_index(folder: Path) -> NoIndexError:
    """The error of a folder without a commit.

    :raises NoIndexError: where it holds an index of another format, or one that is damaged.
    """
    if not folder.is_dir():
        return NoIndexError.at(folder)
    check_format(folder)
    if _is_written(folder):
        about = f"The index in {folder} is being made by another process"
        return NoIndexError(f"{about}. Ask again when it has ended.")
    return NoIndexError.at(folder)


def _is_written(folder: Path) -> bool:
    """Whether a process holds the lock of an index."""
    try:
        lock = os.open(folder / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # none that can be read, so none that is known of
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def stated_format(folder: Path) -> object:
    """The format that a folder's `dateline.json` states; None where it states none."""
    try:
        return json.loads((folder / FORMAT_FILE).read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


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


def _check_in_place(lock: int, folder: Path) -> None:
    """A first run that wrote nothing takes its lock file away: who waited for it holds no lock."""
    try:
        in_place = os.path.samestat(os.fstat(lock), os.stat(folder / LOCK_FILE))
    except FileNotFoundError:
        in_place = False
    if not in_place:
        raise IndexLockedError(f"Another process has just left {folder}. Run the command again.")


def _is_ours(name: str) -> bool:
    return name.startswith(("dateline", "MAIN", "_MAIN_", "."))
