"""`dateline export`: every release of a search, whole, into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import DatelineError
from search import Hit
from webapp.cli.arguments import Arguments
from webapp.cli.search_command import asked_for, opened
from webapp.exports.jsonl import jsonl_lines
from webapp.exports.sqlite import datasette_metadata, write_sqlite
from webapp.exports.table import csv_lines
from webapp.site.links import Links

LINES = {"csv": lambda links, hits: csv_lines(links, hits, body=True), "jsonl": jsonl_lines}
"""Formats that are lines, which may go to standard output."""


def export(arguments: Arguments) -> None:
    """Write all that is found; a file is there once it is whole.

    :raises DatelineError: where the format needs a file and none is named.
    """
    request = asked_for(arguments).changed(copies=True)
    with closing(opened(arguments)) as engine:
        hits = engine.every_hit(request, snippets=False)
        if arguments.output is None:
            _to_standard_output(arguments.format, hits)
        else:
            count = _to_file(arguments.format, arguments.output, hits)
            print(f"{arguments.output}: {count:,} releases", file=sys.stderr)


def _to_standard_output(form: str, hits: Iterable[Hit]) -> None:
    if form not in LINES:
        raise DatelineError(f"{form} is no text; name a file with --output")
    for line in LINES[form](Links(), hits):
        sys.stdout.write(line.removeprefix("\ufeff"))


def _to_file(form: str, path: Path, hits: Iterable[Hit]) -> int:
    with _whole(path) as part:
        if form == "sqlite":
            count = write_sqlite(part, Links(), hits)
        else:
            counted = _Counted(hits)
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(LINES[form](Links(), counted))
            count = counted.count
    if form == "sqlite":
        told = path.with_name(f"{path.stem}.metadata.json")
        told.write_text(datasette_metadata(path.stem), encoding="utf-8")
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
