"""What each character is to the tokeniser, as a table of classes from the patterns of analysis."""

from __future__ import annotations

import re
from functools import cache

from index.text.analysis import JOINT, LETTER, THOUSANDS
from index.text.scripts import UNSPACED

CLASSES = (LETTER, r"\d", f"[{UNSPACED}]", JOINT, THOUSANDS, r"\.", ",")
"""Patterns of single characters; the first one's bit is 1, the next one's 2, and so on."""
_COUNT = 0x10000


@cache
def character_classes() -> bytes:
    """A byte for each character U+0000 to U+FFFF: the classes it belongs to, as bits."""
    classes = bytearray(_COUNT)
    every = "".join(map(chr, range(_COUNT)))
    for bit, pattern in enumerate(CLASSES):
        for match in re.finditer(pattern, every):
            classes[match.start()] |= 1 << bit
    return bytes(classes)
