"""A term sheet to take away, as JSON and CSV: the numbers of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from search.request import SearchRequest
from search.results import TermSheet
from webapp.exports.table import csv_line
from webapp.presenters.terms_page import word_link
from webapp.site.links import Links

CSV_COLUMNS = ("word", "releases", "share", "others", "share_of_others", "score", "search_url")
"""The columns of the CSV export, in their order; new ones are added at the end."""


def terms_object(links: Links, found: TermSheet, asked: SearchRequest) -> dict[str, Any]:
    """The sheet as JSON-ready values: what `/terms.json` answers."""
    return {
        "request": {
            "text": asked.text,
            "match": asked.match,
            "agencies": list(asked.agencies),
            "facets": {name: list(slugs) for name, slugs in asked.facets},
            "date_from": asked.date_from,
            "date_to": asked.date_to,
            "undated": asked.undated,
            "languages": list(asked.languages),
        },
        "releases": found.releases,
        "others": found.others,
        "language": found.language,
        "terms": [
            {**asdict(each), "path": word_link(links, asked, each.word)} for each in found.terms
        ],
    }


def terms_csv(links: Links, found: TermSheet, asked: SearchRequest) -> Iterator[str]:
    """The sheet as text, a line for each word; shares are between 0 and 1."""
    yield "\ufeff" + csv_line(CSV_COLUMNS)
    for each in found.terms:
        yield csv_line(
            (
                each.word,
                str(each.releases),
                f"{each.releases / found.releases:.5f}",
                str(each.others),
                f"{each.others / found.others:.5f}",
                str(each.score),
                links.root + word_link(links, asked, each.word),
            )
        )
