"""The wire form of texts and terms: what a cluster cuts at spaces is what `index.text` gave.

A text is sent as one string: a slot for every position, slots parted by spaces, the terms of a slot
joined by U+E000, which a filter of the cluster's takes apart again. So it analyses nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.text.analysis import tokens

STACKED, EMPTY, SPACE = "\ue000", "\ue001", "\ue002"
"""Between the terms of a position, for a position without one, and for a space inside a term."""

_SPACE = re.compile(r"\s")


class WireText(NamedTuple):
    """The stems of a text by position, and its words as they are written."""

    stems: str
    words: str


def wire_text(text: str, language: str) -> WireText:
    """A text in a language, as its two fields take it."""
    slots: list[list[str]] = []
    words: list[str] = []
    for token in tokens(text, language):
        while len(slots) <= token.position:
            slots.append([])
        if token.stem:
            slots[token.position].append(wire_term(token.stem))
        if token.exact:
            words.append(wire_term(token.exact))
    stems = " ".join(STACKED.join(each) if each else EMPTY for each in slots)
    return WireText(stems, " ".join(words))


def wire_term(term: str) -> str:
    """A term as the cluster holds it."""
    return term if term.isalnum() else _SPACE.sub(SPACE, term)


def read_term(wire: str) -> str:
    """The term that the cluster holds so; white space of every kind has become a space."""
    return wire.replace(SPACE, " ")
