"""Collecting: what sources list is fetched once, looked at again later, and kept as it came."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from index.collect.answer_listing import answer_listing
from index.collect.capture_writer import CaptureWriter, sweep
from index.collect.collect_clock import CollectClock, stamp
from index.collect.collect_memory import CollectMemory, KnownPage, Validators, opened_memory
from index.collect.discovery import discover
from index.collect.fetch_error import FetchError, ForbiddenError, HostRestsError
from index.collect.fetch_report import FetchReport, SourceReport
from index.collect.http_client import AnswerLimits, HttpAnswer, HttpClient
from index.collect.listing import UNCHANGED, ListedItem, Listing
from index.collect.polite_fetcher import HostLimits, PoliteFetcher, target_of
from index.collect.publishing_interval import silence
from index.collect.sources_file import PressSource, SourcesFile
from index.errors import IndexLockedError
from index.identity import canonical_address
from index.ingest.time_limit import OverdueError, seconds_for, time_limit
from index.limits import DEFAULTS
from index.sources.draft import Document, Draft
from index.sources.reader import ReadOptions, any_like
from index.sources.reading import ReadDraft, read_document

FIRST_RETRY_SECONDS = 600.0
"""Pause after which something that failed is tried in another run; it doubles with each failure."""
MOST_RETRY_SECONDS = 86_400.0
"""Longest such pause."""
LOOKED_AT_SECONDS = 60 * 86_400.0
"""Age up to which a release is looked at again: corrections come early."""
NEWEST_PARTS = 2
"""Years, or months, of an archive that still get releases: in January there is the one before."""
MOST_REPEATED = 6
"""Pages of a list in a row that name nothing which no page before did, until it has ended: a
calendar has months without a release, and leads on for ever."""
MOST_PARTS = 1_000
"""Parts of a sitemap, and pages of a list, that a run visits, whatever the source says."""


@dataclass(frozen=True, kw_only=True)
class CollectOptions:
    """`allow_private`: go to private addresses as well. `agent`: what we call ourselves."""

    agent: str
    allow_private: bool = False
    answers: AnswerLimits = field(default_factory=AnswerLimits)
    hosts: HostLimits = field(default_factory=HostLimits)
    clock: CollectClock = field(default_factory=CollectClock)


def collect(
    file: SourcesFile,
    folder: Path,
    options: CollectOptions,
    progress: Callable[[str], None] = lambda _: None,
) -> FetchReport:
    """Visit every source that is due, and keep what is new or changed in the folder.

    :raises IndexLockedError: another process collects into the folder.
    """
    report, clock = FetchReport(), options.clock
    began = clock.now()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), opened_memory(folder) as memory:
        sweep(folder)
        run = _Visits(file, folder, memory, options)
        for source in file.sources:
            progress(source.name)
            report.sources.append(run.visit(source))
    report.seconds = clock.now() - began
    return report


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".dateline-fetch.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexLockedError(f"another process collects into {folder}") from error
        yield


class _Visits:
    """One run over all sources."""

    def __init__(
        self, file: SourcesFile, folder: Path, memory: CollectMemory, options: CollectOptions
    ) -> None:
        self._folder, self._memory, self._clock = folder, memory, options.clock
        client = HttpClient(options.answers, allow_private=options.allow_private)
        self._fetcher = PoliteFetcher(
            client, memory, options.clock, self._keep,
            agent=options.agent, delay=file.delay, limits=options.hosts,
        )  # fmt: skip

    def visit(self, source: PressSource) -> SourceReport:
        """Visit one source; what goes wrong with it stands in its report."""
        self.report = SourceReport(source.name, source.url)
        visited, failing = self._memory.visited(source.name)
        now = self._clock.now()
        if visited is not None and now - visited < source.interval:
            self.report.left = True
            return self.report
        self._writer = CaptureWriter(self._folder, source.name, source.agency, self._memory.commit)
        try:
            self._collect(source, now, failing)
        except BaseException:
            self._writer.drop()
            raise
        self._writer.settle()
        return self.report

    def _collect(self, source: PressSource, now: float, failing: float | None) -> None:
        try:
            self._list(source)
            failing = None
        except FetchError as error:
            failing = failing or now
            self.report.broken, self.report.broken_since = str(error), stamp(failing)
            if not isinstance(error, HostRestsError):
                self._memory.set_source(source.name, url=None)  # a site is looked through anew
        self._memory.set_source(source.name, visited=now, failing=failing)
        for page in self._memory.due(source.name, self._clock.now()):
            self._fetch(page, source)
            self._writer.settle_when_large()
        self._sum_up(source)

    def _sum_up(self, source: PressSource) -> None:
        report = self.report
        told = {url for url, _ in report.failing} | set(report.forbidden)
        for page in self._memory.waiting(source.name):
            if page.url in told:
                continue
            if page.reason == _FORBIDDEN:
                report.forbidden.append(page.url)
            elif page.failures:
                report.failing.append((page.url, page.reason or ""))
            else:
                report.waiting += 1
        found = silence(self._memory.times(source.name), self._clock.now())
        if found is not None:
            report.silent_days = round(found.silent / 86_400, 1)
            report.habit_days = round(found.longest_pause / 86_400, 1)

    # Listings

    def _list(self, source: PressSource) -> None:
        """Note what the source lists, page by page, until a page names nothing new.

        :raises FetchError: its first page cannot be fetched, or is no list of the kind.
        """
        url, kind = self._place(source)
        places = [url, *(each for each in self._memory.unvisited(source.name) if each != url)]
        seen, named, repeated = set(places), set[str](), 0
        for _ in range(min(source.pages, MOST_PARTS)):
            if not places:
                return
            place = places.pop(0)
            try:
                listing, is_first = self._listing(place, kind, source)
            except FetchError as error:
                if place == url or self._fetcher.rests(url):
                    raise
                self.report.failing.append((place, str(error)))
                continue
            self.report.lists_nothing = listing.is_empty and (
                place == url or self.report.lists_nothing
            )
            if place == url:
                self.report.needs_script = listing.scripted and not listing.is_empty
            keys = {entry.url or entry.key for entry in listing.entries}
            repeated = repeated + 1 if keys <= named else 0
            named |= keys
            fresh = [entry for entry in listing.entries if self._note(entry, source)]
            self._memory.set_visited(place, source.name, done=True)
            only_leads_on = kind == "sitemap" or (place == url and listing.is_empty)
            tells = repeated < MOST_REPEATED
            goes_on = bool(fresh) or (is_first and tells) or only_leads_on
            for each in self._parts(listing, goes_on=goes_on, tells=tells):
                if each not in seen:
                    seen.add(each)
                    places.append(each)
                    self._memory.set_visited(each, source.name, done=False)

    def _parts(self, listing: Listing, *, goes_on: bool, tells: bool) -> Iterator[str]:
        """Where to look next: pages that were never read, and those that may name something new.

        :param goes_on: whether the listing was never read before, names something new, or leads
            to others alone. `tells`: whether it, or one shortly before, named another than those.
        """
        if goes_on:
            yield from listing.more
            yield from listing.archive[:NEWEST_PARTS]
        for each in listing.archive if tells else ():
            if self._memory.listing(each).raw is None:
                yield each

    def _place(self, source: PressSource) -> tuple[str, str]:
        if source.kind != "site":
            return source.url, source.kind
        found = self._memory.found(source.name, source.url)
        if found is None:
            found = discover(source, self._fetcher)
            self._memory.set_source(source.name, asked=source.url, url=found[0], kind=found[1])
        return found

    def _listing(self, url: str, kind: str, source: PressSource) -> tuple[Listing, bool]:
        """A listing, and whether it was never read before."""
        known = self._memory.listing(url)
        answer = self._fetcher.get(url, known)
        if answer.status == 304:
            return Listing(entries=(), form=UNCHANGED), False
        if answer.status != 200:
            raise FetchError(f"{url} gave status {answer.status} {answer.reason}".rstrip())
        listing = answer_listing(answer, kind, source.links)
        if listing is None:
            raise FetchError(f"{answer.url} is no {kind}")
        raw, is_first = _hash(answer.body), known.raw is None
        if raw != known.raw:
            self._keep(answer, "" if listing.form == "feed" else "listing")
        parts = kind == "sitemap" and bool(listing.more)  # they change though their index does not
        ask_anew = parts or not listing.whole or listing.is_empty or listing.scripted
        known = Validators(raw=raw) if ask_anew else _validators(answer, raw)
        self._memory.set_listing(url, known)
        return listing, is_first

    def _note(self, entry: ListedItem, source: PressSource) -> bool:
        wanted = not source.links or (entry.url is not None and any_like([entry.url], source.links))
        if not wanted:
            return False
        new = self._memory.note_entry(entry, source.name, self._clock.now())
        if new and entry.url is None:
            self.report.new.append(f"{source.url} ({entry.key})")
        return new

    # Pages

    def _fetch(self, page: KnownPage, source: PressSource) -> None:
        current = self._memory.page(page.key)
        if current is None or (current.fetched is not None and page.fetched is None):
            return  # another address led there meanwhile
        try:
            answer = self._fetcher.get(
                page.url, Validators(page.etag, page.modified), lambda url: self._is_had(url, page)
            )
            self._take(answer, page, source)
        except HostRestsError as error:
            self.report.rests = str(error)
        except ForbiddenError:
            self.report.forbidden.append(page.url)
            self._later(page, MOST_RETRY_SECONDS, _FORBIDDEN, failures=page.failures)
        except FetchError as error:
            self.report.failing.append((page.url, str(error)))
            pause = min(FIRST_RETRY_SECONDS * 2.0**page.failures, MOST_RETRY_SECONDS)
            self._later(page, pause, str(error), failures=page.failures + 1)

    def _is_had(self, url: str, page: KnownPage) -> bool:
        if page.words is not None:
            return False  # looked at again: what it led to is what may have changed
        key = canonical_address(url)
        other = self._memory.page(key) if key and key != page.key else None
        return other is not None and other.fetched is not None

    def _later(self, page: KnownPage, pause: float, reason: str, *, failures: int) -> None:
        self._memory.set_page(
            page.key, failures=failures, reason=reason, next_try=self._clock.now() + pause
        )

    def _take(self, answer: HttpAnswer, page: KnownPage, source: PressSource) -> None:
        now = self._clock.now()
        if answer.status in (404, 410):
            self._gone(answer, page)
            return
        if target_of(answer) is not None:
            self._memory.set_page(page.key, state="kept", fetched=now, next_try=_NEVER)
            return
        known: dict[str, object] = {"checked": now, "failures": 0, "reason": None, "state": "kept"}
        known["next_try"] = _next_look(page, source, now)
        if answer.status == 304:
            self.report.unchanged += 1
            self._memory.set_page(page.key, **known)
            return
        raw, words = _hash(answer.body), page.words
        other = self._memory.same_bytes(raw, page.key) if page.words is None else None
        if other is not None:
            self._writer.keep_same(answer, now, other.url, other.fetched or now)
            self._memory.set_page(page.key, state="kept", fetched=now, next_try=_NEVER)
            return
        if raw != page.raw:
            words = _words_of(answer)
        if page.words is None:
            self.report.new.append(page.url)
        elif words != page.words:
            self.report.changed.append(page.url)
        else:
            self.report.unchanged += 1
        if words != page.words:
            self._keep(answer)
        etag, modified, _ = _validators(answer, raw)
        known |= {"etag": etag, "modified": modified, "raw": raw, "words": words}
        known["fetched"] = now if page.fetched is None else page.fetched
        self._memory.set_page(page.key, **known)
        self._had_at(answer.url, page, source, now)

    def _had_at(self, url: str, page: KnownPage, source: PressSource, now: float) -> None:
        """Remember that the page at the end of redirects is had, so that nobody fetches it anew."""
        key = canonical_address(url)
        if key is None or key == page.key:
            return
        self._memory.note_entry(ListedItem(url=url, key=key), source.name, now)
        known = self._memory.page(page.key)
        if known is not None:
            self._memory.set_page(
                key, state="kept", fetched=now, checked=now, raw=known.raw, words=known.words,
                issued=page.issued, next_try=_NEVER,
            )  # fmt: skip

    def _gone(self, answer: HttpAnswer, page: KnownPage) -> None:
        if page.fetched is None:
            raise FetchError(f"{page.url} gave status {answer.status} {answer.reason}".rstrip())
        self.report.gone.append(page.url)
        self._keep(answer)
        self._memory.set_page(page.key, state="gone", reason=f"status {answer.status}")

    def _keep(self, answer: HttpAnswer, role: str = "") -> None:
        self._writer.keep(answer, self._clock.now(), role)


_NEVER = 1e12
_FORBIDDEN = "forbidden by robots.txt"


def _next_look(page: KnownPage, source: PressSource, now: float) -> float:
    """When to look again: after as long as it is known by now, and for two months."""
    age = now - (page.fetched if page.fetched is not None else now)
    if not source.recheck or age > LOOKED_AT_SECONDS:
        return _NEVER
    return now + max(source.recheck, age)


def _words_of(answer: HttpAnswer) -> str:
    """A hash of what a page says as a release; of its bytes, where it is none."""
    document = Document(
        name=answer.url, data=answer.content, url=answer.url,
        content_type=answer.header("content-type"),
    )  # fmt: skip
    drafts: list[Draft] = []
    with suppress(OverdueError), time_limit(seconds_for(len(document.data), DEFAULTS)):
        read = read_document(document, ReadOptions())
        drafts = [each.draft for each in read if isinstance(each, ReadDraft)]
    return _hash("\0".join(map(_said, drafts)).encode()) if drafts else _hash(document.data)


def _said(draft: Draft) -> str:
    return f"{draft.headline}\n{draft.body}".encode("utf-8", "replace").decode()


def _validators(answer: HttpAnswer, raw: str) -> Validators:
    return Validators(answer.header("etag"), answer.header("last-modified"), raw)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
