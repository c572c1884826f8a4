"""Cleaning: text as documents keep it, without what neither spells nor shows anything."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.text.non_ascii import foreign_in, joins
from index.text.normal_form import normal_form
from index.text.raw_tokens import JOINERS

INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of writing around, often of all that follows: elements do that."""
_UNSEEN = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_DIRECTIONS}"
    + "".join(chr(code) for code in INVISIBLE if chr(code) not in JOINERS)
    + "]"
)
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
"""Katakana of half the width, as old machines wrote it: the same letters, a voiced one as two."""
_ONE_WAY = re.compile("[\u2126\u212a\u212b\uf900-\ufaff\U0002f800-\U0002fa1f]+")
"""Characters of names and units that NFC would make other ones: ideographs for compatibility."""
_ASCII_CONTROL = bytes([*range(9), *range(0x0E, 0x20), 0x7F])


def clean(text: str) -> str:
    """Text as documents keep it: as it is written, composed (NFC), without control characters.

    Gone is what neither spells nor shows anything: soft hyphens, marks of direction, lone
    surrogates. Katakana of half the width become those of the full. What NFC would make another
    character (`神` of a name) stays.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        if "\n" not in text and text.isprintable():
            return text
        return text.encode("ascii").translate(None, _ASCII_CONTROL).decode("ascii")
    if all(map(_is_clean, foreign_in(text))):
        data = text.encode()
        kept = data.translate(None, _ASCII_CONTROL)
        return text if len(kept) == len(data) else kept.decode()
    return composed(text)


def clean_line(text: str) -> str:
    """A cleaned text on one line, with one space for each run of white space."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=1 << 14)
def _is_clean(character: str) -> bool:
    """Whether a character beyond ASCII stays as it is beside any other for which this holds."""
    return not joins(character) and composed(character) == character


def composed(text: str) -> str:
    """What `clean` makes of a text on the whole, without a look at its single characters."""
    text = _HALF_WIDTH.sub(_widened, _UNSEEN.sub("", text))
    if unicodedata.is_normalized("NFC", text) or not _ONE_WAY.search(text):
        return normal_form("NFC", text)
    kept = iter([*_ONE_WAY.findall(text), ""])
    parts = _ONE_WAY.split(text)
    return "".join(normal_form("NFC", part) + next(kept) for part in parts)


def _widened(match: re.Match[str]) -> str:
    return normal_form("NFKC", match[0])
