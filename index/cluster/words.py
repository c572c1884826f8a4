"""The words of a cluster's index: each as it is written, with the documents that hold it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from index.cluster.client import Body, Client
from index.cluster.wire import read_term, wire_term

FIELDS = ("headline_exact", "body_exact")
COUNTED = 500
"""Words whose documents are counted in one request."""


def words_index(name: str) -> str:
    """What the index of the words of an index is called."""
    return f"{name}-words"


def make_words_index(client: Client) -> None:
    """An index for words, if there is none."""
    count = {"type": "integer"}
    body = {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {"word": {"type": "keyword"}, **dict.fromkeys(FIELDS, count)},
        },
    }
    if not client.exists(words_index(client.address.name)):
        client.request("PUT", f"/{words_index(client.address.name)}", body)


def count_words(client: Client, words: Iterable[str]) -> None:
    """Count the documents of words anew: those of releases that came or went.

    :param words: in wire form.
    """
    name = words_index(client.address.name)
    client.bulk(_counted(client, name, sorted(set(words))))
    client.request("POST", f"/{name}/_refresh")


def _counted(client: Client, name: str, words: list[str]) -> Iterator[tuple[Body, Body | None]]:
    rest = iter(filter(None, words))
    while some := list(islice(rest, COUNTED)):
        bodies = [
            {"size": 0, "track_total_hits": True, "query": {"term": {field: word}}}
            for word in some
            for field in FIELDS
        ]
        found = [each["hits"]["total"]["value"] for each in client.searches(bodies)]
        for word, *counts in zip(some, found[::2], found[1::2], strict=True):
            about = {"_index": name, "_id": _id(word)}
            if any(counts):
                named = dict(zip(FIELDS, counts, strict=True))
                yield {"index": about}, {"word": read_term(word), **named}
            else:
                yield {"delete": about}, None


def _id(word: str) -> str:
    return hashlib.blake2b(wire_term(word).encode("utf-8"), digest_size=16).hexdigest()
