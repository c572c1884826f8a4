"""A store on a cluster: commits seen whole or not at all, whatever interrupts them; its lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from index.cluster import client
from index.cluster import lock as locks
from index.cluster.client import Client
from index.cluster.commit import CommitState, read_commit
from index.errors import DatelineError, IndexLockedError, NoIndexError
from index.release import Agency, Release
from index.stores.cluster_verification import problems_on_cluster
from index.stores.opensearch import OpenSearchStore
from index.stores.stored_release import stored_release
from index.tombstone import Tombstone
from search import SearchRequest, open_engine
from search.engines.opensearch import OpenSearchEngine
from tests.search.search_corpus import make

pytestmark = pytest.mark.cluster

NOW = "2024-05-06T07:08:09Z"


class StoppedError(Exception):
    """What a test interrupts a run with."""


class Interrupted(OpenSearchStore):
    """Stops right behind its commit, before it deletes what that leaves out."""

    def _remove(self, commit: CommitState, leaving: Sequence[str]) -> None:
        if leaving:
            raise StoppedError
        super()._remove(commit, leaving)


def put(store: OpenSearchStore, *releases: Release, removed: Sequence[str] = ()) -> None:
    with store.writing():
        store.apply(removed, [stored_release(each, NOW) for each in releases])


def ids(store: OpenSearchStore) -> list[str]:
    return sorted(entry.release.id for entry in store.entries())


def commit_of(store: OpenSearchStore) -> CommitState:
    commit = read_commit(store.client)
    assert commit is not None
    return commit


def engine_of(store: OpenSearchStore) -> OpenSearchEngine:
    engine = open_engine(str(store.address))
    assert isinstance(engine, OpenSearchEngine)
    return engine


def test_there_is_no_index_before_the_first_commit(store: OpenSearchStore) -> None:
    assert (ids(store), store.release("a"), store.tombstones()) == ([], None, ())
    with pytest.raises(NoIndexError, match="There is no index at opensearch://127"):
        open_engine(str(store.address))


def test_releases_come_and_go(store: OpenSearchStore) -> None:
    first = make("a", "Harbour tax", "Of boats.", date="2023-06-26", aliases=("old a",))
    put(store, first, make("b", "Ferry"))
    put(store, make("c", "Light"), removed=["b"])
    assert ids(store) == ["a", "c"]
    assert store.release("a") == first
    assert store.release("b") is None
    with store.writing(), store.catalogue() as catalogue:
        assert len(catalogue) == 2
        assert catalogue.known("c") is not None


def test_what_raises_leaves_the_index_as_it_was(store: OpenSearchStore) -> None:
    put(store, make("a", "Harbour tax"))

    def some() -> Iterator[bytes]:
        for number in range(300):
            yield stored_release(make(f"x{number}", "Ferry"), NOW)
        raise StoppedError

    with pytest.raises(StoppedError), store.writing():
        store.apply(["a"], some())
    store.client.request("POST", f"/{store.address.name}-f1-*/_refresh")
    assert ids(store) == ["a"]
    put(store, make("b", "Ferry"))
    assert ids(store) == ["a", "b"], "nothing of the run that stopped comes to light later"


def test_a_run_that_stops_behind_its_commit_has_made_it(store: OpenSearchStore) -> None:
    put(store, make("a", "Harbour tax"), make("b", "Ferry"))
    stopped = Interrupted(store.address, state=store.scratch())
    with pytest.raises(StoppedError), stopped.writing():
        stopped.apply(["a"], [stored_release(make("a", "Harbour light"), NOW)])
    found = engine_of(store)
    assert found.count(SearchRequest("tax")) == 0
    assert found.count(SearchRequest("light")) == 1
    with store.writing():
        pass
    commit = commit_of(store)
    assert commit.leaving == ()
    assert store.client.search({"size": 0, "track_total_hits": True}, commit.index)["hits"][
        "total"
    ] == {"value": 2, "relation": "eq"}
    assert found.complete("ligh") == ("light",), "words are counted by the run that comes after"
    assert found.complete("tax") == ()


def test_readers_see_each_commit_whole(store: OpenSearchStore) -> None:
    """Every commit removes four releases of a number and adds four of the next one."""

    def of(number: int) -> list[Release]:
        return [make(f"{number} {each}", f"Number w{number}") for each in range(4)]

    put(store, *of(0))
    engine, seen, ended = engine_of(store), list[tuple[int, int]](), threading.Event()

    def read() -> None:
        while not ended.is_set():
            hits = list(engine.every_hit(SearchRequest("number"), snippets=False))
            seen.append((len(hits), len({hit.release.headline for hit in hits})))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 6):
        put(store, *of(number), removed=[each.id for each in of(number - 1)])
    ended.set()
    reader.join()
    assert {*seen} == {(4, 1)}
    assert ids(store) == [each.id for each in of(5)]


def test_what_was_removed_is_remembered(store: OpenSearchStore) -> None:
    gone = Tombstone("a", "Harbour tax", Agency("x", "X"), "2023-06", NOW)
    put(store, make("a", "Harbour tax"))
    with store.writing():
        store.apply(["a"], [], tombstones=[gone])
    put(store, make("b", "Ferry"))
    assert store.tombstones() == (gone,)
    assert engine_of(store).tombstone("a") == gone
    assert engine_of(store).tombstone("b") is None


def test_what_is_wrong_with_an_index_is_found(store: OpenSearchStore) -> None:
    put(store, make("a", "Harbour tax", date="2023-06-26"), make("b", "Ferry"))
    put(store, make("c", "Light tax"), removed=["b"])
    assert list(problems_on_cluster(store.client)) == []
    index = commit_of(store).index
    (hit,) = store.client.search({"query": {"term": {"id": "c"}}})["hits"]["hits"]
    record = hit["_source"]["release"] | {"body": "Altered."}
    altered = {"born": 1, "id": "c", "agency": "x", "first_day": 0, "release": record}
    path = f"/{index}/_doc/{hit['_id']}"
    store.client.request("PUT", path, altered, refresh="true")
    found = "\n".join(problems_on_cluster(store.client))
    assert "c: its content does not have the hash it states" in found
    assert "agency x: 1 releases are found, 0 records have it" in found
    assert "word altered: is not among the words" in found
    store.client.request("PUT", f"/{index}/_doc/x-2", altered, refresh="true")
    found = "\n".join(problems_on_cluster(store.client))
    assert "c: 2 releases have this id" in found
    assert "c: its document is that of another id" in found


def test_one_writes_at_a_time(store: OpenSearchStore) -> None:
    other = OpenSearchStore(store.address, state=store.scratch())
    with store.writing():
        with pytest.raises(IndexLockedError, match="Another process is writing to opensearch://"):
            put(other, make("a", "Harbour"))
        store.apply([], [stored_release(make("b", "Ferry"), NOW)])
    put(other, make("a", "Harbour"))
    assert ids(store) == ["a", "b"]


def test_a_lock_without_a_sign_of_life_is_taken_over(
    store: OpenSearchStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, make("a", "Harbour"))
    other = OpenSearchStore(store.address, state=store.scratch())
    with monkeypatch.context() as slow, store.writing():
        slow.setattr(time, "time", lambda: 32_503_680_000.0)  # a clock far ahead
        with other.writing():
            with pytest.raises(IndexLockedError, match="taken over"):
                store.apply([], [stored_release(make("late", "Ferry"), NOW)])
            assert ids(store) == ["a"]
    put(other, make("b", "Ferry"))
    assert ids(store) == ["a", "b"], "what was not committed is not there"


def test_a_foreign_index_is_left_alone(store: OpenSearchStore) -> None:
    name = store.address.name
    store.client.request("PUT", f"/{name}-x", {"aliases": {name: {}}})
    with pytest.raises(NoIndexError, match="is none of ours"):
        put(store, make("a", "Harbour"))


def test_where_no_cluster_is_that_is_said() -> None:
    from index.cluster.cluster_address import read_address

    client = Client(read_address("opensearch://somebody:secret@127.0.0.1:1/name"))
    with pytest.raises(DatelineError, match=r"opensearch://127.0.0.1:1/name cannot be") as caught:
        client.exists("name")
    assert "secret" not in str(caught.value)
    assert locks.BEAT * 2 < locks.EXPIRES


def test_a_search_is_stopped_at_the_cluster(
    store: OpenSearchStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, *(make(str(number), "Harbour", "Tax") for number in range(200)))
    monkeypatch.setattr(client, "SEARCH_CANCELLED", "1ms")
    costly = (
        "double sum = 0; for (int i = 0; i < 100000; i++) { sum += Math.cos(i) } return 1 + sum"
    )
    query = {"match_all": {}}
    body = {"query": {"script_score": {"query": query, "script": {"source": costly}}}}
    for answer_of in (
        lambda: store.client.search(body),
        lambda: store.client.searches([body]),
    ):
        with pytest.raises(client.ClusterError, match="stopped a search that took longer than 1ms"):
            answer_of()
