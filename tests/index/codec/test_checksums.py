"""Every 64 KiB of an array have a checksum, and a read checks all that it touches: also the last."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest

from index.codec.files import CHUNK, Component, FileReader, FileWriter
from index.errors import DamagedIndexError

ITEMS = 3 * CHUNK // 4 + 100
"""Of four bytes: three whole chunks and the beginning of a fourth."""
PER_CHUNK = CHUNK // 4


class _Kept(BytesIO):
    def close(self) -> None:
        """Keeps what was written."""


@pytest.fixture(scope="module")
def written() -> bytes:
    file = _Kept()
    writer = FileWriter(file, Component.STORED)
    writer.add("first", np.arange(10, dtype=np.uint32))
    writer.add("long", np.arange(ITEMS, dtype=np.uint32))
    writer.close()
    return file.getvalue()


def damaged(written: bytes, item: int) -> FileReader:
    """A reader of the file with one bit of that item changed."""
    at = written.index(np.arange(ITEMS, dtype=np.uint32).tobytes()) + 4 * item
    data = bytearray(written)
    data[at] ^= 1
    return FileReader(bytes(data), "some.stored", Component.STORED)


CHUNKS = [(0, 0), (1, PER_CHUNK), (1, 2 * PER_CHUNK - 1), (2, 2 * PER_CHUNK), (3, ITEMS - 1)]


@pytest.mark.parametrize(("chunk", "item"), CHUNKS)
def test_a_change_anywhere_is_seen_by_reading_the_whole(
    written: bytes, chunk: int, item: int
) -> None:
    with pytest.raises(DamagedIndexError, match=r"some\.stored: long is damaged"):
        damaged(written, item).array("long")
    assert damaged(written, item).array("first").tolist() == list(range(10))


@pytest.mark.parametrize(("chunk", "item"), CHUNKS)
@pytest.mark.parametrize("start", range(4))
@pytest.mark.parametrize("end", range(4))
def test_a_part_checks_the_chunks_that_it_touches_and_no_other(
    written: bytes, chunk: int, item: int, start: int, end: int
) -> None:
    """From the last item of one chunk to the first of another."""
    if end < start:
        start, end = end, start
    first = min((start + 1) * PER_CHUNK, ITEMS) - 1
    last = max(end * PER_CHUNK, first)
    part = damaged(written, item).checked("long")
    if start <= chunk <= end:
        with pytest.raises(DamagedIndexError):
            part.part(first, last + 1)
    else:
        assert part.part(first, last + 1).tolist() == list(range(first, last + 1))


def test_what_was_found_damaged_stays_so(written: bytes) -> None:
    reader = damaged(written, ITEMS - 1)
    for _ in range(2):
        with pytest.raises(DamagedIndexError):
            reader.array("long")
    assert reader.checked("long").part(0, 5).tolist() == list(range(5))
