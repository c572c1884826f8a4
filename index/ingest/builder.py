"""Building an index: incremental, in one step, and with a report."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from index.history import History, changed_at, history_of
from index.ingest.candidate import Candidate
from index.ingest.completion import CompletionOptions
from index.ingest.deduplication import Deduplicator, Outcome
from index.ingest.read_files import Taken, read_files, size_of
from index.ingest.report import Report
from index.ingest.site_day_order import SiteOrders
from index.ingest.site_issuer import SiteIssuers
from index.ingest.spool import Spool
from index.ingest.unchanged import FileMemory
from index.release import Release
from index.sources.containers.members import shown
from index.sources.containers.walk import files
from index.sources.draft import Damage, Refusal
from index.stores.origins import lies_under
from index.stores.store import Catalogue, Known, Store
from index.stores.stored_release import settled, stored_release
from index.text.language_detection import model_in_memory
from index.tombstone import MAX_TOMBSTONES, Tombstone, remembered, tombstone_of
from index.workers import worker_count

Progress = Callable[[str, int, int, int], None]
"""Called with the step (`reading`, `writing`), what is done of it, of how much, and releases read.

Reading counts bytes of files on the disk, writing counts releases.
"""


SHARED_FROM_BYTES = 64 << 20
"""Bytes of files from which the model of languages is loaded before the worker processes start. In
so many each of them meets a text that needs it, which took it 0.6 s and 120 MB of its own: of the
Senate's releases one in 400 does, of those of the Department of Justice one in 6,000."""

