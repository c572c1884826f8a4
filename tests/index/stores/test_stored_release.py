"""A release is encoded once: what was read is what is stored, and hashed, byte for byte."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.codec.segment import open_segment
from index.codec.stored_document import PACKED, decode, joined
from index.ingest.builder import build
from index.release import Agency, Photo, Release, Translation
from index.schema import document
from index.stores.fingerprint import fingerprint_of
from index.stores.folder import FolderStore, open_index
from index.stores.stored_release import packed_document, record_of, stored_release, with_time

NOW = "2024-03-05T10:00:00+00:00"
_TEXT = st.text(max_size=20) | st.sampled_from(["x" * 300, "é香\ud800\n" * 200])
RELEASES = st.builds(
    Release,
    id=_TEXT,
    headline=_TEXT,
    body=_TEXT,
    url=st.none() | _TEXT,
    date=st.sampled_from([None, "2023-11-05", "2023", "--11-05"]),
    issued_at=st.none() | st.just("2023-11-05T12:34+08:00"),
    agency=st.builds(Agency, _TEXT, _TEXT),
    agencies_mentioned=st.lists(st.builds(Agency, _TEXT, _TEXT), max_size=2).map(tuple),
    photos=st.lists(st.builds(Photo, _TEXT, _TEXT), max_size=2).map(tuple),
    translations=st.lists(st.builds(Translation, _TEXT, _TEXT), max_size=2).map(tuple),
    language=st.sampled_from(["en", "und", "zh-Hant"]),
    source_file=_TEXT,
    fetched_at=st.none() | st.just(NOW),
    aliases=st.lists(_TEXT, max_size=2).map(tuple),
)


@given(RELEASES)
def test_it_comes_back_and_its_record_is_the_same_again(release: Release) -> None:
    stored = decode(stored_release(release, NOW))
    again = Release.from_stored(stored)
    assert (again, stored["first_indexed"]) == (release, NOW)
    assert record_of(again) == record_of(release)


@given(RELEASES)
def test_what_the_bulk_writer_gets_is_what_whoosh_s_own_gets(release: Release) -> None:
    packed = packed_document(stored_release(release, NOW))
    plain = document(release, NOW)
    assert joined(packed.pop(PACKED)) == stored_release(release, NOW)
    assert {name: plain[name] for name in packed} == packed
    assert packed["body"].language == release.language


@given(RELEASES, st.sampled_from(["id", "aliases", "source_file", "fetched_at"]))
def test_what_is_settled_later_is_no_part_of_the_record(release: Release, name: str) -> None:
    changed = dataclasses.replace(release, **{name: ("q",) if name == "aliases" else "q"})
    assert record_of(changed) == record_of(release)


def test_a_build_stores_what_reading_encoded(tmp_path: Path) -> None:
    rows = [
        {"id": f"n-{n}", "headline": f"Pier {n}", "body": "It closes at noon. " * n, "date": "2024"}
        for n in range(30)
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    store = FolderStore(tmp_path / "index")
    build([path], store)
    index = open_index(store.folder)
    (segment,) = index.segments()
    stored = open_segment(index.storage, segment).stored
    with store.writing(), store.catalogue() as catalogue:
        for data in stored.all(range(30)):
            release = Release.from_stored(decode(data))
            known = catalogue.known(release.id)
            assert known is not None
            assert data.endswith(with_time(record_of(release), release.fetched_at))
            assert known.fingerprint == fingerprint_of(release, by_content=False)
    index.close()
