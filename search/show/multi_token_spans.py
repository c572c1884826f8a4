"""Spans of days and of words with signs (`November 26`, `C++`): terms of no single raw token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from unicodedata import normalize

from index.text.analysis import tokens
from index.text.months import MONTHS
from index.text.terms_beside import signed_word, terms_beside
from search.show.phrase_spans import Span

_DAY = "--"
_AROUND = 60
"""Characters beside the number of a day that hold the month's name: the longest has 20."""
_LONGEST = 240
"""Characters up to which a window grows to the next white space."""


def stands_beside(stem: str) -> bool:
    """Whether a term is one of those that `beside_spans` finds."""
    return stem.startswith(_DAY) or signed_word(stem) is not None


def beside_spans(text: str, wanted: Mapping[str, int], language: str) -> set[Span]:
    """The spans of some terms, each with its clause, as `search.show.spans.find_spans` finds them.

    A day is looked for around each number that may be its own, so that most of a text is not
    analysed: that took nine tenths of the time of a search that named a day.
    """
    found = {
        (low, high, wanted[term])
        for term, low, high in terms_beside(text).values()
        if term in wanted
    }
    days = [term for term in wanted if term.startswith(_DAY)]
    if days:
        written = _months_in(frozenset(int(term[2:4]) for term in days))
        for low, high in _windows(text, {int(term[-2:]) for term in days}):
            part = text[low:high]
            if not part.isascii() or written.search(part):
                found.update(_days(part, low, wanted, language))
    return found


def _windows(text: str, numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Parts of a text around one of the numbers, from white space to white space."""
    end = -1
    for match in _day_number(text.isascii()).finditer(text):
        if match.end() < end or (match[0].isdecimal() and int(match[0]) not in numbers):
            continue
        low = max(match.start() - _AROUND, 0)
        while low and match.start() - low < _LONGEST and not text[low - 1].isspace():
            low -= 1
        high = min(match.end() + _AROUND, len(text))
        while high < min(match.end() + _LONGEST, len(text)) and not text[high].isspace():
            high += 1
        end = high - _AROUND // 2
        yield low, high


def _days(part: str, offset: int, wanted: Mapping[str, int], language: str) -> Iterator[Span]:
    others = set(terms_beside(part).values())  # cut off by the window's edge, perhaps
    for token in tokens(part, language):
        if token.stem in wanted and (token.stem, token.start, token.end) not in others:
            yield token.start + offset, token.end + offset, wanted[token.stem]


@lru_cache(maxsize=64)
def _months_in(months: frozenset[int]) -> re.Pattern[str]:
    """The names of some months, or a date in digits: few numbers of a text in ASCII are beside one.

    A search for a day and two words took 4.9 milliseconds so, else 5.7.
    """
    names = "|".join(name for name, number in MONTHS.items() if number in months and name.isascii())
    return re.compile(rf"(?<![a-z\d])(?:{names})(?![a-z\d])|\d-\d", re.IGNORECASE)


@cache
def _day_number(is_ascii: bool) -> re.Pattern[str]:
    """What may be the number of a day; beyond ASCII also `²` and `⑳`, which fold to digits."""
    plain = r"(?<!\d)\d{1,2}(?!\d)"
    if is_ascii:
        return re.compile(plain)
    every = map(chr, range(0x80, 0x10000))
    numerals = [char for char in every if char.isnumeric() and not char.isdecimal()]
    folded = [each for each in numerals if normalize("NFKC", each)[:1].isdecimal()]
    return re.compile(f"{plain}|[{''.join(folded)}]")
