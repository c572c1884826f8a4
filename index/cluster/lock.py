"""The lock of a cluster's index: a document with an expiry, kept alive, taken over when it is past.

Times are those of the writers' clocks, which may differ by less than `EXPIRES` less `BEAT`.
"""

from __future__ import annotations

import os
import platform
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from index.cluster.client import Client, ClusterError, ConflictError, MissingError
from index.errors import IndexLockedError

LOCKS = "dateline-locks"
BEAT = 20.0
"""Seconds from one sign of life to the next."""
EXPIRES = 60.0
"""Seconds after which a lock without one is anybody's."""


class Lock:
    """A lock that is held; `check` says whether it still is."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._owner = secrets.token_hex(16)
        self._place: tuple[int, int] = (0, 0)
        self._guard = threading.Lock()
        self._ended = threading.Event()

    def take(self) -> None:
        """Take it.

        :raises IndexLockedError: if another process holds it.
        """
        _make_index(self._client)
        try:
            self._write(op_type="create")
        except ConflictError:
            self._take_over()

    def check(self) -> None:
        """Sign of life; before a commit it says that nobody has taken over meanwhile.

        :raises IndexLockedError: if somebody has.
        """
        with self._guard:
            number, term = self._place
            try:
                self._write(if_seq_no=number, if_primary_term=term)
            except ConflictError as error:
                if self._is_ours(self._held()):
                    return
                raise IndexLockedError(
                    f"Another process has taken over {self._client.address}, as nothing was heard "
                    f"of this one for {EXPIRES:g} seconds. Nothing was committed; run again."
                ) from error

    def keep(self) -> None:
        """Give signs of life until it is released; a failed one is repeated by the next."""
        while not self._ended.wait(BEAT):
            with suppress(ClusterError, IndexLockedError):
                self.check()

    def release(self) -> None:
        """Let go of it, if it is still ours."""
        self._ended.set()
        with self._guard:
            number, term = self._place
            with suppress(ClusterError):
                self._client.request("DELETE", self._path, if_seq_no=number, if_primary_term=term)

    @property
    def _path(self) -> str:
        return f"/{LOCKS}/_doc/{self._client.address.name}"

    def _write(self, **params: Any) -> None:
        answer = self._client.request("PUT", self._path, self._note(), **params)
        self._place = answer["_seq_no"], answer["_primary_term"]

    def _note(self) -> dict[str, Any]:
        return {
            "owner": self._owner,
            "host": platform.node(),
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "expires": time.time() + EXPIRES,
        }

    def _take_over(self) -> None:
        held = self._held()
        if held is None:  # it was released meanwhile
            raise self._locked("it has just ended")
        if self._is_ours(held):
            return
        note = held["_source"]
        if note["expires"] > time.time():
            raise self._locked(f"process {note['pid']} on {note['host']}, seen {note['since']}")
        try:
            self._write(if_seq_no=held["_seq_no"], if_primary_term=held["_primary_term"])
        except ConflictError:
            raise self._locked("it took over just now") from None

    def _held(self) -> dict[str, Any] | None:
        """The lock as it stands there; None where nobody holds it."""
        try:
            held: dict[str, Any] = self._client.request("GET", self._path)
        except MissingError:
            return None
        return held

    def _is_ours(self, held: dict[str, Any] | None) -> bool:
        """Whether we hold it, as where a node took what we wrote and was killed before it said so.

        It was written again then, and refused.
        """
        if held is None or held["_source"]["owner"] != self._owner:
            return False
        self._place = held["_seq_no"], held["_primary_term"]
        return True

    def _locked(self, holder: str) -> IndexLockedError:
        return IndexLockedError(
            f"Another process is writing to {self._client.address} ({holder}). "
            "Wait for it to end; searching goes on meanwhile."
        )


@contextmanager
def locked(client: Client) -> Iterator[Lock]:
    """The lock, for the length of the block.

    :raises IndexLockedError: at once, when another process holds it.
    """
    lock = Lock(client)
    lock.take()
    beating = threading.Thread(target=lock.keep, daemon=True)
    beating.start()
    try:
        yield lock
    finally:
        lock.release()


def _make_index(client: Client) -> None:
    settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
    if client.exists(LOCKS):
        return
    with suppress(ClusterError):  # another one made it meanwhile
        client.request("PUT", f"/{LOCKS}", {
            "settings": settings, "mappings": {"enabled": False},
        })  # fmt: skip
