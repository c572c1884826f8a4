"""Which stretches a snippet shows: equal to looking at every stretch anew for each choice."""

from __future__ import annotations

import re
from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from search.show import fragments
from search.show.fragments import MAX_SNIPPETS, MAX_STARTS, single_spaced, windows
from search.show.spans import Span

TEXTS = st.builds(
    lambda words, times: " ".join(words) * times,
    st.lists(st.sampled_from(["ferry", "tax", "a", "harbour.", "\n\n", "海港"]), min_size=1),
    st.integers(1, 40),
)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> list[Span]:
    starts = draw(st.lists(st.integers(0, max(len(text) - 1, 0)), max_size=40))
    made = (Span(at, at + draw(st.integers(1, 12)), draw(st.integers(0, 4))) for at in starts)
    return sorted({Span(each.start, min(each.end, len(text)), each.clause) for each in made})


def plain_windows(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """The rule as it reads: new clauses first, then all clauses, then the earliest."""
    length = fragments._length(text)
    if not spans or len(text) <= length * 1.5:
        return [(0, len(text))] if spans else []
    starts = [span.start for span in spans]
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    for _ in range(MAX_SNIPPETS):
        ranked = []
        for index, span in enumerate(spans[:MAX_STARTS]):
            if all(span.end <= low - 10 or high + 10 <= span.start for low, high in chosen):
                inside = spans[index : bisect_right(starts, span.start + length - 20)]
                clauses = {each.clause for each in inside}
                ranked.append((len(clauses - shown), len(clauses), -index, inside))
        if not ranked:
            break
        *_, inside = max(ranked, key=lambda each: each[:3])
        chosen.append(fragments._around(text, inside, length, chosen))
        shown |= {span.clause for span in inside}
    return sorted(chosen)


@given(st.data(), TEXTS)
def test_windows_are_those_of_the_rule(data: st.DataObject, text: str) -> None:
    spans = data.draw(spans_in(text))
    assert windows(text, spans) == plain_windows(text, spans)


BLANKS = [chr(code) for code in range(0x3001) if chr(code).isspace()]


@given(st.lists(st.sampled_from([*BLANKS, "a", "é", " "])).map("".join))
def test_blanks_become_one_space_and_line_breaks_stay(text: str) -> None:
    assert single_spaced(text) == re.sub(r"[^\S\n]+", " ", text)


def test_every_blank_is_known() -> None:
    for blank in BLANKS:
        assert single_spaced(f"a{blank}{blank}b") == ("a\n\nb" if blank == "\n" else "a b")
