"""The cluster's answers beside those of the folder: the same to the last mark, also in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given

from index.stores.stored_release import stored_release
from search import Engine, SearchRequest, SearchResults, open_engine
from tests.cluster.one_server import opened_store
from tests.search.engines.test_conformance import INDEXED, QUERIES, REQUESTS, summary
from tests.search.search_corpus import CORPUS, write

pytestmark = pytest.mark.slow


class Both(NamedTuple):
    """Two engines over the same releases, in one commit."""

    folder: Engine
    cluster: Engine


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder: Path = tmp_path_factory.mktemp("both") / "index"
    write(folder, CORPUS)
    store = opened_store()
    with store.writing():
        store.apply([], [stored_release(each, INDEXED) for each in CORPUS])
    engines = Both(open_engine(folder), open_engine(str(store.address)))
    yield engines
    for each in engines:
        each.close()


@given(REQUESTS, QUERIES)
def test_the_cluster_answers_as_the_folder_does(
    both: Both, request: SearchRequest, text: str
) -> None:
    asked = request.changed(text=text)
    expected, found = (each.search(asked) for each in both)
    assert without_scores(found) == without_scores(expected)
    assert marks(found) == marks(expected)
    # The cluster adds up numbers of 32 bits.
    assert scores_of(found) == pytest.approx(scores_of(expected), rel=1e-5, abs=1e-6)
    expected_ids, found_ids = (
        [hit.release.id for hit in each.every_hit(asked, snippets=False)] for each in both
    )
    assert found_ids == expected_ids


def scores_of(results: SearchResults) -> list[float]:
    """The scores of the hits; -1 for none."""
    return [-1.0 if hit.score is None else hit.score for hit in results.hits]


def without_scores(results: SearchResults) -> tuple[object, ...]:
    """All that `summary` has, without scores."""
    total, page, pages, hits, *others = summary(results)
    assert isinstance(hits, list)
    return total, page, pages, [(each[0], *each[2:]) for each in hits], *others


def marks(results: SearchResults) -> list[object]:
    """What of the hits is shown, with marks."""
    return [
        (hit.headline_html, hit.snippets, hit.snippet_lines, hit.more_matches)
        for hit in results.hits
    ]
