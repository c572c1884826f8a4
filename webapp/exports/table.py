"""All matches as CSV, in fixed columns that people can read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from search.results import Hit
from webapp.presenters import provenance
from webapp.site.links import Links

CSV_COLUMNS = (
    "date",
    "date_precision",
    "agency",
    "headline",
    "language",
    "source_url",
    "page_url",
    "id",
    "issued_at",
    "first_indexed",
    "date_basis",
    "agency_basis",
    "fetched_at",
    "content_hash",
)
"""The columns of the CSV export, in their order; new ones are added at the end."""

_FORMULA = frozenset("=+-@＝＋－＠\t\r")
"""First characters of a value that a spreadsheet takes for a formula."""


def csv_lines(links: Links, hits: Iterable[Hit], *, body: bool = False) -> Iterator[str]:
    """The export as text, line by line: a byte order mark, the column names, a line a release.

    With `body` the text is the last column. A value that a spreadsheet would take for a formula is
    given an apostrophe in front."""
    yield "\ufeff" + csv_line((*CSV_COLUMNS, "body") if body else CSV_COLUMNS)
    for hit in hits:
        values = _csv_values(links, hit)
        yield csv_line((*values, hit.release.body) if body else values)


def _csv_values(links: Links, hit: Hit) -> tuple[str, ...]:
    release = hit.release
    return (
        release.date or "",
        release.date_precision,
        release.agency.name,
        release.headline,
        release.language,
        release.url or "",
        links.root + links.release_id(release.id),
        release.id,
        release.issued_at or "",
        hit.first_indexed,
        provenance.date_note(links.language, release),
        provenance.agency_note(links.language, release),
        release.fetched_at or "",
        release.content_hash,
    )


def csv_line(values: Iterable[str]) -> str:
    """A line of CSV with its end; what a spreadsheet would take for a formula is disarmed."""
    line: str = _writer.writerow([_disarmed(value) for value in values])
    return line


def _disarmed(value: str) -> str:
    if "\0" in value:
        value = value.replace("\0", "")
    return "'" + value if value[:1] in _FORMULA else value


class _Given:
    """A file that gives back what is written: `writerow` returns it."""

    def write(self, line: str) -> str:
        return line


_writer: Any = csv.writer(_Given())
