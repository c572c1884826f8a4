"""Fiscal years, found in every form in which releases say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import SearchRequest
from tests.search.search_corpus import engine_over, ids_found, make

YEARS = {
    "joined": "The FY2009 budget is passed.",
    "apart": "The budget of FY 2009 is passed.",
    "short": "The FY09 budget is passed.",
    "apostrophe": "The FY'09 budget is passed.",
    "words": "The budget for fiscal year 2009 is passed.",
    "fiscal": "The fiscal 2009 budget is passed.",
    "listed": "The budgets of fiscal years 2007, 2008 and 2009 are passed.",
    "behind": "The budget of the 2009 fiscal year is passed.",
    "other": "In 2009 the budget of fiscal year 2008 was passed: nothing was left for the ferry.",
    "old": "The FY1998 budget is passed.",
}
SAME = {*YEARS} - {"other", "old"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((typed, SAME) for typed in ("FY2009", "FY 2009", "fy2009", "FY09", "FY'09", "FY-09")),
        *((typed, SAME) for typed in ("fiscal year 2009", "Fiscal 2009", "fiscal year 2009,")),
        ("fiscal year 2008", {"listed", "other"}),
        ("FY98", {"old"}),
        ("FY2009 -FY09", set()),
        ('"FY2009"', {"joined"}),
        ("fiscal 2009 OR ferry", {*SAME, "other"}),
    ],
)
def test_fiscal_years_are_found_in_all_their_forms(
    tmp_path: Path, typed: str, found: set[str]
) -> None:
    written = [make(name, "", text) for name, text in YEARS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


def test_it_is_said_and_taken_back(tmp_path: Path) -> None:
    written = [make(name, "", text) for name, text in YEARS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        (said,) = engine.search(SearchRequest("FY09 budget")).notices
        assert said.code == "read-fiscal-year"
        assert said.undo is not None
        assert said.undo.text == '"FY09" budget'
        assert ids_found(engine, "FY09 budget", match="any") == {*YEARS}
