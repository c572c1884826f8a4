"""Blocks of stored documents: small ones, dictionaries that merging keeps, threads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from whoosh.filedb.filestore import RamStorage

from index.codec import stored_blocks
from index.codec.files import CHUNK, Component, create, open_component
from index.codec.segment import DatelineSegment
from index.codec.stored_blocks import MOST_KEPT, BlocksReader, BlocksWriter, Kind
from index.codec.stored_document import encode
from index.codec.whoosh_codec import DatelineCodec
from index.errors import DamagedIndexError

KIND = Kind("some_", block=4 << 10, sample=1 << 20, dictionary=64 << 10)
_DRAW = random.Random(5)  # noqa: S311
_SENTENCES = [
    " ".join("".join(_DRAW.choices("abcdefghijklmnop", k=7)) for _ in range(10)) for _ in range(300)
]


def documents(count: int, seed: int) -> list[bytes]:
    draw = random.Random(seed)  # noqa: S311
    return [
        encode({"id": f"{seed}-{at}", "body": " ".join(draw.choices(_SENTENCES, k=6))})
        for at in range(count)
    ]


class Files:
    """Segments in memory that hold nothing but stored fields."""

    def __init__(self, kind: Kind = KIND) -> None:
        self.storage = RamStorage()
        self.kind = kind

    @contextmanager
    def writing(self) -> Iterator[tuple[Any, BlocksWriter]]:
        segment = DatelineSegment(DatelineCodec(), "MAIN")
        file = create(self.storage, segment, Component.STORED)
        writer = BlocksWriter(file, self.kind)
        yield segment, writer
        writer.finish()
        file.close()

    def written(self, every: list[bytes]) -> BlocksReader:
        with self.writing() as (segment, writer):
            for data in every:
                writer.add(data)
        return self.reader(segment)

    def merged(self, *readers: BlocksReader) -> BlocksReader:
        with self.writing() as (segment, writer):
            for reader in readers:
                writer.add_blocks(reader)
        return self.reader(segment)

    def reader(self, segment: Any) -> BlocksReader:
        file = open_component(self.storage, segment, Component.STORED)
        return BlocksReader(file, self.kind)


def all_of(reader: BlocksReader) -> list[bytes]:
    return list(reader.all(range(len(reader.sizes))))


@pytest.mark.parametrize("count", [0, 1, 30, 4000])
def test_documents_come_back(count: int) -> None:
    every = documents(count, 1)
    reader = Files().written(every)
    assert all_of(reader) == every
    assert bool(reader.dictionaries) == (sum(map(len, every)) >= KIND.sample)


def test_a_dictionary_makes_small_blocks_smaller() -> None:
    every = documents(4000, 1)
    shared = Files().written(every)
    apart = Files(KIND._replace(sample=1 << 30)).written(every)
    assert abs(len(apart.block_starts) - len(shared.block_starts)) <= 1
    assert shared.block_starts[-1] < 0.9 * apart.block_starts[-1]


def test_merging_keeps_blocks_with_their_dictionaries() -> None:
    files = Files()
    parts = [documents(4000, 1), documents(50, 2), documents(4000, 3), documents(1, 4)]
    readers = [files.written(part) for part in parts]
    merged = files.merged(*readers)
    assert all_of(merged) == [data for part in parts for data in part]
    assert len(merged.dictionaries) == 2
    again = files.merged(merged, readers[0])
    assert all_of(again) == [data for part in [*parts, parts[0]] for data in part]
    assert len(again.dictionaries) == 2


def test_more_dictionaries_than_allowed_are_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_blocks, "MAX_DICTIONARIES", 1)
    files = Files()
    parts = [documents(4000, 1), documents(4000, 2)]
    merged = files.merged(*(files.written(part) for part in parts))
    assert all_of(merged) == parts[0] + parts[1]
    assert len(merged.dictionaries) == 1


def test_small_segments_merged_get_a_dictionary_once_they_are_large() -> None:
    files = Files()
    parts = [documents(500, seed) for seed in range(8)]
    merged = files.merged(*(files.written(part) for part in parts))
    assert all_of(merged) == [data for part in parts for data in part]
    assert len(merged.dictionaries) == 1


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 1.0])
def test_a_document_is_checked_when_it_is_read(place: float) -> None:
    """Blocks that do not shrink, of several checksums each: a bit is changed at a place in one."""
    draw = random.Random(7)  # noqa: S311
    every = [draw.randbytes(3 * CHUNK) for _ in range(3)]
    files = Files()
    with files.writing() as (segment, writer):
        for data in every:
            writer.add(data)
    name = segment.make_filename(Component.STORED.value)
    assert len(files.reader(segment).block_starts) == len(every) + 1
    whole = bytearray(files.storage.files[name])
    at = whole.index(every[1][:1000]) + int(place * (len(every[1]) - 1))
    whole[at] ^= 1
    files.storage.files[name] = bytes(whole)
    reader = files.reader(segment)
    with pytest.raises(DamagedIndexError, match="blocks is damaged"):
        reader.get(1)


def test_threads_read_at_once() -> None:
    every = documents(4000, 1)
    reader = Files().written(every)

    def read(seed: int) -> bool:
        numbers = random.Random(seed).choices(range(len(every)), k=300)  # noqa: S311
        return all(reader.get(number) == every[number] for number in numbers)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(8)))


def blocks_opened_by(reader: BlocksReader) -> list[int]:
    """The numbers of the blocks that a reader unpacks from now on."""
    opened = list[int]()
    unpacked = reader.unpacked
    reader.unpacked = lambda block, size: opened.append(block) or unpacked(block, size)  # type: ignore[method-assign,func-returns-value]
    return opened


def test_neighbours_open_their_block_once_and_threads_keep_their_own() -> None:
    every = documents(600, 3)
    reader = Files().written(every)
    assert len(reader.first_documents) - 1 < len(every) / 2
    opened = blocks_opened_by(reader)
    for order in (range(600), range(599, -1, -1)):
        opened.clear()
        assert list(reader.all(order)) == [every[at] for at in order]
        assert len(opened) <= len(reader.first_documents) - 1
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(reader.get, 0).result() == every[0]
    assert reader.get(599) == every[599]


def test_a_long_document_is_not_kept() -> None:
    long = b"a" * 4 * MOST_KEPT
    reader = Files().written([long])
    opened = blocks_opened_by(reader)
    assert [reader.get(0), reader.get(0)] == [long, long]
    assert opened == [0, 0]
