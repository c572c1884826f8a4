"""HTML that a search marked words in: escaped text and `<mark>`, shown as it is."""

from __future__ import annotations

from markupsafe import Markup


def marked(html: str) -> Markup:
    """Headlines, texts and snippets of `Engine`, whose contract is that all else is escaped."""
    return Markup(html)  # noqa: S704
