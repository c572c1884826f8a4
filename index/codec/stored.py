"""Stored fields: JSON documents in compressed blocks."""

from __future__ import annotations

import json
import pickle
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from index.codec.files import FileReader, FileWriter, narrow
from index.codec.packing import starts_of
from index.errors import DamagedIndexError

BLOCK = 48 << 10
"""Bytes of JSON after which a block is compressed; a longer document is a block of its own."""
LEVEL = 6
"""Zstandard level: measured, higher ones save little and cost indexing time."""
MAX_BLOCK = 1 << 30
"""Bytes that a block may claim to hold."""
_BLOCKS_KEPT = 32


def encode(fields: dict[str, Any]) -> bytes:
    """A document's stored fields as bytes: JSON; a pickle only for values that JSON changes."""
    if _is_plain(fields):
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")
    return pickle.dumps(fields, 2)


def decode(data: bytes) -> dict[str, Any]:
    """What `encode` was given."""
    if data[:1] == b"{":
        return json.loads(data.decode("utf-8", "surrogatepass"))  # type: ignore[no-any-return]
    # As safe as the table of contents beside it, which Whoosh keeps as a pickle.
    return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301


class StoredWriter:
    """Appends documents in order, then writes its arrays to a file."""

    def __init__(self, file: FileWriter) -> None:
        self._file = file
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._blocks: list[int] = []
        self._per_block: list[int] = []
        self._sizes: list[NDArray[Any]] = []

    def add(self, data: bytes) -> None:
        """The next document, as `encode` gave it."""
        self._pending.append(data)
        self._pending_bytes += len(data)
        if self._pending_bytes >= BLOCK:
            self._flush()

    def add_blocks(self, reader: StoredReader) -> None:
        """All documents of another segment, its blocks as they are."""
        self._flush()
        self._file.append("blocks", reader.packed())
        self._blocks.extend(np.diff(reader.block_starts.astype(np.int64)).tolist())
        self._per_block.extend(np.diff(reader.first_documents.astype(np.int64)).tolist())
        self._sizes.append(reader.sizes)

    def finish(self) -> None:
        """Write what remains."""
        self._flush()
        sizes = np.concatenate([np.empty(0, np.uint32), *self._sizes])
        self._file.add("sizes", narrow(sizes))
        self._file.add("block_starts", narrow(starts_of(np.array(self._blocks, np.int64))))
        self._file.add("first_documents", narrow(starts_of(np.array(self._per_block, np.int64))))

    def _flush(self) -> None:
        if not self._pending:
            return
        block = self._compressor.compress(b"".join(self._pending))
        self._file.append("blocks", np.frombuffer(block, np.uint8))
        self._blocks.append(len(block))
        self._per_block.append(len(self._pending))
        self._sizes.append(np.array([len(data) for data in self._pending], np.uint32))
        self._pending, self._pending_bytes = [], 0


class StoredReader:
    """Documents by number. Safe to share between threads."""

    def __init__(self, file: FileReader) -> None:
        self._path = file.path
        self._blocks = file.checked("blocks") if "blocks" in file else None
        self.sizes = file.array("sizes")
        self.block_starts = file.array("block_starts")
        self.first_documents = file.array("first_documents")
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def packed(self) -> NDArray[np.uint8]:
        """All blocks, compressed."""
        if self._blocks is None:
            return np.empty(0, np.uint8)
        return self._blocks.part(0, int(self.block_starts[-1]))

    def get(self, document: int) -> bytes:
        """A document's bytes, for `decode`.

        :raises DamagedIndexError: if its block cannot be read.
        """
        block = int(np.searchsorted(self.first_documents, document, "right")) - 1
        first = int(self.first_documents[block])
        start = int(self.sizes[first:document].sum(dtype=np.int64))
        return self._block(block)[start : start + int(self.sizes[document])]

    def all(self, documents: Iterable[int]) -> Iterable[bytes]:
        """The bytes of several documents, in the order given."""
        return map(self.get, documents)

    def _block(self, block: int) -> bytes:
        with self._lock:
            if block in self._kept:
                self._kept.move_to_end(block)
                return self._kept[block]
        data = self._decompressed(block)
        with self._lock:
            self._kept[block] = data
            if len(self._kept) > _BLOCKS_KEPT:
                self._kept.popitem(last=False)
        return data

    def _decompressed(self, block: int) -> bytes:
        assert self._blocks is not None  # noqa: S101, a block number means there are blocks
        packed = self._blocks.part(int(self.block_starts[block]), int(self.block_starts[block + 1]))
        first, last = int(self.first_documents[block]), int(self.first_documents[block + 1])
        size = int(self.sizes[first:last].sum(dtype=np.int64))
        if size > MAX_BLOCK:
            raise DamagedIndexError(f"{self._path}: a block claims {size:,} bytes; index again")
        try:
            return zstandard.ZstdDecompressor().decompress(packed.data, max_output_size=size)
        except zstandard.ZstdError as error:
            raise DamagedIndexError(f"{self._path}: stored fields: {error}; index again") from None


def _is_plain(value: Any) -> bool:
    """Whether JSON gives the value back as it is."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float or value is None:
        return True
    if kind is list:
        return all(map(_is_plain, value))
    if kind is dict:
        return all(type(key) is str and _is_plain(each) for key, each in value.items())
    return False
