"""Lexemes: the pieces of a search as it is read, from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

DASHES = "-‐‑‒–—−－"
SIGN_OF_VALUE = re.compile(rf"[{DASHES}!](?=[^\s)|])")
"""What excludes the value of a field, `agency:-harbour`, as addresses have it; not of a date."""
WILDCARDS = re.compile(r"[*?]+")
"""What stands for any letters in a word."""
SAID_IN_WAYS = ("day", "amount", "fiscal-year")
"""Kinds of lexemes of one or more words that are said in several ways."""
CLOSING = ".,;:!?…"
"""Marks behind a word that are of its sentence, not of the word."""


class Lexeme(NamedTuple):
    """One piece of a search.

    `kind`: word, phrase, one of `SAID_IN_WAYS`, open, close, or, and, not, near, must.
    `start` and `end` are its place in the cleaned text; `field` is the name typed before it;
    `slop` is the distance of a phrase or of `NEAR`, which is `ordered` where it asks for an order;
    `least` of a bracket or phrase is how many of its words must be there, 0 for all.
    """

    kind: str
    text: str
    start: int
    end: int
    field: str | None = None
    exact: bool = False
    prefix: bool = False
    pattern: bool = False
    edits: int = 0
    slop: int = 1
    ordered: bool = False
    boost: float = 1.0
    least: int = 0

    @property
    def is_plain_word(self) -> bool:
        """Whether it is a word without field, sign or boost."""
        return self.kind == "word" and self[4:] == _PLAIN


def joined_runs(
    lexemes: list[Lexeme], most: int, kind: str, is_one: Callable[[str], bool]
) -> list[Lexeme]:
    """Plain words that say one thing together, `CHF 3 million`, become one lexeme of a kind.

    :param most: words of the longest; `is_one` tells whether the words with a space between each
        two, and without what closes a sentence, are one.
    """
    joined: list[Lexeme] = []
    at = 0
    while at < len(lexemes):
        several = (lexemes[at : at + count] for count in range(most, 0, -1))
        made = next((each for run in several if (each := _joined(run, kind, is_one))), None)
        joined.append(made or lexemes[at])
        at += len(made.text.split()) if made else 1
    return joined


def _joined(run: list[Lexeme], kind: str, is_one: Callable[[str], bool]) -> Lexeme | None:
    if not all(each.is_plain_word for each in run):
        return None
    text = " ".join(each.text for each in run).rstrip(CLOSING)
    return run[0]._replace(kind=kind, text=text, end=run[-1].end) if is_one(text) else None


def typed_in(text: str, lexeme: Lexeme, last: Lexeme | None = None) -> str:
    """What was typed of a lexeme, or from it to the end of another."""
    return text[lexeme.start : (last or lexeme).end]


_PLAIN = Lexeme("word", "", 0, 0)[4:]
