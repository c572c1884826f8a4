"""Signs on a word, `=word`, `word*`, `wom?n`, `word~`: what they ask of the word, within limits."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text.folding import fold
from search.query.lexemes import WILDCARDS, Lexeme

MIN_PREFIX = 2
"""Letters before `*`."""
MIN_LITERAL = 3
"""Letters side by side in a word that begins with a wildcard, or has its first after one letter.

Words are looked for by them: two letters are in half of all words, and reading those took 40 ms.
"""
MAX_EDITS = 2
"""Letters that may differ in `word~2`."""

_MODIFIED = re.compile(r"[=*?~]")
_SUFFIX = re.compile(r"(?:(?P<star>\*+)|~(?P<edits>\d?)(?:\.\d+)?)[?.,;:!]*\Z")
_PATTERN = re.compile(r"[\w*?'’‘&-]+")
_INSIDE = re.compile(r"(?:\w|\A)[?*]+(?=\w)")
_NO_LETTERS = re.compile(r"[^\w*?]|_")

Say = Callable[..., None]


def modified(word: Lexeme, typed: str, say: Say) -> Lexeme:
    """The word with what its signs ask for; signs that cannot be used are left out and said.

    :param typed: its characters, wide signs made narrow.
    """
    if not _MODIFIED.search(typed):
        return word
    exact = typed.startswith("=") and len(typed) > 1
    suffix = _SUFFIX.search(typed)
    core = typed[int(exact) : suffix.start() if suffix else None]
    word = word._replace(text=core, exact=exact)
    if suffix and suffix["edits"] is not None:
        return word._replace(edits=_edits(core, int(suffix["edits"] or 0) or 1, say))
    trailing = bool(suffix and suffix["star"])
    if _INSIDE.search(core) and not exact:
        return _with_pattern(word, typed, say, trailing=trailing)
    return _starred(word, typed, say, trailing=trailing)


def _with_pattern(word: Lexeme, typed: str, say: Say, *, trailing: bool) -> Lexeme:
    """`wom?n`, `*port`: one letter for `?`, any for `*`, if enough letters are given."""
    core = word.text
    literals = WILDCARDS.split(fold(core))
    readable = _PATTERN.fullmatch(core) and core.isascii()
    longest = max(map(len, literals))
    if readable and (len(literals[0]) >= MIN_PREFIX or longest >= MIN_LITERAL):
        pattern = _NO_LETTERS.sub("", core) + "*" * trailing
        return word._replace(text=pattern, pattern=True)
    if readable:
        say("wildcard-short", typed, MIN_PREFIX)
    elif "*" in core:
        say("wildcard-ignored", typed)
    plain = WILDCARDS.sub(" ", core).strip()
    return word._replace(text=plain)


def _starred(word: Lexeme, typed: str, say: Say, *, trailing: bool) -> Lexeme:
    core = word.text
    if "*" in core:
        say("wildcard-ignored", typed)
        core = core.replace("*", " ").strip()
    if trailing and len(fold(core)) < MIN_PREFIX and core.isascii():
        trailing = False
        say("wildcard-short", typed, MIN_PREFIX)
    return word._replace(text=core, prefix=trailing)


def _edits(core: str, wanted: int, say: Say) -> int:
    letters = len(fold(core))
    allowed = min(wanted, 0 if letters < 3 else 1 if letters < 6 else MAX_EDITS)
    if allowed < wanted:
        say("fuzzy-narrowed", core, wanted, allowed)
    return allowed
