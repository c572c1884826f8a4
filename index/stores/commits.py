"""One commit to a folder's index: releases out, releases in, in batches on all cores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from whoosh.index import FileIndex
from whoosh.index import LockError as WhooshLockError

from index.codec.bulk_writer import add_documents
from index.codec.merge_policy import MergePolicy, merge_by_size
from index.errors import IndexLockedError
from index.schema import facets_of
from index.stores.stored_release import packed_document

Commit = Callable[[FileIndex, Collection[str], Iterable[bytes], int | None], None]
"""Removes ids from an index, adds stored releases with so many workers, and commits once; on an
error all stays as it was."""

_WHOOSH_LOCKED = "Another program holds Whoosh's lock on this index; wait for it to end."


def commit_in_bulk(
    index: FileIndex,
    removed: Collection[str],
    added: Iterable[bytes],
    workers: int | None,
    policy: MergePolicy = merge_by_size,
) -> None:
    """By our codec, in batches that worker processes share."""
    try:
        add_documents(
            index,
            added,
            to_document=partial(packed_document, facets=facets_of(index.schema)),
            before_commit=partial(_remove, removed=removed),
            workers=workers,
            policy=policy,
        )
    except WhooshLockError as error:
        raise IndexLockedError(_WHOOSH_LOCKED) from error


def _remove(writer: Any, removed: Collection[str]) -> None:
    if not removed:
        return
    with writer.reader() as reader:
        postings = [
            number
            for release_id in set(removed)
            if ("id", release_id) in reader
            for number in reader.postings("id", release_id).all_ids()
        ]
    for number in postings:
        writer.delete_document(number)
