"""A release as an index stores it, in bytes: encoded once, where it was read.

The record is all that the document says. What is settled later is put in front of it: id, aliases,
source and the time of arrival, once deduplication knows them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from index.codec.stored_document import PACKED, encode_plain, opened
from index.facet_table import Facet
from index.history import History
from index.release import Release
from index.schema import indexed_values

HASH_BYTES = 16
_SETTLED = ("id", "aliases", "source_file", "fetched_at")
"""Fields that deduplication settles, or in which two readings of the same differ."""


def record_of(release: Release) -> bytes:
    """The fields that the document decides; equal for two readings of the same."""
    stored = release.to_stored()
    for name in _SETTLED:
        stored.pop(name, None)
    return encode_plain(stored)


def record_hash(record: bytes) -> bytes:
    """BLAKE2b of a record, to tell whether a release has changed."""
    return hashlib.blake2b(record, digest_size=HASH_BYTES).digest()


def with_time(record: bytes, fetched_at: str | None) -> bytes:
    """A record that says when its document was fetched, if that is known."""
    return record if fetched_at is None else encode_plain({"fetched_at": fetched_at}) + record


def settled(
    record: bytes, release_id: str, aliases: tuple[str, ...], source_file: str, history: History
) -> bytes:
    """A record with what deduplication settled, as the index stores it."""
    head: dict[str, Any] = {"id": release_id, **history.to_stored()}
    if source_file:
        head["source_file"] = source_file
    if aliases:
        head["aliases"] = list(aliases)
    return encode_plain(head) + record


def stored_release(release: Release, history: History | str) -> bytes:
    """A whole release as the index stores it.

    :param history: or the time (UTC, ISO 8601) of its arrival, where it never changed.
    """
    history = History(history) if isinstance(history, str) else history
    record = with_time(record_of(release), release.fetched_at)
    return settled(record, release.id, release.aliases, release.source_file, history)


def packed_document(stored: bytes, facets: Iterable[Facet] = ()) -> dict[str, Any]:
    """What a bulk writer takes for a stored release: values to index, stored fields as they are."""
    fields, parts = opened(stored)
    return indexed_values(fields, facets) | {PACKED: parts}
