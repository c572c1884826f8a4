"""A node that is killed during commits: nothing that was acknowledged is lost, nothing is seen half."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.cluster.cluster_address import read_address
from index.errors import DatelineError
from index.release import Release
from index.stores.stored_release import stored_release
from search import SearchRequest, open_engine
from search.request import NO_FILTERS
from tests.cluster.one_server import RUNNING, why_not
from tests.cluster.server import Server, UnavailableError, running_server
from tests.search.search_corpus import make

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

RELEASES = 50
"""Of each commit, which removes those of the one before."""


@pytest.fixture
def server() -> Iterator[Server]:
    if not os.environ.get(RUNNING):
        why_not("`make test-cluster` starts one")
    try:
        with running_server() as started:
            yield started
    except UnavailableError as error:
        why_not(str(error))


def of(number: int) -> list[Release]:
    return [make(f"{number} {each}", f"Number w{number}") for each in range(RELEASES)]


def read_until(
    ended: threading.Event, address: str, seen: list[tuple[int, int]], faults: list[str]
) -> None:
    """Search again and again; of each answer the total, and how many headlines it has."""
    engine = open_engine(address)
    while not ended.wait(0.02):
        try:
            found = engine.search(SearchRequest("number", per_page=RELEASES, **NO_FILTERS))
            seen.append((found.total, len({hit.release.headline for hit in found.hits})))
        except DatelineError as error:
            faults.append(str(error))
            ended.wait(0.2)


def test_a_node_is_killed_twice_during_commits(server: Server, tmp_path: Path) -> None:
    from index.stores.opensearch import OpenSearchStore

    address = read_address(f"opensearch://{server.host}/killed")

    def commit(number: int) -> None:
        store = OpenSearchStore(address, state=tmp_path)
        with store.writing():
            gone = [entry.release.id for entry in store.entries()]
            store.apply(gone, [stored_release(each, "2024") for each in of(number)])

    commit(0)
    seen, faults, ended = list[tuple[int, int]](), list[str](), threading.Event()

    def read() -> None:
        read_until(ended, str(address), seen, faults)

    def write() -> None:
        number = 1
        while not ended.is_set():
            try:
                commit(number)
                acknowledged.append(number)
                number += 1
            except DatelineError as error:
                faults.append(str(error))
                ended.wait(0.5)

    acknowledged = [0]
    threads = [threading.Thread(target=each) for each in (read, write)]
    for each in threads:
        each.start()

    def wait_for(commits: int) -> None:
        so_far = len(acknowledged)
        while len(acknowledged) < so_far + commits:
            assert all(each.is_alive() for each in threads), "both go on, whatever fails"
            ended.wait(0.1)

    try:
        for _ in range(2):
            wait_for(2)
            server.kill()
            server.restart()
        wait_for(1)
    finally:
        ended.set()
        for each in threads:
            each.join()

    assert {*seen} == {(RELEASES, 1)}, "every answer is of one commit, whole"
    assert faults, "and while there is no node, that is said"
    (headline,) = {each.release.headline for each in OpenSearchStore(address).entries()}
    assert int(headline.split("w")[1]) >= acknowledged[-1]
