"""What was sent to whom: a small database, so that nothing is sent twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from index.errors import DatelineError
from webapp.alerts.alerts_file import Alert

_TABLES = """
CREATE TABLE IF NOT EXISTS alerts (
    name TEXT PRIMARY KEY, search TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sent (alert TEXT, target TEXT, release TEXT,
    PRIMARY KEY (alert, target, release)) WITHOUT ROWID;
"""
EVERYBODY = ""
"""The target of releases that were there before the alert: nobody is told of them."""


class Sent:
    """The database; every call lasts at once."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, timeout=30)
        try:
            self._database.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise DatelineError(
                f"{path} is damaged ({error}); remove it, and alerts begin anew from now on"
            ) from error

    def close(self) -> None:
        """End it."""
        self._database.close()

    def since(self, alert: Alert) -> str | None:
        """From when on releases are news to an alert; None for one that is new, or was changed."""
        found = self._database.execute(
            "SELECT since FROM alerts WHERE name = ? AND search = ?", (alert.name, _search(alert))
        ).fetchone()
        return str(found[0]) if found else None

    def begin(self, alert: Alert, since: str, there: Iterable[str]) -> None:
        """Remember an alert, and releases of that very moment that are no news."""
        with self._database:
            self._database.execute("DELETE FROM sent WHERE alert = ?", (alert.name,))
            self._database.execute(
                "INSERT OR REPLACE INTO alerts VALUES (?, ?, ?)",
                (alert.name, _search(alert), since),
            )
            self._add(alert, EVERYBODY, there)

    def was(self, alert: Alert, target: str) -> set[str]:
        """Releases that a target was told of."""
        rows = self._database.execute(
            "SELECT release FROM sent WHERE alert = ? AND target IN (?, ?)",
            (alert.name, target, EVERYBODY),
        )
        return {row[0] for row in rows}

    def note(self, told: Iterable[tuple[Alert, Iterable[str]]], target: str) -> None:
        """Remember that a target was told of releases, of several alerts in one step."""
        with self._database:
            for alert, releases in told:
                self._add(alert, target, releases)

    def _add(self, alert: Alert, target: str, releases: Iterable[str]) -> None:
        rows = [(alert.name, target, release) for release in releases]
        self._database.executemany("INSERT OR IGNORE INTO sent VALUES (?, ?, ?)", rows)


def _search(alert: Alert) -> str:
    return hashlib.sha256(repr(alert.request).encode("utf-8", "replace")).hexdigest()
