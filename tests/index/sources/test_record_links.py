"""Records that name others, which stand beside them in an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.sources import records
from index.sources.draft import Draft
from tests.index.sources.record_reading import DOCUMENT, drafts, one
from tests.timing import HOSTILE_RATIO, processor_time

JSON_API = {
    "data": [{
        "type": "node--release", "id": "a",
        "attributes": {"title": "Pier 4 reopens", "date": "2021-03-04"},
        "relationships": {
            "field_department": {"data": {"type": "term--body", "id": "b"}},
            "field_content": {"data": [{"type": "paragraph--text", "id": "c"},
                                       {"type": "paragraph--text", "id": "d"}]},
            "lost": {"data": {"type": "file", "id": "e"}},
        },
    }],
    "included": [
        {"type": "term--body", "id": "b", "attributes": {"name": "Harbour Board"}},
        {"type": "paragraph--text", "id": "c", "attributes": {"field_text": {"value": "<p>Open.</p>"}}},
        {"type": "paragraph--text", "id": "d", "attributes": {"field_text": {"value": "<p>Free.</p>"}}},
    ],
}  # fmt: skip
CONTENTFUL = {
    "items": [{
        "sys": {"type": "Entry", "id": "a"},
        "fields": {
            "title": "Pier 4 reopens", "date": "2021-03-04", "body": "Open.\n\nFree.",
            "department": {"sys": {"type": "Link", "linkType": "Entry", "id": "b"}},
        },
    }],
    "includes": {"Entry": [{"sys": {"type": "Entry", "id": "b"},
                            "fields": {"name": "Harbour Board"}}]},
}  # fmt: skip
SANITY = [
    {"_id": "a", "_type": "release", "title": "Pier 4 reopens", "date": "2021-03-04",
     "body": "Open.\n\nFree.", "ministry": {"_type": "reference", "_ref": "b"}},
    {"_id": "b", "_type": "ministry", "name": "Harbour Board"},
]  # fmt: skip


@pytest.mark.parametrize("answer", [JSON_API, CONTENTFUL, SANITY])
def test_records_that_others_name_stand_in_their_places(answer: Any) -> None:
    found = [each for each in records.read(json.dumps(answer), DOCUMENT) if isinstance(each, Draft)]
    (draft,) = found
    assert draft.headline == "Pier 4 reopens"
    assert draft.body == "Open.\n\nFree."
    assert draft.stated_agency == "Harbour Board"
    assert draft.dates[0].date == "2021-03-04"


def test_records_that_name_each_other_have_an_end() -> None:
    many = {"type": "x", "id": "0"}
    attributes = {"title": "Pier 4 reopens", "body": "Open.", "date": "2021-03-04"}
    included = [
        {"type": "x", "id": str(at),
         "relationships": {"all": {"data": [{"type": "x", "id": str(to)} for to in range(40)]}}}
        for at in range(40)
    ]  # fmt: skip
    answer = {"data": [{"attributes": attributes, "relationships": {"all": {"data": [many] * 40}}}],
              "included": included}  # fmt: skip
    text = json.dumps(answer)
    plain = json.dumps({"data": [{"attributes": attributes}] * 5_000})
    taken = processor_time(lambda: drafts(text))
    assert taken < HOSTILE_RATIO * processor_time(lambda: drafts(plain))


def test_the_author_that_an_answer_of_wordpress_embeds_is_the_issuer() -> None:
    draft = one(
        {
            "title": {"rendered": "Pier 4 reopens"}, "content": {"rendered": "<p>Open.</p>"},
            "date": "2021-03-04T09:00:00", "author": 1,
            "_embedded": {"author": [{"id": 1, "name": "Harbour Board"}]},
        }
    )  # fmt: skip
    assert draft.stated_agency == "Harbour Board"


def test_an_issuer_that_an_answer_of_strapi_nests() -> None:
    department = {"data": {"id": 4, "attributes": {"name": "Harbour Board"}}}
    draft = one({"title": "Pier 4 reopens", "content": "Open.", "department": department})
    assert draft.stated_agency == "Harbour Board"


@pytest.mark.parametrize("url", ["http:///n/4", "http:n/4", "https://:80/n/4"])
def test_an_address_without_a_host_is_no_address_of_a_record(url: str) -> None:
    record = {"headline": "Pier 4 reopens", "body": "The pier is open.", "url": url}
    assert one(record).url is None


@pytest.mark.parametrize(
    "terms",
    [
        [[{"taxonomy": "department", "name": "Harbour Board"}], [{"taxonomy": "category"}]],
        [[{"taxonomy": "category", "name": name} for name in ("News", "Harbour Board")]],
    ],
)
@pytest.mark.parametrize("form", ["[{}]", "{}\n{}\n"])
def test_the_terms_that_a_post_is_filed_under(terms: list[Any], form: str) -> None:
    post = {
        "date": "2021-03-04T09:00:00",
        "title": {"rendered": "Pier 4 reopens"},
        "content": {"rendered": "<p>Open.</p>"},
        "department": [7],
        "_embedded": {"author": [{"name": "webmaster"}], "wp:term": terms},
    }
    found = drafts(form.format(json.dumps(post), json.dumps(post)))
    assert {each.stated_agency for each in found} == {"Harbour Board"}
