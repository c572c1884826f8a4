"""Words written as one or as two are told by what an index holds of both."""

from __future__ import annotations

import pytest

from search.query.joined_words import FEW, MAX_KEPT, TIMES, JoinedWords


def words(documents: dict[str, int], together: dict[str, int]) -> JoinedWords:
    return JoinedWords(
        lambda word: documents.get(word, 0), lambda *halves: together.get(" ".join(halves), 0)
    )


@pytest.mark.parametrize(
    ("whole", "apart", "same"),
    [
        (10, 10, True),
        (FEW, 0, True),
        (FEW + 1, 0, False),
        (TIMES * 3, 3, True),
        (TIMES * 3 + 1, 3, False),
        (1, 9_000, True),
        (0, 50, False),
    ],
)
def test_two_words_are_one_where_enough_releases_have_both(
    whole: int, apart: int, same: bool
) -> None:
    index = words({"website": whole, "web": 99, "site": 99}, {"web site": apart})
    assert index.as_one("Web", "site") == ("website" if same else None)


@pytest.mark.parametrize(
    ("whole", "apart", "same"), [(10, 10, True), (2, 0, False), (0, 5, True), (TIMES + 1, 1, False)]
)
def test_a_word_is_two_where_releases_have_it_so(whole: int, apart: int, same: bool) -> None:
    index = words({"website": whole, "web": 99, "site": 99}, {"web site": apart})
    assert index.as_two("Website") == (("web", "site") if same else None)


def test_how_often_two_words_stand_side_by_side_is_counted_only_where_it_may_decide() -> None:
    """To count a phrase takes as long as all else that is asked of a word."""
    counted = []

    def together(*halves: str) -> int:
        counted.append(halves)
        return 0

    held = {"website": 3 * TIMES, "web": 99, "site": 2, "webs": 3, "ite": 3}
    assert JoinedWords(lambda word: held.get(word, 0), together).as_two("website") is None
    assert counted == [("webs", "ite")]


def test_the_cut_that_stands_most_often_is_taken() -> None:
    index = words(
        {"newsletter": 9, "news": 9, "letter": 9, "new": 9, "sletter": 9},
        {"news letter": 5, "new sletter": 1},
    )
    assert index.as_two("newsletter") == ("news", "letter")


@pytest.mark.parametrize(
    ("first", "second"), [("may", "be"), ("in", "form"), ("the", "rapist"), ("visit", "ors"), ("a", "head"),
                          ("web", "7a"), ("кафе", "bar"), ("re", "move")]
)  # fmt: skip
def test_words_that_stand_beside_any_other_are_no_halves(first: str, second: str) -> None:
    index = JoinedWords(lambda _: 9, lambda *_: 9)
    assert index.as_one(first, second) is None
    assert index.as_two(first + second) != (first, second)


@pytest.mark.parametrize(
    ("whole", "apart", "same"),
    [(10, 1, True), (TIMES, 1, True), (TIMES + 1, 1, False), (1, 0, False), (0, 9, False)],
)
def test_a_letter_and_a_word_are_one_where_releases_have_them_side_by_side(
    whole: int, apart: int, same: bool
) -> None:
    index = words({"email": whole, "e": 9, "mail": 99}, {"e mail": apart})
    assert index.as_one("e", "mail.") == ("email" if same else None)
    assert (index.as_two("email") is not None) == (same or not whole)


@pytest.mark.parametrize(
    ("typed", "apart"),
    [("US", ["u s"]), ("us", []), ("IT", []), ("NATO", []), ("covid19", ["covid 19"]), ("pm2.5", ["pm 2.5"]),
     ("5km", ["5 km"]), ("PhD", ["ph d"]), ("Ph.D.", ["phd"]), ("U.S.", []), ("covid19,", ["covid 19"]), ("PhD.", ["ph d"]), ("H.R.7", ["h.r. 7", "hr7"]),
     ("HR75", ["hr 75", "h r 75"]), ("1990", []), ("covid19a", []), ("I35W", ["i 35w"]), ("c7a", []), ("ab35w", []), ("香港", []), ("é1", ["e 1"])],
)  # fmt: skip
def test_a_word_is_several_by_its_form(typed: str, apart: list[str]) -> None:
    assert JoinedWords(lambda _: 9, lambda *_: 9).as_several(typed) == apart
    assert JoinedWords(lambda _: 0, lambda *_: 0).as_several(typed) == []


def test_letters_that_hardly_stand_apart_are_not_looked_for() -> None:
    assert JoinedWords(lambda _: TIMES, lambda *_: 1).as_several("FDA") == ["f d a"]
    assert JoinedWords(lambda _: TIMES + 1, lambda *_: 1).as_several("FDA") == []


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [("Covid", "19", "covid19"), ("6", "p.m.", "6pm"), ("PM", "2.5", "pm2.5"), ("in", "2007", None),
     ("19", "20", None), ("budget", "2,000", None),
     ("H.R.", "1234.", "hr1234")],
)  # fmt: skip
def test_letters_and_a_number_are_one_where_a_release_has_it(
    first: str, second: str, one: str | None
) -> None:
    assert JoinedWords(lambda _: 1, lambda *_: 0).as_one(first, second) == one
    assert JoinedWords(lambda _: 0, lambda *_: 9).as_one(first, second) is None


def test_each_answer_is_asked_for_once_and_a_limited_number_is_kept() -> None:
    asked: list[str] = []

    def documents(word: str) -> int:
        asked.append(word)
        return 0

    index = JoinedWords(documents, lambda *_: 0)
    for _ in range(2):
        index.as_one("web", "site")
    assert asked == ["website"]
    for number in range(MAX_KEPT + 9):
        letters = "".join(chr(97 + int(digit)) for digit in f"{number:05}")
        index.as_one("web" + letters, "site")
    assert len(index.known) <= MAX_KEPT
