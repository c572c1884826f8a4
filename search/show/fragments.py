"""Snippets: which fragments of a text are shown, how they are cut out and marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import escape
from itertools import islice

from index.kernel import loop
from search.show.spans import Span

FRAGMENT_LENGTH = 180
"""Characters of a fragment, about; half of it for scripts whose characters are wide."""
MAX_FRAGMENTS = 3
MAX_STARTS = 2_000
"""Spans of one text that a fragment may begin with."""
MAX_PREFACE = 60
"""Characters up to which a first line without a full stop is taken for a dateline or a heading."""

WIDE = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]")
"""Characters that take twice the room of a letter."""

_BLANKS = re.compile(r"[^\S\n]+")
_SPACE = re.compile(r"\s")
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


def cut_fragments(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """Up to `MAX_FRAGMENTS` fragments of a single-spaced text as HTML with marks; none for none.

    :param spans: in order; with those of `search.show.finder` the compiled loop may do it.
    """
    compiled = loop("cut_fragments")
    cut = compiled(text, spans, FRAGMENT_LENGTH, MAX_FRAGMENTS, MAX_STARTS) if compiled else None
    if cut is None:  # also where a query has more clauses than the loop takes
        cut = tuple(fragment_html(text, window, spans) for window in choose_windows(text, spans))
    return cut


def choose_windows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The fragments to show of a single-spaced text, in order, as start and end.

    Each adds what is not shown yet, then it is the fullest, then the earliest. A text not much
    longer than a fragment is shown whole.
    """
    if not spans:
        return []
    length = _length(text)
    if len(text) <= length * 1.5:
        return [(0, len(text))]
    starts = [start for start, _, _ in spans]
    free: Sequence[int] = range(min(len(spans), MAX_STARTS))
    held = [_reach(spans, starts, first, length) for first in free]
    clauses = [{clause for _, _, clause in inside} for inside in held]
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while free and len(chosen) < MAX_FRAGMENTS:
        best = max(free, key=lambda at: (len(clauses[at] - shown), len(clauses[at]), -at))
        low, high = _around(text, held[best], length, chosen)
        chosen.append((low, high))
        shown |= clauses[best]
        free = [at for at in free if spans[at][1] <= low - 10 or high + 10 <= starts[at]]
    return sorted(chosen)


def fragment_html(text: str, window: tuple[int, int], spans: Sequence[Span]) -> str:
    """One fragment on one line; “…” where text was cut away, nowhere else."""
    low, high = window
    inside = [
        (max(start, low) - low, min(end, high) - low, clause)
        for start, end, clause in spans
        if start < high and end > low
    ]
    html = " ".join(_marked(text[low:high], inside).split())
    before = "… " if _NO_SPACE.search(text, 0, low) else ""
    after = " …" if _NO_SPACE.search(text, high) else ""
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


def opening(text: str) -> tuple[str, ...]:
    """The opening of a single-spaced body, dateline and contact lines skipped; none if empty."""
    matches = (match for match in _LINE.finditer(text[:4_000]) if not match[0].isspace())
    lines = islice(matches, 12)
    start = next((line.start() for line in lines if not _is_preface(line[0].strip())), 0)
    first = _NO_SPACE.search(text, start)
    if first is None:
        return ()
    start = first.start()
    end = _word_end(text, min(start + _length(text), len(text)), start)
    return (fragment_html(text, (start, end), []),)


def _is_preface(line: str) -> bool:
    unfinished = len(line) <= MAX_PREFACE and not line.endswith(_SENTENCE_END)
    return unfinished or bool(_CONTACT.match(line))


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Overlapping and touching spans made one."""
    merged: list[tuple[int, int]] = []
    for start, end, _ in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _reach(spans: Sequence[Span], starts: Sequence[int], first: int, length: int) -> Sequence[Span]:
    """The spans that a fragment shows which begins with one of them."""
    return spans[first : bisect_right(starts, starts[first] + length - 20)]


def _around(
    text: str, inside: Sequence[Span], length: int, chosen: list[tuple[int, int]]
) -> tuple[int, int]:
    """About `length` characters around the spans, cut on words, not over other fragments."""
    first = inside[0][0]
    low_limit = max([high for _, high in chosen if high <= first], default=0)
    high_limit = min([low for low, _ in chosen if low > first], default=len(text))
    furthest = min(first + length, high_limit)
    last = max([end for _, end, _ in inside if end <= furthest], default=inside[0][1])
    spare = max(length - (last - first), 0)
    start = max(first - spare // 3, low_limit)
    end = min(max(start + length, last), high_limit)
    start = max(min(start, end - length), low_limit)
    paragraph = text.rfind("\n\n", start, first)
    if paragraph >= 0:
        start = paragraph + 2
        end = min(max(start + length, last), high_limit)
    return _word_start(text, start, first), _word_end(text, end, last)


def _word_start(text: str, at: int, limit: int) -> int:
    """The first start of a word from `at` on, at the latest `limit`."""
    if at == 0 or text[at - 1].isspace() or WIDE.match(text[at]):
        return at
    space = _SPACE.search(text, at, min(at + 40, limit))
    return space.end() if space else at if limit - at > 40 else limit


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at the earliest `limit`."""
    if at >= len(text) or text[at].isspace() or WIDE.match(text[at]):
        return at
    lowest = max(limit, at - 40)
    space = max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at))
    if space >= 0:
        return space
    return at if at - limit > 40 else limit


def _length(text: str) -> int:
    sample = text[:400]
    wide = len(WIDE.findall(sample))
    return FRAGMENT_LENGTH // 2 if wide * 3 > len(sample) else FRAGMENT_LENGTH
