"""Suggestions while typing: true, bounded, harmless."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.views.suggestions import MAX_AGENCIES, MAX_RELEASES, MAX_TYPED, MAX_WORDS


def suggestions(client: FlaskClient, typed: str, prefix: str = "") -> list[tuple[str, str, str]]:
    response = client.get(f"{prefix}/suggest.json?" + urlencode({"q": typed}, errors="replace"))
    assert response.status_code == 200
    return [
        (each["kind"], each["text"], each["href"]) for each in response.get_json()["suggestions"]
    ]


def test_words_agencies_and_headlines_lead_where_they_say(client: FlaskClient) -> None:
    found = suggestions(client, "water")
    assert ("agency", "Water Board", "/agency/water-board") in found
    found = suggestions(client, "reserv")
    assert ("word", "reservoir", "/search?q=reservoir") in found
    headlines = [text for kind, text, _ in found if kind == "release"]
    assert headlines
    assert all("reservoir" in text for text in headlines)
    for _, _, href in found:
        assert client.get(href).status_code == 200


def test_what_stands_before_the_last_word_stays(client: FlaskClient) -> None:
    found = suggestions(client, "north reserv")
    assert ("word", "north reservoir", "/search?q=north+reservoir") in found
    assert all(
        "north" in text and "reservoir" in text for kind, text, _ in found if kind == "release"
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [('"north reserv', '"north reservoir"'), ("“north reserv", "“north reservoir”")],
)
def test_a_phrase_stays_a_phrase(client: FlaskClient, typed: str, text: str) -> None:
    offered = client.get("/suggest.json?" + urlencode({"q": typed})).get_json()["suggestions"]
    (found,) = (each for each in offered if each["text"] == text)
    assert found["q"] == text
    notices = client.get(found["href"].replace("/search", "/search.json")).get_json()["notices"]
    assert "quote-unmatched" not in {each["code"] for each in notices}


def test_only_words_go_into_the_box(client: FlaskClient) -> None:
    for typed, other in (("water", "agency"), ("reserv", "release")):
        offered = client.get(f"/suggest.json?q={typed}").get_json()["suggestions"]
        assert {each["kind"]: bool(each["q"]) for each in offered} == {"word": True, other: False}


def test_chinese_is_completed_too(client: FlaskClient) -> None:
    assert ("release", "海港處公布碼頭時間") in [each[:2] for each in suggestions(client, "碼頭")]


def test_they_speak_the_language_of_the_page(client: FlaskClient) -> None:
    kinds = {kind: href for kind, _, href in suggestions(client, "water", "/zh-hant")}
    assert kinds["機構"] == "/zh-hant/agency/water-board"


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "zzzzzz", "*", "(", "++"])
def test_nothing_fitting_is_no_error(client: FlaskClient, typed: str) -> None:
    assert suggestions(client, typed) == []


def test_they_are_bounded_and_kept(client: FlaskClient) -> None:
    found = suggestions(client, "no")
    for kind, most in (("word", MAX_WORDS), ("agency", MAX_AGENCIES), ("release", MAX_RELEASES)):
        assert sum(each[0] == kind for each in found) <= most
    response = client.get("/suggest.json?q=" + "a" * 5000)
    assert len(response.get_json()["q"]) == MAX_TYPED
    assert response.headers["Cache-Control"] == "max-age=300"
    tag = response.headers["ETag"]
    again = client.get("/suggest.json?q=" + "a" * 5000, headers={"If-None-Match": tag})
    assert again.status_code == 304


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(max_size=30) | st.text('"()-*~=: ORflood', max_size=20))
def test_whatever_is_typed_is_answered(client: FlaskClient, typed: str) -> None:
    suggestions(client, typed)


def test_browsers_get_words_as_opensearch_has_them(client: FlaskClient) -> None:
    response = client.get("/opensearch-suggestions?q=flo")
    assert response.mimetype == "application/x-suggestions+json"
    typed, texts, beside, addresses = response.get_json(force=True)
    assert typed == "flo"
    words = [each for each in suggestions(client, "flo") if each[0] == "word"]
    assert texts == [text for _, text, _ in words] != []
    assert addresses == ["https://press.example" + href for _, _, href in words]
    assert beside == [""] * len(texts)
    assert client.get("/opensearch-suggestions?q=%22").get_json(force=True) == ['"', [], [], []]
    assert client.get("/opensearch-suggestions").get_json(force=True) == ["", [], [], []]
