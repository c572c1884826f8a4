"""Small blocks of bytes, one piece a document, compressed with a dictionary of what they share.

Small, so that the documents of a page are read in microseconds; the dictionary makes up for it.
Each block's frame names its dictionary, so merging takes over blocks as they are.
"""

from __future__ import annotations

import itertools
import threading
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

from index.codec.files import FileReader, FileWriter, narrow
from index.codec.packing import starts_of
from index.errors import MEND, DamagedIndexError

BLOCK = 4 << 10
"""Bytes after which a block is compressed where there is no dictionary."""
LEVEL = 3
"""Zstandard level for which the dictionary is made."""
MAX_BLOCK = 1 << 30
"""Bytes that a block may claim to hold."""
MAX_DICTIONARIES = 32
"""Dictionaries of one segment; blocks that bring more are compressed anew."""
MOST_KEPT = 4 * BLOCK
"""Bytes of a block up to which a thread keeps the last; it may hold one document of any length."""
_NO_BLOCK: tuple[int, bytes] = (-1, b"")
_FEW = 10
"""Documents that are too few to make a dictionary of."""
_BLOCKS_AT_ONCE = 256
"""Blocks that wait in memory before they are given to the file."""
_SEGMENT, _STRIDE = 1024, 8  # what the dictionary is cut from: given, or it tries out many

Dictionary = zstandard.ZstdCompressionDict
_PARAMETERS = zstandard.ZstdCompressionParameters(
    window_log=17, hash_log=14, chain_log=14, search_log=1, min_match=6, target_length=0,
    strategy=zstandard.STRATEGY_FAST, write_content_size=1, write_dict_id=1,
)  # fmt: skip
"""With a dictionary: measured, level 3 saves a twentieth more and takes a third longer."""


class Kind(NamedTuple):
    """What blocks of one kind are: the beginning of the names of their arrays, the bytes after
    which a block is compressed (a longer document is a block of its own), those that a dictionary
    is made from (with fewer there is none), and those of the dictionary."""

    name: str
    block: int
    sample: int
    dictionary: int


class BlocksWriter:
    """Appends the pieces of documents in order, then writes its arrays to a file.

    :param dictionary: one that was made for such pieces before.
    """

    def __init__(self, file: FileWriter, kind: Kind, dictionary: Dictionary | None = None) -> None:
        self._file = file
        self._kind = kind
        self._compressor: zstandard.ZstdCompressor | None = None
        self._dictionaries: dict[int, Dictionary] = {}
        if dictionary is not None:
            self._dictionaries[dictionary.dict_id()] = dictionary
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._packed: list[bytes] = []
        self._own_sizes: list[int] = []
        self._blocks: list[int] = []
        self._per_block: list[int] = []
        self._sizes: list[NDArray[Any]] = []

    @property
    def dictionary(self) -> Dictionary | None:
        """The dictionary in use, if there is one by now."""
        return next(iter(self._dictionaries.values()), None)

    def add(self, data: bytes) -> None:
        """The piece of the next document."""
        self._pending.append(data)
        self._pending_bytes += len(data)
        if self._pending_bytes >= self._enough:
            self._flush()

    def add_blocks(self, reader: BlocksReader) -> None:
        """All documents of another segment: its blocks as they are, unless they are a few."""
        more = reader.dictionaries.keys() - self._dictionaries.keys()
        if not reader.dictionaries or len(self._dictionaries) + len(more) > MAX_DICTIONARIES:
            for data in reader.all(range(len(reader.sizes))):
                self.add(data)
            return
        self._dictionaries |= {name: reader.dictionaries[name] for name in more}
        self._flush()
        self._append_blocks()
        self._file.append(f"{self._kind.name}blocks", reader.packed())
        self._blocks.extend(np.diff(reader.block_starts.astype(np.int64)).tolist())
        self._per_block.extend(np.diff(reader.first_documents.astype(np.int64)).tolist())
        self._sizes.append(reader.sizes)

    def finish(self) -> None:
        """Write what remains."""
        self._flush()
        self._append_blocks()
        sizes = np.concatenate([np.empty(0, np.uint32), *self._sizes])
        dictionaries = [each.as_bytes() for each in self._dictionaries.values()]
        arrays = {
            "sizes": sizes,
            "block_starts": starts_of(np.array(self._blocks, np.int64)),
            "first_documents": starts_of(np.array(self._per_block, np.int64)),
            "dictionary_starts": starts_of(np.array(list(map(len, dictionaries)), np.int64)),
        }
        for name, array in arrays.items():
            self._file.add(f"{self._kind.name}{name}", narrow(array))
        joined = np.frombuffer(b"".join(dictionaries), np.uint8)
        self._file.add(f"{self._kind.name}dictionaries", joined)

    @property
    def _enough(self) -> int:
        """Bytes that wait until they are compressed."""
        has_dictionary = self._compressor or self._dictionaries
        return self._kind.block if has_dictionary else self._kind.sample

    def _flush(self) -> None:
        """Write all documents that wait, a block at a time."""
        if not self._pending:
            return
        compressor = self._compressor or self._make_compressor()
        full = self._kind.block if self._dictionaries else BLOCK
        documents, self._pending, self._pending_bytes = self._pending, [], 0
        block: list[bytes] = []
        size = 0
        for data in documents:
            block.append(data)
            size += len(data)
            if size >= full:
                self._write(compressor, block)
                block, size = [], 0
        if block:
            self._write(compressor, block)

    def _write(self, compressor: zstandard.ZstdCompressor, block: list[bytes]) -> None:
        packed = compressor.compress(b"".join(block))
        self._packed.append(packed)
        self._blocks.append(len(packed))
        self._per_block.append(len(block))
        self._own_sizes += map(len, block)
        if len(self._packed) >= _BLOCKS_AT_ONCE:
            self._append_blocks()

    def _append_blocks(self) -> None:
        """Give the blocks that wait to the file."""
        self._file.append(
            f"{self._kind.name}blocks", np.frombuffer(b"".join(self._packed), np.uint8)
        )
        self._sizes.append(np.array(self._own_sizes, np.uint32))
        self._packed, self._own_sizes = [], []

    def _make_compressor(self) -> zstandard.ZstdCompressor:
        """With a dictionary made from what waits, where there is none yet and that is enough."""
        enough = self._pending_bytes >= self._kind.sample and len(self._pending) > _FEW
        if not self._dictionaries and enough:
            made = _trained(self._pending, self._kind.dictionary)
            if made is not None:
                self._dictionaries[made.dict_id()] = made
        dictionary = self.dictionary
        if dictionary is None:
            return zstandard.ZstdCompressor(level=LEVEL)
        self._compressor = zstandard.ZstdCompressor(
            compression_params=_PARAMETERS, dict_data=dictionary
        )
        return self._compressor


