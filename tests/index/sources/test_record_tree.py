"""Answers of interfaces that hold one release somewhere inside: which object is it?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import records
from index.sources.draft import Document, Draft, Refusal
from index.sources.record_tree import MAX_DEPTH, MAX_OBJECTS, release_inside
from tests.timing import processor_time

TEXT = (
    "<p>The ferry of the western line sails again on Sunday.</p><p>It calls at the three islands and "
    "the lighthouse.</p><p>It takes bicycles.</p>"
)
RELEASE = {"title": "Western ferry sails again", "issued": "2022-08-19", "content": TEXT}


def read(answer: Any) -> list[Draft | Refusal]:
    return list(records.read(json.dumps(answer), Document(name="answer.json", data=b"")))


def test_a_release_below_objects_of_no_known_name_is_found() -> None:
    (draft,) = read({"outcome": {"code": 200}, "payload": {"piece": RELEASE}})
    assert isinstance(draft, Draft)
    assert draft.headline == "Western ferry sails again"
    assert draft.body.startswith("The ferry of the western line sails again on Sunday.\n\n")
    assert draft.body.endswith("It takes bicycles.")
    assert draft.dates[0].date == "2022-08-19"


def test_what_an_object_lacks_is_taken_from_those_around_it() -> None:
    inner = {"title": "Western ferry sails again", "htmlContent": TEXT}
    answer = {"reference": "F/22/9", "issued": "2022-08-19", "issuer": "Ferry Office", "en": inner}
    (draft,) = read(answer)
    assert isinstance(draft, Draft)
    assert (draft.dates[0].date, draft.stated_agency) == ("2022-08-19", "Ferry Office")


def test_a_list_of_topics_beside_a_release_is_not_what_the_answer_holds() -> None:
    topics = [{"code": "SEA", "description": "Shipping"}, {"code": "FUN", "description": "Travel"}]
    (draft,) = read({"resource": RELEASE, "topics": topics})
    assert isinstance(draft, Draft)
    assert draft.headline == "Western ferry sails again"


def test_fields_of_a_content_system_are_known_by_the_word_behind_field() -> None:
    attributes = {
        "title": "Western ferry sails again",
        "field_release_date": "2022-08-19",
        "changed": "2022-09-01",
        "field_agency": "Ferry Office",
        "body": {"value": "[token]", "format": "full", "processed": TEXT, "summary": ""},
    }
    (draft,) = read({"jsonapi": {"version": "1.0"}, "data": {"id": "4", "attributes": attributes}})
    assert isinstance(draft, Draft)
    assert draft.body.startswith("The ferry of the western line")
    assert (draft.dates[0].date, draft.stated_agency) == ("2022-08-19", "Ferry Office")


def test_releases_in_a_list_are_not_one_release() -> None:
    assert release_inside({"latest": [RELEASE, RELEASE | {"title": "Pier closed"}]}) is None
    alone = release_inside({"latest": [{"kind": "menu"}, RELEASE]})
    assert alone is not None
    assert alone["title"] == RELEASE["title"]


def test_an_answer_with_a_list_of_releases_gives_each_of_them() -> None:
    found = read({"site": {"title": "Ferry Office", "description": "All about ferries of the west"},
                  "items": [RELEASE, RELEASE | {"title": "Pier closed"}]})  # fmt: skip
    assert [each.headline for each in found if isinstance(each, Draft)] == [
        "Western ferry sails again", "Pier closed",
    ]  # fmt: skip


def test_a_dated_object_goes_before_a_longer_one_without_a_date() -> None:
    settings = {"title": "Ferry Office", "description": "Everything about our ferries. " * 40}
    found = release_inside({"settings": settings, "piece": RELEASE})
    assert found is not None
    assert found["title"] == RELEASE["title"]


def test_what_lies_too_deep_is_left() -> None:
    objects: Any = RELEASE
    lists: Any = RELEASE
    for _ in range(MAX_DEPTH + 2):
        objects, lists = {"inner": objects}, [lists]
    assert release_inside(objects) is None
    assert release_inside(lists) is None
    assert release_inside(json.loads("[" * 400 + "]" * 400)) is None


def test_what_has_no_date_is_no_release() -> None:
    (found,) = read({"error": {"name": "NotFound", "message": "There is no ferry of this number."}})
    assert isinstance(found, Refusal)
    site = {"title": "Ferry Office", "description": "All that is known about ferries of the west."}
    (found,) = read({"site": site, "links": [{"title": "Western ferry", "url": "/w"}]})
    assert isinstance(found, Refusal)


def test_a_description_is_no_text_of_a_release() -> None:
    part = {"name": "ferries", "version": "1.2", "description": "Reads the timetables of ferries."}
    bill = {"metadata": {"timestamp": "2022-08-19T10:00:00Z", "component": part}, "components": []}
    assert release_inside(bill) is None


def test_an_office_in_a_list_is_the_issuer_and_no_release() -> None:
    (draft,) = read({"piece": RELEASE | {"offices": [{"name": "Ferry Office", "short": "FO"}]}})
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.stated_agency) == (RELEASE["title"], "Ferry Office")


def test_an_answer_kept_as_text_in_another_is_read() -> None:
    found = release_inside({"status": 200, "body": json.dumps({"data": {"piece": RELEASE}})})
    assert found is not None
    assert found["title"] == RELEASE["title"]


@pytest.mark.parametrize(
    ("renamed", "field", "expected"),
    [
        ({"headlineText": "title"}, "headline", RELEASE["title"]),
        ({"richText": "content"}, "body", "The ferry of the western line sails again on Sunday."),
        ({"created_date": "issued"}, "date", "2022-08-19"),
        ({"publishTime": "issued"}, "date", "2022-08-19"),
    ],
)
def test_other_names_of_fields(renamed: dict[str, str], field: str, expected: str) -> None:
    other = {theirs: ours for ours, theirs in renamed.items()}
    (draft,) = read({other.get(key, key): value for key, value in RELEASE.items()})
    assert isinstance(draft, Draft)
    read_as = {"headline": draft.headline, "body": draft.body, "date": draft.dates[0].date}
    assert (read_as[field] or "").startswith(expected)


def test_fields_of_a_search_engine_are_known_by_the_word_behind_their_kind() -> None:
    found = {"ss_title": RELEASE["title"], "ds_created": "2022-08-19", "tm_body": [TEXT]}
    (draft,) = read({"response": {"numFound": 1, "docs": [found]}})
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.dates[0].date) == (RELEASE["title"], "2022-08-19")
    assert draft.body.endswith("It takes bicycles.")


def test_a_day_and_its_time_in_an_object() -> None:
    published = {"date": "2022-08-19", "time": "10:00"}
    (draft,) = read({"title": RELEASE["title"], "published": published, "content": TEXT})
    assert isinstance(draft, Draft)
    assert draft.dates[0].date == "2022-08-19"


def test_a_large_tree_is_looked_at_in_bounded_time() -> None:
    wide = {f"n{number}": {"name": f"n{number}"} for number in range(4 * MAX_OBJECTS)}
    assert processor_time(lambda: release_inside(wide)) < 2.0


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner:
       st.lists(inner, max_size=3) | st.dictionaries(
           st.sampled_from(["title", "body", "date", "data", "x"]), inner, max_size=4)))  # fmt: skip
def test_any_tree_gives_an_object_with_a_headline_and_a_text_or_none(tree: Any) -> None:
    found = release_inside(tree)
    assert found is None or ({"title", "data"} & found.keys() and {"body", "data"} & found.keys())


def test_properties_of_a_notebook_hold_a_day_a_choice_and_a_text_in_runs() -> None:
    def runs(text: str) -> list[dict[str, Any]]:
        return [{"type": "text", "text": {"content": text}, "plain_text": text}]

    properties = {
        "Name": {"type": "title", "title": runs("Western ferry sails again")},
        "Date": {"type": "date", "date": {"start": "2022-08-19", "end": None}},
        "Agency": {"type": "select", "select": {"id": "s", "name": "Ferry Office"}},
        "Body": {"type": "rich_text", "rich_text": runs("It calls at the three islands.")},
    }
    (draft,) = read({"results": [{"object": "page", "id": "p", "properties": properties}]})
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.body) == (
        "Western ferry sails again",
        "It calls at the three islands.",
    )
    assert (draft.dates[0].date, draft.stated_agency) == ("2022-08-19", "Ferry Office")


def test_pages_of_a_document_server() -> None:
    page = {
        "Title": "Western ferry sails again",
        "ArticleStartDate": "/Date(1660867200000)/",
        "PublishingPageContent": TEXT,
        "Modified": "2023-01-01T00:00:00Z",
    }
    (draft,) = read({"d": {"results": [page]}})
    assert isinstance(draft, Draft)
    assert draft.body.endswith("It takes bicycles.")
    assert draft.dates[0].date == "2022-08-19"
