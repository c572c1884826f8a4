"""A reading list: releases put beside each other by somebody, kept by its address alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.release import Release
from webapp.presenters.anchor import Anchor
from webapp.presenters.citations import FORMATS
from webapp.presenters.release_head import ReleaseHead, present_head
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.reading_list_addresses import MAX_LISTED, SUFFIXES, reading_list_address


class ListedRelease(NamedTuple):
    """A release of the list; `without` is the address of the list without it."""

    head: ReleaseHead
    without: str


class ReadingListView(NamedTuple):
    """Everything on the page; `releases` are the hidden fields of the form that adds one more."""

    title: str
    items: tuple[ListedRelease, ...]
    releases: tuple[tuple[str, str], ...]
    full: bool
    files: tuple[Anchor, ...]
    canonical: str


def present_reading_list(links: Links, found: Sequence[Release]) -> ReadingListView:
    """The page of these releases, in their order."""
    language = links.language
    ids = [each.id for each in found]
    files = [
        Anchor(language.gettext(FORMATS[suffix][1]), reading_list_address(links, ids, suffix))
        for suffix in SUFFIXES
    ]
    count = wording.counted(language, len(ids))
    title = language.gettext("Reading list")
    return ReadingListView(
        title=language.gettext("%(what)s: %(count)s", what=title, count=count) if ids else title,
        items=tuple(_item(links, each, ids) for each in found),
        releases=tuple(("release", each) for each in ids),
        full=len(ids) >= MAX_LISTED,
        files=tuple(files) if ids else (),
        canonical=reading_list_address(links, ids),
    )


def _item(links: Links, release: Release, ids: Sequence[str]) -> ListedRelease:
    return ListedRelease(
        head=present_head(links, release),
        without=reading_list_address(links, [each for each in ids if each != release.id]),
    )
