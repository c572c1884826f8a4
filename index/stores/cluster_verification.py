"""Whether an index on a cluster is sound: every record, every count, every word, every copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from index.cluster.client import Client
from index.cluster.commit import CommitState, read_commit
from index.cluster.mapping import document_id, document_of, facets_of
from index.cluster.wire import WireWriter
from index.cluster.words import WordChanges, words_index
from index.errors import DatelineError, NoIndexError
from index.release import Release, hash_fault
from index.schema import EXACT_FIELDS
from index.stores.opensearch import every_document, read_record, wired

COUNTED = ("agency", "language", "year", "month", "day")
"""Fields whose values are counted there and here."""
DEFECTS = (DatelineError, ValueError, KeyError, TypeError)
"""What reading a record raises that was never written so."""

TermCounts = dict[str, Counter[str]]


def problems_on_cluster(client: Client) -> Iterator[str]:
    """What is wrong with an index on a cluster, a sentence each; nothing when it is sound.

    Every record: that it reads, that its hash is its content's, that its id is its own; then what
    the cluster counts by agency, language and date, the words, and that all copies of a shard hold
    as many releases.

    :raises NoIndexError: when there is no index to check.
    """
    commit = read_commit(client)
    if commit is None:
        raise NoIndexError(f"There is no index at {client.address}.")
    counts: TermCounts = {field: Counter() for field in COUNTED}
    words, ids = WordChanges(), Counter[str]()
    yield from _records(client, commit, counts, words, ids)
    yield from (f"{each}: {n} releases have this id" for each, n in ids.items() if n > 1)
    yield from _counts(client, counts, ids.total())
    if not read_record(client, commit).get("counted"):
        yield "the words of the last commit are not counted; the next run of index counts them"
    else:
        yield from _words(client, words)
    yield from _copies(client, commit)


def _records(
    client: Client, commit: CommitState, counts: TermCounts, words: WordChanges, ids: Counter[str]
) -> Iterator[str]:
    mapping = client.request("GET", f"/{commit.index}/_mapping")[commit.index]["mappings"]
    facets, writer = facets_of(mapping, client.address), WireWriter()
    for hit in every_document(client, {"match_all": {}}):
        stored = hit["_source"].get("release", {})
        try:
            release = Release.from_stored(stored)
            ((_, headline, body),) = wired(writer, [stored])
            made = document_of(stored, headline, body, commit.generation, facets)
        except DEFECTS as error:
            yield f"document {hit['_id']}: its record cannot be read ({error!r})"
            continue
        if fault := hash_fault(release):
            yield fault
        if hit["_id"].rpartition("-")[0] != document_id(release.id, 0).rpartition("-")[0]:
            yield f"{release.id}: its document is that of another id"
        ids[release.id] += 1
        words.add(headline, body)
        for field in COUNTED:
            if field in made:
                counts[field][made[field]] += 1


def _counts(client: Client, counts: TermCounts, releases: int) -> Iterator[str]:
    aggs = {field: {"terms": {"field": field, "size": 60_000}} for field in COUNTED}
    found = client.search({"size": 0, "track_total_hits": True, "aggs": aggs})
    total = found["hits"]["total"]["value"]
    if total != releases:
        yield f"the cluster counts {total:,} releases, and has {releases:,} records"
    for field, expected in counts.items():
        buckets = found["aggregations"][field]["buckets"]
        yield from _differences(field, expected, {e["key"]: e["doc_count"] for e in buckets})


def _differences(
    field: str, expected: Mapping[str, int], found: Mapping[str, int]
) -> Iterator[str]:
    for value in sorted({*expected, *found}):
        one, other = expected.get(value, 0), found.get(value, 0)
        if one != other:
            yield f"{field} {value}: {other:,} releases are found, {one:,} records have it"


def _words(client: Client, expected: WordChanges) -> Iterator[str]:
    left = dict(expected.read())
    for hit in every_document(client, {"match_all": {}}, words_index(client.address.name)):
        word = hit["_source"]
        counts = left.pop(word["word"], (0,) * len(EXACT_FIELDS))
        if counts != tuple(word[field] for field in EXACT_FIELDS):
            yield f"word {word['word']}: is not counted as records have it"
    yield from (f"word {word}: is not among the words" for word in left)


def _copies(client: Client, commit: CommitState) -> Iterator[str]:
    """Shards of which copies are missing, or hold another number of documents."""
    shards: list[dict[str, Any]] = client.request(
        "GET", f"/_cat/shards/{commit.index}", format="json", h="shard,prirep,state,docs"
    )
    held: dict[str, set[str]] = {}
    for each in shards:
        if each["state"] != "STARTED":
            yield f"shard {each['shard']}: a copy of it is {each['state'].lower()}"
        else:
            held.setdefault(each["shard"], set()).add(each["docs"])
    yield from (
        f"shard {shard}: its copies hold {', '.join(sorted(docs))} documents"
        for shard, docs in held.items()
        if len(docs) > 1
    )
