"""Segments merged into one, by arrays: nothing is analysed again, deleted documents go."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema

from index.codec import columns
from index.codec.files import Component, FileWriter, create
from index.codec.inverted import InvertedWriter
from index.codec.lengths import LENGTHS
from index.codec.merge_postings import Source, merge_field
from index.codec.segment import DatelineSegment, open_segment
from index.codec.stored import StoredWriter
from index.codec.vectors import read_packed, write_vectors

MERGE_AT = 8
"""Segments of about one size that are left apart; when there are more, they are merged."""

SHARE_FROM = 5_000_000
"""Occurrences of terms from which several threads share a merge."""

Ints = NDArray[np.int64]


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy for Whoosh's `commit(mergetype=...)`: tiers of sizes, merged by arrays.

    Segments whose sizes are within a factor of eight make a tier; a tier of `MERGE_AT` becomes
    one. So a document is rewritten about once for every factor of eight that the index grows.
    Segments of another codec are left alone.
    """
    kept = list(segments)
    while True:
        tier = _full_tier(kept)
        if not tier:
            return kept
        merged = merge_segments(writer.storage, writer.schema, tier)
        at = kept.index(tier[0])
        kept = [each for each in kept if each not in tier]
        kept[at:at] = [merged] if merged.doc_count_all() else []


def merge_all(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy that makes one segment of all that are ours."""
    ours = [each for each in segments if isinstance(each, DatelineSegment)]
    others = [each for each in segments if not isinstance(each, DatelineSegment)]
    if len(ours) < 2 and not any(each.has_deletions() for each in ours):
        return segments
    merged = merge_segments(writer.storage, writer.schema, ours)
    return [*others, merged] if merged.doc_count_all() else others


def _full_tier(segments: list[Any]) -> list[DatelineSegment]:
    """Neighbouring segments of about one size, where there are enough; the smallest ones first."""
    tiers: dict[int, list[DatelineSegment]] = {}
    for each in segments:
        if isinstance(each, DatelineSegment):
            tiers.setdefault(max(each.doc_count(), 1).bit_length() // 3, []).append(each)
    for size in sorted(tiers):
        if len(tiers[size]) >= MERGE_AT:
            return tiers[size]
    return []


def merge_segments(
    storage: Any, schema: Schema, segments: Sequence[DatelineSegment], *, workers: int = 1
) -> DatelineSegment:
    """Write one segment that holds the documents of several that are not deleted, in order.

    :param workers: threads that share the work where there is much: compiled loops need no lock.
    """
    sources = _sources(storage, segments)
    count = sum(segment.doc_count() for segment in segments)
    merged = DatelineSegment(segments[0].codec(), segments[0].index_name(), count)
    names = {name for source in sources for name in source.files.field_names if name in schema}
    sizes = {name: sum(_occurrences(source, name) for source in sources) for name in names}
    inverted = InvertedWriter(storage, merged)
    tasks: list[Callable[[], None]] = [
        partial(merge, storage, merged, sources, schema)
        for merge in (_merge_stored, _merge_lengths, _merge_columns)
    ]
    tasks += [
        partial(merge_field, inverted.beside(), name, sources)
        for name in sorted(names, key=lambda name: -sizes[name])
    ]
    if sum(sizes.values()) < SHARE_FROM:
        workers = 1
    in_threads(tasks, workers)
    in_threads(inverted.closing(), workers)
    return merged


def in_threads(tasks: Sequence[Callable[[], None]], workers: int) -> None:
    """Run all tasks, in order if there is one worker only; raises what the first of them raised."""
    if workers == 1:
        for task in tasks:
            task()
        return
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


def _occurrences(source: Source, name: str) -> int:
    field = source.files.field(name)
    return 0 if field is None else int(field.totals.sum(dtype=np.int64))


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes: forks, unless threads run that might hold a lock while it is copied."""
    method = "fork" if threading.active_count() == 1 else "spawn"
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method))


