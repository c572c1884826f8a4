"""Names of the days of the week in many languages, and the day that a line names.

`weekday_names.json` holds them, written by `make_weekday_names`: babel takes 0.4 s to give them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

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
    for number, names in enumerate(_forms()):
        for name in names:
            if len(name) >= MIN_NAME or not name.isascii():
                found[name].add(number)
    return {name: numbers for name, numbers in found.items() if len(numbers) == 1}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for names in _forms() for name in names for word in name.split())


@cache
def _forms() -> tuple[tuple[str, ...], ...]:
    """The names of each day, folded, without marks."""
    names = json.loads(Path(__file__).with_name("weekday_names.json").read_text("utf-8"))
    return tuple(map(tuple, names))
