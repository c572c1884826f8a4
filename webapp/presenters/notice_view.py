"""Notices: what a reader should know of how a search was read, with the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import Notice
from webapp.site import wording
from webapp.site.languages import Language


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A sentence for the reader, with the address that takes it back, if it can be."""

    code: str
    text: str
    undo: str | None


def present_notice(language: Language, notice: Notice, undo: str | None = None) -> NoticeView:
    """The notice's sentence in a language."""
    return NoticeView(notice.code, wording.notice_in_words(language, notice), undo)
