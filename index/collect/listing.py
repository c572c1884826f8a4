"""What a feed, sitemap or list names: entries with address and time, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from index.addresses import is_web_address, join_address

MAX_ENTRIES = 50_000
"""Entries of one feed, sitemap or list; the sitemap protocol (sitemaps.org 0.9) has as many."""


UNCHANGED = "unchanged"
"""The form of a listing that says the same as at the visit before: it is not read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """A release as its listing names it.

    `url` is None for an item that lies whole in its feed, with `key` to know it by. `changed` is
    the time of change as the listing writes it, `issued` the time of issue in seconds since 1970.
    """

    url: str | None
    key: str = ""
    changed: str = ""
    issued: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`more` are the addresses of pages on which it goes on, or of its parts; `archive` of those
    of other years or months, the newest first.

    `whole`: nothing says that its end is missing. `scripted`: it goes on, and only a script would
    know where.
    """

    entries: tuple[ListedItem, ...]
    more: tuple[str, ...] = ()
    archive: tuple[str, ...] = ()
    form: str = "list"
    whole: bool = True
    scripted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it was read, and names no release."""
        return not self.entries and self.form != UNCHANGED


def web_address(base: str, link: str) -> str | None:
    """A link as a whole address of the web; None for what is none."""
    url = join_address(base, link.strip())
    return url if is_web_address(url) else None


def seconds_of(text: str | None) -> float | None:
    """A time of ISO 8601 in seconds since 1970; None for what is none."""
    try:
        time = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
