"""Date evidence -> date, precision, source."""

from __future__ import annotations

from index.date_strings import FoundDate, read_date

__all__ = ["FoundDate", "read_date"]
