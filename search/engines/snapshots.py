"""Snapshots of an index, one a commit: doc values for all threads, searchers to borrow."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from whoosh.searching import Searcher

from index.agencies.gazetteer import NamedBodies, named_bodies
from index.bounded_cache import Cache
from index.codec.consistency import ODD
from index.codec.readers import segment_files
from index.codec.segment import forget_open_segments
from index.errors import DamagedIndexError, NoIndexError
from index.kernel.lost_pages import lost_pages
from index.stores.commit_record import commit_name, newest_commit
from index.stores.folder import missing_index, open_index
from index.stores.folder_index import FolderIndex
from index.tombstone import Tombstone
from search.count.counts import FacetCounter
from search.count.stats import coverage_of
from search.engine import Coverage
from search.match.cache import postings_cache
from search.match.doc_values import DocValues, read_doc_values
from search.match.evaluate import holding
from search.match.segment_searcher import doc_frequencies
from search.query.agency_forms import AgencyForms, forms_of
from search.query.joined_words import MAX_KEPT, KnownWords
from search.query.statistics import MAX_NUMBERS, Numbers, Statistics

MAX_IDLE = 16
"""Searchers kept open between requests."""
SETTLED_NS = 2_000_000_000
"""Age of a folder's last change from which it is sure that no other one bears the same time."""
FORMER = 8
"""Commits whose segments are looked for in the caches: a slow search of one may still fill them."""
MAX_TRIES = 20
"""Commits that may come while a reader is being opened, before the engine gives up."""
NUMBER_BYTES = 500
"""What a number of a term, or an answer about a word, takes with its key. Measured by
`tracemalloc`: 170 to 280 bytes of words of eight letters, 450 of the longest that are kept."""


class Version(NamedTuple):
    """A commit: its generation, and the file that it is (a folder may be made anew)."""

    number: int
    modified_ns: int
    inode: int

    @property
    def name(self) -> str:
        """All of it, the number first."""
        return f"{self.number}-{self.modified_ns:x}-{self.inode:x}"


class Held(NamedTuple):
    """What a part of the memory holds and may hold, in bytes."""

    nbytes: int
    max_bytes: int


class _OutdatedError(Exception):
    """A commit came while a reader of an older one was wanted."""


class CommitWatch:
    """The newest commit in a folder, listed anew only when the folder has changed.

    Every commit renames a file into the folder, which sets its time. A folder that changed less
    than `SETTLED_NS` before it was listed is listed again: a later change may bear the same time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._listed: tuple[tuple[int, int], Version] | None = None

    def latest(self) -> Version:
        """The version.

        :raises NoIndexError: when there is none.
        """
        listed = self._listed
        try:
            about = os.stat(self._folder)
        except OSError:
            return latest_version(Path(self._folder))
        state = about.st_mtime_ns, about.st_ino
        if listed is not None and listed[0] == state:
            return listed[1]
        now = time.time_ns()
        version = latest_version(Path(self._folder))
        self._listed = (state, version) if now - about.st_mtime_ns > SETTLED_NS else None
        return version


def latest_version(folder: Path) -> Version:
    """The newest commit in a folder.

    :raises NoIndexError: when there is none, or one of another format.
    """
    for _ in range(MAX_TRIES):
        number = newest_commit(os.listdir(folder)) if folder.is_dir() else None
        if number is None:
            break
        try:
            about = os.stat(folder / commit_name(number))
        except FileNotFoundError:
            continue
        return Version(number, about.st_mtime_ns, about.st_ino)
    raise missing_index(folder)


class Snapshot:
    """One commit. Searchers are used by one thread at a time: Whoosh's keep state while they read.

    A retired snapshot closes its searchers as they come back.
    """

    def __init__(
        self,
        index: FolderIndex,
        folder: Path,
        version: Version,
        bodies: Callable[[frozenset[str]], NamedBodies],
    ) -> None:
        self.version = version
        self._bodies = bodies
        self.index = index
        self._folder = folder
        self._idle: list[Searcher] = []
        self._lock = threading.Lock()
        self._retired = False
        self._lost = lost_pages()
        self._trusted = True
        first = self._open()
        self._files = segment_files(first.reader())
        self.segments = frozenset(_segment_ids(first))
        self.doc_values: DocValues = read_doc_values(first.reader())
        self.counter = FacetCounter(self.doc_values)
        self.joined_words: KnownWords = {}
        self._numbers = Numbers()
        live = self.doc_values.live
        self._documents = int(live.sum())
        self._idle.append(first)

    @cached_property
    def agency_forms(self) -> AgencyForms:
        """What the agencies of this commit are called; the gazetteers are read when first asked."""
        return forms_of(self.doc_values.agencies, self._bodies)

    @cached_property
    def tombstones(self) -> dict[str, Tombstone]:
        """What is remembered of releases that were removed, by id."""
        return {each.id: each for each in self.index.record().tombstones}

    @cached_property
    def coverage(self) -> Coverage:
        """What this commit holds; every page asks for it."""
        return coverage_of(self.doc_values, self.version.modified_ns, self.version.name)

    def count_ahead(self) -> None:
        """Count what every page without words shows, and read what agencies are called."""
        self.counter.count_all()
        _ = self.coverage, self.agency_forms

    @property
    def is_sound(self) -> bool:
        """Whether all that was read of its files since it was opened could be believed."""
        return self._trusted and self._lost == lost_pages()

    def distrust(self) -> None:
        """Have its files opened and checked anew by whoever reads next."""
        self._trusted = False

    def check(self) -> None:
        """Look whether its files are still as long as they were.

        :raises DamagedIndexError: if one is not; reading it would end the process.
        """
        for files in self._files:
            files.check_sizes()

    @property
    def numbers(self) -> Held:
        """The numbers of terms and words that are kept."""
        entries, most = len(self._numbers) + len(self.joined_words), 3 * MAX_NUMBERS + MAX_KEPT
        return Held(NUMBER_BYTES * entries, NUMBER_BYTES * most)

    def statistics(self, searcher: Searcher) -> Statistics:
        """What queries are weighed by, as a searcher of this commit finds it out."""
        frequency, numbers = doc_frequencies(searcher), self._numbers
        return Statistics(self._documents, frequency, holding(searcher), numbers)

    def borrow(self) -> Searcher:
        """A searcher that nobody else uses; give it back with `give_back`."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._open()

    def give_back(self, searcher: Searcher) -> None:
        """Keep the searcher for the next borrower, or close it."""
        with self._lock:
            if not self._retired and len(self._idle) < MAX_IDLE:
                self._idle.append(searcher)
                return
        searcher.close()

    def retire(self) -> None:
        """Close what is not in use; the rest when it comes back."""
        with self._lock:
            self._retired = True
            idle, self._idle = self._idle, []
        for searcher in idle:
            searcher.close()

    def _open(self) -> Searcher:
        searcher = self.index.searcher()
        if latest_version(self._folder) != self.version:
            searcher.close()
            raise _OutdatedError
        return searcher


