"""Unicode normal forms in time that grows with the length of a text, whatever it holds.

To order a run of combining marks takes `unicodedata` the square of its length: 40,000 pairs of them
five seconds, a page of 1 MB minutes, in which nothing interrupts it. So of a run only the first 30
stay, more than any language writes (UAX #15, 13: Stream-Safe Text Format).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MAX_MARKS = 30
"""Combining marks on one character (UAX #15, 13)."""

_SOUND_MARKS = "\uff9e\uff9f"
"""Letters by their category, marks in the forms NFKC and NFKD: the only ones."""
# What is no word is looked for first: marks are among it, and little else is in a text.
_RUN = re.compile(rf"[^\w\x00-\x7f](?:[^\w\x00-\x7f]|[{_SOUND_MARKS}]){{{MAX_MARKS},}}")


def normal_form(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form, runs of more than `MAX_MARKS` combining marks cut short."""
    if text.isascii() or unicodedata.is_normalized(form, text):
        return text
    return unicodedata.normalize(form, without_long_runs(text))


def without_long_runs(text: str) -> str:
    """The text with no more than `MAX_MARKS` combining marks on any character."""
    return text if text.isascii() else _RUN.sub(_cut, text)


def _cut(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for char in run[0]:
        is_mark = char in _SOUND_MARKS or unicodedata.category(char)[0] == "M"
        marks = marks + 1 if is_mark else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)
