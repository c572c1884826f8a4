"""What each character is to snippets, as a table; and the compiled loops, told of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from index.text.characters import as_bits, character_classes
from search import compiled
from search.show.fragments import BLANK, WIDE

TRAITS = (BLANK, WIDE)
"""Patterns of single characters; the first one's bit is 1, the next one's 2."""


def marking_kernel() -> Any:
    """The compiled loops, knowing the characters; None where there are none."""
    return None if compiled.kernel is None else _told(compiled.kernel)


@lru_cache(maxsize=1)
def _told(kernel: Any) -> Any:
    kernel.set_characters(character_classes(), as_bits(TRAITS))
    return kernel
