"""What collecting remembers from run to run: pages, listings, hosts, in a small database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from index.collect.listing import ListedItem
from index.errors import DatelineError
from index.identity import canonical_address

NAME = ".dateline-fetch.sqlite"
VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
    key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL,
    changed TEXT NOT NULL, issued REAL, first_seen REAL NOT NULL, fetched REAL, checked REAL,
    etag TEXT, modified TEXT, raw TEXT, words TEXT,
    failures INTEGER NOT NULL DEFAULT 0, next_try REAL NOT NULL DEFAULT 0, reason TEXT);
CREATE INDEX IF NOT EXISTS pages_of_bytes ON pages (raw);
CREATE INDEX IF NOT EXISTS pages_of_source ON pages (source, state, next_try);
CREATE TABLE IF NOT EXISTS listings (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, raw TEXT);
CREATE TABLE IF NOT EXISTS unvisited (url TEXT, source TEXT, PRIMARY KEY (url, source));
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, asked TEXT, url TEXT, kind TEXT, visited REAL, failing REAL);
CREATE TABLE IF NOT EXISTS hosts (
    origin TEXT PRIMARY KEY, robots TEXT, fetched REAL, rests_until REAL NOT NULL DEFAULT 0);
"""


class KnownPage(NamedTuple):
    """A page as remembered. `state`: `new`, `kept`, `gone`, or `item` for one whole in its feed."""

    key: str
    url: str
    source: str
    state: str
    changed: str
    issued: float | None
    first_seen: float
    fetched: float | None
    checked: float | None
    etag: str | None
    modified: str | None
    raw: str | None
    words: str | None
    failures: int
    next_try: float
    reason: str | None


class Validators(NamedTuple):
    """What a server gave to ask by whether something changed (RFC 9110, 8.8), and its hash."""

    etag: str | None = None
    modified: str | None = None
    raw: str | None = None


