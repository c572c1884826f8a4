"""Records in every shape: lists, tables, answers of interfaces, and what breaks off."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import records
from index.sources.draft import Document, Draft, Refusal
from tests.index.sources.record_reading import DOCUMENT, drafts


@pytest.mark.parametrize(
    "whole",
    [
        [{"title": "A", "text": "x"}, {"title": "B", "text": "y"}],
        {"count": 2, "results": [{"title": "A", "text": "x"}, {"title": "B", "text": "y"}]},
        {
            "title": "Answer",
            "data": {"items": [{"title": "A", "text": "x"}, {"title": "B", "text": ""}]},
        },
    ],
)
def test_lists_wherever_they_stand(whole: Any) -> None:
    assert [draft.headline for draft in drafts(json.dumps(whole, indent=1))] == ["A", "B"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_with_any_delimiter(delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Title", "Publication Date", "Ministry", "Text"])
    writer.writerow(["A, b; c | d", "2020-02-03", "Ministry of Tides", 'He said "no"\nand left.'])
    (draft,) = drafts("\ufeff" + out.getvalue())
    assert draft.headline == "A, b; c | d"
    assert draft.body == 'He said "no"\nand left.'
    assert draft.stated_agency == "Ministry of Tides"
    assert draft.dates[0].date == "2020-02-03"


def test_a_row_with_too_many_cells_is_refused_with_its_line() -> None:
    text = "headline,body\nA,x\nB,y,z\nC,w\n"
    found = list(records.read(text, DOCUMENT))
    assert [each.headline for each in found if isinstance(each, Draft)] == ["A", "C"]
    (refusal,) = (each for each in found if isinstance(each, Refusal))
    assert refusal.where == "day.data, line 3"


def test_a_table_of_unknown_columns_says_which_they_are() -> None:
    (found,) = records.read("ttl,txt\nA,x\n", DOCUMENT)
    assert isinstance(found, Refusal)
    assert "ttl, txt" in found.reason
    (draft,) = drafts("ttl,txt\nA,x\n", {"headline": "ttl", "body": "txt"})
    assert (draft.headline, draft.body) == ("A", "x")


def test_rows_above_the_names_of_the_columns() -> None:
    text = "Releases of the Pier Office\nExported: 2020-02-04\n\nTitle,Date,Text\nA,2020-02-03,x\n"
    (draft,) = records.read(text, Document(name="releases.csv", data=b""))
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.dates[0].date, draft.body) == ("A", "2020-02-03", "x")


_A = {"title": "A", "date": "2020-02-03", "body": "words of a"}
_B = {"title": "B", "date": "2020-02-04", "body": "words of b"}
_NAMES = [{"id": "title"}, {"id": "date"}, {"id": "body"}, {"id": "place"}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"fields": _NAMES, "result": {"fields": _NAMES, "records": [_A, _B]}}),
        json.dumps({"pages": [{"articles": [_A]}, {"articles": [_B]}]}),
        json.dumps([{"results": [_A], "next": 2}, {"results": [_B], "next": None}]),
        json.dumps({"results": [_A]}) + "\n" + json.dumps({"results": [_B]}) + "\n",
        json.dumps({"2020-1": _A, "2020-2": _B}),
        json.dumps({key: [_A[key], _B[key]] for key in _A}),
        json.dumps({key: {"0": _A[key], "1": _B[key]} for key in _A}),
        json.dumps({"columns": list(_A), "data": [list(_A.values()), list(_B.values())]}),
        json.dumps(
            {
                "meta": {"view": {"columns": [{"name": "N", "fieldName": key} for key in _A]}},
                "data": [list(_A.values()), list(_B.values())],
            }
        ),
        json.dumps({"values": [list(_A), list(_A.values()), list(_B.values())]}),
        json.dumps([list(_A), list(_A.values()), list(_B.values())]),
        json.dumps(_A, indent=2) + "\n" + json.dumps(_B, indent=2),
        json.dumps(_A) + json.dumps(_B),
        json.dumps([_A], indent=2) + json.dumps([_B], indent=2),
        "\x1e" + json.dumps(_A) + "\n\x1e" + json.dumps(_B) + "\n",
    ],
)
def test_tables_and_answers_of_every_shape(text: str) -> None:
    assert records.recognise(text, "a.json")
    read = [(each.headline, each.dates[0].date, each.body) for each in drafts(text)]
    assert read == [("A", "2020-02-03", "words of a"), ("B", "2020-02-04", "words of b")]


@pytest.mark.parametrize("whole", [[_A, _B], {"total": 2, "results": [_A, _B]}])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_that_breaks_off_gives_what_is_whole(whole: Any, indent: int | None) -> None:
    found = list(records.read(json.dumps(whole, indent=indent)[:-20], DOCUMENT))
    assert [each.headline for each in found if isinstance(each, Draft)] == ["A"]
    (refusal,) = (each for each in found if isinstance(each, Refusal))
    assert refusal.reason.startswith("ends in the middle of JSON (")
    assert "fetch it anew" in refusal.reason


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists, max_leaves=30))
def test_rows_of_any_kind_do_not_make_it_raise(value: Any) -> None:
    for whole in (value, {"data": value, "columns": value}, {"title": value, "body": value}):
        for document in ({"a": whole, "title": "T"}, whole):
            found = list(records.read(json.dumps(document), DOCUMENT))
            assert all(isinstance(each, Draft | Refusal) for each in found)


def test_lines_of_a_bulk_request_that_say_what_to_do_are_none() -> None:
    release = {"title": "Pier 4 reopens", "date": "2021-03-04", "content": "The pier is open."}
    lines = [{"index": {"_index": "news", "_id": "4"}}, release, {"create": {}}, release]
    found = drafts("\n".join(map(json.dumps, lines)))
    assert [each.headline for each in found] == ["Pier 4 reopens"] * 2
