"""Many documents into an index at once, on all cores, in bounded memory.

Batches of documents go to worker processes, each of which writes a whole segment of its own. At
the end the new segments become one, and a single commit under Whoosh's lock makes it visible.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from index import compiled
from index.codec.inversion import Inverter
from index.codec.merge import merge_segments, merge_small, process_pool
from index.codec.segment import DatelineSegment
from index.codec.whoosh_codec import DatelineCodec

BATCH_DOCUMENTS = 1 << 14
"""Documents that become one segment at the most."""
BATCH_CHARACTERS, MOST_CHARACTERS = 3_000_000, 32_000_000
"""Characters of text after which the first batch is full, and any; memory is some 15 bytes each.

Batches grow: the first keeps the other processes waiting, and many segments are slow to merge.
"""
_GROWTH = 24
"""A batch takes one in so many of the characters that came before it."""
POOL_FROM = 2_000_000
"""Characters of a first batch from which worker processes pay for their start."""

_Task = tuple[Any, str, bytes, Any]
ToDocument = Callable[[Any], dict[str, Any]]


def add_documents(
    index: FileIndex,
    items: Iterable[Any],
    *,
    to_document: ToDocument | None = None,
    before_commit: Callable[[SegmentWriter], None] | None = None,
    workers: int | None = None,
) -> int:
    """Add documents to an index and commit once; nothing changes if anything fails.

    :param items: keyword arguments of `add_document`, or what `to_document` (a function of a
        module, run in the workers) makes them from.
    :param before_commit: called with Whoosh's writer, to delete documents in the same commit.
    :param workers: processes; all cores where it is None, none for a handful of documents.
    :returns: the number of documents added.
    :raises whoosh.index.LockError: if another writer holds the index.
    """
    writer = index.writer(codec=DatelineCodec())
    made: list[DatelineSegment] = []
    collecting = _stop_collecting()
    try:
        if before_commit is not None:
            before_commit(writer)
        batches = _batches(items)
        for segment in _segments(index, writer.schema, batches, to_document, workers):
            made.append(segment)
        count = sum(segment.doc_count_all() for segment in made)
        if len(made) > 1:
            cores = workers or os.cpu_count() or 1
            parts, made = made, [merge_segments(index.storage, writer.schema, made, workers=cores)]
            _remove(index.storage, parts)
    except BaseException:
        writer.cancel()
        _remove(index.storage, [*made, writer.newsegment])
        raise
    finally:
        if collecting:
            gc.enable()
    writer.commit(mergetype=lambda writer, old: merge_small(writer, [*old, *made]))
    return count


def _segments(
    index: FileIndex,
    schema: Schema,
    batches: Iterator[list[Any]],
    to_document: ToDocument | None,
    workers: int | None,
) -> Iterator[DatelineSegment]:
    first = next(batches, None)
    if first is None:
        return
    workers = workers or os.cpu_count() or 1
    task = (index.storage, index.indexname, pickle.dumps(schema), to_document)
    if workers == 1 or sum(map(_size, first)) < POOL_FROM:
        yield _write_batch(*task, first)
        for batch in batches:
            yield _write_batch(*task, batch)
        return
    with process_pool(workers) as pool:
        yield from _in_order(pool, task, first, batches, workers + 1)


def _in_order(
    pool: Executor, task: _Task, first: list[Any], batches: Iterator[list[Any]], most: int
) -> Iterator[DatelineSegment]:
    """Segments in the order of their batches, with few batches under way."""
    under_way: list[Future[DatelineSegment]] = [pool.submit(_write_batch, *task, first)]
    for batch in batches:
        if len(under_way) >= most:
            wait(under_way, return_when=FIRST_COMPLETED)
            while len(under_way) >= most:
                yield under_way.pop(0).result()
        under_way.append(pool.submit(_write_batch, *task, batch))
    for future in under_way:
        yield future.result()


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    size = total = 0
    for item in items:
        batch.append(item)
        size += _size(item)
        full = min(BATCH_CHARACTERS + total // _GROWTH, MOST_CHARACTERS)
        if len(batch) >= BATCH_DOCUMENTS or size >= full:
            yield batch
            total += size
            batch, size = [], 0
    if batch:
        yield batch


def _size(item: Any) -> int:
    """Characters of the longest text of an item: the body, in effect."""
    release = getattr(item, "release", item)
    body = release.get("body") if isinstance(release, dict) else getattr(release, "body", "")
    return len(body or "")


_inverter: tuple[bytes, Inverter] | None = None
"""The last one and its schema, pickled: Whoosh's schemas do not equal their own copies."""


def _write_batch(
    storage: Any, indexname: str, schema: bytes, to_document: ToDocument | None, batch: list[Any]
) -> DatelineSegment:
    """One batch to one segment; the process keeps its vocabulary for the next."""
    global _inverter
    if compiled.kernel is not None and multiprocessing.parent_process() is not None:
        compiled.kernel.keep_freed_memory()
    if _inverter is None or _inverter[0] != schema:
        _inverter = (schema, Inverter(pickle.loads(schema)))  # noqa: S301, our own
    segment = DatelineSegment(DatelineCodec(), indexname)
    collecting = _stop_collecting()
    try:
        documents = [to_document(item) for item in batch] if to_document else batch
        _inverter[1].write(documents, storage, segment)
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
