"""Folded text: a form for comparing that is the same however often, and wherever, it is made."""

from __future__ import annotations

from hypothesis import given

from index.text.folding import fold
from tests.index.text.mixed_text import MIXED


@given(MIXED)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(MIXED, MIXED)
def test_words_fold_alike_wherever_they_stand(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}"
