"""An index on a cluster: its lock, its commits, its records."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from index.cluster.client import Client, ClusterError, MissingError, RequestBody
from index.cluster.cluster_address import ClusterAddress
from index.cluster.commit import CommitState, read_commit, set_commit
from index.cluster.lock import Lock, locked
from index.cluster.mapping import document_id, document_of, facets_of, mapping_of, settings_of
from index.cluster.wire import WireText, WireWriter
from index.cluster.words import WordChanges, change_words, make_words_index
from index.codec.stored_document import decode
from index.errors import DamagedIndexError
from index.facet_table import TABLE, Facet
from index.release import Release, hash_fault
from index.stores.catalogue import SqliteCatalogue, open_catalogue
from index.stores.copying import replace_records
from index.stores.durable_storage import DurableStorage
from index.stores.repair import facets_wanted
from index.stores.store import Entry, entry_of
from index.tombstone import Tombstone, read_tombstone

PAGE = 500
"""Records of one request."""
BATCH = 200
"""Releases whose texts are put into wire form together."""
TERMS = 10_000
"""Ids of one request; 65,536 is what a cluster takes."""
MOST_CLAUSES = {"indices.query.bool.max_clause_count": 8_192}
"""A cluster refuses searches of over 1,024 terms, which a phrase of 40 words has in an index of 20
languages."""
STATE = "DATELINE_STATE"
SHARDS, REPLICAS = "DATELINE_SHARDS", "DATELINE_REPLICAS"


class OpenSearchStore:
    """A store on a cluster; its catalogue lies in a folder on this machine.

    :param facets: those of columns that a new index gets.
    :param state: the folder of the catalogue, made anew wherever it is missing.
    """

    def __init__(
        self, address: ClusterAddress, facets: Sequence[Facet] = (), state: Path | None = None
    ) -> None:
        self.address = address
        self.client = Client(address)
        self._facets = tuple(dict.fromkeys((*(each for each in TABLE if each.column), *facets)))
        self._state = state_folder(address) if state is None else state
        self._lock: Lock | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock; what an interrupted run left is cleared away. See `Store.writing`."""
        with locked(self.client) as lock:
            self._lock = lock
            try:
                self._clear_up()
                yield
            finally:
                self._lock = None

    @contextmanager
    def catalogue(self) -> Iterator[SqliteCatalogue]:
        """The catalogue of the index, inside `writing`."""
        self._state.mkdir(parents=True, exist_ok=True)
        storage = DurableStorage(str(self._state))
        with open_catalogue(storage, self._stamp, self.entries) as opened:
            yield opened

    def entries(self) -> Iterator[Entry]:
        """Every release in the index, none where there is no index yet."""
        return map(entry_of, self.records())

    def records(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every release, as they are now; see `Store.records`."""
        if read_commit(self.client) is None:
            return
        for hit in every_document(self.client, {"match_all": {}}):
            yield _checked(hit["_source"]["release"])

    def facets(self) -> tuple[Facet, ...]:
        """The facets of columns that the index has, or would get."""
        commit = read_commit(self.client)
        if commit is None:
            return self._facets
        return tuple(each for each in self._facets_of(commit.index) if each.column)

    def release(self, release_id: str) -> Release | None:
        """The release with that id."""
        stored = self.stored(release_id)
        return None if stored is None else Release.from_stored(stored)

    def stored(self, release_id: str) -> dict[str, Any] | None:
        """The stored fields of the release with that id."""
        if read_commit(self.client) is None:
            return None
        # Never by GET, which sees what is not committed, whatever the alias says.
        found = self.client.search({"size": 1, "query": {"term": {"id": release_id}}})
        hits = found["hits"]["hits"]
        return _checked(hits[0]["_source"]["release"]) if hits else None

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What is remembered of releases that were removed."""
        commit = read_commit(self.client)
        return () if commit is None else read_tombstones(self.client, commit)

    def apply(
        self,
        removed: Collection[str],
        added: Iterable[bytes],
        workers: int | None = None,  # noqa: ARG002
        tombstones: Sequence[Tombstone] | None = None,
    ) -> None:
        """One commit: seen whole or not at all, from the moment the alias changes."""
        before = read_commit(self.client)
        start = before or CommitState(self._make_index(self._facets), 0)
        kept = self.tombstones() if tombstones is None else tombstones
        words = WordChanges()
        leaving = self._documents_of(removed, words) if before else []
        after = replace(start, generation=start.generation + 1, leaving=tuple(leaving))
        self._commit(before, after, added, words, kept)

    def apply_anew(
        self, added: Iterable[bytes], facets: Sequence[Facet], tombstones: Sequence[Tombstone]
    ) -> None:
        """An index of these releases in the place of the one that is there, in one commit.

        Searches that have begun on the former go on there; the next run deletes it.
        """
        after = CommitState(self._make_index(facets), 1)
        self._commit(read_commit(self.client), after, added, WordChanges(), tombstones)

    def _commit(
        self,
        before: CommitState | None,
        after: CommitState,
        added: Iterable[bytes],
        words: WordChanges,
        tombstones: Sequence[Tombstone],
    ) -> None:
        """Write what comes, which nobody sees, then set the commit, then delete what leaves."""
        is_new = before is None or before.index != after.index
        facets = self._facets_of(after.index)
        sent = self.client.bulk(self._actions(after, added, facets, words))
        self.client.request("POST", f"/{after.index}/_refresh", seconds=120)
        self._check_sent(after, sent)
        record = self._write_record(after, tombstones)
        if self._lock is not None:
            self._lock.check()
        set_commit(self.client, after, before)
        self._remove(after, after.leaving)
        if is_new:
            make_words_index(self.client)
        change_words(self.client, words, new=is_new)
        self._put_record(after, {**record, "counted": True})

    def change_facets(self, facets: Sequence[Facet], dropped: Collection[str] = ()) -> bool:
        """Facets that it lacks, others no longer, as `repair.change_facets`; whether it changed."""
        there = self.facets()
        changed = facets_wanted(there, facets, dropped, self.address)
        if changed == there or read_commit(self.client) is None:
            return False
        replace_records(self, self, changed)
        return True

    def scratch(self) -> Path | None:
        """The folder of the catalogue."""
        self._state.mkdir(parents=True, exist_ok=True)
        return self._state

    def _stamp(self) -> str:
        commit = read_commit(self.client)
        return "" if commit is None else commit.name

    def _make_index(self, facets: Sequence[Facet]) -> str:
        shards, replicas = os.environ.get(SHARDS, "1"), os.environ.get(REPLICAS, "1")
        index = f"{self.address.name}-f1-{secrets.token_hex(4)}"
        body = {
            "settings": {"index": settings_of(int(shards), f"0-{int(replicas)}")},
            "mappings": mapping_of(facets),
        }
        self.client.request("PUT", f"/{index}", body, seconds=120)
        with suppress(ClusterError):  # who may not set it can still search for fewer words
            self.client.request("PUT", "/_cluster/settings", {"persistent": MOST_CLAUSES})
        return index

    def _facets_of(self, index: str) -> tuple[Facet, ...]:
        found = self.client.request("GET", f"/{index}/_mapping")
        return facets_of(found[index]["mappings"], self.address)

    def _actions(
        self,
        commit: CommitState,
        added: Iterable[bytes],
        facets: Sequence[Facet],
        words: WordChanges,
    ) -> Iterator[tuple[RequestBody, RequestBody]]:
        writer = WireWriter()
        for records in batched(added, BATCH):
            releases = [decode(each) for each in records]
            for stored, headline, body in wired(writer, releases):
                words.add(headline, body)
                document = document_of(stored, headline, body, commit.generation, facets)
                place = document_id(stored["id"], commit.generation)
                about = {"_index": commit.index, "_id": place, "routing": document["text"]}
                yield {"index": about}, document

    def _documents_of(self, ids: Collection[str], words: WordChanges) -> list[str]:
        """The documents of some releases, whose words are noted."""
        wanted, found, writer = sorted(set(ids)), list[str](), WireWriter()
        for start in range(0, len(wanted), TERMS):
            query = {"terms": {"id": wanted[start : start + TERMS]}}
            for hit in every_document(self.client, query):
                found.append(hit["_id"])
                for _, headline, body in wired(writer, [hit["_source"]["release"]]):
                    words.take(headline, body)
        return found

    def _check_sent(self, commit: CommitState, sent: int) -> None:
        """Whether the cluster holds all that was sent.

        :raises ClusterError: if not; the index stays as it was.
        """
        body = {"size": 0, "track_total_hits": True, "query": _born_after(commit.generation - 1)}
        found = self.client.search(body, commit.index)["hits"]["total"]["value"]
        if found != sent:
            raise ClusterError(
                f"{self.address} holds {found:,} of {sent:,} releases that were sent. "
                "The index is as it was; run again."
            )

    def _write_record(self, commit: CommitState, tombstones: Sequence[Tombstone]) -> dict[str, Any]:
        """The record of a commit that is yet to be made."""
        name = state_index(self.address.name)
        if not self.client.exists(name):
            settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
            body = {"settings": settings, "mappings": {"enabled": False}}
            self.client.request("PUT", f"/{name}", body)
        record = {"updated_ns": time.time_ns(), "removed": [list(each) for each in tombstones]}
        self._put_record(commit, record)
        return record

    def _put_record(self, commit: CommitState, record: dict[str, Any]) -> None:
        self.client.request("PUT", f"/{state_index(self.address.name)}/_doc/{commit.name}", record)

    def _count_words(self, commit: CommitState, record: dict[str, Any]) -> None:
        """Count all words anew, where a run ended between its commit and their counts."""
        words, writer = WordChanges(), WireWriter()
        for hit in every_document(self.client, {"match_all": {}}):
            for _, headline, body in wired(writer, [hit["_source"]["release"]]):
                words.add(headline, body)
        make_words_index(self.client)
        change_words(self.client, words, new=True)
        self._put_record(commit, {**record, "counted": True})

    def _remove(self, commit: CommitState, leaving: Sequence[str]) -> None:
        """Delete what the alias leaves out, then take it out of the alias."""
        if not leaving:
            return
        for start in range(0, len(leaving), TERMS):
            self._delete(commit, {"ids": {"values": list(leaving[start : start + TERMS])}})
        set_commit(self.client, replace(commit, leaving=()))

    def _clear_up(self) -> None:
        """What a run that was interrupted left: documents nobody sees, or that nobody should."""
        commit = read_commit(self.client)
        self._drop_others(commit)
        if commit is None:
            return
        self._remove(commit, commit.leaving)
        self._delete(commit, _born_after(commit.generation))
        record = read_record(self.client, commit)
        if not record.get("counted"):
            self._count_words(commit, record)

    def _drop_others(self, commit: CommitState | None) -> None:
        """Delete indexes that were ours, or were to be, and are not."""
        name = self.address.name
        ours = re.compile(rf"{name}-f\d+-[0-9a-f]{{8}}\Z")
        kept = "" if commit is None else commit.index
        for index, about in self.client.request("GET", f"/{name}-f*/_alias").items():
            if ours.match(index) and index != kept and not about["aliases"]:
                self.client.request("DELETE", f"/{index}")

    def _delete(self, commit: CommitState, query: RequestBody) -> None:
        """Delete documents, on whichever shards they lie."""
        path = f"/{commit.index}/_delete_by_query"
        self.client.request("POST", path, {"query": query}, seconds=120, refresh="true")


def state_folder(address: ClusterAddress) -> Path:
    """Where the catalogue of an index on a cluster lies on this machine."""
    stated = os.environ.get(STATE)
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    folder = Path(stated) if stated else Path(base) / "dateline"
    return folder / hashlib.blake2b(str(address).encode(), digest_size=8).hexdigest()


def state_index(name: str) -> str:
    """What the index of the commits' own records is called."""
    return f"{name}-state"


def read_tombstones(client: Client, commit: CommitState) -> tuple[Tombstone, ...]:
    """What a commit remembers of releases that were removed."""
    return tuple(map(read_tombstone, read_record(client, commit)["removed"]))


def read_record(client: Client, commit: CommitState) -> dict[str, Any]:
    """The record of a commit: `updated_ns`, when it was made (Unix, ns), and `removed`."""
    path = f"/{state_index(client.address.name)}/_doc/{commit.name}"
    try:
        record: dict[str, Any] = client.request("GET", path)["_source"]
    except MissingError as error:
        raise DamagedIndexError(f"{client.address}: the record of its commit is gone") from error
    return record


def every_document(
    client: Client, query: RequestBody, index: str | None = None
) -> Iterator[dict[str, Any]]:
    """All documents that match, as they are now, in no order.

    :param index: where it is not the index itself.
    """
    path = f"/{index or client.address.name}/_search/point_in_time"
    opened = client.request("POST", path, keep_alive="5m")
    after: list[Any] | None = None
    try:
        while True:
            body = {
                "size": PAGE,
                "query": query,
                "pit": {"id": opened["pit_id"], "keep_alive": "5m"},
                "sort": [{"_shard_doc": "asc"}],
                **({} if after is None else {"search_after": after}),
            }
            hits = client.search(body)["hits"]["hits"]
            yield from hits
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]
    finally:
        client.request("DELETE", "/_search/point_in_time", {"pit_id": [opened["pit_id"]]})


def wired(
    writer: WireWriter, releases: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], WireText, WireText]]:
    """Releases with their headlines and bodies in wire form."""
    texts = [each[name] for each in releases for name in ("headline", "body")]
    languages = [each["language"] for each in releases for _ in range(2)]
    made = writer.texts(texts, languages)
    yield from zip(releases, made[::2], made[1::2], strict=True)


def batched(records: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """So many records at a time."""
    rest = iter(records)
    while some := list(islice(rest, size)):
        yield some


def _born_after(generation: int) -> RequestBody:
    return {"range": {"born": {"gt": generation}}}


def _checked(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The stored fields of a release.

    :raises DamagedIndexError: if they are not what their hash states.
    """
    release = Release.from_stored(stored)
    if fault := hash_fault(release):
        raise DamagedIndexError(fault)
    return dict(stored)
