"""The advanced form: one box for each idea -> the text for the one box of a search."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.text.cleaning import clean_line

FIELDS = ("all", "phrase", "any", "none", "near", "headline")
"""The boxes for words, in the order in which their words are put together."""
KEPT = ("agency", "from", "to", "language")
"""What the form asks for besides words, under the names of a search's address."""
_PIECE = re.compile(r'"[^"]*"|\S+')


def composed_search(given: Mapping[str, str]) -> str:
    """The search that says what the boxes say; empty where all are.

    :param given: what stands in each of `FIELDS`.
    """
    parts = [_PARTS[name](clean_line(given.get(name, ""))) for name in FIELDS]
    return " ".join(filter(None, parts))


def _as_typed(text: str) -> str:
    return text


def _phrase(text: str) -> str:
    words = text.replace('"', " ").split()
    return '"{}"'.format(" ".join(words)) if words else ""


def _any(text: str) -> str:
    pieces = _PIECE.findall(text)
    return "({})".format(" OR ".join(pieces)) if len(pieces) > 1 else text


def _none(text: str) -> str:
    return " ".join(f"-{piece.lstrip('-')}" for piece in _PIECE.findall(text) if piece.strip("-"))


def _near(text: str) -> str:
    return " NEAR ".join(_PIECE.findall(text))


def _headline(text: str) -> str:
    pieces = _PIECE.findall(text)
    return "headline:" + (f"({text})" if len(pieces) > 1 else text) if pieces else ""


_PARTS = {
    "all": _as_typed,
    "phrase": _phrase,
    "any": _any,
    "none": _none,
    "near": _near,
    "headline": _headline,
}
