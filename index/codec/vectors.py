"""Term vectors: what Whoosh keeps of a document's own terms, where a schema asks for them."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import numpy as np

from index.codec.files import FileReader, FileWriter, narrow
from index.codec.packing import starts_of

_ITEM = struct.Struct("<IfI")  # bytes of the term, weight, bytes of the value

Vector = tuple[list[str], list[float], list[bytes]]


def pack_vector(items: Iterable[tuple[str | bytes, float, bytes]]) -> bytes:
    """Terms, weights and posting values of one document."""
    packed = []
    for text, weight, value in items:
        term = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        packed += [_ITEM.pack(len(term), weight, len(value)), term, value]
    return b"".join(packed)


def write_vectors(file: FileWriter, name: str, vectors: dict[int, bytes], count: int) -> None:
    """The vectors of a field's documents."""
    data = [vectors.get(document, b"") for document in range(count)]
    file.add(f"{name}:vectors", np.frombuffer(b"".join(data), np.uint8))
    lengths = np.fromiter(map(len, data), np.int64, count)
    file.add(f"{name}:vector_starts", narrow(starts_of(lengths)))


def read_packed(file: FileReader, name: str, document: int) -> bytes:
    """A document's vector as `pack_vector` gave it; empty where there is none."""
    if f"{name}:vectors" not in file:
        return b""
    starts = file.array(f"{name}:vector_starts")
    part = file.checked(f"{name}:vectors").part(int(starts[document]), int(starts[document + 1]))
    return part.tobytes()


def read_vector(file: FileReader, name: str, document: int) -> Vector | None:
    """A document's terms, weights and values, or None where it has no vector."""
    data = read_packed(file, name, document)
    terms, weights, values = [], [], []
    at = 0
    while at < len(data):
        term_size, weight, value_size = _ITEM.unpack_from(data, at)
        at += _ITEM.size
        terms.append(data[at : at + term_size].decode("utf-8", "surrogatepass"))
        weights.append(weight)
        values.append(data[at + term_size : at + term_size + value_size])
        at += term_size + value_size
    return (terms, weights, values) if data else None
