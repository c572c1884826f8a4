"""Notices: what a reader should know of how a search was read, with the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from index.release import slugify
from index.text.folding import fold
from search.results import Notice
from webapp.site import wording
from webapp.site.languages import Language


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A sentence for the reader, with the address that takes it back, if it can be."""

    code: str
    text: str
    undo: str | None


MEANT = frozenset({"read-or", "read-near", "read-date", "read-site", "only-without"})
"""What was asked for by an operator, and is no news to whoever typed it."""
FOLDED = frozenset({"copies-folded", "languages-folded"})
"""What a list says of itself, below it: nothing of the search was read in another way."""


def is_news(notice: Notice) -> bool:
    """Whether a page says it: what was dropped, changed or guessed, not what was meant.

    A minus before a number may have been a negative one. A value of a facet by its name needs no
    word; one that was found by less does.
    """
    if notice.code == "read-not":
        return any(each.isdigit() for each in notice.values[0][:1])
    if notice.code == "read-agency":
        return not _is_named(*notice.values[:2])
    if notice.code == "read-facet":
        return not _is_named(notice.values[0], notice.values[2])
    return notice.code not in MEANT | FOLDED


def present_notice(language: Language, notice: Notice, undo: str | None = None) -> NoticeView:
    """The notice's sentence in a language."""
    return NoticeView(notice.code, wording.notice_in_words(language, notice), undo)


def _is_named(typed: str, called: str) -> bool:
    """Whether `agency:NAME`, as it was typed, is the whole name of the value that it means."""
    return fold(typed.partition(":")[2].strip('"')) in (fold(called), slugify(called))
