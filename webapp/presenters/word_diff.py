"""A diff of two texts by words: two columns, what went in `<del>`, what came in `<ins>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from markupsafe import Markup, escape

MAX_BLOCKS = 2_000
"""Paragraphs of a text that are compared; of the rest it is only said that it was left out."""
MAX_COMPARED = 250_000
"""Words before times words after that are compared one by one in a diff, all paragraphs together:
0.15 s of words that repeat. Beyond that, paragraphs stand as a whole."""
CONTEXT = 1
"""Paragraphs shown around what differs; the others that are the same are counted."""
_TOKEN = re.compile(r"[^\W\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\s+|.", re.DOTALL)
"""A word, a run of white space, a sign, or a character of a script without spaces."""


class DiffRow(NamedTuple):
    """A paragraph before and after, with marks; empty where there is none. Or, where `same` is not
    0, so many paragraphs that did not change."""

    before: Markup
    after: Markup
    same: int = 0


def diff_rows(before: Sequence[str], after: Sequence[str]) -> tuple[DiffRow, ...]:
    """The paragraphs of two texts beside each other."""
    before, after = before[:MAX_BLOCKS], after[:MAX_BLOCKS]
    budget = _Budget(MAX_COMPARED)
    rows: list[DiffRow] = []
    matcher = SequenceMatcher(None, before, after)
    for kind, start, end, at, stop in matcher.get_opcodes():
        if kind == "equal":
            rows += _unchanged(before[start:end], first=not start, last=end == len(before))
        else:
            rows += _changed(before[start:end], after[at:stop], budget)
    return tuple(rows)


class _Budget:
    """How much may still be compared word by word."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, cost: int) -> bool:
        if cost > self._left:
            return False
        self._left -= cost
        return True


def _unchanged(same: Sequence[str], *, first: bool, last: bool) -> Iterator[DiffRow]:
    """The paragraphs beside what differs, and the number of those between."""
    head = 0 if first else CONTEXT
    tail = 0 if last else CONTEXT
    if len(same) <= head + tail + 1:
        head, tail = len(same), 0
    yield from (DiffRow(escape(each), escape(each)) for each in same[:head])
    between = len(same) - head - tail
    if between:
        yield DiffRow(Markup(), Markup(), between)
    yield from (DiffRow(escape(each), escape(each)) for each in same[len(same) - tail :])


def _changed(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[DiffRow]:
    """Paragraph beside paragraph, in their order; what one side has more stands alone."""
    for place in range(max(len(before), len(after))):
        old = before[place] if place < len(before) else ""
        new = after[place] if place < len(after) else ""
        yield DiffRow(*_words(old, new, budget))


def _words(old: str, new: str, budget: _Budget) -> tuple[Markup, Markup]:
    if not old or not new:
        return _marked("del", old), _marked("ins", new)
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if not budget.allows(len(one) * len(other)):
        return _marked("del", old), _marked("ins", new)
    left, right = Markup(), Markup()
    matcher = SequenceMatcher(None, one, other, autojunk=len(one) * len(other) > MAX_COMPARED // 10)
    for kind, start, end, at, stop in matcher.get_opcodes():
        went, came = "".join(one[start:end]), "".join(other[at:stop])
        left += escape(went) if kind == "equal" else _marked("del", went)
        right += escape(came) if kind == "equal" else _marked("ins", came)
    return left, right


def _marked(tag: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(tag, text) if text else Markup()
