"""Times as feeds have them (RFC 3339)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from search.results import Hit

UNKNOWN = "1970-01-01T00:00:00Z"
"""What stands for a time that cannot be read, where one must stand."""


def stated_moment(hit: Hit) -> str | None:
    """When the release was issued, as RFC 3339, or None where not even the day is known.

    A day alone is midnight UTC: the day stays the issuer's, whatever zone a reader is in.
    """
    release = hit.release
    if release.issued_at and re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", release.issued_at
    ):
        stated = moment(release.issued_at)
        if stated != UNKNOWN:
            return stated
    if release.date and release.date_precision == "day":
        return f"{release.date}T00:00:00Z"
    return None


def moment(text: str | None) -> str:
    """An ISO time as RFC 3339; one that cannot be read becomes the beginning of 1970."""
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        return UNKNOWN
    if read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
    return read.isoformat(timespec="seconds").replace("+00:00", "Z")
