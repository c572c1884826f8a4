"""Columns of records that are no field of a release are kept, under their own names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.builder import BuildOptions, build
from index.release import Column, Release
from index.sources import records
from index.sources.draft import Document, Draft, Refusal
from index.sources.extra_columns import MAX_COLUMNS, MAX_MARKUP, MAX_VALUE, MAX_VALUES
from index.sources.reader import ReadOptions
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine
from webapp.exports.jsonl import jsonl_lines
from webapp.site.links import Links

DOCUMENT = Document(name="day.data", data=b"")
KNOWN = {"headline": "Pier 4 reopens", "date": "2021-03-04", "body": "The pier is open."}


def draft_of(record: dict[str, Any], **mapping: str) -> Draft:
    (draft,) = records.read(json.dumps(record), DOCUMENT, mapping)
    assert isinstance(draft, Draft)
    return draft


def extra_of(record: dict[str, Any], **mapping: str) -> dict[str, tuple[str, ...]]:
    return dict(draft_of(record, **mapping).extra)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Harbours", ("Harbours",)),
        (["Harbours", "Ferries", "Harbours"], ("Harbours", "Ferries")),
        ([{"name": "Harbours", "id": 7}, {"title": "Ferries"}], ("Harbours", "Ferries")),
        ([{"name": "Harbours", "type": ["Place", "Port"]}], ("Harbours",)),
        (17, ("17",)),
        ("Roads &amp; <b>rail</b>\n today", ("Roads & rail today",)),
        ("", None),
        (None, None),
        (True, None),
        ({"colour": "red"}, None),
    ],
)
def test_values_of_every_kind(value: Any, kept: tuple[str, ...] | None) -> None:
    assert extra_of({**KNOWN, "topics": value}).get("topics") == kept


def test_what_gave_a_field_is_no_extra_column_and_all_else_is() -> None:
    record = {
        **KNOWN, "ministry": "Harbour Office", "summary": "In short", "created": "2021-03-05",
        "author": "A. Clerk", "link": "/not/absolute", "details": {"district": "North"}, "nr": "9",
    }  # fmt: skip
    assert extra_of(record) == {
        "summary": ("In short",),
        "created": ("2021-03-05",),
        "author": ("A. Clerk",),
        "link": ("/not/absolute",),
        "details.district": ("North",),
    }
    assert draft_of(record).stated_agency == "Harbour Office"
    assert draft_of(record).id == "9"
    assert "author" not in extra_of({**record, "author": ""})
    assert extra_of(record, headline="summary")["headline"] == ("Pier 4 reopens",)


def test_a_table_keeps_its_columns_and_empty_names_are_none() -> None:
    text = "headline;date;body;Thema;\nPier 4 reopens;2021-03-04;It is open.;Häfen;x\n"
    (draft,) = records.read(text, DOCUMENT)
    assert isinstance(draft, Draft)
    assert draft.extra == (Column("Thema", ("Häfen",)),)


def test_limits_are_kept_and_said() -> None:
    many = draft_of({**KNOWN, **{f"c{at}": "x" for at in range(MAX_COLUMNS + 1)}})
    assert [each.name for each in many.extra] == [f"c{at}" for at in range(MAX_COLUMNS)]
    assert any(f"first {MAX_COLUMNS}" in note for note in many.notes)
    long = draft_of({**KNOWN, "c": ["y" * (MAX_VALUE + 1), "short"], "d": "<p>" * MAX_MARKUP})
    assert dict(long.extra) == {"c": ("short",)}
    assert len([note for note in long.notes if "values are kept" in note]) == 2
    several = draft_of({**KNOWN, "c": [str(at) for at in range(MAX_VALUES + 1)]})
    assert len(dict(several.extra)["c"]) == MAX_VALUES


@given(st.dictionaries(st.text(max_size=100), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
), max_size=8))  # fmt: skip
def test_any_record_gives_columns_that_an_index_can_store(record: dict[str, Any]) -> None:
    (found,) = records.read(json.dumps({**record, **KNOWN}), DOCUMENT)
    assert isinstance(found, Draft)
    for name, values in found.extra:
        assert name
        assert all(value == " ".join(value.split()) for value in values)
        assert all(values)
        json.dumps([name, *values], ensure_ascii=False).encode()


TEN = {
    "de": ("Überschrift", "Veröffentlichungsdatum", "Behörde", "Inhalt"),
    "fr": ("Intitulé", "Date de publication", "Ministère", "Texte"),
    "es": ("Título", "Fecha de publicación", "Organismo", "Contenido"),
    "it": ("Titolo", "Data", "Ministero", "Testo"),
    "pt": ("Título", "Data de publicação", "Órgão", "Conteúdo"),
    "nl": ("Titel", "Publicatiedatum", "Ministerie", "Tekst"),
    "pl": ("Tytuł", "Data publikacji", "Ministerstwo", "Treść"),
    "ru": ("Заголовок", "Дата публикации", "Ведомство", "Текст"),
    "zh-Hant": ("標題", "發布日期", "部門", "內容"),
    "zh-Hans": ("标题", "发布日期", "部门", "正文"),
    "ja": ("件名", "発表日", "省庁", "本文"),
    "ko": ("제목", "등록일", "부처", "내용"),
    "ar": ("العنوان", "تاريخ النشر", "الجهة", "النص"),
    "tr": ("Başlık", "Tarih", "Kurum", "Metin"),
    "sv": ("Rubrik", "Publiceringsdatum", "Myndighet", "Innehåll"),
}


@pytest.mark.parametrize("names", TEN.values(), ids=TEN)
def test_column_names_of_ten_languages_and_more(names: tuple[str, ...]) -> None:
    text = f"{','.join(names)},Z\nPier 4 reopens,2021-03-04,Harbour Office,The pier is open.,z\n"
    (draft,) = records.read(text, DOCUMENT)
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.body) == ("Pier 4 reopens", "The pier is open.")
    assert draft.dates[0].date == "2021-03-04"
    assert draft.stated_agency == "Harbour Office"
    assert draft.extra == (Column("Z", ("z",)),)


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", '{"a": "1"}', '[{"a": "1"}]', '{"a": "1"}\n{"b": "2"}\n']
)
def test_a_refusal_names_the_option_that_helps(text: str) -> None:
    found = list(records.read(text, Document(name="a.csv", data=b"")))
    assert found
    assert all(isinstance(each, Refusal) and "--map headline=NAME" in each.reason for each in found)


def test_they_are_reported_stored_and_come_back_from_our_own_export(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [
        {**KNOWN, "id": "a", "agency": "Harbour Office", "topics": ["Tolls", "Ferries"]},
        {**KNOWN, "id": "b", "agency": "Harbour Office", "headline": "Another", "n": 3},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = build([source], FolderStore(tmp_path / "one"))
    assert report.to_dict()["columns"] == {"topics": 1, "n": 1}
    assert "topics (1)" in report.to_text()
    assert "--map" in report.to_text()
    first = _exported(tmp_path / "one")
    assert first["a"].extra == (Column("topics", ("Tolls", "Ferries")),)
    again = tmp_path / "again.jsonl"
    engine = open_engine(tmp_path / "one")
    again.write_text("".join(jsonl_lines(Links(), engine.every_hit(SearchRequest()))))
    assert build([again], FolderStore(tmp_path / "two")).to_dict()["columns"] == {
        "topics": 1,
        "n": 1,
    }
    second = _exported(tmp_path / "two")
    assert {key: each.extra for key, each in second.items()} == {
        key: each.extra for key, each in first.items()
    }


def test_a_changed_column_changes_the_release(tmp_path: Path) -> None:
    source, store = tmp_path / "in.jsonl", FolderStore(tmp_path / "index")
    options = BuildOptions(read=ReadOptions())
    for topic, updated in (("Tolls", 0), ("Ferries", 1)):
        source.write_text(json.dumps({**KNOWN, "id": "a", "topic": topic}))
        report = build([source], store, options)
        assert report.updated == updated
    assert _exported(tmp_path / "index")["a"].extra == (Column("topic", ("Ferries",)),)


def _exported(folder: Path) -> dict[str, Release]:
    engine = open_engine(folder)
    found = {hit.release.id: hit.release for hit in engine.every_hit(SearchRequest(copies=True))}
    engine.close()
    return found
