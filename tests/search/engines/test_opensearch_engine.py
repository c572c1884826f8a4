"""The cluster's answers beside those of the folder: the same to the last mark, also in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cluster.client import Client
from index.cluster.words import words_index
from index.release import Release
from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, SearchResults, open_engine
from search.cursor import Cursor
from search.engines import cluster_execution, cluster_hits
from search.engines.opensearch import OpenSearchEngine
from search.match import rescore
from search.results import Hit, ScorePart
from tests.cluster.one_server import opened_store
from tests.search.count.test_term_sheet import ON_HARBOUR, press
from tests.search.engines.test_conformance import INDEXED, QUERIES, REQUESTS, summary
from tests.search.engines.test_copies import COPIED
from tests.search.engines.test_cursor import RELEASES, release
from tests.search.engines.test_languages_as_one import SITE, TWO, in_languages
from tests.search.search_corpus import CORPUS, write

pytestmark = pytest.mark.cluster


class Both(NamedTuple):
    """Two engines over the same releases, in one commit."""

    folder: Engine
    cluster: Engine


def over(folder: Path, releases: Sequence[Release]) -> Both:
    write(folder, releases)
    store = opened_store()
    with store.writing():
        store.apply([], [stored_release(each, INDEXED) for each in releases])
    return Both(open_engine(folder), open_engine(str(store.address)))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    engines = over(tmp_path_factory.mktemp("both") / "index", CORPUS)
    yield engines
    for each in engines:
        each.close()


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str | None, Both]]:
    """With copies of texts; and with a release that is dated ahead of today, or without."""
    folder = tmp_path_factory.mktemp("dated")
    ahead = release(60, "9999-01-01")
    made = {
        None: over(folder / "without", RELEASES),
        ahead.date: over(folder / "with", [*RELEASES, ahead]),
    }
    yield made
    for engines in made.values():
        for each in engines:
            each.close()


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Copies of texts, on three shards of one node."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATELINE_SHARDS", "3")
        engines = over(tmp_path_factory.mktemp("copied") / "index", COPIED)
    yield engines
    for each in engines:
        each.close()


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Releases in one to three languages, on three shards."""
    held = [*TWO, replace(TWO[4], id="four", url=f"{SITE}/en/four.html")]
    for number, tags in enumerate(combinations_with_replacement(("en", "zh-Hant", "zh-Hans"), 3)):
        held += in_languages(f"n{number}", *dict.fromkeys(tags), date=f"2023-0{1 + number % 3}-26")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATELINE_SHARDS", "3")
        engines = over(tmp_path_factory.mktemp("translated") / "index", held)
    yield engines
    for each in engines:
        each.close()


@given(REQUESTS, QUERIES)
def test_the_cluster_answers_as_the_folder_does(
    both: Both, request: SearchRequest, text: str
) -> None:
    asked = request.changed(text=text)
    expected, found = (each.search(asked) for each in both)
    assert summary(found) == summary(expected)
    assert marks(found) == marks(expected)
    expected_ids, found_ids = (
        [hit.release.id for hit in each.every_hit(asked, snippets=False)] for each in both
    )
    assert found_ids == expected_ids


