"""Words and names at large, from kept lists."""

from __future__ import annotations

import pytest

from search.match.search_time import SearchTime
from search.query.known_words import is_census_name, is_rare_word, other_spelling, zipf_of
from search.query.spelling import COMMON, is_usual_slip


@pytest.mark.parametrize(
    ("word", "languages", "common"),
    [
        ("election", ("en",), True),
        ("election", ("en-GB", "zh-Hant"), True),
        ("eleccion", ("es",), True),
        ("eleccion", ("en",), False),
        ("recieve", ("en",), False),
        ("zzyzxq", ("en", "es"), False),
        ("election", ("xx", "und"), False),
        ("election", (), False),
        ("a" * 1_000, ("en",), False),
    ],
)
def test_common_words_are_known_by_language(
    word: str, languages: tuple[str, ...], common: bool
) -> None:
    assert (zipf_of(word, languages) >= COMMON) == common


def test_values_are_those_of_the_list() -> None:
    wordfreq = pytest.importorskip("wordfreq")
    for word in ("the", "senate", "thune", "recieve", "qwrtz"):
        assert zipf_of(word, ("en",)) == pytest.approx(
            wordfreq.zipf_frequency(word, "en", "large"), abs=0.005
        )


def test_names_of_the_census_are_known() -> None:
    assert is_census_name("kowalczyk")
    assert is_census_name("beatrice")
    assert not is_census_name("goverment")
    assert not is_census_name("")


def test_rare_words_that_look_like_slips_are_known() -> None:
    """In English alone, and not what many write by mistake."""
    for word in ("stoat", "zither", "rickets", "tubas"):
        assert is_rare_word(word, ("es", "en-GB"))
        assert not is_rare_word(word, ("es",))
    for slip in ("untill", "recieve", "goverment", "beleive", "frist", ""):
        assert not is_rare_word(slip, ("en",))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("labour", "labor"),
        ("labor", "labour"),
        ("organise", "organize"),
        ("ferry", None),
        ("", None),
    ],
)
def test_spellings_of_britain_and_america(word: str, other: str | None) -> None:
    assert other_spelling(word) == other


@pytest.mark.parametrize(
    ("one", "other", "usual"),
    [
        ("recieve", "receive", True),
        ("harbur", "harbor", True),
        ("occured", "occurred", True),
        ("parralel", "parallel", False),
        ("untill", "until", True),
        ("seperate", "separate", True),
        ("thune", "tune", False),
        ("farm", "far", False),
        ("far", "farm", False),
        ("election", "erection", False),
        ("aabb", "bbaa", False),
        ("ab", "ba", True),
        ("same", "same", False),
    ],
)
def test_slips_as_people_make_them(one: str, other: str, usual: bool) -> None:
    assert is_usual_slip(one, other) is usual
    assert is_usual_slip(other, one) is usual


def test_a_list_is_read_in_none_of_the_time_of_a_search() -> None:
    """It takes up to 0.4 s of a processor, and an index may have twenty languages."""
    limit = SearchTime(0.1)
    assert zipf_of("schip", ("nl", "pl", "pt", "it", "ru")) > 0
    limit.check()
