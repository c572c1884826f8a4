"""Building an index: incremental, in one step, and with a report."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from index.completion import complete
from index.errors import DatelineError
from index.gazetteer import Gazetteer
from index.merging import Merger, Outcome
from index.origins import absolute_source, lies_under
from index.release import Release
from index.report import Report
from index.sources.containers import files
from index.sources.draft import Refusal
from index.sources.members import Damage, shown
from index.sources.reading import Found, ReadOptions, read_file
from index.spool import Spool
from index.store import Entry, Store

FUTURE_DAYS = 1
"""Days ahead of ours that a date may be without being listed: it is tomorrow already elsewhere."""

Progress = Callable[[str, int, int, int], None]
"""Called with the step (`reading`, `writing`), what is done of it, of how much, and releases read.

Reading counts bytes of files on the disk, writing counts releases.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """`as_of`: ISO day by when the documents were collected. `prune`: remove what vanished."""

    gazetteers: Sequence[Gazetteer] = ()
    as_of: str | None = None
    prune: bool = False
    read: ReadOptions = field(default_factory=ReadOptions)


def build(
    paths: Sequence[Path],
    store: Store,
    options: BuildOptions = BuildOptions(),
    progress: Progress | None = None,
) -> Report:
    """Bring the index up to date with what lies at the paths, in one step at the end.

    Releases that did not change are not touched; changed ones keep `first_indexed`. With
    `options.prune`, releases go whose source lay under the paths and no longer holds them, unless
    that source could not be read whole. Whatever interrupts the run leaves the index as it was.

    :raises IndexLockedError: at once, when another process is writing.
    :raises NoIndexError: when the store's place cannot be an index.
    """
    started = time.monotonic()
    report = Report()
    with store.writing(), Spool(store.scratch()) as spool:
        run = _Run(store, options, report, spool, progress or _silent)
        run.read(paths)
        run.write(paths)
    report.seconds = time.monotonic() - started
    return report


class _Run:
    """One build."""

    def __init__(
        self, store: Store, options: BuildOptions, report: Report, spool: Spool, progress: Progress
    ) -> None:
        self._store = store
        self._options = options
        self._report = report
        self._spool = spool
        self._progress = progress
        self._merger = Merger(store.entries(), spool, report)
        self._doubtful: list[str] = []

    def read(self, paths: Sequence[Path]) -> None:
        """Take every release at the paths."""
        found = list(self._files(paths))
        total = sum(size for _, size in found)
        done = 0
        for path, size in found:
            self._file(path, done, total)
            done += size
            self._progress("reading", done, total, self._report.read)

    def write(self, paths: Sequence[Path]) -> None:
        """Settle what changes, and change it."""
        outcome = self._merger.outcome()
        report, known = self._report, self._merger.known
        vanished = self._vanished(paths) if self._options.prune else set()
        realiased = outcome.realiased
        report.removed = len(vanished)
        report.added = sum(1 for each in outcome.put if not self._was_known(each, outcome))
        report.updated = len(outcome.put) - report.added + len(realiased)
        report.unchanged = len(self._merger.met) - len(outcome.put) - len(realiased)
        removed = outcome.removed | vanished
        total = len(outcome.put) + len(realiased)
        if removed or total:
            self._store.apply(removed, self._entries(outcome, total))
        report.total = len(known.keys() - removed) + total

    def _files(self, paths: Sequence[Path]) -> Iterator[tuple[Path, int]]:
        seen: set[str] = set()
        for path in paths:
            for each in files(path, self._report.skipped):
                if isinstance(each, Refusal):
                    self._refuse(each, Path(each.where))
                elif (real := os.path.realpath(each)) not in seen:
                    seen.add(real)
                    yield each, each.stat().st_size

    def _file(self, path: Path, done: int, total: int) -> None:
        report, name = self._report, shown(str(path))
        report.files += 1

        def watch(position: int) -> None:
            self._progress("reading", done + position, total, report.read)

        for each in read_file(path, self._options.read, report.skipped, watch):
            if isinstance(each, Refusal):
                self._refuse(each, path)
            else:
                self._found(each, name, path)

    def _found(self, found: Found, name: str, path: Path) -> None:
        options = self._options
        try:
            completed = complete(
                found.draft,
                found.document,
                gazetteers=options.gazetteers,
                as_of=options.as_of,
                limits=options.read.limits,
            )
        except DatelineError as error:
            self._refuse(Refusal(found.where, str(error)), path)
            return
        self._report.read += 1
        for note in completed.notes:
            self._report.notes.add(where=found.where, note=note)
        self._note_future(completed.release, found.where)
        self._merger.take(completed, absolute_source(path, name, found.document.name))

    def _refuse(self, refusal: Refusal, path: Path) -> None:
        self._report.refuse(refusal)
        if isinstance(refusal, Damage):
            self._doubtful.append(os.path.abspath(path))

    def _note_future(self, release: Release, where: str) -> None:
        if release.date_precision != "day" or release.date is None:
            return
        ahead = (date.fromisoformat(release.date) - datetime.now(UTC).date()).days
        if ahead > FUTURE_DAYS:
            self._report.future.add(
                id=release.id, date=release.date, headline=release.headline[:100], where=where
            )

    def _was_known(self, release_id: str, outcome: Outcome) -> bool:
        return release_id in self._merger.known or bool(outcome.put[release_id].first_indexed)

    def _vanished(self, paths: Sequence[Path]) -> set[str]:
        places = [os.path.abspath(path) for path in paths]
        vanished: set[str] = set()
        for release_id, known in self._merger.known.items():
            if release_id in self._merger.met or not lies_under(known.source_file, places):
                continue
            if self._merger.is_superseded(release_id):
                continue
            if lies_under(known.source_file, self._doubtful):
                self._report.kept.add(id=release_id, where=known.source_file)
            else:
                vanished.add(release_id)
        return vanished

    def _entries(self, outcome: Outcome, total: int) -> Iterator[Entry]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for done, met in enumerate(outcome.put.values(), start=1):
            if met.place is not None:
                yield self._entry(self._spool.release(met.place), met.first_indexed or now)
            if done % 100 == 0 or done == total:
                self._progress("writing", done, total, self._report.read)
        for release_id in outcome.realiased:
            release = self._store.release(release_id)
            if release is not None:
                yield self._entry(release, self._merger.known[release_id].first_indexed)

    def _entry(self, release: Release, first_indexed: str) -> Entry:
        aliases = {*release.aliases, *self._merger.aliases(release.id)} - {release.id}
        if len(aliases) > len(release.aliases):
            release = replace(release, aliases=tuple(sorted(aliases)))
        return Entry(release, first_indexed)


def _silent(step: str, done: int, total: int, releases: int) -> None:
    """Progress for those who do not watch."""
