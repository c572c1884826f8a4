"""The words of a cluster's index: each as it is written, with the documents that hold it.

They are counted here, by what came and what went, so that a commit asks for no word that it did not
touch. Until a commit's record says that its words are counted, all are to be counted anew.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from index.cluster.client import Client, RequestBody
from index.cluster.wire import WireText, read_term
from index.schema import EXACT_FIELDS

COUNTED = 2_000
"""Words whose counts are read in one request."""


class WordChanges:
    """How many more documents hold each word, by field."""

    def __init__(self) -> None:
        self._by_field = tuple(Counter[str]() for _ in EXACT_FIELDS)

    def add(self, headline: WireText, body: WireText) -> None:
        """A document that comes."""
        for counter, text in zip(self._by_field, (headline, body), strict=True):
            counter.update(set(text.words.split()))

    def take(self, headline: WireText, body: WireText) -> None:
        """A document that goes."""
        for counter, text in zip(self._by_field, (headline, body), strict=True):
            counter.subtract(set(text.words.split()))

    def read(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The changes, by the words themselves."""
        return ((read_term(word), changes) for word, changes in self)

    def __iter__(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        for word in sorted(set().union(*self._by_field)):
            changes = tuple(counter[word] for counter in self._by_field)
            if any(changes):
                yield word, changes


def words_index(name: str) -> str:
    """What the index of the words of an index is called."""
    return f"{name}-words"


def make_words_index(client: Client) -> None:
    """An index for words, empty."""
    name, count = words_index(client.address.name), {"type": "integer"}
    body = {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {"word": {"type": "keyword"}, **dict.fromkeys(EXACT_FIELDS, count)},
        },
    }
    if client.exists(name):
        client.request("DELETE", f"/{name}")
    client.request("PUT", f"/{name}", body)


def change_words(client: Client, changes: WordChanges, *, new: bool) -> None:
    """Bring the counts up to date.

    :param new: whether there are no counts yet.
    """
    name = words_index(client.address.name)
    client.bulk(_written(client, name, changes, new))
    client.request("POST", f"/{name}/_refresh")


def _written(
    client: Client, name: str, changes: WordChanges, new: bool
) -> Iterator[tuple[RequestBody, RequestBody | None]]:
    rest = iter(changes)
    while some := list(islice(rest, COUNTED)):
        places = [_id(word) for word, _ in some]
        known = {} if new else _known(client, name, places)
        for place, (word, more) in zip(places, some, strict=True):
            before = known.get(place, {})
            counts = [before.get(f, 0) + n for f, n in zip(EXACT_FIELDS, more, strict=True)]
            about = {"_index": name, "_id": place}
            if any(counts):
                named = dict(zip(EXACT_FIELDS, counts, strict=True))
                yield {"index": about}, {"word": read_term(word), **named}
            else:
                yield {"delete": about}, None


def _known(client: Client, name: str, places: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    found = client.request("POST", f"/{name}/_mget", {"ids": list(places)})["docs"]
    return {each["_id"]: each["_source"] for each in found if each["found"]}


def _id(word: str) -> str:
    return hashlib.blake2b(word.encode("utf-8"), digest_size=16).hexdigest()
