"""`language:` takes the name of a language: in English, in Chinese, and in itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import SearchRequest
from search.query.language_names import tags_called
from tests.search.search_corpus import engine_over, make

TAGS = ("en", "ru", "pt", "nb", "zh-Hant", "zh-Hans", "mul", "und", "x-klingon")


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("Russian", ["ru"]),
        ("русский", ["ru"]),
        ("俄文", ["ru"]),
        ("俄语", ["ru"]),
        ("português", ["pt"]),
        ("portugues", ["pt"]),
        ("Norwegian", ["nb"]),
        ("Chinese", ["zh-Hans", "zh-Hant"]),
        ("Traditional Chinese", ["zh-Hant"]),
        ("中文", ["zh-Hans", "zh-Hant"]),
        ("Klingonese", []),
        ("", []),
    ],
)
def test_a_language_is_known_by_its_names(name: str, tags: list[str]) -> None:
    """Of those that the index has; others are said to be unknown."""
    assert tags_called(name, TAGS) == tags


def test_a_search_takes_the_name_of_a_language(tmp_path: Path) -> None:
    """As it takes a tag; what names none is said."""
    releases = [make("en", "Ferry"), make("ru", "Паром", language="ru")]
    with engine_over(tmp_path, releases) as engine:
        results = engine.search(SearchRequest("language:Russian"))
        assert [hit.release.id for hit in results.hits] == ["ru"]
        assert not results.notices
        notices = engine.search(SearchRequest("language:Klingonese")).notices
        assert "language-unknown" in {each.code for each in notices}
