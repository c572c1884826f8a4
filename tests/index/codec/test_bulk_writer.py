"""What the bulk writer makes means the same as what Whoosh's own writer makes, document for document."""

from __future__ import annotations

import os
import random
import signal
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from whoosh.fields import KEYWORD
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex, create_in
from whoosh.query import Term
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.codec import (
    DatelineCodec,
    bulk_writer,
    growing_array,
    merge,
    merge_policy,
    merge_postings,
    merge_texts,
)
from index.codec.batch_analysis import PLACE_BITS, Vocabulary
from index.codec.bulk_writer import add_documents
from index.codec.inversion import Inverter
from index.codec.lengths import LENGTHS, length_codes
from index.codec.merge import merge_segments
from index.codec.segment import damage
from index.codec.term_numbers import TermNumbers
from index.errors import DatelineError
from index.release import Agency, Release
from index.schema import document, make_schema
from index.stores.stored_release import packed_document, stored_release
from index.text.analysis import expand, tokens

SCRAPS = [
    "november", "26", "26th", "May", "5", "U.S.", "u.s", "co-ordinate", "R&D", "O’Brien's", "O'Neill",
    "2023-11-26", "十一月二十六日", "11月26日", "香港", "政府", "São", "École", "\u00a0", "1 200", "12 345 678.9",
    "1,200.5", "jan", "30 feb", "a-b-c-d-e-f", "Straße", ".", "février 3", "run-ning", " - ", "٣٤ ٥٦٧", "ﬁnal",
    "C++", "f#", ".NET", "Hawai‘i", "Hawaiʻi", "hawai`i", "x" * 130, "\n", "“quoted”", "1-1 200", "9.5 200", "K", "ไทย", "한국", "naïve", "&", "'",
    "１，８００", "12，300", "３．５", "Qurʾān", "広島", "pier`s",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=4), max_size=12).flatmap(
    lambda parts: st.sampled_from([" ", "", ", "]).map(lambda glue: glue.join(parts))
)
MIXED = 30
"""Documents of Whoosh's codec in an index of both."""
LANGUAGES = st.sampled_from(["en", "fr", "de", "zh-Hant", "tr", "und", "xx"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(TEXTS, LANGUAGES), min_size=1, max_size=4))
@example([("sonuc novemberC++", "tr")])  # plain words whose stem is not plain
@example([("sonuc", "tr"), ("november", "en")])
@example([("the board´S", "en")])  # an accent on nothing, typed for an apostrophe
def test_terms_of_many_texts_are_the_tokens_of_each(given_texts: list[tuple[str, str]]) -> None:
    texts, languages = map(list, zip(*given_texts, strict=True))
    vocabulary = Vocabulary()
    stems, exacts = vocabulary.analyse(texts, languages)
    for kind, stream, names in (
        ("stem", stems, names_of(vocabulary.stems)),
        ("exact", exacts, names_of(vocabulary.exacts)),
    ):
        terms = np.repeat(np.arange(len(stream.starts) - 1), np.diff(stream.starts))
        positions = stream.places & np.uint64((1 << PLACE_BITS) - 1)
        numbers = stream.places >> np.uint64(PLACE_BITS)
        got = zip(numbers.tolist(), positions.tolist(), terms.tolist(), strict=True)
        want = [
            (number, token.position, getattr(token, kind))
            for number, (text, language) in enumerate(given_texts)
            for token in tokens(text, language)
            if getattr(token, kind)
        ]
        assert sorted((text, at, names[term]) for text, at, term in got) == sorted(want)


@pytest.mark.parametrize("packed", [False, True])
def test_the_whole_index_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 17)
    made = releases(120)
    documents = [document(each, "2024-05-06T07:08:09Z") for each in made]
    stock, ours = make(tmp_path / "stock", None, documents), create(tmp_path / "ours")
    if packed:
        items = [stored_release(each, "2024-05-06T07:08:09Z") for each in made]
        assert add_documents(ours, items, to_document=packed_document) == 120
    else:
        assert add_documents(ours, documents) == 120
    assert content(ours) == content(stock)


