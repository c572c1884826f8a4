"""Folding: what spellings of one thing share, for whoever compares texts or looks words up."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.cleaning import INVISIBLE
from index.text.non_ascii import foreign_in, joins
from index.text.normal_form import normal_form
from index.text.scripts import OPTIONAL_MARKS, folding_table

_ACCENT = re.compile(
    r"(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+"
    rf"|[{OPTIONAL_MARKS}]"
)
POLYTONIC = re.compile(r"[\u1f00-\u1fff]")
_IOTA_BELOW = "\u0345"
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʻʼʽʾʿ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−─", "-"),
    }
)

_ASCII_FOLDED = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256)).replace(
    b"`", b"'"
)
FOREIGN = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
"""A run of characters beyond ASCII with the one before it."""
_SHORT = 4
"""Characters beyond ASCII that stand alone, most often quotes and dashes: few and frequent."""
_FEW = 24
"""Different characters beyond ASCII up to which each is replaced by itself in a whole text."""


def fold(text: str) -> str:
    """Text for comparing: width, case, diacritics, quotes, dashes and variants folded away.

    Traditional, Simplified and variant Chinese characters become one. The length may change.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    data = text.encode("utf-8", "surrogatepass").translate(_ASCII_FOLDED)
    folded = data.decode("utf-8", "surrogatepass")
    foreign = foreign_in(folded)
    if len(foreign) > _FEW or not all(map(_folds_alone, foreign)):
        return FOREIGN.sub(_fold_match, folded)
    for character in foreign:
        folded = folded.replace(character, _fold_remembered(character))
    return folded


@lru_cache(maxsize=1 << 13)
def _folds_alone(character: str) -> bool:
    """Whether folding a character is to replace it, beside any other for which this holds, in any
    order: what it becomes is not changed again."""
    if joins(character) or POLYTONIC.match(character):  # whose iotas change others
        return False
    again = (each for each in _fold_remembered(character) if not each.isascii())
    return all(not joins(each) and _fold_remembered(each) == each for each in again)


def _fold_match(match: re.Match[str]) -> str:
    return _fold_remembered(match[0]) if len(match[0]) <= _SHORT else fold_foreign(match[0])


def fold_foreign(text: str) -> str:
    """`fold` of a run of `FOREIGN`: no other character can change what these become."""
    text = normal_form("NFKC", text.translate(INVISIBLE))
    if POLYTONIC.search(text):  # its iotas below are not written now; casefold makes letters
        text = normal_form("NFD", text).replace(_IOTA_BELOW, "")
    text = text.casefold()
    text = normal_form("NFC", _ACCENT.sub("", normal_form("NFD", text)))
    return text.translate(folding_table()).translate(_SAME)


_fold_remembered = lru_cache(maxsize=1 << 13)(fold_foreign)
