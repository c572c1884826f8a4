"""SIGKILLs of the processes that write an export: a file that is cut short never looks whole.

The documented server answers the CSV of all releases; its workers are killed once a drawn number of
bytes has come. The reader is told, and the next answer is whole again.
"""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from contextlib import suppress
from hashlib import shake_256
from http.client import HTTPResponse, IncompleteRead
from pathlib import Path

from index.stores.folder import FolderStore
from index.stores.verification import problems
from tests.torture.harbour import bring_up_to_date
from tests.webapp.serving.served import Server, served

RELEASES = 4_000
"""Their CSV has 7 MB, more than the sockets between server and reader hold."""
RECEIVES = 4_096
"""Bytes that the reader's socket holds, so that the server waits for the reader."""


def kill_exports(top: Path, kills: int, chance: random.Random) -> Counter[str]:
    """What readers had in hand after so many kills; counts by outcome.

    :raises AssertionError: when an export was cut short without a sign, or was not whole afterwards.
    """
    found: Counter[str] = Counter()
    if not kills:
        return found
    _make_index(top)
    with served(top / "index", top / "log") as server:
        whole = server.get("/search.csv")[1]
        assert whole.count(b"\n") == RELEASES + 1
        for _ in range(kills):
            said = _killed_after(server, chance.randrange(len(whole)), whole)
            found["left a file that is told to be cut short" if said else "left it whole"] += 1
            assert server.get("/search.csv")[1] == whole
    assert list(problems(top / "index")) == []
    return found


def _killed_after(server: Server, count: int, whole: bytes) -> bool:
    """Kill the workers after so many bytes; whether the reader was told that some are missing."""
    workers = server.workers()
    assert workers
    request = f"GET /search.csv HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
    with server.connect(request, receives=RECEIVES) as client:
        response = HTTPResponse(client, method="GET")
        response.begin()
        begun = response.read(count)
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        try:
            assert begun + response.read() == whole, "a part of an export looked like all of it"
        except (IncompleteRead, ConnectionError):
            return True
    return False


def _make_index(top: Path) -> None:
    source = top / "source" / "notices.jsonl"
    source.parent.mkdir(parents=True)
    rows = [
        {
            "id": f"n-{n}",
            "headline": f"Notice {shake_256(b'%d' % n).hexdigest(800)}",
            "body": "Open.",
        }
        for n in range(RELEASES)
    ]
    source.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    bring_up_to_date(FolderStore(top / "index"), source)
