"""Reads of three nodes during commits, while the manager and a data node are killed and restarted.

    python -m tests.cluster.reads_during_kills [--reads 100000] [--commits 100] [--kills 6]

Every commit leaves some releases in the index for good and puts others in the place of those of the
one before, so that one answer says which commit it is of, and whether it is of that one alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Empty
from typing import Any

from index.cluster.client import Client
from index.cluster.cluster_address import ClusterAddress, read_address
from index.errors import DatelineError
from index.release import Release
from index.stores.cluster_verification import problems_on_cluster
from index.stores.opensearch import SHARDS, OpenSearchStore
from index.stores.stored_release import stored_release
from search import SearchRequest, SearchResults, open_engine
from tests.cluster.server import Server, running_cluster
from tests.search.search_corpus import make

PASSING, STAYING = 50, 10
"""Releases of each commit that the next one takes away, and that stay."""
READERS = 3
GREEN_SECONDS = 300

_SPAWN = get_context("spawn")  # a fork would share connections


@dataclass
class Seen:
    """What readers saw, and what was left in the end.

    `odd`: answers that are of no one commit; `late`: of one before the last that was acknowledged;
    `faults`: sentences of failures, and how often each was told; `unannounced`: any other.
    """

    reads: int = 0
    commits: int = 0
    kills: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    late: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    unannounced: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        """What another reader saw too."""
        self.reads += other.reads
        self.late += other.late
        self.odd += other.odd
        self.faults += other.faults
        self.unannounced += other.unannounced


class Progress:
    """How far readers and the writer are; shared between processes."""

    def __init__(self) -> None:
        self.reads: Synchronized[int] = _SPAWN.Value("q", 0)
        self.acknowledged: Synchronized[int] = _SPAWN.Value("q", 0)


def reads_during_kills(
    servers: Sequence[Server], state: Path, reads: int, commits: int, kills: int
) -> Seen:
    """Read so often during so many commits, the manager and another node killed in turns."""
    hosts = ",".join(each.host for each in servers)
    address = read_address(f"opensearch://{hosts}/killed")
    seen = Seen(commits=commits)
    commit(address, state, 0, seen.faults)
    wait_for_green(servers)
    progress = Progress()
    with readers(str(address), progress, reads) as results:
        kills_at = [commits * each // (kills + 1) for each in range(1, kills + 1)]
        chance = random.Random(1)  # noqa: S311
        down: Server | None = None
        for number in range(1, commits + 1):
            while progress.reads.value < reads * number // (commits + 1):
                results.check()
                time.sleep(0.05)
            killing = None
            if number in kills_at:
                if down is not None:
                    back(down, servers)
                is_manager = len(seen.kills) % 2 == 0
                down = victim(servers, is_manager=is_manager)
                seen.kills.append("the manager" if is_manager else "a data node")
                killing = threading.Timer(chance.random(), down.kill)
                killing.start()
            commit(address, state, number, seen.faults)
            if killing is not None:
                killing.join()
            progress.acknowledged.value = number
            if down is not None and number not in kills_at:
                back(down, servers)
                down = None
        if down is not None:
            back(down, servers)
        for each in results.all():
            seen.add(each)
    check_what_is_left(address, commits, seen)
    return seen


def releases_of(number: int) -> tuple[list[Release], list[Release]]:
    """Those that a commit leaves until the next one, and those that stay."""
    passing = [
        make(f"p{number}-{at}", f"{number} {at} passing", "Number", agency="customs")
        for at in range(PASSING)
    ]
    staying = [
        make(f"s{number}-{at}", f"{number} {at} staying", "Number", agency="health")
        for at in range(STAYING)
    ]
    return passing, staying


def commit(address: ClusterAddress, state: Path, number: int, faults: Counter[str]) -> None:
    """Make a commit, tried until it is acknowledged."""
    gone = [] if not number else [each.id for each in releases_of(number - 1)[0]]
    added = [stored_release(each, "2024") for some in releases_of(number) for each in some]
    store = OpenSearchStore(address, state=state)
    while True:
        try:
            with store.writing():
                there = {entry.release.id for entry in store.entries()}
                if f"p{number}-0" not in there:  # one behind its commit may have failed
                    store.apply(gone, added)
            return
        except DatelineError as error:
            faults[f"writer: {error}"] += 1
            time.sleep(0.5)


class Results:
    """What processes that read saw, which they say at their end."""

    def __init__(self, running: Sequence[BaseProcess], queue: Any) -> None:
        self._running = running
        self._queue = queue

    def check(self) -> None:
        """Whether none of them failed: who waits for it would wait for ever.

        :raises RuntimeError: if one did.
        """
        if any(each.exitcode for each in self._running):
            raise RuntimeError("a process that reads has failed")

    def all(self) -> Iterator[Seen]:
        """What each of them saw, waited for."""
        for _ in self._running:
            while True:
                try:
                    yield self._queue.get(timeout=1)
                    break
                except Empty:
                    self.check()


@contextmanager
def readers(address: str, progress: Progress, reads: int) -> Iterator[Results]:
    """Processes that read."""
    queue = _SPAWN.Queue()
    running = [
        _SPAWN.Process(target=_read, args=(address, progress, reads, queue), daemon=True)
        for _ in range(READERS)
    ]
    for each in running:
        each.start()
    try:
        yield Results(running, queue)
    finally:
        for each in running:
            each.join(10)
            each.kill()


def _read(address: str, progress: Progress, reads: int, queue: Any) -> None:
    seen = Seen()
    engine = open_engine(address, cache_bytes=1)  # every page is asked for anew
    request = SearchRequest("number", per_page=30, sort="newest", match="strict")
    while progress.reads.value < reads:
        acknowledged = progress.acknowledged.value
        try:
            found = engine.search(request)
        except DatelineError as error:
            seen.faults[str(error)] += 1
        except Exception as error:  # noqa: BLE001
            seen.unannounced.append(repr(error))
        else:
            _note(found, acknowledged, seen)
        seen.reads += 1
        with progress.reads.get_lock():
            progress.reads.value += 1
    queue.put(seen)


def _note(found: SearchResults, acknowledged: int, seen: Seen) -> None:
    """What an answer shows: one commit, by its counts and by the releases of its page."""
    counts = {each.slug: each.count for each in found.facets.agency}
    staying = counts.get("board-of-health", 0)
    number = staying // STAYING - 1
    shown = {hit.release.headline.split()[0] for hit in found.hits if hit.release.id[0] == "p"}
    whole = (
        staying % STAYING == 0
        and counts.get("harbour-customs") == PASSING
        and found.total == PASSING + staying
        and len(found.hits) == 30
        and shown <= {str(number)}
    )
    if not whole:
        seen.odd.append(f"{found.total} {counts} {sorted(shown)}")
    seen.late += number < acknowledged


def victim(servers: Sequence[Server], *, is_manager: bool) -> Server:
    """The node that manages the cluster, or another one."""
    (told,) = asked(servers[0], "/_cat/cluster_manager?format=json")
    return next(each for each in servers if (each.name == told["node"]) == is_manager)


def back(server: Server, servers: Sequence[Server]) -> None:
    """Start a node again, and wait until every part has its copy."""
    server.restart()
    wait_for_green(servers)


def wait_for_green(servers: Sequence[Server]) -> None:
    """Wait until all nodes are there and every part has its copy."""
    until = time.monotonic() + GREEN_SECONDS
    path = f"/_cluster/health?wait_for_status=green&wait_for_nodes={len(servers)}&timeout=20s"
    while time.monotonic() < until:
        try:
            if not asked(servers[0], path)["timed_out"]:
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"no green cluster in {GREEN_SECONDS} s")


def asked(server: Server, path: str) -> Any:
    """The answer of a node."""
    with urllib.request.urlopen(f"http://{server.host}{path}", timeout=30) as answer:
        return json.load(answer)


def check_what_is_left(address: ClusterAddress, commits: int, seen: Seen) -> None:
    """Every release of every commit, and what `dateline verify` says."""
    expected = {each.id for each in releases_of(commits)[0]}
    for number in range(commits + 1):
        expected |= {each.id for each in releases_of(number)[1]}
    found = {entry.release.id for entry in OpenSearchStore(address).entries()}
    seen.lost += sorted(expected ^ found)
    client = Client(address)
    seen.problems += problems_on_cluster(client)
    client.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=100_000)
    parser.add_argument("--commits", type=int, default=100)
    parser.add_argument("--kills", type=int, default=6)
    options = parser.parse_args(arguments)
    os.environ[SHARDS] = "3"
    with running_cluster() as servers, tempfile.TemporaryDirectory() as state:
        seen = reads_during_kills(
            servers, Path(state), options.reads, options.commits, options.kills
        )
    print(f"{seen.reads:,} reads, {seen.commits} commits; killed: {', '.join(seen.kills)}")
    print(f"of no one commit: {len(seen.odd)} {seen.odd[:5]}; before the last: {seen.late}")
    print(f"lost or left: {len(seen.lost)}; wrong in the end: {seen.problems}")
    print(f"failures without a sentence: {len(seen.unannounced)} {seen.unannounced[:5]}")
    for sentence, count in seen.faults.most_common():
        print(f"{count:6} {sentence}")
    return bool(seen.odd or seen.lost or seen.problems or seen.unannounced)


if __name__ == "__main__":
    raise SystemExit(main())
