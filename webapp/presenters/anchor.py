"""An anchor, as HTML calls it: words and where they lead."""

from __future__ import annotations

from typing import NamedTuple


class Anchor(NamedTuple):
    """Words and where they lead; `current` marks the place where the reader is."""

    text: str
    href: str
    current: bool = False
