"""Fragments of a text: the compiled loops cut as Python does, and both by the rule."""

from __future__ import annotations

import os
import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.kernel import loop, switched_off
from search.show import fragments
from search.show.cutting import RULES, WIDE
from search.show.fragments import (
    FRAGMENT_LENGTH,
    MAX_FRAGMENTS,
    choose_matches,
    single_spaced,
)
from search.show.highlighter import FieldHighlighter
from search.show.spans import FieldQuery, Span
from tests.search.show.test_finder import LANGUAGES, PIECES, queries_on

compiled = pytest.mark.skipif(loop("cut_fragments") is None, reason="the kernel is not built")

MARKUP = st.sampled_from(["<b>", "&amp;", '"', "'", "&", "x < y", "\n\n", "\n", "…", "é", "😀", "ﾞ"])
BLANKS = [chr(code) for code in range(0x3001) if chr(code).isspace()]
ANY = st.lists(st.one_of(PIECES, MARKUP, st.sampled_from(BLANKS)), max_size=60).map("".join)
LONG = st.builds(
    lambda words, times: "".join(words) * times,
    st.lists(st.one_of(PIECES, MARKUP), min_size=1, max_size=30),
    st.integers(1, 30),
)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> list[Span]:
    starts = draw(st.lists(st.integers(0, max(len(text) - 1, 0)), max_size=40))
    made = [(at, at + draw(st.integers(1, 12)), draw(st.integers(0, 4))) for at in starts]
    cut = {(start, min(end, len(text)), clause) for start, end, clause in made}
    return sorted(span for span in cut if span[0] < span[1])


@settings(max_examples=500)
@given(ANY | st.text())
def test_blanks_become_one_space_and_line_breaks_stay(text: str) -> None:
    expected = re.sub(r"[^\S\n]+", " ", text)
    assert single_spaced(text) == expected
    with switched_off("single_spaced"):
        assert single_spaced(text) == expected


def test_every_blank_is_known() -> None:
    for blank in BLANKS:
        expected = "a\n\nb" if blank == "\n" else "a b"
        assert single_spaced(f"a{blank}{blank}b") == expected
        assert single_spaced(f"a {blank}b") == expected.replace("\n\n", " \n")


@compiled
@settings(max_examples=1000)
@given(st.data(), ANY | LONG)
def test_cut_as_in_python(data: st.DataObject, text: str) -> None:
    text = single_spaced(text)
    spans = data.draw(spans_in(text))
    shown = fragments.cut_fragments(text, spans), fragments.marked(text, spans)
    with switched_off("cut_fragments", "marked"):
        assert (fragments.cut_fragments(text, spans), fragments.marked(text, spans)) == shown


@compiled
@settings(max_examples=500)
@given(st.data(), ANY | LONG, LANGUAGES)
def test_texts_and_snippets_are_the_same(data: st.DataObject, text: str, language: str) -> None:
    highlighter = FieldHighlighter(data.draw(queries_on(text, language)))
    shown = highlighter.whole(text, language), highlighter.snippets(text, language)
    with switched_off():
        assert (highlighter.whole(text, language), highlighter.snippets(text, language)) == shown


@given(st.data(), LONG)
def test_fragments_lie_apart_and_hold_what_they_should(data: st.DataObject, text: str) -> None:
    text = single_spaced(text)
    spans = data.draw(spans_in(text))
    chosen = choose_matches(spans, FRAGMENT_LENGTH)
    assert len(chosen) <= MAX_FRAGMENTS
    assert bool(chosen) == bool(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(chosen))
    starts = [start for start, _, _ in spans]
    held = [
        {clause for start, end, clause in spans[at:] if start <= first + FRAGMENT_LENGTH - 20}
        for at, first in enumerate(starts)
    ]
    inside = [{clause for start, _, clause in spans if low <= start < high} for low, high in chosen]
    if spans:  # the first chosen one holds as much as any can
        assert max(map(len, inside)) >= max(map(len, held))


@given(st.data(), LONG)
def test_what_is_shown_and_what_is_not_are_all_matches(data: st.DataObject, text: str) -> None:
    text = single_spaced(text)
    spans = data.draw(spans_in(text))
    found = fragments.cut_fragments(text, spans)
    marks = sum(each.html.count("<mark>") for each in found.shown)
    assert marks + found.more >= len(set(re.findall("<mark>", fragments.marked(text, spans))))
    lines = [each.line for each in found.shown]
    assert lines == sorted(lines)
    assert all("<mark>" in each.html for each in found.shown)


