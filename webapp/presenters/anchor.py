"""An anchor, as HTML calls it: words and where they lead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words and where they lead; `current` marks the place where the reader is."""

    text: str
    href: str
    current: bool = False
