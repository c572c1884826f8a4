"""Month names and Chinese numerals: what a text calls a day of the year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.text.numerals import DIGITS, digits_of

_ACCENTS = str.maketrans("äéûç", "aeuc")
_IN_PROSE: dict[str, str] = json.loads(
    Path(__file__).with_name("months_in_prose.json").read_text("utf-8")
)
"""By language, January to December, `-` for a name that is none, as they are written. They stand
apart because other names are everyday words (Portuguese "out", Czech "unor")."""

MONTHS: dict[str, int] = {
    form: number
    for names in _IN_PROSE.values()
    for number, name in enumerate(names.split(), start=1)
    if name != "-"
    for form in (name, name.translate(_ACCENTS))
}
"""Lower-case month names and abbreviations, with and without accents, to 1..12."""

_DAY = re.compile(r"(\d{1,2}(?=(?:st|nd|rd|th)?\Z)|1(?=(?:ere?|o)\Z))")
"""`26`, `26th`; `1er`, `1ère` and `1º` of French, Spanish and Portuguese, folded."""
_FIRST_LINKED = {"es": "primero", "pt": "primeiro"}
_FIRST = {"it": "primo", "fr": "premier"}
"""The first of a month in words, before `de` and before its name."""
_NUMERAL = "[○〇零一二三四五六七八九十廿卅]"
FOLDED_NUMERAL = "[零一二三四五六七八九十廿卅两]"
"""Regular expression of a character of a Chinese numeral in folded text."""
CHINESE_DAY = re.compile(
    rf"(?P<month>(?<!\d)\d{{1,2}}|{_NUMERAL}{{1,2}})\s?月\s?"
    rf"(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})\s?[日號号]"
)
"""A month with a day as Chinese writes it, in Chinese numerals or Arabic ones of any width.

Whether the year has such a day is for `chinese_day_term` to say.
"""


def chinese_number(text: str) -> int | None:
    """The value of a numeral up to 99 (`二十六`) or of a string of digits (`二○二五`), else None.

    Arabic digits, of any width, are read too.
    """
    if text.isdecimal():
        return int(text)
    if text and all(char in DIGITS for char in text):
        return int(digits_of(text))
    match = re.fullmatch(r"([一二三四五六七八九兩两]?)([十廿卅])([一二三四五六七八九]?)", text)
    if match is None or (match[1] and match[2] != "十"):
        return None
    return int(digits_of(text))


def day_term(first: str, second: str) -> str | None:
    """`--MM-DD` if two neighbouring folded words name a day (`november`, `26th`), else None."""
    if first in MONTHS:
        return _term(MONTHS[first], second)
    if second in MONTHS:
        return _term(MONTHS[second], first)
    return None


def linked_days(term: str) -> Iterator[tuple[str, ...]]:
    """The words of a day, given as `--MM-DD`, in languages that put a word before the month, and
    the first of a month in words.

    These are no neighbours, so `day_term` gives them no term of their own: `26th of November`.
    """
    month, day = int(term[2:4]), int(term[5:])
    english, *others = (_name(each, month) for each in ("en", "es", "pt"))
    yield str(day), "of", english
    yield _ordinal(day), "of", english
    yield _ordinal(day), "day", "of", english
    yield from ((str(day), "de", name) for name in others)
    if day == 1:
        yield from (("1o", "de", name) for name in others)
        yield from ((word, "de", _name(each, month)) for each, word in _FIRST_LINKED.items())
        yield from ((word, _name(each, month)) for each, word in _FIRST.items())


def _name(language: str, month: int) -> str:
    return _IN_PROSE[language].split()[month - 1]


def named_day(first: str, second: str) -> str | None:
    """`day_term` of two words as typed, the first of a month in words too: `primero`, `mayo`."""
    return day_term(first, second) or _FIRSTS.get((first, second))


def chinese_day_term(match: re.Match[str]) -> str | None:
    """`--MM-DD` for a match of `CHINESE_DAY` that is a day of the year, else None."""
    month, day = chinese_number(match["month"]), chinese_number(match["day"])
    return day_of_year(month, day) if month and day else None


def day_of_year(month: int, day: int) -> str | None:
    """`--MM-DD`, the ISO 8601 form of a day without a year, or None if no year has that day."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if 1 <= month <= 12 and 1 <= day <= longest[month - 1]:
        return f"--{month:02}-{day:02}"
    return None


def _term(month: int, day: str) -> str | None:
    match = _DAY.match(day)
    return day_of_year(month, int(match[1])) if match else None


def _ordinal(day: int) -> str:
    """A day of the month as English counts it: `1st`, `12th`, `23rd`."""
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


_FIRSTS = {
    (word, _name(language, month).translate(_ACCENTS)): f"--{month:02}-01"
    for language, word in (*_FIRST_LINKED.items(), *_FIRST.items())
    for month in range(1, 13)
}
"""The word and the folded month of each first."""
FIRST_IN_WORDS = (*_FIRST_LINKED.values(), *_FIRST.values())
"""What else than figures may be the day of a month."""
