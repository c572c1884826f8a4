"""A release's date in words, with what is not known of it."""

from __future__ import annotations

from typing import NamedTuple

from index.dates.day_numbers import is_ahead
from index.release import Release
from webapp.site import wording
from webapp.site.languages import Language


class DateView(NamedTuple):
    """A date for people; `machine` is what `<time datetime>` takes, empty if there is none.

    `ahead`: that it is ahead of today, empty where it is not.
    """

    text: str
    machine: str
    missing: str
    ahead: str = ""


def present_date(language: Language, release: Release) -> DateView:
    """A release's date in words, with what is not known of it."""
    return DateView(
        text=wording.date_in_words(language, release.date),
        machine=release.date or "",
        missing=wording.what_is_not_stated(language, release.date_precision),
        ahead=language.gettext("dated in the future") if is_ahead(release.date) else "",
    )
