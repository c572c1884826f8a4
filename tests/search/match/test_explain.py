"""Explanations: the parts of a score add up to it, whatever was searched for, and say what counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Engine, SearchRequest
from search.match import rescore
from search.query.grains import GRAINS
from search.results import FieldCount, ScorePart
from tests.search.engines.test_conformance import QUERIES, in_folder
from tests.search.search_corpus import CORPUS, Opened, make

MORE = st.sampled_from(
    [
        "ferry^3 tax", "(ferry light)^0.5 tax", '"tax ferry"^2', "2 OF (tax ferry light coin)",
        "tax NEAR/4 ferry", "fer* OR light", "=ferry light", "tax ferry coin light market",
        "headline:tax body:ferry", "date:2022 ferry", "ferry tax -light", "zebra ferry tax coin",
        "f?rry tax", '"tax *"', "+tax ferry", "ferry ferry tax",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Three segments with deleted documents."""
    opened = in_folder(tmp_path_factory.mktemp("explain") / "index", CORPUS)
    yield opened
    opened.close()


@given(QUERIES | MORE, st.sampled_from(("all", "any")), st.integers(1, 3))
def test_the_parts_add_up_to_the_score(engine: Engine, text: str, match: str, page: int) -> None:
    request = SearchRequest(text, match=match, page=page, sort="relevance", explain=True)
    for hit in engine.search(request).hits:
        total = sum(part.score for part in hit.explanation)
        assert abs(total - (hit.score or 0.0)) <= len(hit.explanation) / GRAINS
        for part in hit.explanation:
            assert 0 < part.score <= part.weight + 1e-9


def test_what_ranks_is_no_part_of_a_score_that_it_was_not_counted_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescore, "LITTLE", 100)
    monkeypatch.setattr(rescore, "MAX_RESCORED", 3)
    request = SearchRequest("light ferry", match="any", explain=True, per_page=100)
    hits = engine.search(request).hits
    for hit in hits:
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score)
    kinds = [{part.kind for part in hit.explanation} for hit in hits]
    assert 0 < sum("near" in each for each in kinds) <= 3


def test_what_counts_is_said(opened: Opened) -> None:
    filler = [make(f"x{n}", "Nothing", "Words of other things, the ferry") for n in range(9)]
    engine = opened([make("a", "Ferries", "A light ferry, the ferry light."), *filler])
    (hit,) = engine.search(SearchRequest("light ferry", explain=True)).hits
    parts = {(part.kind, part.words): part for part in hit.explanation}
    assert parts["word", ("ferri",)].fields == (FieldCount("headline", 1), FieldCount("body", 2))
    assert parts["word", ("light",)].fields == (FieldCount("body", 2),)
    assert {kind for kind, _ in parts} == {"word", "near", "side-by-side"}
    best = max(hit.explanation, key=lambda part: part.score)
    assert hit.explanation[0] == best == parts["word", ("light",)]


def test_all_of_a_few_words_comes_first_and_says_so(opened: Opened) -> None:
    engine = opened([make("a", "Ferry", "light"), make("b", "Ferry ferry", "ferry ferry")])
    first, second = engine.search(SearchRequest("ferry light", match="any", explain=True)).hits
    assert first.explanation[0].kind == "all"
    assert all(isinstance(part, ScorePart) and part.kind != "all" for part in second.explanation)


def test_without_a_score_or_the_wish_there_is_no_explanation(engine: Engine) -> None:
    assert not any(hit.explanation for hit in engine.search(SearchRequest("tax")).hits)
    by_time = engine.search(SearchRequest("tax", sort="newest", explain=True))
    assert not any(hit.explanation for hit in by_time.hits)
    (said,) = [each for each in by_time.notices if each.code == "explain-unscored"]
    assert said.undo == by_time.request.changed(explain=False)