class CollectMemory:
    """The database. Nothing lasts before `commit`."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            version = self._one("PRAGMA user_version")[0]
            if version not in (0, VERSION):
                raise DatelineError(f"{path} was made by another version of Dateline")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.executescript(f"{_TABLES}PRAGMA user_version={VERSION};BEGIN;")
        except sqlite3.DatabaseError as error:
            raise DatelineError(
                f"{path} is damaged ({error}); remove it, and all is fetched anew"
            ) from error

    def close(self) -> None:
        """Forget what was not committed."""
        self._database.close()

    def commit(self) -> None:
        """What was noted until now lasts."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def page(self, key: str) -> KnownPage | None:
        """The page of a key."""
        row = self._one("SELECT * FROM pages WHERE key = ?", key)
        return KnownPage(*row) if row else None

    def note_entry(self, entry: ListedItem, source: str, now: float) -> bool:
        """Remember that a listing names a page; gives whether that is new."""
        key = key_of(entry, source)
        known = self.page(key)
        if known is None:
            state = "new" if entry.url else "item"
            self._do(
                "INSERT INTO pages (key, url, source, state, changed, issued, first_seen) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                key, entry.url or "", source, state, entry.changed, entry.issued, now,
            )  # fmt: skip
            return True
        if entry.changed and entry.changed != known.changed and known.source == source:
            self._do("UPDATE pages SET changed = ? WHERE key = ?", entry.changed, key)
            if known.state == "kept":
                self._do("UPDATE pages SET next_try = 0 WHERE key = ?", key)
        return False

    def set_page(self, key: str, **values: object) -> None:
        """Change what is remembered of a page."""
        names = ", ".join(f"{name} = ?" for name in values)
        self._do(f"UPDATE pages SET {names} WHERE key = ?", *values.values(), key)  # noqa: S608

    def due(self, source: str, now: float) -> list[KnownPage]:
        """Pages of a source to be asked for now: those never fetched first, newest first."""
        rows = self._database.execute(
            "SELECT * FROM pages WHERE source = ? AND state IN ('new', 'kept') AND next_try <= ? "
            "ORDER BY state = 'kept', issued IS NULL, issued DESC, rowid",
            (source, now),
        )
        return [KnownPage(*row) for row in rows]

    def same_bytes(self, raw: str, key: str) -> KnownPage | None:
        """Another page that was fetched with the same bytes: the same item under two addresses."""
        row = self._one(
            "SELECT * FROM pages WHERE raw = ? AND key != ? AND state = 'kept' LIMIT 1", raw, key
        )
        return KnownPage(*row) if row else None

    def waiting(self, source: str) -> list[KnownPage]:
        """Pages of a source that were never fetched."""
        rows = self._database.execute(
            "SELECT * FROM pages WHERE source = ? AND state = 'new' ORDER BY rowid", (source,)
        )
        return [KnownPage(*row) for row in rows]

    def times(self, source: str) -> list[float]:
        """When the releases of a source came, each by its time of issue or else its first sight."""
        rows = self._database.execute(
            "SELECT CASE WHEN issued < first_seen THEN issued ELSE first_seen END "
            "FROM pages WHERE source = ? ORDER BY 1",
            (source,),
        )
        return [row[0] for row in rows]

    def listing(self, url: str) -> Validators:
        """What is known of a listing."""
        row = self._one("SELECT etag, modified, raw FROM listings WHERE url = ?", url)
        return Validators(*row) if row else Validators()

    def set_listing(self, url: str, known: Validators) -> None:
        """Remember a listing."""
        self._do("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?)", url, *known)

    def unvisited(self, source: str) -> list[str]:
        """Further pages of a source's lists that were named and not visited yet."""
        rows = self._database.execute(
            "SELECT url FROM unvisited WHERE source = ? ORDER BY rowid", (source,)
        )
        return [row[0] for row in rows]

    def set_visited(self, url: str, source: str, *, done: bool) -> None:
        """Remember that a page of a list is still to be visited, or no longer."""
        if done:
            self._do("DELETE FROM unvisited WHERE url = ? AND source = ?", url, source)
        else:
            self._do("INSERT OR IGNORE INTO unvisited VALUES (?, ?)", url, source)

    def found(self, name: str, asked: str) -> tuple[str, str] | None:
        """Address and kind that were found for a source, if that asks for the same as then."""
        row = self._one(
            "SELECT url, kind FROM sources WHERE name = ? AND asked = ? AND url IS NOT NULL",
            name, asked,
        )  # fmt: skip
        return (row[0], row[1]) if row else None

    def set_source(self, name: str, **values: object) -> None:
        """Change what is remembered of a source."""
        self._do("INSERT OR IGNORE INTO sources (name) VALUES (?)", name)
        names = ", ".join(f"{key} = ?" for key in values)
        self._do(f"UPDATE sources SET {names} WHERE name = ?", *values.values(), name)  # noqa: S608

    def visited(self, name: str) -> tuple[float | None, float | None]:
        """When a source was visited last, and since when it fails."""
        row = self._one("SELECT visited, failing FROM sources WHERE name = ?", name)
        return (row[0], row[1]) if row else (None, None)

    def robots(self, origin: str) -> tuple[str | None, float]:
        """The robots.txt of a host and when it was fetched."""
        row = self._one("SELECT robots, fetched FROM hosts WHERE origin = ?", origin)
        return (row[0], row[1] or 0.0) if row else (None, 0.0)

    def rests_until(self, origin: str) -> float:
        """Until when a host asked to be left alone."""
        row = self._one("SELECT rests_until FROM hosts WHERE origin = ?", origin)
        return float(row[0]) if row else 0.0

    def set_host(self, origin: str, **values: object) -> None:
        """Change what is remembered of a host."""
        self._do("INSERT OR IGNORE INTO hosts (origin) VALUES (?)", origin)
        names = ", ".join(f"{key} = ?" for key in values)
        self._do(f"UPDATE hosts SET {names} WHERE origin = ?", *values.values(), origin)  # noqa: S608

    def _do(self, statement: str, *values: object) -> None:
        self._database.execute(statement, values)

    def _one(self, statement: str, *values: object) -> tuple[Any, ...]:
        row = self._database.execute(statement, values).fetchone()
        return tuple(row) if row else ()


def key_of(entry: ListedItem, source: str) -> str:
    """By what an entry is known: its address as an identity, else what its feed calls it."""
    address = canonical_address(entry.url) if entry.url else None
    return address or f"item {source} {entry.key}"


@contextmanager
def opened_memory(folder: Path) -> Iterator[CollectMemory]:
    """The memory of a folder."""
    memory = CollectMemory(folder / NAME)
    try:
        yield memory
    finally:
        memory.close()
