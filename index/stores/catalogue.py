"""The catalogue of a folder's index: what building compares, in a small database beside it.

Everything in it can be made again from the stored records, and is when it is missing, when it is
not, byte for byte, what was written, or does not belong to the commit that stands beside it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from index.errors import DatelineError
from index.stores.durable_storage import DurableStorage
from index.stores.fingerprint import Fingerprint, fingerprint_of
from index.stores.origins import split
from index.stores.store import Entry, FileState, Known

NAME = "dateline-catalogue.sqlite"
CHECK = "dateline-catalogue.check"
"""Beside it: the stamp of the index that it describes, a hash of all its bytes, one of both."""
FORMAT = 5
"""Raised when the tables or the hashes in them change; a catalogue of another one is made anew."""
CACHE_KIB = 64 << 10
"""Memory for pages of the database."""

_TABLES = """
create table about(name text primary key, value) without rowid;
create table file(
    number integer primary key, path text not null unique,
    signature blob, run integer, place integer, releases integer, vanished integer
);
create table link(one integer, other integer, primary key(one, other)) without rowid;
create table release(
    id text primary key, record blob, content blob, date text, language text, rank integer,
    richness integer, by_content integer, path integer, file integer, member text, aliases text,
    first_indexed text, changed text
) without rowid;
"""
_INDEXES = {
    "release_by_content": "create index release_by_content on release(content)",
    "release_by_file": "create index release_by_file on release(file)",
}
_KNOWN = """
select record, content, date, language, rank, richness, by_content, release.path, file.path, member,
       aliases, first_indexed, changed
