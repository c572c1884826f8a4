"""`dateline export`: every release of a search, whole, into a file."""

from __future__ import annotations

import sys
from contextlib import closing

from search.engine import Engine
from search.request import SearchRequest
from webapp.cli.arguments import Arguments, misused
from webapp.cli.search_command import asked_for, opened
from webapp.exports import export_files
from webapp.site.links import Links


def export(arguments: Arguments) -> None:
    """Write all that is found; a file is there once it is whole.

    :raises UsageError: where the format needs a file and none is named, and for a place in an
        order by time where the order is another.
    """
    request, path = asked_for(arguments), arguments.output
    if arguments.after is not None and request.sort == "relevance":
        raise misused("--after goes by time: --sort newest, or oldest")
    with closing(opened(arguments)) as engine:
        if path is None:
            _to_standard_output(engine, request, arguments)
            return
        count = export_files.export(engine, request, path, arguments.format, after=arguments.after)
        if arguments.format == "sqlite":
            print(
                f"datasette {path} --metadata {export_files.metadata_path(path)}", file=sys.stderr
            )
        print(f"{path}: {count:,} releases", file=sys.stderr)


def _to_standard_output(engine: Engine, request: SearchRequest, arguments: Arguments) -> None:
    if arguments.format not in export_files.LINES:
        raise misused(f"{arguments.format} is no text; name a file with --output")
    hits = export_files.hits_of(engine, request, arguments.after)
    for line in export_files.LINES[arguments.format](Links(), hits, engine.coverage().columns):
        sys.stdout.write(line.removeprefix("\ufeff"))
