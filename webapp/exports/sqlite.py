"""Releases as an SQLite file that Datasette opens: a table, an index of its words, its facets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from search.results import Hit
from webapp.site.links import Links

COLUMNS = (
    "id", "headline", "date", "date_precision", "agency", "agency_slug", "language", "url",
    "page_url", "issued_at", "first_indexed", "fetched_at", "source", "content_hash", "body",
)  # fmt: skip
"""Columns of the table `releases`, in their order."""
FACETS = ("agency", "language")
"""Columns whose values Datasette counts beside a page."""


def write_sqlite(path: Path, links: Links, hits: Iterable[Hit]) -> int:
    """Write all releases into a new file; gives their number. Their words are indexed by FTS5."""
    columns = ", ".join(
        f"{name} TEXT" + (" PRIMARY KEY" if name == "id" else "") for name in COLUMNS
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # a new file: one that fails is thrown away
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        database.execute(f"CREATE TABLE releases ({columns})")
        places = ", ".join("?" * len(COLUMNS))
        database.executemany(
            f"INSERT INTO releases VALUES ({places})",  # noqa: S608, of our own names
            (_row(links, hit) for hit in hits),
        )
        database.execute(
            "CREATE VIRTUAL TABLE releases_fts USING fts5 (headline, body, content = 'releases')"
        )
        database.execute("INSERT INTO releases_fts (releases_fts) VALUES ('rebuild')")
        for name in ("date", "agency"):
            database.execute(f"CREATE INDEX releases_{name} ON releases ({name})")
        database.execute("COMMIT")
        (count,) = database.execute("SELECT count(*) FROM releases").fetchone()
        return int(count)


def datasette_metadata(name: str) -> str:
    """What Datasette is told of the file of that name (`--metadata`): its facets, and its order."""
    table = {"facets": list(FACETS), "sort_desc": "date", "label_column": "headline"}
    return json.dumps({"databases": {name: {"tables": {"releases": table}}}}, indent=2) + "\n"


def _row(links: Links, hit: Hit) -> tuple[str | None, ...]:
    release = hit.release
    return (
        release.id, release.headline, release.date, release.date_precision, release.agency.name,
        release.agency.slug, release.language, release.url,
        links.root + links.release_id(release.id), release.issued_at, hit.first_indexed,
        release.fetched_at, release.source, release.content_hash, release.body,
    )  # fmt: skip
