"""Date evidence -> date, precision, source."""

from __future__ import annotations

from typing import NamedTuple


class FoundDate(NamedTuple):
    """A date that something states, as `Release` holds it; `issued_at` is ISO 8601 with zone."""

    date: str | None
    precision: str
    source: str
    issued_at: str | None = None
