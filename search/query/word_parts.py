"""What a word that nothing holds can be taken apart into: parts, pairs of characters."""

from __future__ import annotations

import re
from itertools import zip_longest

from index.text.scripts import UNSPACED_RUN
from search.query.segmentation import words_of_run
from search.query.term_queries import counts, units_of
from search.query.unspaced_runs import pairs_of

YEAR = 4
"""Digits from which a number says something by itself."""

_LETTERS = re.compile(r"[^\W_]+")


def word_parts(text: str) -> list[str]:
    """What a word that nothing holds can be taken apart into; nothing or itself where it cannot.

    The words of a compound, of a mixture and of a run; a number stays with what it counts (`11月`).
    """
    parts: list[str] = []
    units = list(units_of(text))
    for unit, following in zip_longest(units, units[1:], fillvalue=""):
        if UNSPACED_RUN.match(unit):
            cut = words_of_run(unit)
            if parts and counts(parts[-1], unit, text):
                parts[-1] += cut.pop(0).text
            words = [word.text for word in cut if word.tells] or [word.text for word in cut]
            parts += words if len(cut) > 1 or len(units) > 1 else []
        else:
            parts += [unit] if counts(unit, following, text) else _LETTERS.findall(unit)
    return parts


def tells_alone(part: str) -> bool:
    """Whether a part says something by itself: of COVID-19 the 19, of 2023年 the 年 do not."""
    return len(part) >= (YEAR if part.isdecimal() else 2)


def run_pairs(text: str) -> list[str]:
    """The pairs of characters of a run that is one word, and no number; else nothing."""
    if not UNSPACED_RUN.fullmatch(text):
        return []
    words = words_of_run(text)
    return [] if len(words) > 1 or words[0].number else pairs_of(text)