@pytest.mark.parametrize(("places", "expected"), [
    # clause: where its words stand in a text of 2,000 characters; what the fragments begin with
    ({0: [100, 600, 1_100, 1_600], 1: [1_650]}, [{0}, {0, 1}]),
    ({0: [100, 1_600], 1: [600, 1_620], 2: [1_100]}, [{2}, {0, 1}]),
    ({0: [100], 1: [600], 2: [1_100], 3: [1_600]}, [{0}, {1}]),
])  # fmt: skip
@pytest.mark.parametrize("loops", ["compiled", "plain"])
def test_new_clauses_first_then_many_then_early(
    places: dict[int, list[int]], expected: list[set[int]], loops: str
) -> None:
    text = "and so on " * 200
    names = {clause: f"[{clause}" for clause in places}
    for clause, starts in places.items():
        for at in starts:
            text = text[:at] + names[clause] + text[at + 2 :]
    spans = sorted((at, at + 2, clause) for clause, starts in places.items() for at in starts)
    if loops == "plain":
        with switched_off():
            shown = fragments.cut_fragments(text, spans).shown
    else:
        shown = fragments.cut_fragments(text, spans).shown
    found = [
        {int(each[-1]) for each in re.findall(r"<mark>(\[.)</mark>", html)} for html, _ in shown
    ]
    assert found == expected


@compiled
def test_wide_characters_are_the_same_in_both_forms() -> None:
    """At each edge of the pattern: a text of wide characters is cut half as long."""
    edges = [
        code
        for code in range(1, 0xFFFF)
        if bool(WIDE.match(chr(code))) != bool(WIDE.match(chr(code - 1)))
    ]
    assert len(edges) == 6
    for code in [edge + more for edge in edges for more in (-1, 0, 1)]:
        if chr(code).isspace():  # never in a single-spaced text
            continue
        text = (chr(code) * 9 + " ") * 60
        cut = fragments.cut_fragments(text, [(200, 204, 0)])
        with switched_off("cut_fragments"):
            assert fragments.cut_fragments(text, [(200, 204, 0)]) == cut
        assert len(unescape(cut.shown[0].html)) < (130 if WIDE.match(chr(code)) else 230)


@compiled
@example(clauses=63)
@example(clauses=64)
@settings(max_examples=20)
@given(st.integers(1, 130))
def test_many_clauses(clauses: int) -> None:
    highlighter = FieldHighlighter(FieldQuery(exacts={f"w{at}": at for at in range(clauses)}))
    text = "and so on it goes " * 12 + "".join(f"w{at} and so on " for at in range(130))
    shown = highlighter.snippets(text, "en")
    with switched_off():
        assert highlighter.snippets(text, "en") == shown


@compiled
@pytest.mark.parametrize(
    "spans",
    [[(0, 4, 0)], [(-1, 1, 0)], [(1, 1, 0)], [(2, 3, 0), (1, 2, 0)], [(0, 1, 0), (2, 1, 0)]],
)
def test_spans_outside_of_a_text_are_refused(spans: list[Span]) -> None:
    cut = loop("cut_fragments")
    assert cut is not None
    with pytest.raises(ValueError, match="inside"):
        cut("abc", spans, 0, 180, 2, 2000, RULES)


NUMBERS = st.one_of(st.integers(-2, 200), st.sampled_from([2**31 - 1, 2**31, 2**62, -(2**63)]))


@compiled
@settings(max_examples=int(os.environ.get("KERNEL_INPUTS", "1000")))
@given(
    ANY | LONG | st.text(),
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=8),
    st.booleans(),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    NUMBERS,
)
def test_whatever_is_said_of_spans_is_answered_or_refused(
    text: str,
    spans: list[Span],
    ordered: bool,
    begin: int,
    length: int,
    most: int,
    most_starts: int,
) -> None:
    cut = loop("cut_fragments")
    assert cut is not None
    if ordered:
        spans = sorted(each for each in spans if 0 <= each[0] < each[1] <= len(text))
    try:
        shown = cut(text, spans, begin, length, most, most_starts, RULES)
    except (ValueError, OverflowError):
        assert not ordered or not 0 <= length < 2**31 or not 0 <= begin <= len(text)
        return
    except IndexError:  # spans before `begin`
        assert spans[0][0] < begin
        return
    if shown is not None and spans and most > 0 and most_starts > 0:
        assert 0 <= shown[1] < len(spans) or spans[0][0] < begin
