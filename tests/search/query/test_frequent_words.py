"""The most frequent words of a beginning are those of a count of all words, in the same order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import Codec
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import create_in

from index.codec import DatelineCodec
from index.schema import document, make_schema
from search.query.vocabulary import ReaderDictionary
from tests.search.search_corpus import make

WORDS = st.text("ab", min_size=2, max_size=5)
DOCUMENTS = st.lists(st.tuples(st.lists(WORDS), st.lists(WORDS, max_size=40)), max_size=9)


@pytest.mark.parametrize("codec", [DatelineCodec, W3Codec])
@settings(max_examples=25, deadline=None)
@given(documents=DOCUMENTS, prefix=st.sampled_from(["", "a", "ab", "bba"]), parts=st.integers(1, 3))
def test_words_come_by_the_documents_of_both_fields_in_all_segments(
    tmp_path_factory: pytest.TempPathFactory,
    codec: type[Codec],
    documents: list[tuple[list[str], list[str]]],
    prefix: str,
    parts: int,
) -> None:
    folder: Path = tmp_path_factory.mktemp("words")
    index = create_in(folder, make_schema())
    counts: Counter[str] = Counter()
    for part in range(parts):
        writer = index.writer(codec=codec())
        for number, (headline, body) in list(enumerate(documents))[part::parts]:
            counts.update({*headline})
            counts.update({*body})
            release = make(f"part {number}", " ".join(headline), " ".join(body))
            writer.add_document(**document(release, "2024-05-06T07:08:09Z"))
        writer.commit(merge=False)
    expected = [
        pair
        for pair in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if pair[0].startswith(prefix)
    ]
    with index.reader() as reader:
        assert list(ReaderDictionary(reader).beginning((prefix,), 1_000)) == expected
    index.close()


def test_of_each_field_only_so_many_words_are_looked_at(tmp_path: Path) -> None:
    index = create_in(tmp_path, make_schema())
    writer = index.writer(codec=DatelineCodec())
    for number, body in enumerate(["aa ab ac", "ab ac", "ac"]):
        writer.add_document(**document(make(f"part {number}", "ac", body), "2024-05-06T07:08:09Z"))
    writer.commit()
    with index.reader() as reader:
        found = list(ReaderDictionary(reader).beginning(("a",), 2))
    index.close()
    assert found == [("ac", 3), ("ab", 2), ("aa", 1)], "of headlines `ac`, of bodies `aa`, `ab`"
