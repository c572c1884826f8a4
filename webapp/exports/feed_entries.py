"""What a feed says of a search, in whichever form it is written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from index.release import Release


@dataclass(frozen=True, slots=True)
class Feed:
    """A search as a feed.

    `page_url`, `feed_url`: whole addresses of the results page and of the feed itself. `updated`:
    when its latest entry came or changed (ISO 8601). `note` says how the entries were come by.
    `next_url`: the page of the feed with what came before (RFC 5005), empty for none.
    """

    title: str
    page_url: str
    feed_url: str
    updated: str | None
    language: str = "en"
    note: str = ""
    next_url: str = ""


def entry_id(release: Release) -> str:
    """The identifier of an entry: it does not change when the site moves."""
    return uuid5(NAMESPACE_URL, f"dateline:{release.id}").urn
