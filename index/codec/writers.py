"""What Whoosh's own writer writes through, one document and one posting at a time."""

from __future__ import annotations

import pickle
from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.codec import base

from index.codec.columns import ColumnWriter
from index.codec.files import Component, FileWriter, create
from index.codec.inverted_index import InvertedWriter, Postings, kind_of
from index.codec.lengths import length_codes
from index.codec.stored import StoredWriter
from index.codec.stored_document import parts_of, plain
from index.codec.term_numbers import Texts
from index.codec.vectors import pack_vector, write_vectors

BATCH = 1 << 20
"""Postings that are packed at a time."""
_FREQUENCY_BYTES = 4


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Stored fields, lengths, columns and vectors, document by document."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._stored_file = create(storage, segment, Component.STORED)
        self._stored = StoredWriter(self._stored_file)
        self._lengths: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._columns: dict[str, ColumnWriter] = {}
        self._vectors: dict[str, dict[int, bytes]] = defaultdict(dict)
        self._fields: dict[str, Any] | None = None
        self._count = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        if self._fields is not None:
            raise ValueError("start_doc: the document before is not finished")
        if docnum != self._count:
            raise ValueError(f"start_doc: document {docnum}, expected {self._count}")
        self._fields = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:  # noqa: ARG002
        assert self._fields is not None, "start_doc comes first"  # noqa: S101
        if value is not None:
            self._fields[fieldname] = plain(value)
        if length:
            self._lengths[fieldname].append((self._count, length))

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        if fieldname not in self._columns:
            self._columns[fieldname] = ColumnWriter(fieldname, columnobj)
        self._columns[fieldname].add(self._count, value)

    def add_vector_items(
        self,
        fieldname: str,
        fieldobj: Any,  # noqa: ARG002
        items: Iterable[tuple[Any, float, bytes]],
    ) -> None:
        packed = pack_vector(items)
        if packed:
            self._vectors[fieldname][self._count] = packed

    def finish_doc(self) -> None:
        self._stored.add(parts_of(self._fields or {}))
        self._fields = None
        self._count += 1

    def cancel_doc(self) -> None:
        self._fields = None

    def close(self) -> None:
        if self._fields is not None:
            self.finish_doc()
        self._stored.finish()
        for name, vectors in self._vectors.items():
            write_vectors(self._stored_file, name, vectors, self._count)
        self._stored_file.close()
        self._write_lengths()
        columns = create(self._storage, self._segment, Component.COLUMNS)
        for column in self._columns.values():
            column.finish(columns, self._count)
        columns.close()
        self.is_closed = True

    def _write_lengths(self) -> None:
        file = create(self._storage, self._segment, Component.LENGTHS)
        totals = {}
        for name, pairs in self._lengths.items():
            documents, lengths = np.array(pairs, np.int64).T
            totals[name] = int(lengths.sum())
            write_lengths(file, name, documents, lengths, self._count)
        file.meta["totals"] = totals
        file.close()


def write_lengths(file: FileWriter, name: str, documents: Any, lengths: Any, count: int) -> None:
    """The length codes of a field; documents that are not named have none."""
    codes = np.zeros(count, np.uint8)
    codes[documents] = length_codes(lengths)
    file.add(name, codes)


class PostingsCollector(base.FieldWriter):  # type: ignore[misc]
    """Takes postings one by one, in order, and packs them by the million."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._inverted = InvertedWriter(storage, segment)
        self._format: Any = None
        self._name = self._kind = ""
        self.is_closed = False

    def start_field(self, name: str, fieldobj: Any) -> None:
        self._format = fieldobj.format
        self._name = name
        self._kind = ""
        self._clear()

    def start_term(self, text: bytes) -> None:
        if len(self._documents) >= BATCH:
            self._flush()
        self._terms.append(text)
        self._counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: Any) -> None:  # noqa: ARG002
        if not self._kind:
            self._kind = _kind(self._format, vbytes)
            self._inverted.start_field(self._name, self._kind, float(self._format.field_boost))
        self._counts[-1] += 1
        self._documents.append(docnum)
        self._weights.append(weight)
        if self._kind == "positions":
            positions = self._format.decode_positions(vbytes)
            self._frequencies.append(len(positions))
            self._positions.extend(positions)
        elif self._kind == "frequency":
            # Whoosh posts words for spelling with whatever value the word before had.
            right = len(vbytes) == _FREQUENCY_BYTES
            self._frequencies.append(self._format.decode_frequency(vbytes) if right else 1)
        else:
            self._frequencies.append(_frequency(self._format, vbytes))
            self._values.append(vbytes)

    def finish_term(self) -> None:
        pass

    def finish_field(self) -> None:
        self._flush()
        self._inverted.finish_field()

    def close(self) -> None:
        self._inverted.close()
        self.is_closed = True

    def _clear(self) -> None:
        self._terms: list[bytes] = []
        self._counts: list[int] = []
        self._documents = array("I")
        self._frequencies = array("I")
        self._weights = array("f")
        self._positions = array("I")
        self._values: list[bytes] = []

    def _flush(self) -> None:
        postings = Postings(
            terms=Texts.of(self._terms),
            counts=np.array(self._counts, np.int64),
            documents=np.array(self._documents, np.uint32),
            frequencies=np.array(self._frequencies, np.uint32),
            positions=np.array(self._positions, np.uint32),
            weights=np.array(self._weights, np.float32),
            values=self._values,
        )
        self._inverted.add(postings)
        self._clear()


def _kind(format_: Any, value: bytes) -> str:
    """The kind of a field, by its format; by "values" if the first one is not what that says."""
    kind = kind_of(format_)
    if kind == "positions":
        try:
            format_.decode_positions(value)
        except (pickle.UnpicklingError, EOFError, IndexError, TypeError, ValueError):
            return "values"
    return kind


def _frequency(format_: Any, value: bytes) -> int:
    if value and format_.supports("frequency"):
        return int(format_.decode_frequency(value))
    return 1
