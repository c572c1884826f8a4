"""Many documents into an index at once, on all cores, in bounded memory.

Batches of documents go to worker processes, each of which writes a whole segment of its own. At
the end the new segments become one, with those that the merge policy adds to them, and a single
commit under Whoosh's lock makes it visible.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from index.codec.inversion import Inverter
from index.codec.merge_policy import MergePolicy, merge_by_size
from index.codec.segment import DatelineSegment
from index.codec.whoosh_codec import DatelineCodec
from index.errors import DatelineError
from index.workers import LostWorkerError, in_order, worker_count

BATCH_DOCUMENTS = 1 << 14
"""Documents that become one segment at the most."""
BATCH_BYTES, MOST_BYTES = 3_000_000, 32_000_000
"""Bytes of documents after which the first batch is full, and any; memory is some 15 times that.

Batches grow: the first keeps the other processes waiting, and many segments are slow to merge.
"""
_GROWTH = 24
"""A batch takes one in so many of the bytes that came before it."""
POOL_FROM = 2_000_000
"""Bytes of a first batch from which worker processes pay for their start."""
_AHEAD = 2
"""Batches for each worker that are in memory at once."""

ToDocument = Callable[[Any], dict[str, Any]]


def add_documents(
    index: FileIndex,
    items: Iterable[Any],
    *,
    to_document: ToDocument | None = None,
    before_commit: Callable[[SegmentWriter], None] | None = None,
    workers: int | None = None,
    policy: MergePolicy = merge_by_size,
) -> int:
    """Add documents to an index and commit once; nothing changes if anything fails.

    :param items: keyword arguments of `add_document`, or packed documents, from which
        `to_document` (a function of a module, run in the workers) makes them.
    :param before_commit: called with Whoosh's writer, to delete documents in the same commit.
    :param workers: see `worker_count`; for a handful of documents no process is started.
    :param policy: which segments of the index become one with the new ones.
    :returns: the number of documents added.
    :raises whoosh.index.LockError: if another writer holds the index.
    """
    writer = index.writer(codec=DatelineCodec())
    made: list[DatelineSegment] = []
    workers = worker_count(workers)
    collecting = _stop_collecting()
    try:
        if before_commit is not None:
            before_commit(writer)
        for segment in _segments(index, writer.schema, in_batches(items), to_document, workers):
            made.append(segment)
        count = sum(segment.doc_count_all() for segment in made)
        segments = policy(writer, writer.segments, made, workers)
        _remove(index.storage, [each for each in made if each not in segments])
    except BaseException:
        _ended(writer, writer.cancel)
        _remove(index.storage, [*made, writer.newsegment])
        raise
    finally:
        if collecting:
            gc.enable()
    _ended(writer, partial(writer.commit, mergetype=lambda *_: segments))
    return count


def _ended(writer: SegmentWriter, end: Callable[[], None]) -> None:
    """Ends a writer, which lets go of its lock also where that fails."""
    try:
        end()
    finally:
        if not writer.is_closed:
            writer._finish()  # noqa: SLF001, Whoosh has no other name for it


def _segments(
    index: FileIndex,
    schema: Schema,
    batches: Iterator[list[Any]],
    to_document: ToDocument | None,
    workers: int,
) -> Iterator[DatelineSegment]:
    """Segments in the order of their batches, with few batches under way."""
    first = next(batches, None)
    if first is None:
        return
    if sum(map(_size, first)) < POOL_FROM:
        workers = 1
    work = partial(_write_batch, index.storage, index.indexname, pickle.dumps(schema), to_document)
    with closing(in_order(work, chain([first], batches), workers, _AHEAD)) as written:
        for _, segment in written:
            if isinstance(segment, LostWorkerError):
                raise DatelineError(
                    f"A process that wrote the index {segment}, most often since memory ran out. "
                    "The index is as it was; fewer --workers take less memory."
                )
            yield segment


def in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Items in batches that grow, the first ones small so that every process soon has one."""
    batch: list[Any] = []
    size = total = 0
    for item in items:
        batch.append(item)
        size += _size(item)
        full = min(BATCH_BYTES + total // _GROWTH, MOST_BYTES)
        if len(batch) >= BATCH_DOCUMENTS or size >= full:
            yield batch
            total += size
            batch, size = [], 0
    if batch:
        yield batch


def _size(item: Any) -> int:
    """Bytes of a packed document; of another one, the characters of its body."""
    return len(item) if isinstance(item, bytes) else len(item.get("body") or "")


@lru_cache(maxsize=1)
def inverter_of(schema: bytes) -> Inverter:
    """The last inverter, whose vocabulary a process keeps from batch to batch.

    :param schema: pickled, since Whoosh's schemas do not equal their own copies.
    """
    return Inverter(pickle.loads(schema))  # noqa: S301, our own


def _write_batch(
    storage: Any, indexname: str, schema: bytes, to_document: ToDocument | None, batch: list[Any]
) -> DatelineSegment:
    """One batch to one segment."""
    segment = DatelineSegment(DatelineCodec(), indexname)
    collecting = _stop_collecting()
    try:
        documents = [to_document(item) for item in batch] if to_document else batch
        inverter_of(schema).write(documents, storage, segment)
    except BaseException:
        _remove(storage, [segment])
        raise
    finally:
        if collecting:
            gc.enable()
    return segment


def _stop_collecting() -> bool:
    """No collecting of garbage: it would look at every document, again and again, for nothing.

    :returns: whether it was on.
    """
    collecting = gc.isenabled()
    gc.disable()
    return collecting


def _remove(storage: Any, segments: list[DatelineSegment]) -> None:
    for segment in segments:
        for name in segment.list_files(storage):
            storage.delete_file(name)
