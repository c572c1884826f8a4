"""The wire form of texts: what the cluster cuts it into is what `tokens` gives, place by place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cluster.wire import STACKED, WireText, WireWriter, read_term, wire_term
from index.text.analysis import tokens

PIECES = st.sampled_from(
    ["November", "26", "26 November", "On", "R&D", "co-ordinate", "C++", ".NET", "二零二五年",
     "十一月二十六日", "香港政府", "2023-11-05", "U.S.", "\u05b0", "O’Brien", "ﷺ", "1 200", "may",
     "3rd", "MAY 3", "\n", "\u0301", "e\u0301", "ﷺ1"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join)
LANGUAGES = st.sampled_from(["en", "de", "zh-Hant", "und", "fr-CH"])


@given(TEXTS, LANGUAGES)
def test_slots_are_the_positions_of_the_terms(text: str, language: str) -> None:
    slots = written(text, language).stems.split()
    placed = Counter((at, term) for at, slot in enumerate(slots) for term in slot.split(STACKED))
    found = list(tokens(text, language))
    assert placed == Counter((each.position, wire_term(each.stem)) for each in found)
    words = written(text, language).words.split()
    assert Counter(words) == Counter(wire_term(each.exact) for each in found if each.exact)


@given(st.lists(st.tuples(TEXTS, LANGUAGES), max_size=5), st.lists(TEXTS, max_size=2))
def test_many_texts_at_once_are_the_same(pairs: list[tuple[str, str]], before: list[str]) -> None:
    writer = WireWriter()
    writer.texts(before, ["en"] * len(before))
    found = writer.texts([text for text, _ in pairs], [language for _, language in pairs])
    assert [in_any_order(each.stems) for each in found] == [
        in_any_order(written(*pair).stems) for pair in pairs
    ]
    assert [sorted(each.words.split()) for each in found] == [
        sorted(written(*pair).words.split()) for pair in pairs
    ]


def written(text: str, language: str) -> WireText:
    """A text alone, by a writer that has seen none before."""
    (found,) = WireWriter().texts([text], [language])
    return found


def in_any_order(stems: str) -> list[list[str]]:
    """The terms of every slot, sorted."""
    return [sorted(slot.split(STACKED)) for slot in stems.split()]


@pytest.mark.parametrize("term", ["plain", "a b", "--11-26", "c++", "\u3000x"])
def test_a_term_is_one_word_on_the_wire(term: str) -> None:
    assert len(wire_term(term).split()) == 1
    assert read_term(wire_term(term)) == term.replace("\u3000", " ")
