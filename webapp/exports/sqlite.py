"""Releases as an SQLite file that Datasette opens: a table, an index of its words, its facets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from index.facet_table import Facet, values_of
from search.results import Hit
from webapp.exports.jsonl import plain_json
from webapp.site.links import Links

COLUMNS = (
    "id", "headline", "date", "date_precision", "agency", "agency_slug", "language", "url",
    "page_url", "issued_at", "first_indexed", "fetched_at", "source", "content_hash", "extra",
    "body",
)  # fmt: skip
"""Columns of the table `releases`, in their order; then the facets of the index's own columns.

`extra` and these facets are JSON: an object, and lists of values."""
FACETS = ("agency", "language")
"""Columns whose values Datasette counts beside a page."""


def write_sqlite(
    path: Path, links: Links, hits: Iterable[Hit], facets: Sequence[Facet] = ()
) -> int:
    """Write all releases into a new file; gives their number. Their words are indexed by FTS5.

    :param facets: those of the index's own columns.
    """
    names = (*COLUMNS, *(facet.name for facet in facets))
    columns = ", ".join(
        f'"{name}" TEXT' + (" PRIMARY KEY" if name == "id" else "") for name in names
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # a new file: one that fails is thrown away
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        database.execute(f"CREATE TABLE releases ({columns})")
        places = ", ".join("?" * len(names))
        database.executemany(
            f"INSERT INTO releases VALUES ({places})",  # noqa: S608, of our own names
            (_row(links, hit, facets) for hit in hits),
        )
        # Written as Datasette looks for it: it finds the index of a table by these words.
        database.execute(
            'CREATE VIRTUAL TABLE releases_fts USING FTS5 (headline, body, content="releases")'
        )
        database.execute("INSERT INTO releases_fts (releases_fts) VALUES ('rebuild')")
        for name in ("date", "agency"):
            database.execute(f"CREATE INDEX releases_{name} ON releases ({name})")
        database.execute("COMMIT")
        (count,) = database.execute("SELECT count(*) FROM releases").fetchone()
        return int(count)


def datasette_metadata(name: str, facets: Sequence[Facet] = ()) -> str:
    """What Datasette is told of the file of that name (`--metadata`): its facets, and its order."""
    arrays = [{"array": facet.name} for facet in facets]
    table = {
        "facets": [*FACETS, *arrays],
        "sort_desc": "date",
        "label_column": "headline",
        "fts_table": "releases_fts",
        "fts_pk": "rowid",
    }
    return json.dumps({"databases": {name: {"tables": {"releases": table}}}}, indent=2) + "\n"


def _row(links: Links, hit: Hit, facets: Iterable[Facet]) -> tuple[str | None, ...]:
    release = hit.release
    extra = dict(release.extra)
    return (
        release.id, release.headline, release.date, release.date_precision, release.agency.name,
        release.agency.slug, release.language, release.url,
        links.root + links.release_id(release.id), release.issued_at, hit.first_indexed,
        release.fetched_at, release.source, release.content_hash,
        plain_json(extra) if extra else None, release.body,
        *(plain_json(values_of(facet, extra)) for facet in facets),
    )  # fmt: skip
