"""A release in a table of an office document, whose first column names its fields (a form)."""

from __future__ import annotations

from typing import Any

import lxml.html

from index.sources.html_text import element_line, plain
from index.sources.record_fields import tells_a_release

MAX_ROWS = 100
"""Rows of a form that are looked at."""
MAX_LABEL = 40
"""Characters of what names a field."""


def fields_in_table(root: Any) -> dict[str, str] | None:
    """The fields of the first table that names a headline, a text and one more; else None."""
    for table in root.iter("table"):
        fields = dict(_fields(table))
        if tells_a_release(fields):
            return fields
    return None


def _fields(table: Any) -> list[tuple[str, str]]:
    """Rows of two cells, the first of which is a label."""
    found = []
    for row in list(table.iter("tr"))[:MAX_ROWS]:
        cells = [each for each in row if each.tag in ("td", "th")]
        label = element_line(cells[0]).rstrip(":：") if cells else ""
        if len(cells) == 2 and 0 < len(label) <= MAX_LABEL:
            found.append((label, plain(lxml.html.tostring(cells[1], encoding="unicode"))))
    return found