from release join file on file.number = release.file where id = ?
"""
_PUT = "insert or replace into release values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

Stamp = Callable[[], str]
"""A text that no two states of an index have in common."""


@contextmanager
def open_catalogue(
    storage: DurableStorage, stamp: Stamp, entries: Callable[[], Iterable[Entry]]
) -> Iterator[SqliteCatalogue]:
    """The catalogue in a folder, made from `entries` unless it is there, whole, and has the stamp.

    :raises DatelineError: when it cannot be used or written; it is removed, the index stays.
    """
    path = Path(storage.folder) / NAME
    before = stamp()
    catalogue = _opened(storage, path, stamp)
    try:
        if catalogue is None:
            _remove(path)
            catalogue = SqliteCatalogue(storage, _connect(path), stamp)
            catalogue.make(entries())
        yield catalogue
    except sqlite3.DatabaseError as error:
        if catalogue is not None:
            catalogue.close()
        _remove(path)
        state = said_state(stamp() != before)
        raise DatelineError(
            f"{path} could not be used ({error}) and was removed. The index {state}. Run again; "
            "the catalogue will be made anew from it."
        ) from error
    finally:
        if catalogue is not None:
            catalogue.close()


def said_state(changed: bool) -> str:
    """How an index is after a run that ended in an error, in words."""
    return "was brought up to date before that" if changed else "is as it was"


def is_sound(folder: Path, stamp: str) -> bool | None:
    """Whether the catalogue in a folder is as it was written; None where it or its checksum is not
    there, or of another commit than this one, so that it will be made anew anyway."""
    path = folder / NAME
    try:
        stated, digest, whole = (folder / CHECK).read_bytes().decode("ascii").split("\n")[:3]
        if _hash(f"{stated}\n{digest}".encode()) != whole:
            return False
        if stated != stamp or not path.exists() or path.with_name(f"{NAME}-journal").exists():
            return None
        return _digest(path) == digest
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return False


def _opened(storage: DurableStorage, path: Path, stamp: Stamp) -> SqliteCatalogue | None:
    if not path.exists() or not _is_whole(path):
        return None
    catalogue = SqliteCatalogue(storage, _connect(path), stamp)
    with suppress(sqlite3.Error):
        # The first question undoes a write that was cut off; only then the file is what it was.
        if catalogue.is_current() and is_sound(path.parent, stamp()):
            return catalogue
    catalogue.close()
    return None


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma trusted_schema = off")
    return database


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, _blake2b).hexdigest()


def _hash(data: bytes) -> str:
    return _blake2b(data).hexdigest()


_blake2b = partial(hashlib.blake2b, digest_size=16)


def _is_whole(path: Path) -> bool:
    """Whether the file has the size that its head states; a write that was cut off is mended."""
    if path.with_name(f"{path.name}-journal").exists():
        return True
    with path.open("rb") as file:
        head = file.read(32)
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    return path.stat().st_size == (page if page > 1 else 65_536) * pages


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", CHECK):
        path.with_name(name).unlink(missing_ok=True)


class SqliteCatalogue:
    """See `index.stores.store.Catalogue`. Changes are one transaction, which `commit` ends."""

    def __init__(
        self, storage: DurableStorage, connection: sqlite3.Connection, stamp: Stamp
    ) -> None:
        self._storage = storage
        self._database = connection
        self._stamp = stamp
        self._numbers: dict[str, int] = {}
        self._last: tuple[str, Known | None] = ("", None)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def is_current(self) -> bool:
        """Whether the tables are ours and describe the index as it is; they can be used then."""
        rows = self._database.execute("select name, value from about")
        about = dict(rows.fetchall())
        if about.get("format") != FORMAT or about.get("stamp") != self._stamp():
            return False
        self._count = about["releases"]
        self._begin()
        return True

    def make(self, entries: Iterable[Entry]) -> None:
        """Make the tables in an empty database."""
        self._database.executescript(_TABLES)
        self._begin()
        self._make_indexes()
        self.replace((), ((each.release.id, _known(each)) for each in entries))
        self.commit()

    def known(self, release_id: str) -> Known | None:
        """The release with that id."""
        if self._last[0] != release_id:
            row = self._database.execute(_KNOWN, (_text(release_id),)).fetchone()
            self._last = (release_id, None if row is None else _from_row(row))
        return self._last[1]

    def ids_with(self, content_hash: bytes) -> list[str]:
        """Ids of the releases with these words."""
        rows = self._database.execute("select id from release where content = ?", (content_hash,))
        return [read_text(row[0]) for row in rows]

    def ids_in(self, file: str) -> list[str]:
        """Ids of the releases that the index has from a file."""
        number = self._number(file)
        rows = self._database.execute("select id from release where file = ?", (number,))
        return [read_text(row[0]) for row in rows]

    def contested(self) -> set[int]:
        """Addresses (`Fingerprint.path`) that identify none of the releases which have them."""
        rows = self._database.execute(
            "select distinct path from release where by_content = 1 and path is not null"
        )
        return {path for (path,) in rows}

    def sources(self) -> Iterator[tuple[str, str, str]]:
        """Id, file and member of every release."""
        rows = self._database.execute(
            "select id, file.path, member from release join file on file.number = release.file"
        )
        for release_id, path, member in rows:
            yield read_text(release_id), read_text(path), read_text(member)

    def replace(self, removed: Collection[str], put: Iterable[tuple[str, Known]]) -> None:
        """Take releases out and put others in."""
        self._last = ("", None)
        if self._count:
            self._database.executemany(
                "delete from release where id = ?", ((_text(each),) for each in removed)
            )
            self._put(put)
        else:  # with ids in order, 72,623 take 0.6 s so, and 0.95 one by one as they come
            self._drop_indexes()
            self._put(put)
            self._make_indexes()
        (self._count,) = self._database.execute("select count(*) from release").fetchone()

    def _put(self, put: Iterable[tuple[str, Known]]) -> None:
        self._database.executemany(_PUT, (self._row(*each) for each in put))

    def _make_indexes(self) -> None:
        for statement in _INDEXES.values():
            self._database.execute(statement)

    def _drop_indexes(self) -> None:
        for name in _INDEXES:
            self._database.execute(f"drop index {name}")

    def files(self) -> Mapping[str, FileState]:
        """The files whose state is known, by path."""
        rows = self._database.execute(
            "select path, signature, run, place, releases, vanished from file "
            "where signature is not null"
        )
        return {read_text(path): FileState(*state) for path, *state in rows}

    def links(self) -> Iterator[tuple[str, str]]:
        """Pairs of files that have, or had, a release in common."""
        rows = self._database.execute(
            "select one.path, other.path from link "
            "join file one on one.number = link.one join file other on other.number = link.other"
        )
        return ((read_text(one), read_text(other)) for one, other in rows)

    def note_files(
        self,
        forgotten: Collection[str],
        read: Mapping[str, FileState],
        unlinked: Collection[tuple[str, str]],
        linked: Collection[tuple[str, str]],
    ) -> None:
        """Forget the state of files, note that of others, and what they have in common."""
        run = self._database.executemany
        run(
            "update file set signature = null where number = ?",
            ((self._number(path),) for path in forgotten),
        )
        run(
            "update file set signature = ?, run = ?, place = ?, releases = ?, vanished = ? "
            "where number = ?",
            ((*state, self._number(path)) for path, state in read.items()),
        )
        for statement, pairs in (
            ("delete from link where one = ? and other = ?", unlinked),
            ("insert or ignore into link values(?, ?)", linked),
        ):
            run(statement, ((self._number(one), self._number(two)) for one, two in pairs))

    def next_run(self) -> int:
        """The number of this run."""
        row = self._database.execute("select value from about where name = 'run'").fetchone()
        run: int = row[0] + 1 if row else 1
        self._note("run", run)
        return run

    def reader(self) -> bytes:
        """How the files of the last run were read, a hash; empty where there was none."""
        row = self._database.execute("select value from about where name = 'reader'").fetchone()
        return bytes(row[0]) if row else b""

    def note_reader(self, digest: bytes) -> None:
        """Note how those of this run are read."""
        self._note("reader", digest)

    def commit(self) -> None:
        """Keep the changes, as the catalogue of the index as it is now."""
        self._note("format", FORMAT)
        self._note("stamp", self._stamp())
        self._note("releases", self._count)
        self._database.execute("commit")
        checked = f"{self._stamp()}\n{_digest(Path(self._storage.folder) / NAME)}".encode()
        self._storage.write_whole(CHECK, checked + f"\n{_hash(checked)}\n".encode())
        self._begin()

    def close(self) -> None:
        """Close the database; what was not committed is forgotten."""
        self._database.close()

    def _begin(self) -> None:
        self._database.execute(f"pragma cache_size = -{CACHE_KIB}")
        self._database.execute("begin immediate")

    def _note(self, name: str, value: object) -> None:
        self._database.execute("insert or replace into about values(?, ?)", (name, value))

    def _number(self, path: str) -> int:
        number = self._numbers.get(path)
        if number is None:
            key = (_text(path),)
            self._database.execute("insert or ignore into file(path) values(?)", key)
            row = self._database.execute("select number from file where path = ?", key).fetchone()
            number = self._numbers[path] = int(row[0])
        return number

    def _row(self, release_id: str, known: Known) -> tuple[object, ...]:
        return (
            _text(release_id), *known.fingerprint, self._number(known.file), _text(known.member),
            json.dumps(known.aliases) if known.aliases else None, known.first_indexed,
            known.changed,
        )  # fmt: skip


def _known(entry: Entry) -> Known:
    release = entry.release
    return Known(
        fingerprint_of(release), *split(release.source_file), release.aliases, None,
        entry.first_indexed, entry.changed,
    )  # fmt: skip


def _from_row(row: tuple[Any, ...]) -> Known:
    *values, by_content, path, file, member, aliases, first_indexed, changed = row
    return Known(
        Fingerprint._make([*values, bool(by_content), path]), read_text(file), read_text(member),
        tuple(json.loads(aliases)) if aliases else (), None, first_indexed, changed,
    )  # fmt: skip


def _text(text: str) -> str | bytes:
    """The text as SQLite keeps it: bytes where UTF-8 has no form for it (a path, most often)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def read_text(value: object) -> str:
    """A text of the catalogue as it was before SQLite kept it."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else str(value)
