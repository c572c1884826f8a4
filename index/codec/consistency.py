"""Whether the files of a segment agree with each other and with themselves, whatever checksums say.

Checksums find chance. What is written on purpose, or by a faulty program, has right ones: then this
tells damage to an index from a fault of the program that reads it. It reads all there is.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from index.codec.columns import Columns
from index.codec.files import Component, FileReader
from index.codec.segment import SegmentFiles
from index.codec.stored_blocks import BlocksReader
from index.codec.terms import FieldTerms
from index.errors import DatelineError
from index.release import Release, hash_fault

ODD = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, ZeroDivisionError,
    AssertionError, EOFError, MemoryError, RecursionError, SystemError, struct.error, zlib.error,
)  # fmt: skip
"""What a program raises that reads arrays which were never written so; and one with a fault."""
TERMS_AT_ONCE = 4096
"""Terms whose postings are unpacked together."""


def contradictions(files: SegmentFiles) -> Iterator[str]:
    """What the files of a segment say that cannot be, a sentence for each part of them."""
    parts: list[tuple[Component, Callable[[], None]]] = [
        (Component.LENGTHS, partial(_check_lengths, files)),
        (Component.COLUMNS, partial(_check_columns, files)),
        (Component.STORED, partial(_check_stored, files)),
        (Component.TERMS, partial(_check_fields, files)),
    ]
    for component, check in parts:
        try:
            check()
        except DatelineError as error:
            yield str(error)
        except ODD as error:
            yield f"{files.path(component)}: says what cannot be ({type(error).__name__}: {error})"


def _need(true: Any, what: str) -> None:
    if not true:
        raise ValueError(what)


def _check_lengths(files: SegmentFiles) -> None:
    file = files.file(Component.LENGTHS)
    for name in file.names():
        codes = file.array(name)
        _need(codes.dtype == np.uint8 and len(codes) == files.count, f"{name} are not lengths")
        _need(files.total_length(name) >= 0, f"{name} has a negative length")


def _check_columns(files: SegmentFiles) -> None:
    file = files.file(Component.COLUMNS)
    columns = Columns(file, files.count)
    for name, _, kind in (each.partition(":") for each in file.names()):
        if kind == "numbers":
            _need(
                columns.numbers(name).dtype.kind == "u", f"{name} are no numbers"
            )  # sortable ones
            _need(len(columns.numbers(name)) == files.count, f"{name} are not one a document")
        elif kind == "ordinals":
            ordinals, texts = columns.ordinals(name)
            values = list(texts)
            _need(ordinals.dtype.kind == "u", f"{name} are no ordinals")
            _need(len(ordinals) == files.count, f"{name} are not one a document")
            _need(not len(ordinals) or int(ordinals.max()) < len(values), f"{name} lacks a value")
            _check_starts(file, f"{name}:starts", len(file.array(f"{name}:text")))
            _need(values == sorted(set(values)), f"the values of {name} are not in order")
            for value in values:
                value.decode("utf-8")


def _check_starts(file: FileReader, name: str, end: int, count: int | None = None) -> None:
    """An array of where each begins, the end last."""
    starts = file.array(name)
    _need(starts.dtype.kind == "u" and len(starts), f"{name} are no places")
    starts = starts.astype(np.int64)
    _need(count is None or len(starts) == count + 1, f"{name} has another number of places")
    rising = starts[0] == 0 and starts[-1] == end and (np.diff(starts) >= 0).all()
    _need(rising, f"{name} does not lead through what it is about")


def _check_stored(files: SegmentFiles) -> None:
    file, count = files.file(Component.STORED), files.count
    for each in files.stored.blocks:
        _check_blocks(file, each, count)
    for number in range(count):
        release = Release.from_stored(files.stored.fields(number))
        fault = hash_fault(release)
        _need(not fault, fault)


def _check_blocks(file: FileReader, blocks: BlocksReader, count: int) -> None:
    name, sizes = blocks.kind.name, blocks.sizes
    _need(sizes.dtype.kind == "u" and len(sizes) == count, f"{name}sizes are not one each")
    _check_starts(file, f"{name}first_documents", count)
    packed = len(file.array(f"{name}blocks")) if f"{name}blocks" in file else 0
    _check_starts(file, f"{name}block_starts", packed, len(blocks.first_documents) - 1)
    for number, data in enumerate(blocks.all(range(count))):
        _need(len(data) == int(sizes[number]), f"document {number} is cut short")


def _check_fields(files: SegmentFiles) -> None:
    for name in files.field_names:
        field = files.field(name)
        assert field is not None, "the name came from the file's own list"  # noqa: S101
        _check_field(files.file(Component.TERMS), field, files.count)


def _check_field(file: FileReader, field: FieldTerms, count: int) -> None:
    name, size = field.name, field.size
    _need(field.kind in ("existence", "frequency", "positions"), f"{name} is of no known kind")
    _need(type(size) is int and float(field.scale) > 0, f"{name} is not described")
    _check_starts(file, f"{name}:starts", len(field.text), size)
    for array in (field.document_frequencies, field.collection_frequencies, field.coding):
        _need(array.dtype.kind == "u" and len(array) == size, f"{name}: one value a term")
    _need(field.coding.dtype == np.uint8, f"{name}: coding is one byte")
    terms = list(field.terms()) if size else []
    _need(all(a < b for a, b in itertools.pairwise(terms)), f"{name}: terms in order")
    field.check_places()
    for first in range(0, size, TERMS_AT_ONCE):
        _check_postings(field, first, min(first + TERMS_AT_ONCE, size), count)


def _check_postings(field: FieldTerms, first: int, last: int, count: int) -> None:
    postings = field.postings(first, last)
    ends = np.cumsum(postings.counts)
    _need((postings.counts > 0).all(), f"{field.name}: a term without documents")
    documents = postings.documents.astype(np.int64)
    _need(len(documents) == ends[-1], f"{field.name}: another number of documents")
    _need(int(documents.max()) < count, f"{field.name}: a document that is not there")
    rising = np.diff(documents) > 0
    rising[ends[:-1] - 1] = True  # from one term to the next
    _need(rising.all(), f"{field.name}: documents in order")
    frequencies = postings.frequencies.astype(np.int64)
    _need(len(frequencies) == len(documents) and (frequencies > 0).all(), "a frequency of none")
    totals = np.add.reduceat(frequencies, ends - postings.counts)
    _need(
        (totals == field.collection_frequencies[first:last]).all(),
        f"{field.name}: totals of its terms",
    )
    if postings.positions is not None:
        _check_positions(field, postings.positions.astype(np.int64), frequencies)
    if postings.weights is not None:
        _need(np.isfinite(postings.weights).all(), f"{field.name}: a weight that is no number")


def _check_positions(field: FieldTerms, positions: Any, frequencies: Any) -> None:
    _need(len(positions) == frequencies.sum(), f"{field.name}: another number of positions")
    rising = np.diff(positions) >= 0
    rising[np.cumsum(frequencies)[:-1] - 1] = True  # from one document to the next
    _need(rising.all(), f"{field.name}: positions in order")
