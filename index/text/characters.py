"""What each character is to the tokeniser, as a table of classes from the patterns of analysis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from index import compiled
from index.text.analysis import JOINT, LETTER, THOUSANDS
from index.text.scripts import UNSPACED

CLASSES = (LETTER, r"\d", f"[{UNSPACED}]", JOINT, THOUSANDS, r"\.", ",")
"""Patterns of single characters; the first one's bit is 1, the next one's 2, and so on."""
_COUNT = 0x10000


@cache
def character_classes() -> bytes:
    """A byte for each character U+0000 to U+FFFF: the classes it belongs to, as bits."""
    return as_bits(CLASSES)


def as_bits(patterns: Sequence[str]) -> bytes:
    """A byte for each character U+0000 to U+FFFF: which patterns of single characters it fits."""
    fitting = bytearray(_COUNT)
    every = "".join(map(chr, range(_COUNT)))
    for bit, pattern in enumerate(patterns):
        for match in re.finditer(f"(?:{pattern})+", every):
            for code in range(*match.span()):
                fitting[code] |= 1 << bit
    return bytes(fitting)


def tokenising_kernel() -> Any:
    """The compiled loops, knowing the classes of characters; None where there are none."""
    return None if compiled.kernel is None else _told(compiled.kernel)


@cache
def _told(kernel: Any) -> Any:
    kernel.set_classes(character_classes())
    return kernel
