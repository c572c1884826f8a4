"""Snippets: which fragments of a text are shown, how they are cut out and marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import islice
from typing import NamedTuple

from index.kernel import loop
from search.show.cutting import RULES, fragment_end, fragment_start, wide_characters
from search.show.spans import Span

FRAGMENT_LENGTH = 150
"""Characters of a fragment, about: two lines of 44 rem; half of it where they are wide."""
MAX_FRAGMENTS = 2
"""Fragments of a text. A third moved a third result of a search below the fold of 800 pixels."""
MAX_STARTS = 2_000
"""Spans of one text that a fragment may begin with."""
MAX_PREFACE = 60
"""Characters up to which a first line without a full stop is taken for a dateline or a heading."""


class Fragment(NamedTuple):
    """A part of a text as HTML with marks; `line` is that of its first match, from 0 on."""

    html: str
    line: int


class Fragments(NamedTuple):
    """What is shown of a text, and in how many more places it has what is looked for."""

    shown: tuple[Fragment, ...]
    more: int = 0


_BLANKS = re.compile(r"[^\S\n]+")
_MARK = re.compile(r"</?mark>")
_NO_SPACE = re.compile(r"\S")
_LINE = re.compile(r"[^\n]+")
_CONTACT = re.compile(
    r"(?:for\s+)?immediate\s+release\b|embargo|(?:press|media|news)\s+(?:release|contact|enquir|inquir)"
    r"|(?:contacts?|tel|telephone|phone|fax|e-?mail|date|issued|ref)\b\s*[:.]|\S+@\S+\Z",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", "。", "！", "？", ":", "：", "”", '"')


def single_spaced(text: str) -> str:
    """The text with every run of white space that is no line break as one space."""
    compiled = loop("single_spaced")
    return compiled(text) if compiled else _BLANKS.sub(" ", text)


def cut_fragments(text: str, spans: Sequence[Span], begin: int = 0) -> Fragments:
    """Up to `MAX_FRAGMENTS` fragments of a single-spaced text, in its order; none for no spans.

    :param spans: in order; those before `begin` are not shown and not counted.
    :param begin: where the text begins that fragments may show.
    """
    spans = [span for span in spans if span[0] >= begin] if begin else spans
    compiled = loop("cut_fragments") if spans else None
    starts = MAX_FRAGMENTS, MAX_STARTS
    found = compiled(text, spans, begin, _length(text), *starts, RULES) if compiled else None
    if found is None:  # also where a query has more clauses than the loop takes
        return _cut_fragments(text, spans, begin)
    return Fragments(tuple(map(Fragment._make, found[0])), found[1])


def _cut_fragments(text: str, spans: Sequence[Span], begin: int) -> Fragments:
    windows = _windows(text, spans, begin)
    starts = [start for start, _, _ in spans]
    shown = [
        Fragment(_fragment_html(text, window, spans, starts), text.count("\n", 0, window.first))
        for window in windows
    ]
    places = [start for start, _ in _merged(spans)]
    within = [bisect_left(places, each.end) - bisect_left(places, each.start) for each in windows]
    return Fragments(tuple(shown), len(places) - sum(within))


def choose_matches(spans: Sequence[Span], length: int) -> list[tuple[int, int]]:
    """The places that fragments show, in order: from their first match to the end of their last.

    Each adds what is not shown yet, then it holds the most, then it is the earliest.
    """
    starts = [start for start, _, _ in spans]
    free: Sequence[int] = range(min(len(spans), MAX_STARTS))
    held = [_reach(spans, starts, first, length) for first in free]
    clauses = [{clause for _, _, clause in inside} for inside in held]
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while free and len(chosen) < MAX_FRAGMENTS:
        best = max(free, key=lambda at: (len(clauses[at] - shown), len(clauses[at]), -at))
        first = starts[best]
        high = min([start for start, _ in chosen if start > first], default=first + length)
        high = min(high, first + length)
        last = max([end for _, end, _ in held[best] if end <= high], default=0)
        last = max(last, spans[best][1])
        chosen.append((first, last))
        shown |= clauses[best]
        low, high = first - length // 3, max(last, first + length - length // 3)
        free = [at for at in free if spans[at][1] <= low or high <= starts[at]]
    return sorted(chosen)


class _Window(NamedTuple):
    """Where a fragment begins and ends, whether a sentence does there, and its first match."""

    start: int
    end: int
    whole_start: bool
    whole_end: bool
    first: int


def _windows(text: str, spans: Sequence[Span], begin: int) -> list[_Window]:
    """The fragments of a text. One not much longer than a fragment is shown whole."""
    if not spans:
        return []
    length = _length(text)
    if len(text) - begin <= length * 1.5:
        return [_Window(begin, len(text), True, True, spans[0][0])]
    chosen = choose_matches(spans, length)
    windows, low = [], begin
    for at, (first, last) in enumerate(chosen):
        after = chosen[at + 1][0] if at + 1 < len(chosen) else None
        high = len(text) if after is None else max(last, after - length // 3)
        spare = max(length - (last - first), 0)
        start, whole_start = fragment_start(text, first, low, spare)
        end, whole_end = fragment_end(text, start, last, high, length)
        windows.append(_Window(start, end, whole_start, whole_end, first))
        low = end
    return windows


def _fragment_html(text: str, window: _Window, spans: Sequence[Span], starts: Sequence[int]) -> str:
    """One fragment on one line; “…” where a sentence was cut, nowhere else."""
    low, high = window.start, window.end
    within = spans[bisect_left(starts, low) : bisect_left(starts, high)]
    inside = [(start - low, min(end, high) - low, clause) for start, end, clause in within]
    html = " ".join(marked(text[low:high], inside).split())
    before = "" if window.whole_start or not _NO_SPACE.search(text, 0, low) else "… "
    after = "" if window.whole_end or not _NO_SPACE.search(text, high) else " …"
    return before + html + after


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text escaped, what spans cover without a gap in one `<mark>`.

    :param spans: in order, as for `cut_fragments`.
    """
    if not spans:
        return escape(text)
    compiled = loop("marked")
    html: str | None = compiled(text, spans) if compiled else None
    return _marked(text, spans) if html is None else html


