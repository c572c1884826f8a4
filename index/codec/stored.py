"""Stored fields of a segment: heads of documents apart from their long texts, each in small blocks.

So what lists releases, or makes a table of them, opens no text: a head is read in a fifth of the
time of a whole document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, NamedTuple

from index.codec.files import FileReader, FileWriter
from index.codec.stored_blocks import BlocksReader, BlocksWriter, Dictionary, Kind
from index.codec.stored_document import StoredParts, decode, decode_parts, joined, opened

HEADS = Kind("head_", block=1200, sample=256 << 10, dictionary=32 << 10)
TEXTS = Kind("text_", block=1 << 10, sample=2 << 20, dictionary=112 << 10)
"""Measured over 16,000 releases of 3,400 bytes, of which 520 are the head: a block of 1.2 KB of
heads is opened in 2.3 microseconds and 121 bytes of a head remain (4 KB: 4.7 and 108; 0.6 KB: 1.9
and 130). A text that is a block of its own is opened in 6.0 and 1,104 bytes remain (4 KB: 10.7 and
1,066; with 64 KB of a dictionary 6.2 and 1,135). Both in blocks of 4 KB: 10.2 and 1,180.
Dictionaries of heads of 16 and 64 KB differ by 3 bytes a release; a fourth of a megabyte is 500
heads, which a first batch has."""
WHOLE = Kind("", block=4 << 10, sample=1 << 20, dictionary=64 << 10)
"""Heads with their texts, as segments of format 4 have them: read, and no longer written."""


class Dictionaries(NamedTuple):
    """The dictionaries that the blocks of both kinds are compressed with, where there are any."""

    heads: Dictionary | None = None
    texts: Dictionary | None = None


NO_DICTIONARIES = Dictionaries()


class StoredWriter:
    """Appends documents in order, then writes its arrays to a file.

    :param dictionaries: those that were made for such documents before.
    """

    def __init__(self, file: FileWriter, dictionaries: Dictionaries = NO_DICTIONARIES) -> None:
        self._heads = BlocksWriter(file, HEADS, dictionaries.heads)
        self._texts = BlocksWriter(file, TEXTS, dictionaries.texts)

    @property
    def dictionaries(self) -> Dictionaries:
        """The dictionaries in use, as far as there are some by now."""
        return Dictionaries(self._heads.dictionary, self._texts.dictionary)

    def add(self, parts: StoredParts) -> None:
        """The next document."""
        self._heads.add(parts.head)
        self._texts.add(parts.texts)

    def add_all(self, reader: StoredReader) -> None:
        """All documents of another segment: its blocks as they are, unless they are a few."""
        if reader.whole is not None:
            for number in range(len(reader)):
                self.add(reader.parts(number))
            return
        self._heads.add_blocks(reader.heads)
        self._texts.add_blocks(reader.texts)

    def finish(self) -> None:
        """Write what remains."""
        self._heads.finish()
        self._texts.finish()


class StoredReader:
    """Documents by number. Safe to share between threads."""

    def __init__(self, file: FileReader) -> None:
        self.whole: BlocksReader | None = None
        if f"{WHOLE.name}sizes" in file:
            self.whole = BlocksReader(file, WHOLE)
        else:
            self.heads = BlocksReader(file, HEADS)
            self.texts = BlocksReader(file, TEXTS)

    def __len__(self) -> int:
        return len(self.blocks[0].sizes)

    @property
    def blocks(self) -> tuple[BlocksReader, ...]:
        """The blocks of all kinds that there are."""
        return (self.heads, self.texts) if self.whole is None else (self.whole,)

    def fields(self, document: int, without: Collection[str] = ()) -> dict[str, Any]:
        """The stored fields of a document.

        :param without: fields that are not wanted and come back empty. Long texts of these alone
            are not read.
        :raises DamagedIndexError: if its block cannot be read.
        """
        if self.whole is None:
            texts = partial(self.texts.get, document)
            return decode_parts(self.heads.get(document), texts, without)
        fields = decode(self.whole.get(document))
        return fields | dict.fromkeys(fields.keys() & {*without}, "")

    def parts(self, document: int) -> StoredParts:
        """A document as it is stored."""
        if self.whole is None:
            return StoredParts(self.heads.get(document), self.texts.get(document))
        return opened(self.whole.get(document))[1]

    def get(self, document: int) -> bytes:
        """A document's bytes, as `index.codec.stored_document.encode` gave them."""
        return joined(self.parts(document)) if self.whole is None else self.whole.get(document)

    def all(self, documents: Iterable[int]) -> Iterable[bytes]:
        """The bytes of several documents, in the order given."""
        return map(self.get, documents)