def test_worker_processes_make_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 40)
    monkeypatch.setattr(bulk_writer, "POOL_FROM", 1)
    monkeypatch.setattr(merge, "SHARE_FROM", 1)
    alone, shared = create(tmp_path / "alone"), create(tmp_path / "shared")
    made = [stored_release(each, "2024") for each in releases(150)]
    add_documents(alone, made, to_document=packed_document, workers=1)
    add_documents(shared, made, to_document=packed_document, workers=2)
    assert content(shared) == content(alone)
    assert shared.doc_count() == 150


def test_little_memory_makes_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [document(each, "") for each in releases(150)]
    roomy, tight = create(tmp_path / "roomy"), create(tmp_path / "tight")
    add_documents(roomy, made, workers=1)
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 11)
    monkeypatch.setattr(growing_array, "IN_MEMORY", 100)
    for name, value in (
        ("STEP", 50),
        ("MOST_STEP", 60),
        ("STEP_OF_EACH", 1),
        ("LET_GO", 200),
    ):
        monkeypatch.setattr(merge_postings, name, value)
    monkeypatch.setattr(merge_texts, "TOGETHER", 3)
    add_documents(tight, made, workers=1)
    assert content(tight) == content(roomy)
    assert list(damage(tight.storage, tight._segments())) == []


def test_batches_grow_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_writer, "BATCH_BYTES", 100)
    monkeypatch.setattr(bulk_writer, "MOST_BYTES", 200)
    batches = list(bulk_writer.in_batches({"body": "x" * 10} for _ in range(1_000)))
    sizes = [len(batch) for batch in batches]
    assert sum(sizes) == 1_000
    assert sizes[0] == 10
    assert max(sizes) == 20
    assert sizes[:-1] == sorted(sizes[:-1])


def test_a_process_keeps_its_vocabulary_from_batch_to_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 20)
    bulk_writer.inverter_of.cache_clear()
    for name in ("one", "two"):
        made_of = [stored_release(each, "2024") for each in releases(70)]
        add_documents(create(tmp_path / name), made_of, to_document=packed_document, workers=1)
    kept = bulk_writer.inverter_of.cache_info()
    assert kept.misses == 1
    assert kept.hits >= 2 * 70 // 20


def test_a_failure_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = create(tmp_path / "index")
    documents = [document(each, "") for each in releases(5)]
    add_documents(index, documents)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(ValueError, match="no field 'colour'"):
        add_documents(index, [*documents, {"colour": "red"}])
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert index.doc_count() == 5


def test_a_failure_while_merging_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    def failing(writer: Any, old: Any, new: Any, workers: int) -> list[Any]:
        raise OSError("no room")

    index = create(tmp_path / "index")
    documents = [document(each, "") for each in releases(5)]
    add_documents(index, documents[:3])
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(OSError, match="no room"):
        add_documents(index, documents[3:], policy=failing)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    add_documents(index, documents[3:])
    assert index.doc_count() == 5


def killed(packed: bytes) -> dict[str, Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    return packed_document(packed)


def test_a_killed_worker_is_a_sentence_and_leaves_the_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_writer, "POOL_FROM", 1)
    index = create(tmp_path / "index")
    items = [stored_release(each, "2024") for each in releases(5)]
    with pytest.raises(DatelineError, match=r"was killed \(SIGKILL\), most often since memory"):
        add_documents(index, items, to_document=killed, workers=2)
    assert add_documents(index, items, to_document=packed_document, workers=2) == 5


@pytest.mark.parametrize("codec", [None, DatelineCodec()])
def test_segments_of_both_codecs_in_one_index(tmp_path: Path, codec: Any) -> None:
    documents = [document(each, "") for each in releases(60)]
    index = make(tmp_path / "mixed", codec, documents[:MIXED])
    add_documents(index, documents[MIXED:])
    stock = make(tmp_path / "stock", None, documents[:MIXED], documents[MIXED:])
    assert content(index) == content(stock)


