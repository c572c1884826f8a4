"""Tombstones: what an index still says of a release that was removed, in the commit record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from index.release import Agency, Release

MAX_TOMBSTONES = 10_000
"""Releases removed last that are remembered: 2 MB of each commit record, 20 ms of each commit."""
MAX_HEADLINE = 300
"""Characters of a headline that are kept."""


class Tombstone(NamedTuple):
    """A release that vanished from its source and was removed (UTC, ISO 8601)."""

    id: str
    headline: str
    agency: Agency
    date: str | None
    removed: str


def tombstone_of(release: Release, removed: str) -> Tombstone:
    """What stays of a release."""
    headline = release.headline[:MAX_HEADLINE]
    return Tombstone(release.id, headline, release.agency, release.date, removed)


def remembered(
    before: Sequence[Tombstone], removed: Sequence[Tombstone], there: Collection[str]
) -> tuple[Tombstone, ...]:
    """Those to keep, oldest first: without releases that are there again."""
    again = {each.id for each in removed}
    kept = [each for each in before if each.id not in there and each.id not in again]
    return tuple([*kept, *removed][-MAX_TOMBSTONES:])


def read_tombstone(said: Any) -> Tombstone:
    """One as a commit record has it.

    :raises ValueError: for what is none.
    """
    release_id, headline, agency, date, removed = said
    slug, name = agency
    texts = (release_id, headline, slug, name, removed, date or "")
    if not all(type(each) is str for each in texts):
        raise ValueError(f"{release_id!r} is said to be removed, but not how")
    return Tombstone(release_id, headline, Agency(slug, name), date, removed)
