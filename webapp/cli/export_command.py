"""`dateline export`: every release of a search, whole, into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import DatelineError
from index.facet_table import Facet
from search import Hit
from webapp.cli.arguments import Arguments
from webapp.cli.search_command import asked_for, opened
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
"""Formats that are lines, which may go to standard output."""
FILES = {"sqlite": write_sqlite, "parquet": write_parquet}
"""Formats that need a file."""


def export(arguments: Arguments) -> None:
    """Write all that is found; a file is there once it is whole.

    :raises DatelineError: where the format needs a file and none is named.
    """
    request = asked_for(arguments).changed(copies=True, sort=arguments.sort or "newest")
    if arguments.after is not None and request.order == "relevance":
        raise DatelineError("--after goes by time: --sort newest, or oldest")
    with closing(opened(arguments)) as engine:
        hits = engine.every_hit(request, snippets=False, after=arguments.after)
        facets = engine.coverage().columns
        if arguments.output is None:
            _to_standard_output(arguments.format, hits, facets)
        else:
            count = _to_file(arguments.format, arguments.output, hits, facets)
            print(f"{arguments.output}: {count:,} releases", file=sys.stderr)


def _to_standard_output(form: str, hits: Iterable[Hit], facets: Sequence[Facet]) -> None:
    if form not in LINES:
        raise DatelineError(f"{form} is no text; name a file with --output")
    for line in LINES[form](Links(), hits, facets):
        sys.stdout.write(line.removeprefix("\ufeff"))


def _to_file(form: str, path: Path, hits: Iterable[Hit], facets: Sequence[Facet]) -> int:
    with _whole(path) as part:
        if form in FILES:
            count = FILES[form](part, Links(), hits, facets)
        else:
            counted = _Counted(hits)
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(LINES[form](Links(), counted, facets))
            count = counted.count
    if form == "sqlite":
        told = path.with_name(f"{path.stem}.metadata.json")
        told.write_text(datasette_metadata(path.stem, facets), encoding="utf-8")
        print(f"datasette {path} --metadata {told}", file=sys.stderr)
    return count


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside it to write into, which takes its name once all is written."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


class _Counted:
    """Hits, and how many there were."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.count = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.count += 1
            yield hit
