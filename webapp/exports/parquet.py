"""Releases as a Parquet file, which pandas, DuckDB and Spark open with days and lists as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from index.errors import DatelineError
from index.facet_table import Facet, values_of
from index.release import Release
from search.results import Hit
from webapp.site.links import Links

BATCH = 2_000
"""Releases of a row group: some 5 MB of text; 72,623 releases need no more memory than so many."""


def write_parquet(
    path: Path, links: Links, hits: Iterable[Hit], facets: Sequence[Facet] = ()
) -> int:
    """Write all releases into a new file, batch by batch; gives their number.

    `day` is the date where the day is known, `date` as much of it as is known. `extra` is a map of
    lists, and each of the facets, those of the index's own columns, a list.

    :raises DatelineError: where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise DatelineError(
            "Parquet needs pyarrow, which is not installed: pip install 'dateline[parquet]'"
        ) from None
    schema = _schema(pyarrow, facets)
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _batches(_row(links, hit, facets) for hit in hits):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def _schema(arrow: Any, facets: Sequence[Facet]) -> Any:
    several = arrow.list_(arrow.string())
    kinds = {
        "day": arrow.date32(),
        "first_indexed": arrow.timestamp("s", tz="UTC"),
        "extra": arrow.map_(arrow.string(), several),
    } | {facet.name: several for facet in facets}
    names = (*_TEXTS, *kinds, "body")
    return arrow.schema([(name, kinds.get(name, arrow.string())) for name in names])


_TEXTS = (
    "id", "headline", "date", "date_precision", "agency", "agency_slug", "language", "url",
    "page_url", "issued_at", "fetched_at", "source", "content_hash",
)  # fmt: skip
_OF_RELEASES = tuple(name for name in _TEXTS if name in Release.STORED_FIELDS and name != "agency")


def _row(links: Links, hit: Hit, facets: Sequence[Facet]) -> dict[str, Any]:
    release, extra = hit.release, dict(hit.release.extra)
    own = {name: getattr(release, name) for name in _OF_RELEASES}
    return (
        own
        | {facet.name: list(values_of(facet, extra)) for facet in facets}
        | {
            "agency": release.agency.name,
            "agency_slug": release.agency.slug,
            "page_url": links.root + links.release_id(release.id),
            "day": date.fromisoformat(release.date or "")
            if release.date_precision == "day"
            else None,
            "first_indexed": datetime.fromisoformat(hit.first_indexed),
            "extra": [(name, list(values)) for name, values in extra.items()],
            "body": release.body,
        }
    )


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
