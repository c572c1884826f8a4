"""What an index holds, and which of its languages count."""

from __future__ import annotations

import pytest

from search.count.stats import common_languages
from search.engine import Coverage


@pytest.mark.parametrize(
    ("counts", "common"),
    [
        ({}, ()),
        ({"en": 12_996, "es": 3, "cs": 1}, ("en",)),
        ({"zh-Hant": 60, "en": 39, "zh-Hans": 1}, ("zh-Hant", "en", "zh-Hans")),
        ({"de": 40, "fr": 30, "it": 20, "rm": 5, "en": 5}, ("de", "fr", "it", "rm")),
    ],
)
def test_word_lists_are_read_of_few_languages(
    counts: dict[str, int], common: tuple[str, ...]
) -> None:
    """Each costs a second and tens of megabytes, so one stray release does not bring its own."""
    languages = tuple(counts.items())
    coverage = Coverage(sum(counts.values()), 0, None, None, None, (), (), languages, "1-1-1")
    assert common_languages(coverage) == common
