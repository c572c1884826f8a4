"""Raw tokens: what a text is cut into before analysis, as a regular expression."""

from __future__ import annotations

import re
from functools import cache

from index.text.scripts import ARABIC_POINTS, HEBREW_POINTS, UNSPACED

_MARKS = rf"\u0300-\u036f{HEBREW_POINTS}{ARABIC_POINTS}\u0900-\u0963\u0966-\u0dff"
APOSTROPHES = "'’‘ʻʼʽʾʿ`´"
"""Signs that stand inside a word: `O’Brien`, `Hawaiʻi`, `Qurʾān`, and as a poor keyboard writes
them."""
JOINERS = "\u200c\u200d"
"""What Persian, Indic scripts and emoji are spelt with, though nobody sees it."""
LETTER = rf"(?:[^\W_{UNSPACED}{APOSTROPHES}]|[{_MARKS}])"
LINKS = "\u2010\u2011\u05be\u05f3\u05f4\u00b7"
"""Hyphens, that of Hebrew and its signs of abbreviation, and the dot of `col·lecció`."""
JOINT = f"[{APOSTROPHES}{LINKS}&＆{JOINERS}-]"
PLAIN_JOINTS = str.maketrans(f"’‘ʻʼʽʾʿ`´＆{LINKS}{JOINERS}", "'" * 9 + "&" + "-" * 8)
"""For `str.translate`: a raw token so changed expands to the same terms."""
_NARROW_THOUSANDS = " ,\u00a0\u2009\u202f\u066c"
THOUSANDS = f"[{_NARROW_THOUSANDS}，]"
WIDE = "[，０-９]"
"""The wide comma parts the thousands of wide digits; between others, as in `12，300`, it is that of
a list."""
POINT = "[.．]"


def raw_token_in(text: str) -> re.Pattern[str]:
    """What matches the raw tokens of a text, and of any part of it.

    Group 1 is set where a character of an unspaced script is followed by another one.
    """
    return _ascii_raw_token() if text.isascii() else raw_token()


@cache
def raw_token() -> re.Pattern[str]:
    """What a raw token is, in any text. To compile it takes 10 ms."""
    return _raw_token(LETTER, JOINT, f"[{UNSPACED}]")


@cache
def _ascii_raw_token() -> re.Pattern[str]:
    """The same for texts of ASCII, as most questions are: it is compiled in 1 ms."""
    return _raw_token("[A-Za-z0-9]", "['`&-]", "(?!)")


def _raw_token(letter: str, joint: str, unspaced: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.．,])\d{{1,3}}(?:(?:[{_NARROW_THOUSANDS}]\d|，[０-９])\d\d)+(?!\d)"
        rf"(?:{POINT}\d+)?"  # 1 200 or 1,200.50
        rf"|\d+(?:{POINT}\d+)+"  # 3.5
        rf"|(?:{letter}{POINT}){{2,}}{letter}?(?!{letter})"  # U.S., U.N
        rf"|{letter}+(?:{joint}{letter}+)*"  # words and compounds
        rf"|{unspaced}(?=({unspaced})?)"  # one character; the group sees the next
    )