class _OfThread(threading.local):
    """What a thread keeps: the block that it read last, and decompressors, which are for one thread
    at a time, by the number of their dictionary."""

    def __init__(self) -> None:
        self.block = _NO_BLOCK
        self.decompressors: dict[int, zstandard.ZstdDecompressor] = {}


class BlocksReader:
    """Pieces by the number of their document. Safe to share between threads.

    Each thread keeps the block that it read last, if it is small: what goes through the documents
    in their order, or in that of their days, opens each once. More is not kept: to unpack one takes
    15 microseconds, and pages that many ask for are kept whole.
    """

    def __init__(self, file: FileReader, kind: Kind) -> None:
        self.kind = kind
        self._path = file.path
        name = kind.name
        self._data = file.checked(f"{name}blocks") if f"{name}blocks" in file else None
        self.sizes = file.array(f"{name}sizes")
        self.block_starts = file.array(f"{name}block_starts")
        self.first_documents = file.array(f"{name}first_documents")
        # The same, but single numbers of it are Python's: several times as fast as numpy's.
        self._sizes, self._firsts = self.sizes.data, self.first_documents.data
        self._starts = self.block_starts.data
        self.dictionaries = _dictionaries(file, name)
        """By the number that the frames of blocks name."""
        self._only = next(iter(self.dictionaries)) if len(self.dictionaries) == 1 else None
        self._local = _OfThread()

    def packed(self) -> NDArray[np.uint8]:
        """All blocks, compressed."""
        return self._packed(0, len(self.block_starts) - 1)

    def get(self, document: int) -> bytes:
        """The piece of a document.

        :raises DamagedIndexError: if its block cannot be read.
        """
        size = self._sizes[document]
        if not size:
            return b""
        block = bisect_right(self._firsts, document) - 1
        first = self._firsts[block]
        number, data = self._local.block
        if number != block:
            data = self.unpacked(block, sum(self._sizes[first : self._firsts[block + 1]]))
            self._local.block = (block, data) if len(data) <= MOST_KEPT else _NO_BLOCK
        start = sum(self._sizes[first:document])
        return data[start : start + size]

    def all(self, documents: Iterable[int]) -> Iterable[bytes]:
        """The pieces of several documents, in the order given."""
        return map(self.get, documents)

    def _packed(self, first: int, last: int) -> NDArray[np.uint8]:
        """Blocks from the first to before the last, compressed."""
        if self._data is None:
            return np.empty(0, np.uint8)
        return self._data.part(self._starts[first], self._starts[last])

    def unpacked(self, block: int, size: int) -> bytes:
        """The documents of a block, one after the other: so many bytes."""
        if size > MAX_BLOCK:
            raise DamagedIndexError(f"{self._path}: a block claims {size:,} bytes; {MEND}")
        packed: Any = self._packed(block, block + 1)  # a buffer, which its `.data` takes longer for
        try:
            return self._decompressor(packed).decompress(packed, max_output_size=size)
        except zstandard.ZstdError as error:
            raise DamagedIndexError(f"{self._path}: stored fields: {error}; {MEND}") from None

    def _decompressor(self, packed: Any) -> zstandard.ZstdDecompressor:
        """This thread's, with the dictionary that a block names.

        The only dictionary there is serves for blocks that name none, too; one that names another
        cannot be read with it.
        """
        held = self._local.decompressors
        name = self._only
        if name is None:
            name = zstandard.get_frame_parameters(packed).dict_id
        if name not in held:
            dictionary = self.dictionaries.get(name)
            if name and dictionary is None:
                raise DamagedIndexError(f"{self._path}: lacks dictionary {name}; {MEND}")
            held[name] = zstandard.ZstdDecompressor(dict_data=dictionary)
        return held[name]


def _dictionaries(file: FileReader, name: str) -> dict[int, Dictionary]:
    data = file.array(f"{name}dictionaries")
    starts = file.array(f"{name}dictionary_starts").tolist()
    made = [Dictionary(data[a:b].tobytes()) for a, b in itertools.pairwise(starts)]
    return {each.dict_id(): each for each in made}


def _trained(documents: list[bytes], size: int) -> Dictionary | None:
    """A dictionary of what documents share; None if they share too little to make one."""
    samples: list[Any] = list(documents)
    try:
        return zstandard.train_dictionary(size, samples, k=_SEGMENT, d=_STRIDE, level=LEVEL)
    except zstandard.ZstdError:
        return None
