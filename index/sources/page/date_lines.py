"""Lines of a page that hold a day and little else: which they are, and what they say of it."""

from __future__ import annotations

import re

from index.sources.page.date_labels import (
    ANY_LABEL,
    AS_OF_LABEL,
    CHANGE_LABEL,
    ISSUE_LABEL,
    PAGE_WORD,
)
from index.sources.page.lines import SENTENCE_END
from index.sources.page.shown_days import (
    MAX_DATE_LINE,
    NUMERAL,
    date_in_line,
    full_day,
)

MIN_SENTENCE_WORDS = 3
"""Words in lower case, the date apart, of a sentence; `Done at Bern on 1 May 2025.` has two."""
MIN_LONG_WORDS, MIN_LONG = 2, 14
"""Such words, and letters in them, of a sentence in languages that put little words into the
endings of others (`Elokuun tiedot julkaistaan 25.10.2023.`)."""
MIN_SENTENCE_LETTERS = 6
"""Letters of the same in scripts that have no small ones (`本办法自2025年2月1日起施行。`)."""
_OF_NEXT = re.compile(
    r"(?i)(?=[^\d:：]{0,60}\b(?:next|nächste[rsn]?|prochaine?|próxim[oa]|prossim[oa]|volgende|nästa|"
    r"neste|næste|seuraava|następn[aey]\w*|další(?:ho|ch)?|ďalš[ieí]\w*|következő|următoare\w*|"
    r"sljedeće\w*|naslednj\w+|следующ\w+|наступн\w+|следващ\w+|επόμεν\w+|sonraki|berikutnya)\b)"
    r"[^:：|]{8,60}(?:[:：]\s*\S|\s(?:on|am|le|el|il|op|den|will|is)\s)"
)
"""`Next release: 16 September 2024`: statistics say at their ends when the next ones come."""


def without_dateline(line: str) -> str:
    """A paragraph without a label and a date that a bar parts from it (`Release of 3 May 2024 | `);
    a dateline with the place (`Bern, 3 May 2024 - `) is part of the text."""
    head, bar, rest = line.partition(" | ")
    if not bar or len(head) > MAX_DATE_LINE or not rest.strip():
        return line
    return rest if is_date_line(head, None) else line


def tells_change(line: str) -> bool:
    """Whether a line says when the page was changed, and little else."""
    if not NUMERAL.search(line) or len(line) > MAX_DATE_LINE:
        return False
    changed = CHANGE_LABEL.search(line) is not None or AS_OF_LABEL.match(line) is not None
    return changed and not tells_a_day(line) and is_date_line(line, None)


def states_own_day(line: str) -> bool:
    """Whether a line begins with what says that the page was issued or changed, and has the day
    (`Posted on 5 February 2018 by the Press Office`)."""
    return ANY_LABEL.match(line) is not None and is_date_line(line, None) and not tells_a_day(line)


def is_date_line(line: str, day_first: bool | None) -> bool:
    """Whether a line holds a date and little else."""
    match = full_day(line) if len(line) <= MAX_DATE_LINE else None
    if match is None or date_in_line(line, day_first) is None:
        return False
    rest = re.sub(r"[\W\d_]+", "", line.replace(match[0], " "))
    more = stands_apart(match) or ISSUE_LABEL.search(line) or CHANGE_LABEL.search(line, match.end())
    return len(rest) <= (90 if more else 45)


def stands_apart(day: re.Match[str]) -> bool:
    """Whether marks part a date from the other values of its line (`Port | 3 May 2024 | Notes`)."""
    before, after = day.string[: day.start()].rstrip(), day.string[day.end() :].lstrip()
    return (not before or before[-1] in "|·•") and (not after or after[0] in "|·•")


def tells_a_day(line: str) -> bool:
    """Whether a line with a date is a sentence of the text (`The rules apply from 1 May 2025.`).

    A line that says when the page itself was issued or changed is none, nor a place before a date.
    """
    match = full_day(line)
    if match is None:
        return False
    if _OF_NEXT.match(line):
        return True
    if SENTENCE_END.search(line) is None or re.search("[:：|]", line):
        return False
    if ANY_LABEL.match(line):
        return False
    if CHANGE_LABEL.search(line) and PAGE_WORD.search(line):
        return False
    rest = line.replace(match[0], " ")
    letters = sum(char.isalpha() and char.lower() == char.upper() for char in rest)
    words: list[str] = re.findall(r"[^\W\d_]+", rest)
    small = [word for word in words if word.islower()]
    long = len(small) >= MIN_LONG_WORDS and sum(map(len, small)) >= MIN_LONG
    return long or len(small) >= MIN_SENTENCE_WORDS or letters >= MIN_SENTENCE_LETTERS
