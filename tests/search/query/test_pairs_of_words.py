"""Two words of which the first is written otherwise before the second: of cases and ordinals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.search_corpus import engine_over, ids_found, make

CASES = {
    "v": "The court ruled in Harlow v. Ellery.",
    "vs": "The court ruled in Harlow vs. Ellery.",
    "versus": "The court ruled in Harlow versus Ellery.",
    "initial": "Harlow met George V. Ellery, and it was town vs. country.",
}


@pytest.mark.parametrize("typed", ["Harlow {} Ellery", "Harlow {}. Ellery", "harlow {} ellery"])
@pytest.mark.parametrize("between", ["v", "vs", "versus"])
def test_the_parties_of_a_case_meet(tmp_path: Path, typed: str, between: str) -> None:
    written = [make(name, "", text) for name, text in CASES.items()]
    with engine_over(tmp_path / "index", written) as engine:
        found = ids_found(engine, typed.format(between), match="strict")
    assert found - {"initial"} == {"v", "vs", "versus"}


def test_an_initial_is_no_versus(tmp_path: Path) -> None:
    written = [make(name, "", text) for name, text in CASES.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, "George V. Ellery", match="strict") == {"initial"}
        assert ids_found(engine, '"Harlow vs. Ellery"', match="strict") == {"vs"}


ORDINALS = {
    "14th": "The 14th Amendment is old.",
    "fourteenth": "The Fourteenth Amendment is old.",
    "day": "On March 14th the amendment was read.",
    "21st": "A ferry of the 21st century.",
    "twenty-first": "A ferry of the twenty-first century.",
    "grade": "Pupils of the eighth grade.",
    "first": "The first responders came.",
    "1st": "The 1st responders came.",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("14th Amendment", {"14th", "fourteenth", "day"}),
        ("fourteenth amendment", {"14th", "fourteenth"}),
        ("21st century", {"21st", "twenty-first"}),
        ("twenty-first century", {"21st", "twenty-first"}),
        ("8th-grade", {"grade"}),
        ("8th grade", {"grade"}),
        ("1st responders", {"1st", "first"}),
        ("first responders", {"first"}),
        ("fourteenth", {"fourteenth"}),
        ('"14th Amendment"', {"14th"}),
    ],
)
def test_an_ordinal_before_a_word_is_found_in_words_and_figures(
    tmp_path: Path, typed: str, found: set[str]
) -> None:
    written = [make(name, "", text) for name, text in ORDINALS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


def test_a_field_before_a_word_is_not_one_of_the_next(tmp_path: Path) -> None:
    """`headline:health care` looked for both words in headlines, as they are written in one."""
    written = [
        make("both", "Health care costs", "The care is dear."),
        make("one", "Health costs", "The care is dear."),
        *(make(f"joined-{n}", "", "The healthcare costs.") for n in range(4)),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, "headline:health care", match="strict") == {"both", "one"}
        assert ids_found(engine, "care headline:health", match="strict") == {"both", "one"}
        assert ids_found(engine, "headline:(health care)", match="strict") == {"both"}
