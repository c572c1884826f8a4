"""Addresses of passages at the source, and of releases in a list of results."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Release
from search.request import SearchRequest
from webapp.site.links import Links
from webapp.site.paths import paragraph_path, quotation_path
from webapp.site.release_addresses import (
    FromResults,
    passage_address,
    read_release_query,
)

PAGE = "https://press.example/a"


def directive(address: str | None) -> list[str]:
    """The texts that a browser would look for, read as the specification says."""
    assert address
    fragment = address.partition("#")[2]
    _, mark, text = fragment.partition(":~:")
    assert mark
    assert text.startswith("text=")
    terms = text.removeprefix("text=").split(",")
    assert not any(term.startswith("-") or term.endswith("-") or "&" in term for term in terms)
    return [unquote(term) for term in terms]


@pytest.mark.parametrize(
    ("passage", "fragment"),
    [
        ("the new bridge", "#:~:text=the%20new%20bridge"),
        ("R&D, well-known", "#:~:text=R%26D%2C%20well%2Dknown"),
        ("a 50% rise – “so” #1", "#:~:text=a%2050%25%20rise%20%E2%80%93%20%E2%80%9Cso%E2%80%9D%20%231"),
        ("one two three four five six seven eight nine", "#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"),
        ("海關", "#:~:text=%E6%B5%B7%E9%97%9C"),
    ],
)  # fmt: skip
def test_a_passage_at_its_source(passage: str, fragment: str) -> None:
    assert passage_address(PAGE, passage) == PAGE + fragment


def test_a_fragment_that_is_there_stays_and_a_directive_is_replaced() -> None:
    assert passage_address(PAGE + "#top", "new") == PAGE + "#top:~:text=new"
    assert passage_address(PAGE + "#top:~:text=old", "new") == PAGE + "#top:~:text=new"


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "/a", "ftp://e.org/a"]
)
def test_only_the_web_has_passages(url: str | None) -> None:
    assert passage_address(url, "words") is None


@given(st.text(max_size=300))
def test_any_passage_names_words_of_its_own_in_order(passage: str) -> None:
    address = passage_address(PAGE, passage)
    if not passage.split():
        assert address == PAGE
        return
    assert address
    assert address.isascii()
    assert not set(address.partition("#")[2]) & set(' "<>`#')
    whole = " ".join(passage.split()).encode("utf-8", "replace").decode()
    terms = directive(address)
    assert len(terms) <= 2
    at = 0
    for term in terms:
        found = whole.find(term, at)
        assert found >= 0
        at = found
    assert whole.startswith(terms[0])
    assert whole.endswith(terms[-1])


@given(st.text(max_size=40), st.integers(1, 9_999_999), st.sampled_from(["", "2023", "2023-06"]))
def test_a_release_in_results_keeps_the_search_and_its_place(
    text: str, place: int, day: str
) -> None:
    release = Release(id="a/b", headline="Bridge opens", body="")
    request = SearchRequest(text=" ".join(text.split()), agencies=("x",), date_from=day or None)
    address = Links(request=request.changed(page=3)).release_in_results(release, place)
    parts = urlsplit(address)
    assert parts.path == "/release/a~2fb/bridge-opens"
    assert "page=" not in parts.query.split("&")
    found = read_release_query(parts.query)
    assert found is not None
    assert found.place == place
    assert (found.request.agencies, found.request.date_from) == (("x",), day or None)


@pytest.mark.parametrize(
    "query", ["", "utm_source=letter", "page=2", "sort=newest", "at=0", "at=x"]
)
def test_an_address_without_a_search_has_none(query: str) -> None:
    assert read_release_query(query) is None


def test_a_place_in_the_list_of_all_releases_is_a_search() -> None:
    assert read_release_query("at=7") == FromResults(SearchRequest(), 7)


def test_paragraphs_have_addresses() -> None:
    assert paragraph_path("a/b", 3) == "/release/a~2fb#p3"
    assert quotation_path("a/b", 3) == "/release/a~2fb/quote/3"
