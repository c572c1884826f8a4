"""The first page is that of whole scores, however few documents they are worked out for."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from whoosh.query import Query
from whoosh.searching import Searcher

from index.array_types import DocIds, Scores
from search import SearchRequest
from search.engines.folder import FolderEngine
from search.match import rescore
from tests.search.search_corpus import make, write

WORDS = ("harbour", "harbours", "ferry", "ferries", "tax", "light", "lights", "fire")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderEngine]:
    rng, folder = random.Random(9), tmp_path_factory.mktemp("rescored")  # noqa: S311
    texts = [rng.choices(WORDS, k=rng.randint(1, 30)) for _ in range(300)]
    write(
        folder,
        [
            make(f"r{n}", headline=" ".join(words[:3]), body=" ".join(words[1:]))
            for n, words in enumerate(texts)
        ],
    )
    opened = FolderEngine(folder)
    yield opened
    opened.close()


@pytest.fixture
def engine(opened: FolderEngine) -> FolderEngine:
    """An engine that has answered nothing yet."""
    opened.clear_cache()
    return opened


@pytest.mark.parametrize("many", [0, rescore.MANY])
@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize(
    "text", ["harbour ferry", "ferries tax light", "fire", "harbours", '"light fire" tax', "lights"]
)
def test_a_page_is_the_first_of_all_by_whole_scores(
    engine: FolderEngine, text: str, match: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SearchRequest(text=text, match=match, per_page=10)
    whole = [(hit.release.id, hit.score) for hit in engine.every_hit(asked, snippets=False)]
    monkeypatch.setattr(rescore, "MANY", many)
    engine.clear_cache()
    for number in (1, 2):
        hits = engine.search(asked.changed(page=number)).hits
        found = [(hit.release.id, hit.score) for hit in hits]
        assert found == whole[10 * number - 10 : 10 * number]


@pytest.mark.parametrize("most", [5, 40])
def test_of_what_adds_little_the_best_have_it_on_every_page(
    engine: FolderEngine, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SearchRequest(text="harbour ferry", match="any", per_page=10)
    unbounded = [hit.release.id for hit in engine.every_hit(asked, snippets=False)]
    monkeypatch.setattr(rescore, "MAX_RESCORED", most)
    assert [hit.release.id for hit in engine.every_hit(asked, snippets=False)] == unbounded
    monkeypatch.setattr(rescore, "LITTLE", 100)
    monkeypatch.setattr(rescore, "MANY", 0)
    engine.clear_cache()
    every = [(hit.release.id, hit.score) for hit in engine.every_hit(asked, snippets=False)]
    pages = range(1, len(every) // 10 + 1)
    hits = [hit for page in pages for hit in engine.search(asked.changed(page=page)).hits]
    assert [(hit.release.id, hit.score) for hit in hits] == every[: len(hits)]
    found = [release for release, _ in every]
    assert found != unbounded
    assert sorted(found) == sorted(unbounded)


def test_what_cannot_come_on_the_page_is_left_aside(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    scores_of = rescore.scores_of

    def counting(searcher: Searcher, query: Query, doc_ids: DocIds) -> Scores:
        looked_at.append(len(doc_ids))
        return scores_of(searcher, query, doc_ids)

    monkeypatch.setattr(rescore, "scores_of", counting)
    asked = SearchRequest(text="tax fire", per_page=10)
    total = engine.search(asked).total
    assert sum(looked_at) < total
    looked_at.clear()
    engine.search(asked.changed(per_page=0))
    assert sum(looked_at) == 0