def test_what_reading_a_search_asks_for_is_asked_once_in_a_commit(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    ask = Client.searches

    def noting(client: Client, bodies: Sequence[Any], **params: Any) -> list[dict[str, Any]]:
        asked.extend(bodies)
        return ask(client, bodies, **params)

    monkeypatch.setattr(Client, "searches", noting)
    engine = OpenSearchEngine(both.cluster.client.address, cache_bytes=1)  # it keeps no page
    for text in ("harbourmaster tax", "harbour master ferries", "nowhere-to-be-found school"):
        first = engine.search(SearchRequest(text, copies=True))
        assert asked
        asked.clear()
        again = engine.search(SearchRequest(text, copies=True))
        assert (summary(again), asked) == (summary(first), [])
    engine.close()


def test_words_of_a_search_are_looked_up_together(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    ask = Client.search

    def noting(client: Client, body: Any, index: str | None = None, **params: Any) -> Any:
        asked.append(index)
        return ask(client, body, index, **params)

    monkeypatch.setattr(Client, "search", noting)
    both.cluster.search(SearchRequest("harbour ferry school market customs", match="strict"))
    assert asked.count(words_index(both.cluster.client.address.name)) == 1


@pytest.mark.parametrize("most", [5, 20])
@pytest.mark.parametrize(
    "about",
    [{}, {"agencies": ("harbour-customs", "board-of-health")}, {"date_to": "2024", "reads": "zh"}],
)
def test_of_what_adds_little_the_same_best_have_it(
    both: Both, most: int, about: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SearchRequest("harbour ferry", match="any", per_page=10, explain=True, **about)
    unbounded = [hit.release.id for hit in both.folder.every_hit(asked, snippets=False)]
    for module in (rescore, cluster_hits):
        monkeypatch.setattr(module, "LITTLE", 100)
        monkeypatch.setattr(module, "MAX_RESCORED", most)
    bounded = over(tmp_path / "index", CORPUS)  # nothing is kept of these
    in_order = [
        [hit.release.id for hit in each.every_hit(asked, snippets=False)] for each in bounded
    ]
    assert in_order[0] == in_order[1]
    assert in_order[0] != unbounded
    for page in (1, 2):
        expected, found = (each.search(asked.changed(page=page)).hits for each in bounded)
        assert [hit.release.id for hit in found] == [hit.release.id for hit in expected]
        for hit, other in zip(found, expected, strict=True):
            assert [each[:3] for each in by_words(hit)] == [each[:3] for each in by_words(other)]
    for each in bounded:
        each.close()


@pytest.mark.parametrize("text", ["", "tax", "harbour OR ferry"])
@pytest.mark.parametrize("page", [1, 2])
def test_copies_are_counted_wherever_they_lie(copied: Both, text: str, page: int) -> None:
    request = SearchRequest(text, page=page)
    expected, found = (each.search(request) for each in copied)
    assert expected.folded
    assert summary(found) == summary(expected)


@settings(max_examples=25)  # each asks eight times
@given(REQUESTS, st.sampled_from(["", "en", "zh-Hant", "zh-Hans", "zh", "fr"]))
def test_the_language_that_is_read_leads_as_in_the_folder(
    translated: Both, request: SearchRequest, reads: str
) -> None:
    for text in ("", "typhoon 12"):
        asked = request.changed(text=text, reads=reads)
        expected, found = (each.search(asked) for each in translated)
        assert summary(found) == summary(expected)
        in_order = [
            [hit.release.id for hit in each.every_hit(asked, snippets=False)] for each in translated
        ]
        assert in_order[0] == in_order[1]


def test_copies_of_too_many_texts_stand_each_for_itself(
    copied: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_execution, "MAX_TEXTS", 5)
    found = copied.cluster.search(SearchRequest(per_page=1_000))
    assert (found.folded, len(found.hits)) == (0, len(COPIED))
    assert len(list(copied.cluster.every_hit(SearchRequest()))) == len(COPIED)


@pytest.mark.parametrize("ahead", [None, "9999-01-01"])
@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("copies", [True, False])
def test_what_stands_behind_each_release_is_the_rest(
    dated: dict[str | None, Both], ahead: str | None, order: str, copies: bool
) -> None:
    folder, cluster = dated[ahead]
    request = SearchRequest(sort=order, copies=copies)
    whole = [hit.release for hit in folder.every_hit(request)]
    assert [hit.release for hit in cluster.every_hit(request)] == whole
    for place in (0, 7, 30, len(whole) - 1):
        cursor = Cursor.behind(whole[place])
        rest = [hit.release.id for hit in cluster.every_hit(request, after=cursor)]
        assert rest == [each.id for each in whole[place + 1 :]]


def test_relevance_has_no_cursor(both: Both) -> None:
    with pytest.raises(ValueError, match="newest or oldest"):
        list(both.cluster.every_hit(SearchRequest("tax"), after=Cursor(0, "x")))


@pytest.mark.parametrize(
    "text",
    ["harbour tax", '"harbour tax" ferry', "harb* -coin", "tax OR coin", "tax~ ferry", "+Taxes ferry",
     "harbour tax nobody"],
)  # fmt: skip
def test_scores_have_the_parts_that_they_have_in_the_folder(both: Both, text: str) -> None:
    request = SearchRequest(text, explain=True)
    expected, found = (each.search(request) for each in both)
    assert any(hit.explanation for hit in expected.hits)
    for hit, other in zip(found.hits, expected.hits, strict=True):
        assert [each[:3] for each in by_words(hit)] == [each[:3] for each in by_words(other)]
        numbers, others = ([each[3:] for each in by_words(one)] for one in (hit, other))
        assert numbers == others
        assert sum(each.score for each in hit.explanation) == hit.score


def by_words(hit: Hit) -> list[ScorePart]:
    """The parts of a score; those that are alike have not always the same order."""
    return sorted(hit.explanation, key=lambda part: (part.kind, part.words))


@pytest.mark.parametrize(
    "asked", [ON_HARBOUR, ON_HARBOUR.changed(text="sail"), SearchRequest("nobody")]
)
def test_matches_say_more_often_what_they_do_in_the_folder(
    tmp_path: Path, asked: SearchRequest
) -> None:
    engines = over(tmp_path / "index", press())
    expected, found = (each.term_sheet(asked, 40) for each in engines)
    assert found == expected
    for each in engines:
        each.close()


def marks(results: SearchResults) -> list[object]:
    """What of the hits is shown, with marks."""
    return [
        (hit.headline_html, hit.snippets, hit.snippet_lines, hit.more_matches)
        for hit in results.hits
    ]
