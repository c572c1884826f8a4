"""Every release of a search into a file, in any form: what `dateline export` and Python call."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import DatelineError
from index.facet_table import Facet
from search.cursor import Cursor
from search.engine import Engine
from search.request import SearchRequest
from search.results import Hit
from webapp.exports.jsonl import jsonl_lines
from webapp.exports.parquet import write_parquet
from webapp.exports.sqlite import datasette_metadata, write_sqlite
from webapp.exports.table import csv_lines
from webapp.site.links import Links

Lines = Callable[[Links, Iterable[Hit], Sequence[Facet]], Iterator[str]]
LINES: dict[str, Lines] = {
    "csv": lambda links, hits, facets: csv_lines(links, hits, body=True, facets=facets),
    "jsonl": lambda links, hits, _: jsonl_lines(links, hits),
}
"""Forms that are lines, which may go to standard output."""
FILES = {"sqlite": write_sqlite, "parquet": write_parquet}
"""Forms that need a file."""


def export(
    engine: Engine,
    request: SearchRequest,
    path: Path | str,
    form: str,
    *,
    after: Cursor | None = None,
) -> int:
    """Write every release of a search with its text, newest first unless the request says oldest.

    The file is there once it is whole; gives the number of releases. Beside an SQLite file stands
    `NAME.metadata.json` for Datasette.

    :param form: `jsonl`, `csv`, `sqlite` or `parquet`.
    :param after: go on behind this place, in an order by time.
    :raises DatelineError: for another form, for Parquet without pyarrow, and where the file cannot
        be written.
    """
    target, facets = Path(path), engine.coverage().columns
    if form not in {**LINES, **FILES}:
        raise DatelineError(f"{form!r} is no form of an export: {', '.join((*LINES, *FILES))}")
    hits = hits_of(engine, request, after)
    with _whole(target) as part:
        if form in FILES:
            count = FILES[form](part, Links(), hits, facets)
        else:
            counted = _Counted(hits)
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(LINES[form](Links(), counted, facets))
            count = counted.count
    if form == "sqlite":
        told = datasette_metadata(target.stem, facets)
        metadata_path(target).write_text(told, encoding="utf-8")
    return count


def hits_of(engine: Engine, request: SearchRequest, after: Cursor | None = None) -> Iterator[Hit]:
    """What an export has: every release by itself, by time unless the request says otherwise."""
    ordered = request.changed(copies=True, sort=request.sort or "newest")
    return engine.every_hit(ordered, snippets=False, after=after)


def metadata_path(path: Path) -> Path:
    """Where Datasette's metadata stand for an SQLite file."""
    return path.with_name(f"{path.stem}.metadata.json")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside it to write into, which takes its name once all is written."""
    if path.is_dir():
        raise DatelineError(f"{path} is a folder; name a file in it")
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
        os.replace(part, path)
    except sqlite3.OperationalError as error:
        raise DatelineError(f"{path} cannot be written: {error}") from error
    except OSError as error:
        if error.filename not in (None, str(part)):
            raise  # a file of the index
        raise DatelineError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink()


class _Counted:
    """Hits, and how many there were."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.count = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.count += 1
            yield hit