SPARED_FROM = 100
"""Releases of an index that an empty folder does not empty: so many lie on a disk that is not
mounted more often than they were deleted to the last; fewer are soon indexed again."""
_BARE = (
    "holds nothing at all, as a folder does whose disk is not mounted, so nothing of it was "
    "removed. If it was emptied on purpose, name the folder around it"
)
_MANY_FILES = (
    "brings the files of this run to more than {:,}; the rest of it was not read. Index its parts "
    "one after the other, or pack it into an archive"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions(CompletionOptions):
    """`prune`: remove what vanished. `reread`: read files again that did not change.

    `workers`: processes that read and write; see `index.workers.worker_count`.
    """

    prune: bool = False
    reread: bool = False
    workers: int | None = None


def build(
    paths: Sequence[Path],
    store: Store,
    options: BuildOptions = BuildOptions(),
    progress: Progress | None = None,
) -> Report:
    """Bring the index up to date with what lies at the paths, in one step at the end.

    Releases that did not change are not touched; changed ones keep `first_indexed`, and the text
    that they had. With `options.prune`, releases go whose source lay under the paths and no longer
    holds them, unless that source could not be read whole; that they were here is remembered.
    Whatever interrupts the run leaves the index as it was.

    :raises IndexLockedError: at once, when another process is writing.
    :raises NoIndexError: when the store's place cannot be an index.
    """
    started = time.monotonic()
    with store.writing(), store.catalogue() as catalogue, Spool(store.scratch()) as spool:
        run = _Run(store, catalogue, options, spool, progress or _silent)
        run.read(paths)
        run.write(paths)
    run.report.seconds = time.monotonic() - started
    return run.report


class _Run:
    """One build."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        options: BuildOptions,
        spool: Spool,
        progress: Progress,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._options = options
        self._spool = spool
        self._progress = progress
        self._memory = FileMemory(catalogue, options)
        self._start(())

    def read(self, paths: Sequence[Path]) -> None:
        """Take every release at the paths, but for those in files that are known to be as before.

        When what was read turns out to have to do with files left aside, these are read as well,
        and all is taken anew in its order.
        """
        reread = set[str]()
        while True:
            found = self._start(paths)
            if not self._options.reread:
                files = map(os.path.abspath, found)
                self._left_aside = self._memory.unchanged(files, reread, self._options.prune)
            self._take_all(
                [each for each in found if os.path.abspath(each) not in self._left_aside]
            )
            touched = self._deduplicator.origins.touched & self._left_aside
            if not touched:
                return
            reread |= touched

    def write(self, paths: Sequence[Path]) -> None:
        """Settle what changes, and change it."""
        outcome = self._deduplicator.outcome()
        places = [os.path.abspath(path) for path in paths] if self._options.prune else []
        vanished = self._vanished(places)
        self._count(outcome, vanished)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        removed, total = outcome.removed | vanished, len(outcome.put) + len(outcome.realiased)
        changed = {each for each, met in outcome.put.items() if self._has_changed(met)}
        if removed or total:
            self._catalogue.replace(removed, _dated(outcome, changed, now))
        met = self._deduplicator.met.keys()
        self.report.outdated = self._memory.note(self._deduplicator.origins, met, places)
        if removed or total:
            gc.freeze()  # a worker process would copy every object that its collector looks at
            try:
                added = self._stored(outcome, changed, now, total)
                tombstones = self._tombstones(vanished, outcome, now)
                self._store.apply(removed, added, self._options.workers, tombstones)
            finally:
                gc.unfreeze()
        self._catalogue.commit()
        self.report.total = len(self._catalogue)

    def _start(self, paths: Sequence[Path]) -> list[str]:
        """Begin with nothing taken yet; gives the files at the paths.

        There may be a million: a `Path` takes four times the memory of its text.
        """
        self.report = Report()
        self._spool.clear()
        self._memory.start()
        self._deduplicator = Deduplicator(
            self._catalogue, self._spool, self.report, self._store.release
        )
        self._left_aside = set[str]()
        self._doubtful: list[str] = []
        return list(map(str, self._files(paths)))

    def _files(self, paths: Sequence[Path]) -> Iterator[Path]:
        seen: set[str] = set()
        most = self._options.read.limits.files
        for path in paths:
            if self._options.prune and self._is_unmounted(path):
                self._refuse(Damage(shown(str(path)), _BARE), path)
                continue
            for each in files(path, self.report.skipped):
                if isinstance(each, Refusal):
                    self._refuse(each, Path(each.where))
                elif (real := os.path.realpath(each)) not in seen:
                    if len(seen) >= most:
                        self._refuse(Damage(shown(str(path)), _MANY_FILES.format(most)), path)
                        break  # the rest of this path; others are said by name as well
                    seen.add(real)
                    yield each

    def _is_unmounted(self, path: Path) -> bool:
        """Whether a path may be the bare place of a disk that holds much of the index."""
        return len(self._catalogue) >= SPARED_FROM and _is_bare(path)

    def _take_all(self, found: Sequence[str]) -> None:
        report = self.report
        report.files_left_aside = len(self._left_aside)
        total = sum(map(size_of, map(Path, found)))

        def opens(path: Path) -> None:
            report.files += 1
            self._memory.opens(os.path.abspath(path))

        def watch(done: int) -> None:
            self._progress("reading", done, total, report.read)

        taken = read_files(
            map(Path, found), self._options, report.skipped, opens, watch, self._options.workers
        )
        orders, issuers = SiteOrders(), SiteIssuers()
        shared = total >= SHARED_FROM_BYTES and worker_count(self._options.workers) > 1
        with closing(taken), model_in_memory() if shared else nullcontext():
            for each in taken:
                if not (orders.holds(each) or issuers.holds(each)):
                    self._take_one(each)
        for each in orders.settled():
            if not issuers.holds(each):
                self._take_one(each)
        for each in issuers.settled():
            self._take_one(each)

    def _take_one(self, taken: Taken) -> None:
        path, where, found = taken
        if isinstance(found, Refusal):
            self._refuse(found, path)
        else:
            self._found(found, path, where)

    def _found(self, found: Candidate, path: Path, where: str) -> None:
        self.report.read += 1
        if found.columns:
            self.report.columns.update(found.columns)
        for note in found.notes:
            self.report.notes.add(where=where, note=note)
        if found.future is not None:
            self.report.future.add(
                id=found.id, date=found.fingerprint.date or "", headline=found.future, where=where
            )
        self._deduplicator.take(found, _absolute(path))

    def _refuse(self, refusal: Refusal, path: Path) -> None:
        self.report.refuse(refusal)
        self._memory.is_to_be_said_again(os.path.abspath(path))
        if isinstance(refusal, Damage):
            self._doubtful.append(os.path.abspath(path))

    def _count(self, outcome: Outcome, vanished: set[str]) -> None:
        report, changed = self.report, len(outcome.put) + len(outcome.realiased)
        report.removed = len(vanished)
        report.added = outcome.added
        report.updated = changed - report.added
        left_aside = self._memory.releases(self._left_aside)
        report.unchanged = len(self._deduplicator.met) - changed + left_aside

    def _vanished(self, places: Sequence[str]) -> set[str]:
        """Ids of releases whose source lies at the places and was not met any more."""
        vanished: set[str] = set()
        for release_id, file, member in self._catalogue.sources() if places else ():
            source = file + member
            if release_id in self._deduplicator.met or file in self._left_aside:
                continue
            if self._deduplicator.is_superseded(release_id) or not lies_under(source, places):
                continue
            if lies_under(source, self._doubtful):
                self.report.kept.add(id=release_id, where=source)
            else:
                vanished.add(release_id)
        return vanished

    def _has_changed(self, met: Known) -> bool:
        """Whether a release of the index has another text than it had, at its source.

        An excerpt in whose place the whole comes is no change of it, nor is a file that stayed as
        it was and is read in another way.
        """
        known = self._catalogue.known(met.former) if met.former else None
        if known is None or known.fingerprint.content_hash == met.fingerprint.content_hash:
            return False
        if known.fingerprint.rank != met.fingerprint.rank:
            return False
        return known.file != met.file or not self._memory.is_read_otherwise(met.file)

    def _tombstones(
        self, vanished: set[str], outcome: Outcome, now: str
    ) -> Sequence[Tombstone] | None:
        """What is to be remembered of removed releases; None for what was."""
        before = self._store.tombstones()
        if not vanished and not before:
            return None
        gone = [self._store.release(each) for each in sorted(vanished)[:MAX_TOMBSTONES]]
        stones = [tombstone_of(each, now) for each in gone if each is not None]
        return remembered(before, stones, outcome.put)

    def _history(self, release_id: str, met: Known, changed: Collection[str], now: str) -> History:
        if not met.changed and release_id not in changed:
            return History(met.first_indexed or now)
        stored = self._store.stored(met.former)
        assert stored is not None, "the index knows it"  # noqa: S101
        return changed_at(stored, now) if release_id in changed else history_of(stored)

    def _stored(
        self, outcome: Outcome, changed: Collection[str], now: str, total: int
    ) -> Iterator[bytes]:
        """What comes into the index, as it stores it."""
        for done, (release_id, met) in enumerate(outcome.put.items(), start=1):
            assert met.place is not None, "what is put was spooled"  # noqa: S101
            history = self._history(release_id, met, changed, now)
            record = self._spool.record(met.place)
            yield settled(record, release_id, met.aliases, met.source_file, history)
            if done % 100 == 0 or done == total:
                self._progress("writing", done, total, self.report.read)
        for release_id, known in outcome.realiased.items():
            stored = self._store.stored(release_id)
            if stored is not None:
                release = replace(Release.from_stored(stored), aliases=known.aliases)
                yield stored_release(release, history_of(stored))


def _is_bare(path: Path) -> bool:
    """Whether a path is a folder without any entry, hidden ones included."""
    try:
        with os.scandir(path) as entries:
            return next(entries, None) is None
    except OSError:
        return False  # what else it is, `files` says


@lru_cache(maxsize=1)
def _absolute(path: Path) -> str:
    """A file as the index names it, whose releases come one after the other."""
    return os.path.abspath(path)


def _dated(outcome: Outcome, changed: Collection[str], now: str) -> Iterator[tuple[str, Known]]:
    """What the catalogue is to hold of releases that come in or change, those by id: in any other
    order it would look for the place of each."""
    for release_id, met in sorted(outcome.put.items(), key=itemgetter(0)):
        met = met if met.first_indexed else met._replace(first_indexed=now)
        yield release_id, met._replace(changed=now) if release_id in changed else met
    yield from outcome.realiased.items()


def _silent(step: str, done: int, total: int, releases: int) -> None:
    """Progress for those who do not watch."""