def _marked(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


def marked_pieces(html_text: str) -> Iterator[tuple[str, bool]]:
    """The plain text that `marked` was given, in pieces: between marks and in them by turns."""
    for number, piece in enumerate(_MARK.split(html_text)):
        yield unescape(piece), bool(number % 2)


def opening(text: str, begin: int = 0) -> Fragments:
    """The opening of a single-spaced body, dateline and contact lines skipped; none if empty.

    :param begin: where the text begins that may be shown.
    """
    matches = (match for match in _LINE.finditer(text, begin, begin + 4_000))
    lines = islice((match for match in matches if not match[0].isspace()), 12)
    start = next((line.start() for line in lines if not _is_preface(line[0].strip())), begin)
    first = _NO_SPACE.search(text, start)
    if first is None:
        return Fragments(())
    start = first.start()
    end, whole = fragment_end(text, start, start, len(text), _length(text))
    window = _Window(start, end, True, whole, start)
    return Fragments((Fragment(_fragment_html(text, window, (), ()), text.count("\n", 0, start)),))


def _is_preface(line: str) -> bool:
    unfinished = len(line) <= MAX_PREFACE and not line.endswith(_SENTENCE_END)
    return unfinished or bool(_CONTACT.match(line))


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Overlapping and touching spans made one."""
    merged: list[tuple[int, int]] = []
    first, last = 0, -1
    for start, end, _ in sorted(spans):
        if start > last:
            if last >= 0:
                merged.append((first, last))
            first, last = start, end
        elif end > last:
            last = end
    if last >= 0:
        merged.append((first, last))
    return merged


def _reach(spans: Sequence[Span], starts: Sequence[int], first: int, length: int) -> Sequence[Span]:
    """The spans that a fragment shows which begins with one of them."""
    return spans[first : bisect_right(starts, starts[first] + length - 20)]


def _length(text: str) -> int:
    sample = text[:400]
    wide = wide_characters(sample) * 3 > len(sample)
    return FRAGMENT_LENGTH // 2 if wide else FRAGMENT_LENGTH
