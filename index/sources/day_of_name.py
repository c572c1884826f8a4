"""The day that a file's name begins with: `2020-11-20-food-bank.md`, as Jekyll and people write."""

from __future__ import annotations

import re
from dataclasses import replace

from index.dates.resolution import FoundDate, read_date, text_date
from index.sources.draft import Draft
from index.text.language_detection import detect

_DAY = re.compile(r"((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def day_of_name(name: str, source: str) -> tuple[FoundDate, ...]:
    """The day at the start of the last part of a path, if one stands there."""
    day = _DAY.match(re.split(r"[/!]", name)[-1])
    found = read_date(f"{day[1]}-{day[3]}-{day[4]}", source) if day else None
    return (found,) if found is not None else ()


def dated_by_name(draft: Draft, name: str) -> Draft:
    """A draft with the day of its file's name, where neither it nor its text states one."""
    if draft.dates:
        return draft
    dates = day_of_name(name, "address")
    if dates and not states_day(draft):
        return replace(draft, dates=dates)
    return draft


def states_day(draft: Draft) -> bool:
    """Whether the text of a draft states its day of issue, or a part of it."""
    language = draft.language or detect(f"{draft.headline}\n{draft.body}")
    return text_date(draft.headline, draft.body, language) is not None
