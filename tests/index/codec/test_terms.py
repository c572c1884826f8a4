"""The dictionary of a field: a term and a range of terms are found by their bytes."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import KEYWORD, Schema
from whoosh.filedb.filestore import RamStorage

from index.codec.inversion import Inverter
from index.codec.segment import DatelineSegment, open_segment
from index.codec.terms import SAMPLED, FieldTerms
from index.codec.whoosh_codec import DatelineCodec

SIZES = (1, SAMPLED - 1, SAMPLED, SAMPLED + 1, 3 * SAMPLED + 40)


@cache
def terms_of(size: int) -> list[bytes]:
    """So many terms, sorted, with gaps between them, some a beginning of the next."""
    return sorted(b"k%x" % (7 * at) for at in range(size))


@cache
def field_of(size: int) -> FieldTerms:
    """The same as a field's dictionary on disk."""
    storage, schema = RamStorage(), Schema(words=KEYWORD)
    segment = DatelineCodec().new_segment(storage, "terms")
    assert isinstance(segment, DatelineSegment)
    text = b" ".join(terms_of(size)).decode()
    Inverter(schema).write([{"words": text}], storage, segment)
    field = open_segment(storage, segment).field("words")
    assert field is not None
    assert field.size == size
    return field


def sought() -> st.SearchStrategy[bytes]:
    """Terms that are there, and such as stand before, between and after them."""
    made = st.integers(0, 7 * SIZES[-1] + 9).map(lambda number: b"k%x" % number)
    return made | st.binary(max_size=4) | made.map(lambda term: term + b"\0")


@given(st.sampled_from(SIZES), sought(), st.data())
def test_the_first_term_not_below_another_is_found(
    size: int, term: bytes, data: st.DataObject
) -> None:
    field, every = field_of(size), terms_of(size)
    first = data.draw(st.integers(0, size))
    last = data.draw(st.integers(first, size))
    assert field.lower_bound(term) == bisect_left(every, term)
    assert field.lower_bound(term, first, last) == bisect_left(every, term, first, last)
    assert field.find(term) == (every.index(term) if term in every else -1)


@given(st.sampled_from(SIZES), sought())
def test_terms_that_begin_alike_stand_together(size: int, prefix: bytes) -> None:
    first, last = field_of(size).prefix_range(prefix)
    assert terms_of(size)[first:last] == [
        each for each in terms_of(size) if each.startswith(prefix)
    ]


@pytest.mark.parametrize("size", SIZES)
def test_every_term_is_found(size: int) -> None:
    field = field_of(size)
    assert [field.find(each) for each in terms_of(size)] == list(range(size))
