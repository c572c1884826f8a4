"""What each character is to the tokeniser: a table of classes, from the patterns of raw tokens."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from index.text.raw_tokens import JOINT, LETTER, POINT, THOUSANDS, WIDE
from index.text.scripts import UNSPACED

CLASSES = (LETTER, r"\d", f"[{UNSPACED}]", JOINT, THOUSANDS, POINT, ",", WIDE)
"""Patterns of single characters; the first one's bit is 1, the next one's 2, and so on."""
_COUNT = 0x10000


@cache
def character_classes() -> bytes:
    """A byte for each character U+0000 to U+FFFF: the classes it belongs to, as bits."""
    classes = bytearray(_COUNT)
    every = np.arange(_COUNT, dtype=np.uint32).tobytes().decode("utf-32", "surrogatepass")
    for bit, pattern in enumerate(CLASSES):
        with_bit = bytes(each | 1 << bit for each in range(1 << len(CLASSES))).ljust(256)
        for run in re.finditer(f"{pattern}+", every):  # half the time of single characters
            start, end = run.span()
            classes[start:end] = classes[start:end].translate(with_bit)
    return bytes(classes)
