"""Terms that no raw token gives by itself: `C++`, `.NET`, days and numbers in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.text.months import CHINESE_DAY, chinese_day_term
from index.text.numerals import chinese_numbers

SIGNED_WORD = re.compile(
    r"(?:(?<=[\s(/\"“])|\A)(?:(?P<letter>[A-Za-z]{1,2}(?:\+\+|\#))(?![A-Za-z+#])"
    r"|\.(?P<name>[A-Za-z]{2,5})(?!\w|\.\w))"
)
"""Words that a sign makes others: `C++`, `F#`, `.NET`."""
_SIGN = (re.compile(r"\.(?=[A-Za-z]{2})"), re.compile("#"), re.compile(r"\+\+"))
"""What such a word begins or ends with; patterns that begin with a literal are quick to find."""


def terms_beside(text: str) -> dict[int, tuple[str, int, int]]:
    """Terms that no raw token gives by itself: `十一月二十六日`, `二零二五`, `C++`, `.NET`.

    :returns: by the start of the raw token whose position they take, each with its own span.
    """
    found: dict[int, tuple[str, int, int]] = {}
    for match in signed_words(text):
        start = match.start() + (match["name"] is not None)
        found[start] = match[0].lower(), *match.span()
    if not text.isascii():
        for start, end, number in chinese_numbers(text):
            found[start] = number, start, end
    if "月" in text:
        for match in CHINESE_DAY.finditer(text):
            day = chinese_day_term(match)
            if day is not None:
                found[match.start()] = day, *match.span()
    return found


def signed_word(text: str) -> str | None:
    """The term of a text that is one of `C++`, `F#` or `.NET` and nothing else, else None."""
    match = SIGNED_WORD.fullmatch(text)
    return match[0].lower() if match else None


def signed_words(text: str) -> Iterator[re.Match[str]]:
    """The matches of `SIGNED_WORD`, tried where a sign stands: all places take ten times as long.

    A sign ends one word at the most, as what stands before a word is no letter.
    """
    dot, sharp, plus = _SIGN
    places = [match.start() for match in dot.finditer(text)]
    for sign in (sharp, plus) if "+" in text else (sharp,):
        for match in sign.finditer(text):
            places += range(max(match.start() - 2, 0), match.start())
    for place in places:
        if word := SIGNED_WORD.match(text, place):
            yield word
