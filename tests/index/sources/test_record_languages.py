"""A record that holds a release in several languages is a release in each of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.sources.record_languages import in_languages
from tests.index.sources.record_reading import drafts, one

PIER = [
    ("en", "Pier reopens", "The pier is open again, the office said."),
    ("fr", "Le quai rouvre", "Le quai est ouvert, dit la direction."),
]
BY_LANGUAGE = {
    "title": {tag: title for tag, title, _ in PIER},
    "body": {tag: text for tag, _, text in PIER},
}


@pytest.mark.parametrize(
    "record",
    [
        BY_LANGUAGE,
        {"attributes": BY_LANGUAGE},
        {
            "title": [{"language": tag, "value": title} for tag, title, _ in PIER],
            "body": [{"language": tag, "value": text} for tag, _, text in PIER],
        },
        {f"title_{tag}": title for tag, title, _ in PIER}
        | {f"body_{tag}": text for tag, _, text in PIER},
        {f"title{tag.title()}": title for tag, title, _ in PIER}
        | {f"body{tag.title()}": text for tag, _, text in PIER},
    ],
)
def test_each_language_is_a_release(record: dict[str, Any]) -> None:
    whole = {"date": "2024-05-03", **record}
    for text in (json.dumps(whole), json.dumps([whole]), json.dumps(whole) + "\n"):
        found = drafts(text)
        assert [(each.language, each.headline, each.body) for each in found] == PIER
        assert {each.dates[0].date for each in found} == {"2024-05-03"}


def test_columns_of_a_table_in_several_languages() -> None:
    rows = "Titre_FR,Title_EN,Date,Body_EN,Body_FR\nLe quai,The pier,2024-05-03,Open.,Ouvert.\n"
    rows = rows.replace("Titre_FR", "Title_FR")
    found = [(each.language, each.headline, each.body) for each in drafts(rows)]
    assert found == [("fr", "Le quai", "Ouvert."), ("en", "The pier", "Open.")]


def test_a_language_without_a_headline_is_none() -> None:
    record = {"title": {"de": "Pier offen", "fr": "", "it": None}, "text": {"de": "Er ist offen."}}
    assert one(record).headline == "Pier offen"


def test_a_field_beside_the_same_in_another_language() -> None:
    record = {"title": "Pier", "title_fr": "Quai", "body": "Open again.", "body_fr": "Ouvert."}
    found = [(each.language, each.headline, each.body) for each in drafts(json.dumps(record))]
    assert found == [(None, "Pier", "Open again."), ("fr", "Quai", "Ouvert.")]


def test_one_text_under_headlines_in_two_languages_is_one_release() -> None:
    record = {"title_en": "Pier", "title_fr": "Quai", "body": "The pier is open again."}
    draft = one(record)
    assert (draft.headline, draft.body) == ("Pier", "The pier is open again.")


@pytest.mark.parametrize(
    "record",
    [
        {"title": {"rendered": "Pier"}, "content": {"rendered": "Open."}},
        {"title": {"en": "Pier"}, "body": "Open."},
        {"title": "Pier", "body_en": "Open.", "body_fr": "Ouvert."},
        {"title": {"id": "4", "text": "Pier"}, "body": "Open."},
        ["Pier"],
    ],
)
def test_other_records_stay_as_they_are(record: Any) -> None:
    assert in_languages(record) == [record]


SWISS = {
    "title": {"de-CH": "Steg offen", "fr-CH": "Le quai rouvre"},
    "body": {"de-CH": "Der Steg ist wieder offen, sagte das Amt.", "fr-CH": "Le quai est ouvert."},
}
TRANSLATED = {
    "department": {"name": "Harbour Board"},
    "translations": [
        {
            "languages_code": tag,
            "id": n,
            "title": SWISS["title"][tag],
            "content": SWISS["body"][tag],
        }
        for n, tag in enumerate(SWISS["title"])
    ],
}


@pytest.mark.parametrize("record", [SWISS, TRANSLATED])
@pytest.mark.parametrize("form", ["{}", "[{}]", '{{"count": 1, "results": [{}]}}', "{}\n{}\n"])
def test_records_in_languages_none_of_which_is_english(record: dict[str, Any], form: str) -> None:
    whole = json.dumps({"date": "2024-05-03", "agency": "Harbour Board", **record})
    found = drafts(form.format(whole, whole))
    assert [(each.language, each.headline, each.body) for each in found[:2]] == [
        (tag, SWISS["title"][tag], SWISS["body"][tag]) for tag in SWISS["title"]
    ]
    assert {each.stated_agency for each in found} == {"Harbour Board"}
    assert {each.dates[0].date for each in found} == {"2024-05-03"}


def test_a_record_whose_text_is_in_one_language_of_a_list_of_translations() -> None:
    text = TRANSLATED["translations"][:1]
    (found,) = drafts(json.dumps({"data": [{"date": "2024-05-03", "translations": text}]}))
    assert (found.language, found.headline) == ("de-CH", "Steg offen")


def test_translations_beside_a_text_are_left() -> None:
    own = {"title": "Pier reopens", "body": "The pier is open.", "locale": "en"}
    (found,) = drafts(json.dumps([{**own, "localizations": TRANSLATED["translations"]}]))
    assert (found.language, found.headline) == ("en", "Pier reopens")


def test_offices_that_state_their_language_are_no_translations() -> None:
    office = {"title": "Harbour Board", "locale": "en", "base_path": "/harbour-board"}
    record = {"title": "Pier reopens", "body": "The pier is open.", "links": {"offices": [office]}}
    (found,) = drafts(json.dumps(record))
    assert (found.headline, found.stated_agency) == ("Pier reopens", "Harbour Board")
