"""Columns: one value a document, for sorting, filters and counts.

Numbers are an array; byte strings an array of ordinals and their sorted distinct values. Other
kinds of Whoosh column (bits, lists, pickles) are kept as the bytes that Whoosh writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import ColumnReader, NumericColumn, VarBytesColumn
from whoosh.filedb.structfile import BufferFile, StructFile

from index.codec.files import FileReader, FileWriter, narrow
from index.codec.packing import starts_of
from index.codec.term_numbers import Texts


def kind_of(column: Any) -> str:
    """Which of "number", "value" and "whoosh" a Whoosh column is."""
    return {NumericColumn: "number", VarBytesColumn: "value"}.get(type(column), "whoosh")


class ColumnWriter:
    """Gathers the values of one column; documents without one get its default."""

    def __init__(self, name: str, column: Any) -> None:
        self._name = name
        self._column = column
        self._kind = kind_of(column)
        self._documents: list[int] = []
        self._values: list[Any] = []
        if self._kind == "whoosh":
            self._bytes = BytesIO()
            self._writer = column.writer(StructFile(self._bytes))

    def add(self, document: int, value: Any) -> None:
        """A document's value; documents come in ascending order."""
        if self._kind == "whoosh":
            self._writer.add(document, value)
        else:
            self._documents.append(document)
            self._values.append(value)

    def extend(self, documents: list[int], values: list[Any]) -> None:
        """Several documents' values; documents come in ascending order."""
        if self._kind == "whoosh":
            for document, value in zip(documents, values, strict=True):
                self._writer.add(document, value)
        else:
            self._documents += documents
            self._values += values

    def finish(self, file: FileWriter, count: int) -> None:
        """Write the column for `count` documents."""
        if self._kind == "whoosh":
            self._writer.finish(count)
            data = np.frombuffer(self._bytes.getvalue(), np.uint8)
            write_raw(file, self._name, data)
        elif self._kind == "number":
            kind = self._column._typecode  # noqa: SLF001, Whoosh has no other name for it
            numbers = np.full(count, self._column.default_value(), kind)
            numbers[self._documents] = self._values
            write_numbers(file, self._name, numbers)
        else:
            values = [b""] * count
            for document, value in zip(self._documents, self._values, strict=True):
                values[document] = value
            write_values(file, self._name, values)


def write_numbers(file: FileWriter, name: str, numbers: NDArray[Any]) -> None:
    """A column of numbers, (documents,) of any numeric type."""
    file.add(f"{name}:numbers", numbers)


def write_values(file: FileWriter, name: str, values: list[bytes]) -> None:
    """A column of byte strings, one a document."""
    distinct = sorted(set(values))
    number = {value: at for at, value in enumerate(distinct)}
    ordinals = np.fromiter(map(number.__getitem__, values), np.int64, len(values))
    write_ordinals(file, name, ordinals, Texts.of(distinct))


def write_ordinals(file: FileWriter, name: str, ordinals: NDArray[Any], distinct: Texts) -> None:
    """The same, given as (documents,) ordinals of the sorted distinct values."""
    file.add(f"{name}:ordinals", narrow(ordinals))
    file.add(f"{name}:text", np.frombuffer(distinct.joined, np.uint8))
    file.add(f"{name}:starts", narrow(starts_of(distinct.sizes)))


def write_raw(file: FileWriter, name: str, data: NDArray[np.uint8]) -> None:
    """A column as Whoosh wrote it."""
    file.add(f"{name}:whoosh", data)


class Columns:
    """The columns of a segment."""

    def __init__(self, file: FileReader, count: int) -> None:
        self._file = file
        self._count = count

    def __contains__(self, name: str) -> bool:
        return any(f"{name}:{kind}" in self._file for kind in ("numbers", "ordinals", "whoosh"))

    def numbers(self, name: str) -> NDArray[Any]:
        """(documents,) the numbers of a numeric column."""
        return self._file.array(f"{name}:numbers")

    def ordinals(self, name: str) -> tuple[NDArray[Any], Texts]:
        """(documents,) ordinals of a column of byte strings, and its sorted distinct values."""
        text, starts = self._file.array(f"{name}:text"), self._file.array(f"{name}:starts")
        values = Texts(text.tobytes(), np.diff(starts).astype(np.int64))
        return self._file.array(f"{name}:ordinals"), values

    def reader(self, name: str, column: Any) -> ColumnReader:
        """Whoosh's view of a column."""
        if f"{name}:numbers" in self._file:
            return _NumberReader(self.numbers(name))
        if f"{name}:ordinals" in self._file:
            ordinals = self._file.array(f"{name}:ordinals")
            return _ValueReader(ordinals, lambda: list(self.ordinals(name)[1]))
        data = self._file.array(f"{name}:whoosh").tobytes()
        return column.reader(BufferFile(data), 0, len(data), self._count)


class _NumberReader(ColumnReader):  # type: ignore[misc]
    def __init__(self, numbers: NDArray[Any]) -> None:
        self.array = numbers
        self._sign = 1

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, document: int) -> Any:
        return self.array[document].item()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array.tolist())

    def sort_key(self, document: int) -> Any:
        return self._sign * self.array[document].item()

    def load(self) -> list[Any]:
        return list(self.array.tolist())

    def set_reverse(self) -> None:
        self._sign = -1


class _ValueReader(ColumnReader):  # type: ignore[misc]
    def __init__(self, ordinals: NDArray[Any], values: Callable[[], list[bytes]]) -> None:
        self.ordinals = ordinals
        self._read_values = values

    @cached_property
    def values(self) -> list[bytes]:
        """The sorted distinct values; read when first asked for."""
        return self._read_values()

    def __len__(self) -> int:
        return len(self.ordinals)

    def __getitem__(self, document: int) -> bytes:
        return self.values[int(self.ordinals[document])]

    def __iter__(self) -> Iterator[bytes]:
        return map(self.values.__getitem__, self.ordinals.tolist())
