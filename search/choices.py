"""What a search may be asked for by name: orders, and which of the words must occur."""

from __future__ import annotations

SORTS = ("relevance", "newest", "oldest", "arrived")
MATCHES = ("all", "any", "strict")
VIEWS = ("full", "compact")
