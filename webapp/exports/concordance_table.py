"""A concordance to take away, a row for each place."""

from __future__ import annotations

from collections.abc import Iterator

from search.engine import Engine
from webapp.exports.table import csv_line
from webapp.presenters.concordance_page import chosen, places
from webapp.site.concordance_addresses import ConcordanceAddress
from webapp.site.links import Links

MAX_RELEASES = 2_000
"""Newest releases whose places are exported: a second."""
COLUMNS = ("date", "agency", "left", "match", "right", "quoted", "speaker", "id", "page_url")


def concordance_csv(links: Links, engine: Engine, asked: ConcordanceAddress) -> Iterator[str]:
    """The places as CSV, a line each, in the order of the page."""
    yield "\ufeff" + csv_line(COLUMNS)
    for hit, line in chosen(places(engine, asked.request, MAX_RELEASES), asked):
        release = hit.release
        yield csv_line(
            (
                release.date or "",
                release.agency.name,
                line.left,
                line.match,
                line.right,
                "1" if line.quoted else "",
                line.speaker,
                release.id,
                links.root + links.release_id(release.id),
            )
        )