def test_merging_by_arrays_is_merging_by_whoosh(tmp_path: Path) -> None:
    documents = [document(each, "") for each in releases(90)]
    parts = [documents[:20], documents[20:50], documents[50:]]
    indexes = [
        make(tmp_path / str(n), each, *parts) for n, each in enumerate([None, DatelineCodec()])
    ]
    for index, merging in zip(
        indexes, ({"optimize": True}, {"mergetype": merge_whole}), strict=True
    ):
        writer = index.writer(codec=DatelineCodec() if "mergetype" in merging else None)
        for number in (0, 7, 19, 20, 64, 89):
            writer.delete_document(number)
        writer.commit(**merging)
    stock, ours = indexes
    assert len(ours.reader().leaf_readers()) == 1
    assert ours.doc_count_all() == 84
    assert content(ours) == content(stock)


def test_a_commit_merges_what_it_adds_with_small_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "SMALL", 3)
    index = create(tmp_path / "index")
    documents = [document(each, "") for each in releases(100)]
    sizes = []
    for number, each in enumerate(documents, start=1):
        add_documents(index, [each])
        sizes.append(len(list((tmp_path / "index").glob("*.terms"))))
        assert index.latest_generation() == number, "one commit, which merges as well"
    assert max(sizes) <= 6, "each is more than twice the next"
    assert min(sizes[50:]) < max(sizes), "larger ones join once enough came after them"
    assert index.doc_count() == 100
    with index.searcher() as searcher:
        assert [searcher.document(id=each["id"])["id"] for each in documents] == [
            each["id"] for each in documents
        ]


def test_the_batches_of_a_commit_are_one_segment_where_the_policy_leaves_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "SMALL", 3)
    monkeypatch.setattr(bulk_writer, "BATCH_DOCUMENTS", 17)
    index = create(tmp_path / "index")
    documents = [document(each, "") for each in releases(65)]
    add_documents(index, documents[:5])
    add_documents(index, documents[5:])
    assert [each.doc_count() for each in index._segments()] == [5, 60]


def test_deleting_everything_leaves_an_empty_index(tmp_path: Path) -> None:
    index = create(tmp_path / "index")
    add_documents(index, [document(each, "") for each in releases(10)])
    writer = index.writer(codec=DatelineCodec())
    writer.delete_by_query(Term("agency", "harbour-office"))
    writer.delete_by_query(Term("agency", "city-library"))
    writer.commit(mergetype=merge_whole)
    assert index.doc_count_all() == 0


def test_an_index_in_memory() -> None:
    index = RamStorage().create_index(make_schema(), indexname=f"T{uuid.uuid4().hex}")
    writer = index.writer(codec=DatelineCodec())
    for each in releases(12):
        writer.add_document(**document(each, ""))
    writer.commit()
    with index.searcher() as searcher:
        assert len(searcher.search(Term("body_exact", "ferry"), limit=None)) == 12


