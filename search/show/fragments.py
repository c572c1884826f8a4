"""The stretches of a text that a snippet shows, and how they are cut out and marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import escape
from itertools import islice

from search.show.spans import Span

SNIPPET_LENGTH = 180
"""Characters of a snippet, about; half of it for scripts whose characters are wide."""
MAX_SNIPPETS = 3
MAX_STARTS = 2_000
"""Spans of one text that a stretch may begin with."""
MAX_PREFACE = 60
"""Characters up to which a first line without a full stop is taken for a dateline or a heading."""

BLANK = r"[^\S\n]"
"""A pattern for what is white space and no line break."""
WIDE = "[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]"
"""A pattern for characters that take twice the room of a letter."""

_BLANKS = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ASCII_BLANKS = "".join(char for char in _BLANKS if char.isascii())
_SPACES = re.compile("  +")
_SPACE = re.compile(r"\s")
_NO_SPACE = re.compile(r"\S")
_LINE = re.compile(r"[^\n]+")
_SPECIAL = re.compile("[&<>\"']")
_WIDE = re.compile(WIDE)
_CONTACT = re.compile(
    r"(?:for\s+)?immediate\s+release\b|embargo|(?:press|media|news)\s+(?:release|contact|enquir|inquir)"
    r"|(?:contacts?|tel|telephone|phone|fax|e-?mail|date|issued|ref)\b\s*[:.]|\S+@\S+\Z",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", "。", "！", "？", ":", "：", "”", '"')


def single_spaced(text: str) -> str:
    """The text with every run of white space that is no line break as one space."""
    for blank in _ASCII_BLANKS if text.isascii() else _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return _SPACES.sub(" ", text) if "  " in text else text


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text escaped, each stretch that spans cover in one `<mark>`."""
    escaped = escape if _SPECIAL.search(text) else str
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [escaped(text[at:start]), "<mark>", escaped(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, escaped(text[at:])])


def snippets(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """Up to `MAX_SNIPPETS` stretches of a single-spaced text, as HTML with marks; none for none."""
    return tuple(cut(text, window, spans) for window in windows(text, spans))


def windows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches to show of a single-spaced text, in order.

    Each adds what is not shown yet, then it is the fullest.

    A text not much longer than a snippet is shown whole.
    """
    if not spans:
        return []
    length = _length(text)
    if len(text) <= length * 1.5:
        return [(0, len(text))]
    starts = [span.start for span in spans]
    reaches = _Reaches(spans, starts, length)
    chosen: list[tuple[int, int]] = []
    shown = 0
    free: Sequence[int] = range(min(len(spans), MAX_STARTS))
    while len(chosen) < MAX_SNIPPETS:
        best = reaches.best(free, shown)
        if best is None:
            break
        inside = spans[best : bisect_right(starts, starts[best] + length - 20)]
        low, high = _around(text, inside, length, chosen)
        chosen.append((low, high))
        shown |= reaches.clauses(best)
        low, high = low - 10, high + 10
        free = [at for at in free if spans[at].end <= low or high <= starts[at]]
    return sorted(chosen)


class _Reaches:
    """What the stretch that begins at each span holds; clauses are bits of a number."""

    def __init__(self, spans: Sequence[Span], starts: list[int], length: int) -> None:
        self._spans = spans
        self._starts = starts
        self._reach = length - 20
        self._bits = [1 << span.clause for span in spans]
        self._all = 0
        for bit in self._bits:
            self._all |= bit
        self._known: dict[int, int] = {}

    def clauses(self, index: int) -> int:
        """The clauses of the stretch that begins at a span."""
        known = self._known.get(index)
        if known is None:
            known = 0
            for bit in self._bits[
                index : bisect_right(self._starts, self._starts[index] + self._reach)
            ]:
                known |= bit
            self._known[index] = known
        return known

    def best(self, free: Sequence[int], shown: int) -> int | None:
        """The span that begins the best stretch, of those free: new words, all, early."""
        most = (self._all & ~shown).bit_count(), self._all.bit_count()
        best, best_rank = None, (-1, -1)
        for index in free:
            clauses = self.clauses(index)
            rank = (clauses & ~shown).bit_count(), clauses.bit_count()
            if rank > best_rank:
                best, best_rank = index, rank
                if rank == most:
                    break
        return best


def cut(text: str, window: tuple[int, int], spans: Sequence[Span]) -> str:
    """One stretch as HTML on one line; “…” where text was cut away, nowhere else."""
    start, end = window
    inside = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.clause)
        for span in spans
        if span.start < end and span.end > start
    ]
    html = " ".join(marked(text[start:end], inside).split())
    before = "… " if _NO_SPACE.search(text, 0, start) else ""
    after = " …" if _NO_SPACE.search(text, end) else ""
    return before + html + after


def lead_in(text: str) -> str:
    """The opening of a body, dateline and contact lines skipped."""
    matches = (match for match in _LINE.finditer(text[:4_000]) if not match[0].isspace())
    lines = islice(matches, 12)
    start = next((line.start() for line in lines if not _is_preface(line[0].strip())), 0)
    first = _NO_SPACE.search(text, start)
    if first is None:
        return ""
    start = first.start()
    end = _word_end(text, min(start + _length(text), len(text)), start)
    return cut(text, (start, end), [])


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


def _around(
    text: str, inside: Sequence[Span], length: int, chosen: list[tuple[int, int]]
) -> tuple[int, int]:
    """About `length` characters around the spans, cut on words, not over other stretches."""
    first = inside[0].start
    last = max([span.end for span in inside if span.end - first <= length] or [inside[0].end])
    low_limit = max([high for _, high in chosen if high <= first], default=0)
    high_limit = min([low for low, _ in chosen if low >= last], default=len(text))
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
    if at == 0 or text[at - 1].isspace() or _WIDE.match(text[at]):
        return at
    space = _SPACE.search(text, at, min(at + 40, limit))
    return space.end() if space else at if limit - at > 40 else limit


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at the earliest `limit`."""
    if at >= len(text) or text[at].isspace() or _WIDE.match(text[at]):
        return at
    lowest = max(limit, at - 40)
    space = max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at))
    if space >= 0:
        return space
    return at if at - limit > 40 else limit


def _length(text: str) -> int:
    if text.isascii():
        return SNIPPET_LENGTH
    sample = text[:400]
    wide = len(_WIDE.findall(sample))
    return SNIPPET_LENGTH // 2 if wide * 3 > len(sample) else SNIPPET_LENGTH
