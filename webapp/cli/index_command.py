"""`dateline index`."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from index.agencies.gazetteer import load_gazetteers
from index.cluster.cluster_address import is_cluster
from index.errors import NoIndexError
from index.ingest.builder import BuildOptions, Progress, build
from index.ingest.report import Report
from index.sources import ReadOptions
from index.sources.containers.members import shown
from index.stores import open_cluster_store, open_store
from index.stores.repair import change_facets
from webapp.cli.arguments import Arguments

STANDARD_INPUT = Path("-")
LINE_SECONDS = 5.0
"""Time between two lines of progress where there is no terminal."""
BAR_SECONDS = 0.1
"""Time between two drawings of the bar."""


def run(arguments: Arguments) -> Report:
    """Index the paths and print the report."""
    options = BuildOptions(
        gazetteers=load_gazetteers(arguments.gazetteer),
        as_of=arguments.as_of,
        day_first=None if arguments.dates is None else arguments.dates == "day-first",
        prune=arguments.prune,
        reread=arguments.reread,
        workers=arguments.workers,
        read=ReadOptions(
            mapping=dict(arguments.map),
            include=tuple(arguments.include),
            exclude=tuple(arguments.exclude),
            bases=_bases(arguments),
        ),
    )
    store = open_store(arguments.index, arguments.facet)
    _give_facets(arguments)
    with _progress(quiet=arguments.quiet) as progress, _readable(arguments.paths) as paths:
        report = build(paths, store, options, progress)
    if arguments.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(report.to_text())
    if report.useless and report.total == 0:
        named = ", ".join(map(str, arguments.paths))
        made = Path(arguments.index).exists() or is_cluster(arguments.index)
        without = "" if made else f", and no index was made at {arguments.index}"
        why = "" if report.files or report.refused.total else " (there is no file to read)"
        print(f"dateline: nothing at {named} could be indexed{why}{without}.", file=sys.stderr)
    return report


def _bases(arguments: Arguments) -> tuple[tuple[str, str], ...]:
    """The paths as reports name them, each with the address that it was saved from."""
    if arguments.base_url is None:
        return ()
    return tuple((shown(str(path)), arguments.base_url) for path in arguments.paths)


@contextmanager
def _readable(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The paths, with standard input, which is called `-`, in a file of its own meanwhile."""
    if STANDARD_INPUT not in paths:
        yield list(paths)
        return
    with TemporaryDirectory(prefix="dateline-") as folder:
        taken = Path(folder) / "standard-input"
        with taken.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [taken if path == STANDARD_INPUT else path for path in paths]


def _give_facets(arguments: Arguments) -> None:
    """The facets asked for, to an index that is there and lacks them; takes others away."""
    added, dropped = arguments.facet, arguments.no_facet
    with suppress(NoIndexError):  # a new one begins with them, and of others `build` says it
        if not (added or dropped):
            return
        if is_cluster(arguments.index):
            changed = open_cluster_store(arguments.index).change_facets(added, dropped)
        else:
            changed = change_facets(Path(arguments.index), added, dropped, arguments.workers)
        if changed:
            said = [f"with {each.name}" for each in added] + [f"without {each}" for each in dropped]
            print(f"dateline: made anew from its releases, {', '.join(said)}", file=sys.stderr)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines(time.monotonic)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[releases]:,} releases"),
        TimeRemainingColumn(),
    )
    # Without a thread of its own: worker processes are forks, and threads do not go with these.
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks = {
            "reading": bar.add_task("Reading", total=None, releases=0),
            "writing": bar.add_task("Writing", total=None, releases=0, visible=False),
        }

        shown = 0.0

        def show(step: str, done: int, total: int, releases: int) -> None:
            nonlocal shown
            bar.update(tasks[step], completed=done, total=total, releases=releases, visible=True)
            if time.monotonic() - shown > BAR_SECONDS or done == total:
                shown = time.monotonic()
                bar.refresh()

        yield show


def _lines(clock: Callable[[], float]) -> Progress:
    last = clock()

    def show(step: str, done: int, total: int, releases: int) -> None:
        nonlocal last
        if clock() - last < LINE_SECONDS:
            return
        last = clock()
        share = f"{done / total:.0%}" if total else "-"
        print(f"{step}: {share}, {releases:,} releases", file=sys.stderr, flush=True)

    return show