def merge_whole(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy that makes one segment of all."""
    merged = merge_segments(writer.storage, writer.schema, segments)
    return [merged] if merged.doc_count_all() else []


def releases(count: int) -> list[Release]:
    rng = random.Random(count)  # noqa: S311
    words = [
        *SCRAPS,
        *[
            "tide",
            "water",
            "gate",
            "bridge",
            "library",
            "reading",
            "tunnel",
            "committed",
            "planning",
        ],
    ]
    return [
        Release(
            id=f"r{number}",
            headline=" ".join(rng.choices(words, k=rng.randint(0, 6))),
            body="ferry " + " ".join(rng.choices(words, k=rng.randint(0, 60))),
            date=rng.choice(["2021-03-04", "2021-04", "2020", "--05-06", None]),
            agency=rng.choice([Agency("harbour-office", "H"), Agency("city-library", "L")]),
            language=rng.choice(["en", "fr", "zh-Hant"]),
            aliases=tuple(rng.sample(["a/1", "b/2", "c/3"], rng.randint(0, 2))),
        )
        for number in range(count)
    ]


def create(folder: Path) -> FileIndex:
    folder.mkdir()
    return create_in(folder, make_schema())


def make(folder: Path, codec: Any, *parts: list[dict[str, Any]]) -> FileIndex:
    index = create(folder)
    for part in parts:
        writer = index.writer(codec=codec)
        for each in part:
            writer.add_document(**each)
        writer.commit(merge=False)
    return index


def content(index: FileIndex) -> dict[str, Any]:
    """All that an index holds, by whatever codec."""
    with index.reader() as reader:
        count = reader.doc_count_all()
        names = sorted(reader.schema.names())
        columns = [name for name in names if reader.schema[name].column_type]
        found = {term: postings(reader, *term) for term in reader.all_terms()}
        scored = [name for name in names if reader.schema[name].scorable]
        lengths = {name: lengths_of(name, found, count) for name in scored}
        for name in scored:
            given = [reader.doc_field_length(n, name, 0) or 0 for n in range(count)]
            assert given in [each.tolist() for each in as_kept(lengths[name])]
            assert reader.field_length(name) in (sum(lengths[name]), sum(given))
        return {
            "terms": [(term, *facts(info)) for term, info in reader],
            "postings": found,
            "lengths": lengths,
            "totals": [reader.field_length(name) for name in names if name not in scored],
            "columns": [(name, list(reader.column_reader(name))) for name in columns],
            "stored": [reader.stored_fields(number) for number in range(count)],
        }


def lengths_of(name: str, found: dict[Any, list[Any]], count: int) -> list[int]:
    """Terms of a field in each document, by its postings."""
    lengths = [0] * count
    for (field, _), each in found.items():
        for number, _, held in each if field == name else ():
            lengths[number] += len(held) if isinstance(held, list) else held
    return lengths


def as_kept(lengths: list[int]) -> list[NDArray[Any]]:
    """Lengths as our codec keeps them, as Whoosh's does, and as an index of both, a byte each."""
    ours = LENGTHS[length_codes(np.array(lengths))]
    theirs = np.array([byte_to_length(length_to_byte(each)) for each in lengths])
    return [ours, theirs, np.concatenate([theirs[:MIXED], ours[MIXED:]])]


def facts(info: Any) -> tuple[Any, ...]:
    return (
        info.weight(), info.doc_frequency(), info.max_weight(), info.min_id(), info.max_id(),
    )  # fmt: skip


def postings(reader: Any, field: str, term: bytes) -> list[Any]:
    matcher = reader.postings(field, term)
    kind = "positions" if matcher.supports("positions") else "frequency"
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight(), matcher.value_as(kind)))
        matcher.next()
    return found


def terms(raw: str) -> list[Any]:
    expansion = expand(raw, "en")
    return [[part.term for part in expansion.parts], expansion.extras]


def names_of(names: TermNumbers) -> dict[int, str]:
    order, texts = names.ordered(np.arange(len(names), dtype=np.int32))
    return dict(
        zip(order.tolist(), (text.decode("utf-8", "surrogatepass") for text in texts), strict=True)
    )


@given(st.lists(st.none() | st.text("aA é\t\r\n\u3000", max_size=12), max_size=5))
def test_keywords_are_cut_as_whoosh_cuts_them(values: list[str | None]) -> None:
    names, found = Inverter(make_schema()).terms_of_values("alias", KEYWORD(), values)
    for number, value in enumerate(values):
        expected = [(term, times) for term, times, _, _ in KEYWORD().index(value or "")]
        assert found.lengths[number] == sum(times for _, times in expected)
        for term, times in expected:
            (at,) = names.numbers([term])
            texts = found.places[found.starts[at] : found.starts[at + 1]] >> PLACE_BITS
            assert np.count_nonzero(texts == number) == times
