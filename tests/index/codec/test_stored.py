"""Stored fields: documents as bytes and in two parts, heads that are read without their texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.codec.files import Component, create, open_component
from index.codec.segment import DatelineSegment
from index.codec.stored import WHOLE, StoredReader, StoredWriter
from index.codec.stored_blocks import BlocksWriter
from index.codec.stored_document import (
    LONG_TEXT,
    decode,
    decode_parts,
    encode,
    encode_plain,
    joined,
    opened,
    parts_of,
)
from index.codec.whoosh_codec import DatelineCodec
from index.errors import DamagedIndexError

_LONG = st.sampled_from(["x" * LONG_TEXT, "é香\ud800\n" * LONG_TEXT, "]" * 300])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | _LONG
    | st.binary(max_size=3) | st.tuples(st.integers()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


_FIELDS = st.dictionaries(st.text(max_size=4), _VALUES, max_size=4)
_TEXTS = st.dictionaries(st.text(max_size=4), st.text() | _LONG | st.lists(st.text()), max_size=4)


@given(_FIELDS)
def test_fields_come_back_as_they_were(fields: dict[str, Any]) -> None:
    assert decode(encode(fields)) == fields


@given(_TEXTS, _TEXTS, _TEXTS)
def test_documents_end_to_end_are_one_with_the_fields_of_all(
    one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]
) -> None:
    joined = encode_plain(one) + encode_plain(two) + encode_plain(three)
    assert decode(joined) == one | two | three


def test_long_texts_stand_behind_the_json() -> None:
    body = "“Ferry” fares\n" * 40
    data = encode({"headline": "Fares", "body": body, "url": None})
    assert data.endswith(body.encode())
    assert list(decode(data)) == ["headline", "body", "url"]


@given(_TEXTS, _TEXTS, _TEXTS)
def test_two_parts_are_the_document(
    one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]
) -> None:
    data = encode_plain(one) + encode_plain(two) + encode_plain(three)
    fields, parts = opened(data)
    assert joined(parts) == data
    assert fields == decode_parts(parts.head, lambda: parts.texts) == one | two | three


@given(_FIELDS, st.sets(st.text(max_size=4), max_size=3))
def test_what_is_not_wanted_is_empty_and_the_rest_as_it_was(
    fields: dict[str, Any], unwanted: set[str]
) -> None:
    parts = parts_of(fields)
    found = decode_parts(parts.head, lambda: parts.texts, unwanted)
    assert found == {name: "" if name in unwanted else each for name, each in fields.items()}


def test_texts_are_asked_for_where_one_is_wanted_alone() -> None:
    parts = parts_of({"headline": "Fares", "body": "x" * LONG_TEXT})

    def never() -> bytes:
        raise AssertionError("asked for texts")

    found = decode_parts(parts.head, never, ("body",))
    assert found == {"headline": "Fares", "body": ""}
    with pytest.raises(AssertionError, match="asked for texts"):
        decode_parts(parts.head, never)


def test_what_json_would_change_comes_back_too() -> None:
    fields = {"number": 1, "tuple": (1, 2), "bytes": b"\xff"}
    assert decode(encode(fields)) == fields


class Segments:
    """Segments in memory that hold nothing but stored fields."""

    def __init__(self) -> None:
        self._storage = RamStorage()

    def written(self, documents: Sequence[dict[str, Any]]) -> StoredReader:
        segment, file = self._new()
        writer = StoredWriter(file)
        for each in documents:
            writer.add(parts_of(each))
        writer.finish()
        return self._read(segment, file)

    def written_whole(self, documents: Sequence[dict[str, Any]]) -> StoredReader:
        """As format 4 has them."""
        segment, file = self._new()
        writer = BlocksWriter(file, WHOLE)
        for each in documents:
            writer.add(encode(each))
        writer.finish()
        return self._read(segment, file)

    def merged(self, *readers: StoredReader) -> StoredReader:
        segment, file = self._new()
        writer = StoredWriter(file)
        for reader in readers:
            writer.add_all(reader)
        writer.finish()
        return self._read(segment, file)

    def damaged(self, array: str) -> StoredReader:
        """The last segment, a bit in the middle of one of its arrays changed."""
        file = open_component(self._storage, self._last, Component.STORED)
        _, count, at = file.listed[array]
        name = self._last.make_filename(Component.STORED.value)
        data = bytearray(self._storage.files[name])
        data[at + count // 2] ^= 1
        self._storage.files[name] = bytes(data)
        return StoredReader(open_component(self._storage, self._last, Component.STORED))

    def _new(self) -> tuple[DatelineSegment, Any]:
        self._last = DatelineSegment(DatelineCodec(), "MAIN")
        return self._last, create(self._storage, self._last, Component.STORED)

    def _read(self, segment: DatelineSegment, file: Any) -> StoredReader:
        file.close()
        return StoredReader(open_component(self._storage, segment, Component.STORED))


def documents(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Some with a long headline, some with no long text at all."""
    return [
        {
            "id": f"n-{at}",
            "headline": f"Ferry {at}" + " of the harbour" * (20 if at % 7 == 0 else 1),
            "body": f"“The {at}th boat leaves at noon,” says its master. " * (at % 5 * 10),
        }
        for at in range(first, first + count)
    ]


def _all(reader: StoredReader) -> list[dict[str, Any]]:
    return [reader.fields(number) for number in range(len(reader))]


@pytest.mark.parametrize("count", [0, 1, 30, 3000])
def test_documents_come_back(count: int) -> None:
    every = documents(count)
    reader = Segments().written(every)
    assert _all(reader) == every
    assert list(reader.all(range(count))) == [encode(each) for each in every]
    heads = [reader.fields(number, ("body",)) for number in range(count)]
    assert heads == [each | {"body": ""} for each in every]


def test_segments_of_format_4_are_read_and_merged() -> None:
    segments = Segments()
    old = segments.written_whole(documents(40))
    assert _all(old) == documents(40)
    assert old.fields(3, ("body",)) == documents(40)[3] | {"body": ""}
    assert list(old.all([7, 8])) == [encode(each) for each in documents(2, 7)]
    merged = segments.merged(old, segments.written(documents(3000, 40)), old)
    assert merged.whole is None
    assert _all(merged) == documents(3040) + documents(40)


def test_a_head_is_read_where_its_text_cannot_be() -> None:
    """So it does not look at the text: a bit of that is changed."""
    segments = Segments()
    every = [{"headline": "Fares", "body": "a b c " * 100}, {"headline": "Tides", "body": ""}]
    segments.written(every)
    reader = segments.damaged("text_blocks")
    assert reader.fields(0, ("body",)) == {"headline": "Fares", "body": ""}
    assert reader.fields(1) == every[1]
    with pytest.raises(DamagedIndexError, match="text_blocks is damaged"):
        reader.fields(0)
