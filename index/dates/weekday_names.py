"""Names of the days of the week in many languages, by babel, and the day that a line names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import babel

from index.text.analysis import fold

_LANGUAGES = (
    "en de fr es it pt nl sv nb da fi is pl cs sk hu ro bg hr sl sr sr_Latn mk uk ru be lt lv et "
    "el tr ca eu gl sq mt ga cy ar fa ur he hi bn ta te mr gu th vi id ms ko ja zh km my ka hy az "
    "kk"
)
MIN_NAME = 3
"""Letters of a name in an alphabet that tells a day; two may be another word."""


def is_of_weekday(word: str) -> bool:
    """Whether a folded word is one of those that the names of weekdays consist of."""
    return word in _words()


def weekday_in(line: str) -> int | None:
    """The day of the week that a folded line names, Monday being 0; None for none or several."""
    words = re.findall(r"[^\W\d_]+", line)
    found = set[int]()
    for place, word in enumerate(words):
        two = f"{word} {words[place + 1]}" if place + 1 < len(words) else ""
        found |= _names().get(two) or _names().get(word) or set()
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> dict[str, set[int]]:
    """Folded names that mean one day in all languages, each with that day alone."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, name in _forms():
        if len(name) >= MIN_NAME or not name.isascii():
            found[name].add(number)
    return {name: numbers for name, numbers in found.items() if len(numbers) == 1}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for _, name in _forms() for word in name.split())


def _forms() -> Iterator[tuple[int, str]]:
    """Every day with each of its names, folded, without marks."""
    for tag in _LANGUAGES.split():
        days = babel.Locale.parse(tag).days
        for context, form in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in days[context][form].items():
                yield number, " ".join(re.findall(r"[^\W\d_]+", fold(name)))
