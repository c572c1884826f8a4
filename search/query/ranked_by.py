"""A query clause of ours: what must match, and beside it what only ranks."""

from __future__ import annotations

from whoosh.query import AndMaybe


class RankedBy(AndMaybe):  # type: ignore[misc]
    """Documents that match `a`; where they match `b` too, its score is added.

    Nobody typed `b`: it is not looked for, and not marked. An engine may leave it out where it
    cannot change the order of what is shown.
    """
