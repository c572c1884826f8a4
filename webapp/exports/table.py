"""All matches as CSV, in fixed columns that people can read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

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

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")


def csv_lines(links: Links, hits: Iterable[Hit]) -> Iterator[str]:
    """The export as text, line by line: a byte order mark, the column names, a line a release.

    A value that a spreadsheet would take for a formula is given an apostrophe in front."""
    yield "\ufeff" + csv_line(CSV_COLUMNS)
    for hit in hits:
        yield csv_line(_csv_values(links, hit))


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
    line = io.StringIO()
    csv.writer(line).writerow([_disarmed(value) for value in values])
    return line.getvalue()


def _disarmed(value: str) -> str:
    value = value.replace("\0", "")
    return "'" + value if _FORMULA.match(value) else value
