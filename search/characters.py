"""What each character is to snippets, as a table; and the compiled loops, told of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from index.characters import character_classes
from search import compiled
from search.passages import BLANK, WIDE

TRAITS = (BLANK, WIDE)
"""Patterns of single characters; the first one's bit is 1, the next one's 2."""
_COUNT = 0x10000


def marking_kernel() -> Any:
    """The compiled loops, knowing the characters; None where there are none."""
    return None if compiled.kernel is None else _told(compiled.kernel)


def character_traits() -> bytes:
    """A byte for each character U+0000 to U+FFFF: its traits, as bits."""
    traits = bytearray(_COUNT)
    every = "".join(map(chr, range(_COUNT)))
    for bit, pattern in enumerate(TRAITS):
        for match in re.finditer(f"{pattern}+", every):
            for code in range(*match.span()):
                traits[code] |= 1 << bit
    return bytes(traits)


@lru_cache(maxsize=1)
def _told(kernel: Any) -> Any:
    kernel.set_characters(character_classes(), character_traits())
    return kernel
