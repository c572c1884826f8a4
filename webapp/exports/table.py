"""All matches as CSV, in fixed columns that people can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.facet_table import Facet, values_of
from search.cursor import Cursor
from search.results import Hit
from webapp.exports.jsonl import plain_json
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
    "extra",
)
"""The columns of the CSV export, in their order; new ones are added at the end.

`extra`: columns of the release's record that are no field, as JSON."""

_FORMULA = frozenset("=+-@＝＋－＠")
"""First characters of a value, behind white space, that a spreadsheet takes for a formula."""
_CONTROL = frozenset("\t\r\n")
"""First characters that lead into another cell, whose text may be one (OWASP, CSV injection)."""
_BETWEEN = "\x01"
"""Stands between cells that are looked at together; in a cell it only makes them be looked at."""
_MAY_BE_ARMED = re.compile(rf"{_BETWEEN}[\s=+@＝＋－＠-]")
"""The first character of a cell that is disarmed; white space is looked behind."""


def csv_lines(
    links: Links, hits: Iterable[Hit], *, body: bool = False, facets: Iterable[Facet] = ()
) -> Iterator[str]:
    """The export as text, line by line: a byte order mark, the column names, a line a release.

    Behind the fixed columns each facet of the index's own has one, its values parted by `; `. With
    `body` there are `cursor`, behind which an export by time goes on, and the text. A value that a
    spreadsheet would take for a formula is given an apostrophe in front.
    """
    own = tuple(facets)
    names = (*CSV_COLUMNS, *(facet.name for facet in own))
    yield "\ufeff" + csv_line((*names, "cursor", "body") if body else names)
    for hit in hits:
        values = _csv_values(links, hit)
        if own:
            extra = dict(hit.release.extra)
            values += ["; ".join(values_of(each, extra)) for each in own]
        if body:
            values += str(Cursor.behind(hit.release)), hit.release.body
        yield csv_line(values)


def _csv_values(links: Links, hit: Hit) -> list[str]:
    release = hit.release
    return [
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
        plain_json(dict(release.extra)) if release.extra else "",
    ]


def csv_line(cells: Sequence[str]) -> str:
    """A line of CSV (RFC 4180) with its end; what a spreadsheet would take for a formula is
    disarmed.
    """
    # Nearly no line has anything to disarm, and four of five have nothing to quote, which all cells
    # tell together: 72,623 lines take 0.09 s so, 0.23 with a look at each cell.
    line = _BETWEEN + _BETWEEN.join(cells)
    if _MAY_BE_ARMED.search(line) or "\0" in line:
        cells = [_disarmed(each) for each in cells]
    if '"' in line or "," in line or "\n" in line or "\r" in line:
        cells = [_quoted(each) for each in cells]
    return ",".join(cells) + "\r\n"


def _quoted(cell: str) -> str:
    """A cell in quotation marks, if it needs them; `csv.writer` takes three times as long."""
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return f'"{cell}"' if "," in cell or "\n" in cell or "\r" in cell else cell


def _disarmed(value: str) -> str:
    if "\0" in value:
        value = value.replace("\0", "")
    begins_one = value.lstrip()[:1] in _FORMULA or value[:1] in _CONTROL
    return "'" + value if begins_one else value
