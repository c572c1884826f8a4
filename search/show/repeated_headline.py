"""A headline that a body repeats before its text: where the text goes on after it."""

from __future__ import annotations

import re

MAX_BEFORE = 600
"""Characters before the headline's repetition: an address, a date, "for immediate release"."""
SHORTEST = 12
"""Characters of a headline; a shorter one may be a line of the text by chance."""

SHORTEST_UNBROKEN = 40
"""The same where the text goes on in the line of the headline that it begins with, and does not say
it again."""

MAX_BETWEEN = 150
"""Characters between a headline and its repetition in one line: who issued it, and when. Of 9,900
repetitions among the Senate's releases 700 come later, behind text that says something."""

_STOP = re.compile(r"[.,:;!?…。，、；：！？\"'”’)\]*]+(?=\s*\S)")
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "”", '"')
_BLANKS = "\n\t\v\f"
_ALIKE = tuple(zip("\n\t\v\f\xa0“”„«»‘’‚–—‑", '     """""\'\'\'---', strict=True))


def after_headline(body: str, headline: str) -> int:
    """The place where a body goes on after the line that repeats its headline; 0 if none does.

    Quotation marks, dashes, and lines into which the headline is broken may differ. A text without
    line breaks may begin with a headline of some length.
    """
    words = headline.split()
    wanted = " ".join(words)
    if len(wanted) < SHORTEST:
        return 0
    beginning = body[: MAX_BEFORE + 3 * len(wanted)]
    if body.startswith(wanted + "\n") and beginning.isascii():
        return len(wanted)  # as it is and alone: as a rule, and told in a fifth of the time
    if not _may_hold(beginning, max(words, key=len)):
        return 0
    wanted, start = _as_one(wanted), _as_one(beginning)
    at = start.find(wanted)
    if at < 0 or len(start) != len(beginning):
        return 0
    end = at + len(wanted)
    before, after = body[:at].rstrip(" \t"), body[end : end + 40].lstrip(" \t.:*\"”'’")
    if before and not before.endswith("\n"):
        return 0
    alone = not after or after.startswith("\n")
    if alone:
        return 0 if _is_last(before, body[end:]) else _behind_its_stop(body, end)
    told_apart = len(wanted) >= SHORTEST_UNBROKEN or start.find(wanted, end) >= 0
    if before or not told_apart:
        return 0
    line_end = body.find("\n", end)
    stop = len(start) if line_end < 0 else line_end
    said = _last_said(start[: min(stop, end + MAX_BETWEEN + len(wanted))], wanted, end)
    return _behind_its_stop(body, said)


def _is_last(before: str, after: str) -> bool:
    """Whether a headline stands behind a short text, as the last of it, and not before one."""
    return before.rstrip().endswith(_SENTENCE_END) and not any(map(str.isalnum, after))


def _last_said(start: str, wanted: str, end: int) -> int:
    """Where a text without line breaks goes on that begins with its headline.

    It may say it again, without who issued it, which may begin the line or end it; and a headline
    that was made of the beginning may end inside a word.
    """
    head, tail = wanted[:SHORTEST_UNBROKEN], wanted[-SHORTEST_UNBROKEN:]
    end = max(end, start.rfind(tail) + len(tail))
    again = start.rfind(head)
    end = max(end, again + _alike(wanted, start[again : again + len(wanted)]))
    while start[end : end + 1].isalnum() and start[end - 1].isalnum():
        end += 1
    return end


def _behind_its_stop(body: str, end: int) -> int:
    """The place behind the signs that end a headline, where text follows them."""
    stop = _STOP.match(body, end)
    return stop.end() if stop else end


def _alike(first: str, second: str) -> int:
    """How many characters two texts begin alike with."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first.startswith(second[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low


def _may_hold(beginning: str, word: str) -> bool:
    """Whether a headline's longest word is in a text: nearly always not, and soon told so."""
    return not (word.isascii() and word.isalnum()) or word.lower() in beginning.lower()


def _as_one(text: str) -> str:
    """In lower case, with one character for those that may differ; of ASCII only blanks do."""
    for one, other in _ALIKE[: len(_BLANKS)] if text.isascii() else _ALIKE:
        text = text.replace(one, other)  # a table takes ten times as long
    return text.lower()
