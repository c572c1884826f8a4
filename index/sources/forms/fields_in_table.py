"""A release in a table of an office document, whose first column names its fields (a form)."""

from __future__ import annotations

from typing import Any

import lxml.html

from index.sources.html_text import element_line, plain
from index.sources.record_fields import place_among

MAX_ROWS = 100
"""Rows of a form that are looked at."""
MAX_LABEL = 40
"""Characters of what names a field."""
_BESIDE = ("date", "agency", "url", "id")


def fields_in_table(root: Any) -> dict[str, str] | None:
    """The fields of the first table that names a headline, a text and one more; else None."""
    for table in root.iter("table"):
        fields = dict(_fields(table))
        held = {name for name in ("headline", "body", *_BESIDE) if _names(fields, name)}
        if {"headline", "body"} < held:
            return fields
    return None


def _names(fields: dict[str, str], field: str) -> bool:
    return any(place_among(field, name) is not None for name in fields)


def _fields(table: Any) -> list[tuple[str, str]]:
    """Rows of two cells, the first of which is a label."""
    found = []
    for row in list(table.iter("tr"))[:MAX_ROWS]:
        cells = [each for each in row if each.tag in ("td", "th")]
        label = element_line(cells[0]).rstrip(":：") if cells else ""
        if len(cells) == 2 and 0 < len(label) <= MAX_LABEL:
            found.append((label, plain(lxml.html.tostring(cells[1], encoding="unicode"))))
    return found