def _segment_ids(searcher: Searcher) -> Iterator[str]:
    for leaf, _ in searcher.leaf_searchers():
        segment = leaf.reader().segment()
        if segment is not None:
            yield segment.segment_id()


class Snapshots:
    """The latest snapshot of the index in a folder, taken anew after each commit.

    :param results: caches of what is made from commits; what is no longer the latest goes.
    """

    def __init__(
        self, folder: Path, results: Sequence[Cache], gazetteers: Sequence[Path] = ()
    ) -> None:
        self._folder = folder
        self._bodies = lru_cache(maxsize=1)(partial(named_bodies, tuple(gazetteers)))
        self._results = results
        self._watch = CommitWatch(folder)
        self._former: deque[frozenset[str]] = deque(maxlen=FORMER)
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._take()

    @contextmanager
    def reading(self) -> Iterator[tuple[Snapshot, Searcher]]:
        """The latest snapshot and a searcher of it, for the length of the block."""
        snapshot, searcher = self._borrow()
        try:
            snapshot.check()
            yield snapshot, searcher
            self._check_sound(snapshot)
        except ODD as error:
            self._check_sound(snapshot)
            try:
                snapshot.index.raise_if_damaged(error)
            except DamagedIndexError:
                snapshot.distrust()  # what was checked has changed since
                self._forget_answers()
                raise
            raise
        finally:
            snapshot.give_back(searcher)

    def _check_sound(self, snapshot: Snapshot) -> None:
        """Believe nothing that may have been made from zeros: neither the answer nor the caches.

        :raises DamagedIndexError: if a page of a mapped file was lost while it was read.
        """
        if snapshot.is_sound:
            return
        self._forget_answers()
        snapshot.check()
        raise DamagedIndexError(f"{self._folder}: a file could not be read while it was open")

    def _forget_answers(self) -> None:
        for kept in self._results:
            kept.clear()
        postings_cache.clear()

    def close(self) -> None:
        """Let go of all files that are not in use."""
        with self._lock:
            if self._current is not None:
                self._current.retire()
                self._current = None

    def _borrow(self) -> tuple[Snapshot, Searcher]:
        for _ in range(MAX_TRIES):
            snapshot = self._take()
            try:
                return snapshot, snapshot.borrow()
            except _OutdatedError:
                continue
        raise NoIndexError(f"The index at {self._folder} changes too often to be read.")

    def _take(self) -> Snapshot:
        with self._lock:
            for _ in range(MAX_TRIES):
                version = self._watch.latest()
                current = self._current
                if current is not None and current.version == version and current.is_sound:
                    return current
                if current is not None and not current.is_sound:
                    forget_open_segments()
                try:
                    taken = Snapshot(open_index(self._folder), self._folder, version, self._bodies)
                except _OutdatedError:
                    continue
                except ODD as error:
                    open_index(self._folder).raise_if_damaged(error)
                    raise
                self._current = taken
                if current is not None:
                    self._let_go(current, taken)
                return taken
        raise NoIndexError(f"The index at {self._folder} changes too often to be read.")

    def _let_go(self, former: Snapshot, latest: Snapshot) -> None:
        """Close a commit that is no longer the latest, and forget what was made from it."""
        former.retire()
        self._former.append(former.segments)
        gone = frozenset[str]().union(*self._former) - latest.segments
        for results in self._results:
            results.drop(lambda version: version != latest.version)
        postings_cache.drop(gone.__contains__)
