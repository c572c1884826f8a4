"""What a release is headed by where it stands among others: its headline, day and agency."""

from __future__ import annotations

from typing import NamedTuple

from index.release import Release
from webapp.presenters.dates import DateView, present_date
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links


class ReleaseHead(NamedTuple):
    """The headline, its language and the page it leads to, the day, and the agency's name."""

    headline: str
    language: str
    href: str
    date: DateView
    agency: str


def present_head(links: Links, release: Release) -> ReleaseHead:
    """The head of a release, in the language of the page."""
    return ReleaseHead(
        headline=wording.headline(links.language, release),
        language=html_language(release.language),
        href=links.release(release),
        date=present_date(links.language, release),
        agency=links.agency_name(release.agency),
    )
