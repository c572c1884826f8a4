"""What only ranks, part by part: function words aside, pairs, whole headlines, words as typed.

Each test has two releases that nothing but its part tells apart, the other one being the newer.
"""

from __future__ import annotations

import pytest

from search import SearchRequest
from tests.search.search_corpus import Opened, make

FILLER = [
    make(f"x{number}", "Other news", "Words of other things on the north shore.", date="2020-01-01")
    for number in range(8)
]


def first(opened: Opened, typed: str, better: tuple[str, str], other: tuple[str, str]) -> str:
    """Which of two releases comes first."""
    pair = [make("better", *better, date="2021-01-01"), make("other", *other, date="2022-01-01")]
    hits = opened([*pair, *FILLER]).search(SearchRequest(typed)).hits
    assert len(hits) == 2
    return hits[0].release.id


@pytest.mark.parametrize(
    ("typed", "better", "other"),
    [
        # Side by side, and near, against the same words far apart.
        ("ferry light", "A ferry light b c d e f g h i j k.", "A ferry b c d e f g h i j k light."),
        ("ferry light", "A ferry b c d light e f g h i j k.", "A ferry b c d e f g h i j k light."),
        # In the order that was typed.
        ("ferry light", "The ferry light at a pier.", "The light ferry at a pier."),
        # The form as it was typed, of the same stem.
        ("author school", "An author at a school.", "An authority at a school."),
        ("informant school", "One informant in a school.", "One informing in a school."),
    ],
)
def test_in_texts_of_one_length(opened: Opened, typed: str, better: str, other: str) -> None:
    others = [make(f"y{n}", "", "An authority informing all.", date="2020-01-01") for n in range(3)]
    pair = [
        make("better", "", better, date="2021-01-01"),
        make("other", "", other, date="2022-01-01"),
    ]
    hits = opened([*pair, *others, *FILLER]).search(SearchRequest(typed)).hits
    assert [hit.release.id for hit in hits][:1] == ["better"]


def test_a_whole_headline_comes_first_with_its_function_words(opened: Opened) -> None:
    typed = "State visit to the Isle of Reeds"
    better, other = (
        ("State visit to the Isle of Reeds", ""),
        ("State visit, the Isle in Reeds to", ""),
    )
    assert first(opened, typed, better, other) == "better"


def test_function_words_are_neither_asked_for_nor_scored(opened: Opened) -> None:
    typed = "what is the fee of a school"
    better, other = (
        ("", "School fee school fee north shore."),
        ("", "What is the fee of a school what is."),
    )
    engine = opened(
        [make("better", *better, date="2021"), make("other", *other, date="2022"), *FILLER]
    )
    results = engine.search(SearchRequest(typed))
    assert [hit.release.id for hit in results.hits] == ["better", "other"]
    (said,) = [each for each in results.notices if each.code == "function-words"]
    assert said.values == ("what, is, the, of, a",)
    assert said.undo is not None
    assert engine.search(said.undo).total == 1


@pytest.mark.parametrize("typed", ["the who", "to be", '"what is" fee', "=what fee", "what OR fee"])
def test_function_words_stay_where_they_may_be_meant(opened: Opened, typed: str) -> None:
    engine = opened([make("a", "", "The fee."), make("b", "", "Who is to be?"), *FILLER])
    codes = {each.code for each in engine.search(SearchRequest(typed)).notices}
    assert "function-words" not in codes


def test_two_spellings_of_a_word_are_one_word(opened: Opened) -> None:
    """A release with both is no better than one that has one of them as often."""
    engine = opened(
        [
            make("both", "", "A program and a programme for the ferry pier."),
            make("one", "", "A programme and a programme for the ferry pier."),
            *FILLER,
        ]
    )
    one, other = engine.search(SearchRequest("programme pier")).hits
    assert one.score == pytest.approx(other.score)
