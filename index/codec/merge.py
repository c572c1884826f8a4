"""Several segments merged into one.

By arrays: nothing is analysed again, deleted documents go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema

from index.array_types import Bytes
from index.codec import columns
from index.codec.files import Component, FileWriter, create
from index.codec.inverted_index import InvertedWriter
from index.codec.lengths import LENGTHS
from index.codec.merge_postings import Source, merge_field
from index.codec.merge_texts import merged_texts
from index.codec.segment import DatelineSegment, open_segment
from index.codec.stored import StoredWriter
from index.codec.term_numbers import Texts
from index.codec.vectors import read_packed, write_vectors
from index.workers import in_threads

SHARE_FROM = 5_000_000
"""Occurrences of terms from which several threads share a merge."""


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


def _occurrences(source: Source, name: str) -> int:
    field = source.files.field(name)
    return 0 if field is None else int(field.collection_frequencies.sum(dtype=np.int64))


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
            for number in source.kept.tolist():
                stored.add(source.files.stored.parts(number))
        else:
            stored.add_all(source.files.stored)
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


def _total_length(source: Source, name: str, codes: Bytes) -> int:
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
    held = [_held_values(source, name) for source in sources]
    distinct, places = merged_texts(values for _, values in held)
    ordinals = [place[own] for place, (own, _) in zip(places, held, strict=True)]
    columns.write_ordinals(file, name, np.concatenate(ordinals), distinct)


def _held_values(source: Source, name: str) -> tuple[NDArray[Any], Texts]:
    """(documents,) ordinals of the kept documents of a segment, and the values that these have."""
    ordinals, values = source.files.columns.ordinals(name)
    if not len(source.deleted):
        return ordinals, values
    kept = ordinals[source.kept]
    used = np.zeros(len(values), np.bool_)
    used[kept] = True
    return (np.cumsum(used) - 1)[kept], values.chosen(used)


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
