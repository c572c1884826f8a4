"""Phrases of pages in many languages: section labels, sharing, related news, ends, web vendors."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from index.text.folding import fold

MAX_PHRASE = 120
"""Characters of a line that can be a phrase; the longest of them has 50, `*` aside."""

_ANY = "[^:：?!.。]{0,40}"
_APART = re.compile(r"(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])")
"""Space that sets two Chinese or Japanese characters wide apart (`以　上`)."""
_OPEN = re.compile(r"\w.*\*|\*.*\w")
_PHRASES: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("stock_phrases.json").read_text("utf-8")
)
"""By kind, as pages write them; `*` stands for some words."""


def is_phrase(kind: str, line: str, *, whole: bool = False) -> bool:
    """Whether a line is one of the phrases of a kind, case, accents and a colon after it apart.

    :param whole: only phrases that leave no words open.
    """
    return len(line) <= MAX_PHRASE and _is_phrase(kind, line, whole)


@lru_cache(maxsize=1 << 13)
def _is_phrase(kind: str, line: str, whole: bool) -> bool:
    phrases, patterns = _compiled(kind)
    text = _plain(line)
    if text in phrases:
        return True
    return not whole and patterns is not None and patterns.fullmatch(text) is not None


@cache
def _compiled(kind: str) -> tuple[frozenset[str], re.Pattern[str] | None]:
    given = [_plain(phrase) for phrase in _PHRASES[kind]]
    open_ended = [re.escape(each).replace(r"\*", _ANY) for each in given if _OPEN.search(each)]
    pattern = re.compile("|".join(open_ended)) if open_ended else None
    return frozenset(given), pattern


def _plain(line: str) -> str:
    """A line folded, without marks around it."""
    folded = _APART.sub("", " ".join(fold(line).split()))
    return folded.strip(" :：<>＜＞»›|•·…【】■●◆▼□○◇※") or folded