def _sources(storage: Any, segments: Sequence[DatelineSegment]) -> list[Source]:
    sources, base = [], 0
    for segment in segments:
        sources.append(Source(open_segment(storage, segment), segment, base))
        base += segment.doc_count()
    return sources


def _merge_stored(
    storage: Any, merged: DatelineSegment, sources: list[Source], schema: Schema
) -> None:
    file = create(storage, merged, Component.STORED)
    stored = StoredWriter(file)
    for source in sources:
        if len(source.deleted):
            for data in source.files.stored.all(source.kept.tolist()):
                stored.add(data)
        else:
            stored.add_blocks(source.files.stored)
        source.files.let_go()
    stored.finish()
    for name, field in schema.items():
        if field.vector:
            _merge_vectors(file, name, sources, merged.doc_count_all())
    file.close()


def _merge_vectors(file: FileWriter, name: str, sources: list[Source], count: int) -> None:
    vectors = {}
    for source in sources:
        for old in source.kept.tolist():
            packed = read_packed(source.files.vectors, name, old)
            if packed:
                vectors[int(source.numbers[old])] = packed
    if vectors:
        write_vectors(file, name, vectors, count)


def _merge_lengths(
    storage: Any, merged: DatelineSegment, sources: list[Source], schema: Schema
) -> None:
    file = create(storage, merged, Component.LENGTHS)
    totals: dict[str, int] = {}
    for name in schema.names():
        codes = [(source, source.files.length_codes(name)) for source in sources]
        if all(each is None for _, each in codes):
            continue
        kept = [
            np.zeros(len(source.kept), np.uint8) if each is None else each[source.kept]
            for source, each in codes
        ]
        totals[name] = sum(
            _total_length(source, name, part) for (source, _), part in zip(codes, kept, strict=True)
        )
        file.add(name, np.concatenate(kept))
    file.meta["totals"] = totals
    file.close()


def _total_length(source: Source, name: str, codes: NDArray[np.uint8]) -> int:
    """Tokens of the kept documents: as counted, or, once some are gone, as the codes say."""
    if not len(source.deleted):
        return source.files.total_length(name)
    return int(LENGTHS[codes].sum())


def _merge_columns(
    storage: Any, merged: DatelineSegment, sources: list[Source], schema: Schema
) -> None:
    file = create(storage, merged, Component.COLUMNS)
    for name, field in schema.items():
        column = field.column_type
        having = [source for source in sources if name in source.files.columns]
        if not column or not having:
            continue
        kind = columns.kind_of(column)
        if kind == "number" and len(having) == len(sources):
            parts = [source.files.columns.numbers(name)[source.kept] for source in sources]
            columns.write_numbers(file, name, np.concatenate(parts))
        elif kind == "value" and len(having) == len(sources):
            _merge_ordinals(file, name, sources)
        else:
            _merge_values(file, name, column, sources, merged.doc_count_all())
    file.close()


def _merge_ordinals(file: FileWriter, name: str, sources: list[Source]) -> None:
    parts = [
        (ordinals[source.kept], values)
        for source in sources
        for ordinals, values in [source.files.columns.ordinals(name)]
    ]
    used = [np.unique(ordinals) for ordinals, _ in parts]
    distinct = sorted(
        {values[at] for (_, values), each in zip(parts, used, strict=True) for at in each.tolist()}
    )
    number = {value: at for at, value in enumerate(distinct)}
    ordinals = [
        np.array([number.get(value, 0) for value in values], np.int64)[old] for old, values in parts
    ]
    columns.write_ordinals(file, name, np.concatenate(ordinals), distinct)


def _merge_values(
    file: FileWriter, name: str, column: Any, sources: list[Source], count: int
) -> None:
    """A column that some segments lack, or one that only Whoosh reads: value by value."""
    writer = columns.ColumnWriter(name, column)
    for source in sources:
        if name in source.files.columns:
            reader = source.files.columns.reader(name, column)
            for old in source.kept.tolist():
                writer.add(int(source.numbers[old]), reader[old])
    writer.finish(file, count)
