"""Every limit of the code says what it bounds, and stands in the documentation as it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs import make_limits as made

ROOT = Path(__file__).resolve().parents[1]


def test_every_limit_says_what_it_bounds() -> None:
    silent = [f"{each.module}: {each.name}" for each in made.limits() if not each.about]
    assert silent == [], "write a string behind each, then `make architecture`"


def test_the_page_has_every_limit_as_it_is() -> None:
    assert (ROOT / "docs/limits.md").read_text("utf-8") == made.text(), "`make architecture`"


def test_limits_are_found_however_they_are_written() -> None:
    found = {each.name: each.value for each in made.limits()}
    assert found["MAX_QUERY_BYTES"] == 16_384
    assert found["POSTINGS_BYTES"] == 96 << 20
    assert found["HEAD_SECONDS"] == 10
    assert found["MAX_WORDS"]  # one of three in one line
    assert len(found) > 100


@pytest.mark.parametrize(
    "line", ["MAX_TRAPS = 5", "A, MAX_TRAPS = 1, 5", "MAX_TRAPS = 1 << 3", "TRAP_SECONDS = 0.5"]
)
def test_a_limit_without_a_word_is_found(line: str) -> None:
    found = list(made.limits_of("x.py", ast.parse(line + "\n\ndef f(): pass")))
    assert [each.about for each in found] == [""]
    with_words = list(made.limits_of("x.py", ast.parse(line + '\n"""Traps."""')))
    assert [each.about for each in with_words] == ["Traps."]


@pytest.mark.parametrize(
    ("between", "about"), [("MAX_LURES = 3", "Traps and lures."), ("SHORT = 3", "")]
)
def test_words_behind_another_limit_are_of_both_and_those_behind_something_else_are_not(
    between: str, about: str
) -> None:
    text = f'MAX_TRAPS = 5\n{between}\n"""Traps and lures."""'
    first = next(made.limits_of("x.py", ast.parse(text)))
    assert (first.name, first.about) == ("MAX_TRAPS", about)


def test_limits_of_reading_are_documented() -> None:
    from index.limits import table

    text = (ROOT / "docs/operations.md").read_text("utf-8")
    for name, default, about in table():
        assert re.search(rf"\| `{name}` \| {default:,} \| {re.escape(about)}", text), name
