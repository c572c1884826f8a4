"""`dateline fetch` and `dateline update`."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version

from index.agencies.gazetteer import load_gazetteers
from index.collect.fetch_report import FetchReport
from index.collect.sources_file import SourcesFile, read_sources
from index.errors import DatelineError
from index.ingest.builder import BuildOptions, build
from index.stores import open_store
from webapp.cli.arguments import Arguments


def fetch(arguments: Arguments) -> FetchReport:
    """Collect, and print the report.

    :raises DatelineError: the file of sources is not understood, or a package is missing.
    """
    report = _collected(arguments)
    _print(report.to_dict() if arguments.json else report.to_text())
    return report


def update(arguments: Arguments) -> bool:
    """Collect and index, and print both reports; gives whether either did anything.

    What was collected before is indexed even where no source answers.
    """
    gazetteers = load_gazetteers(arguments.gazetteer)
    fetched = _collected(arguments)
    indexed = build(
        [arguments.into], open_store(arguments.index), BuildOptions(gazetteers=gazetteers)
    )
    if arguments.json:
        _print({"fetch": fetched.to_dict(), "index": indexed.to_dict()})
    else:
        _print(f"{fetched.to_text()}\n{indexed.to_text()}")
    return not fetched.useless


def _collected(arguments: Arguments) -> FetchReport:
    try:
        from index.collect.collector import CollectOptions, collect
    except ImportError as error:
        raise DatelineError(
            f"collecting needs the Python package {error.name!r}; install it with: "
            "pip install 'dateline[fetch]'"
        ) from error
    file = read_sources(arguments.sources)
    options = CollectOptions(agent=agent_of(file), allow_private=arguments.allow_private)
    return collect(file, arguments.into, options, _silent if arguments.quiet else _told)


def agent_of(file: SourcesFile) -> str:
    """What we call ourselves: the program, its version, and whom to ask about it."""
    return f"Dateline/{version('dateline')}" + (f" (+{file.contact})" if file.contact else "")


def _print(said: object) -> None:
    print(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, indent=2))


def _told(name: str) -> None:
    print(f"collecting: {name}", file=sys.stderr, flush=True)


def _silent(name: str) -> None:
    """Progress for those who do not watch."""
