"""The engine of a folder: a Whoosh index on this machine, read by this process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from whoosh.searching import Searcher

from index.bounded_cache import Cache
from index.codec.readers import stored_fields
from index.history import History, history_of
from index.release import Release, printable
from index.text.analysis import words_cache
from index.tombstone import Tombstone
from search.count.first_uses import first_uses
from search.count.timeline import check_unit
from search.cursor import Cursor
from search.engine import Bounded, Coverage
from search.engines import execution as executions
from search.engines.execution import Execution
from search.engines.page_assembly import MAX_PAGE_KEPT, results_page
from search.engines.snapshots import Snapshots
from search.match.cache import postings_cache
from search.match.evaluate import evaluate
from search.match.filters import kept
from search.match.search_time import SearchStoppedError
from search.match.segment_searcher import segment_of
from search.match.top_k import first_in_order
from search.paging import MAX_PAGED
from search.query.notices import notice
from search.query.similar import similar_query
from search.query.word_completion import MAX_SUGGESTIONS
from search.request import SearchRequest
from search.results import Facets, FirstUses, Hit, Recent, SearchResults, TermSheet

CACHE_BYTES = 32 << 20
"""Bytes of matches and counts, over all searches, kept for the next page, timeline or export."""
PAGES_BYTES = 32 << 20
"""Bytes of pages of results that are kept to be given again: some 400, for one of ten releases
counts 80,000 (mean of 223 questions over 72,623)."""
MAX_AHEAD = 2 << 30
"""Bytes of an index that are checked before it is searched, which comes into memory for that, at
0.3 s of processor time a gigabyte. The smallest files first: of a million releases all but texts
and the places of words, 1.3 of 4.6 GB."""


class FolderEngine:
    """`search.engine.Engine` over a folder that `index.stores.folder` wrote.

    Each request works on the latest commit, with a searcher of its own.

    :param gazetteers: files that say what agencies are called, besides those that are shipped.
    :param cache_bytes: a fifth for matches, two fifths for pages, as many for postings, which all
        engines share. With 48 MB a page of 223 asked again in turn takes 3.5 ms of the processor,
        with as much for pages as for matches 6.7, and with 160 MB 3.2.
    :raises NoIndexError: when there is no index in the folder.
    """

    def __init__(
        self, folder: Path, gazetteers: Sequence[Path] = (), cache_bytes: int | None = None
    ) -> None:
        self._cache = Cache(CACHE_BYTES if cache_bytes is None else cache_bytes // 5)
        pages = PAGES_BYTES if cache_bytes is None else 2 * (cache_bytes // 5)
        self._pages = Cache(pages, largest=MAX_PAGE_KEPT)
        if cache_bytes is not None:
            postings_cache.max_bytes = cache_bytes - 3 * (cache_bytes // 5)
        self.snapshots = Snapshots(folder, (self._cache, self._pages), gazetteers)
        """The commits that it reads."""

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits with total, facets and notices; a notice alone where it took too long.

        What counts or lists without notices raises `search.match.search_time.SearchStoppedError`.
        """
        started = time.perf_counter()
        try:
            return self._search(request, started)
        except SearchStoppedError:
            return SearchResults(
                request=request,
                total=0,
                page=1,
                pages=1,
                hits=(),
                facets=Facets(),
                notices=(notice("search-stopped", f"{executions.MAX_SECONDS:g}"),),
                did_you_mean=None,
                took_ms=(time.perf_counter() - started) * 1000,
            )

    def _search(self, request: SearchRequest, started: float) -> SearchResults:
        with self._executing(request) as execution:
            found: SearchResults | None = self._pages.get(execution.page_key)
            if found is None:
                found = results_page(execution, MAX_PAGED)
                if not execution.is_late:
                    self._pages.put(execution.page_key, found)
            return replace(found, took_ms=(time.perf_counter() - started) * 1000)

    def every_hit(
        self,
        request: SearchRequest,
        *,
        snippets: bool = True,
        texts: bool = True,
        start: int = 0,
        size: int | None = None,
        loosened: bool = False,
        after: Cursor | None = None,
    ) -> Iterator[Hit]:
        """All hits in the request's order, pages left aside, as `Engine.every_hit` says."""
        with self._executing(request) as execution:
            start += 0 if after is None else execution.place_behind(after)
            if execution.total or loosened:
                yield from execution.hits(start, size, marked=snippets, texts=texts)

    def count(self, request: SearchRequest) -> int:
        """The exact number of matches."""
        with self._executing(request) as execution:
            return execution.total

    def facets(self, request: SearchRequest) -> Facets:
        """The facets that `search` gives, without hits."""
        with self._executing(request) as execution:
            return execution.facets()

    def timeline(self, request: SearchRequest, unit: str = "month") -> tuple[tuple[str, int], ...]:
        """Matches by month or year, in order; after a search for the same words, from the cache.

        :raises ValueError: for another unit.
        """
        check_unit(unit)
        with self._executing(request) as execution:
            return execution.timeline(unit)

    def first_uses(self, request: SearchRequest, size: int) -> FirstUses:
        """Who used the words first, and who after: so many agencies at the most."""
        with self.snapshots.reading() as (snapshot, searcher):
            execution = Execution(snapshot, searcher, self._cache, request)
            found = first_uses(snapshot.doc_values, execution.matching)
            return FirstUses(
                total=len(found.dated),
                undated=execution.total - len(found.dated),
                agencies=len(found.firsts),
                firsts=tuple(_release(searcher, each) for each in found.firsts[:size].tolist()),
                last=_release(searcher, int(found.dated[-1])) if len(found.dated) else None,
            )

    def term_sheet(self, request: SearchRequest, size: int) -> TermSheet:
        """What the matches say more often than all other releases: so many words at the most."""
        from search.count.term_sheet import term_sheet  # 7 ms, which few searches need

        with self.snapshots.reading() as (snapshot, searcher):
            execution = Execution(snapshot, searcher, self._cache, request)
            return term_sheet(searcher, snapshot.doc_values, execution.matching, request, size)

    def recent(self, request: SearchRequest, until: date, days: int) -> Recent:
        """What a search brings lately, with matches by day: so many days, `until` the last."""
        with self._executing(request.changed(sort="newest")) as execution:
            return execution.recent(until, days)

    def release(self, release_id: str) -> Release | None:
        """The release with that id or alias."""
        with self.snapshots.reading() as (_, searcher):
            number = _number(searcher, release_id)
            return None if number is None else _release(searcher, number)

    def history(self, release_id: str) -> History | None:
        """When a release first came into the index, and what became of it since."""
        with self.snapshots.reading() as (_, searcher):
            number = _number(searcher, release_id)
            if number is None:
                return None
            return history_of(stored_fields(searcher.reader(), number, ("body",)))

    def tombstone(self, release_id: str) -> Tombstone | None:
        """What is remembered of a release that was removed; None for any other."""
        with self.snapshots.reading() as (snapshot, _):
            return snapshot.tombstones.get(release_id)

    def marked(
        self, releases: Iterable[Release], request: SearchRequest
    ) -> Iterator[tuple[str, str]]:
        """Headline and body of each as escaped text with `<mark>` around what the words match."""
        with self._executing(request) as execution:
            highlighter = execution.highlighter()
            for release in releases:
                yield highlighter.headline(release), highlighter.body(release)

    def similar(self, release_id: str, limit: int = 5) -> tuple[Release, ...]:
        """Releases of the same language most like this one, nearest first."""
        with self.snapshots.reading() as (snapshot, searcher):
            number = _number(searcher, release_id)
            if number is None:
                return ()
            values = snapshot.doc_values
            query = similar_query(_release(searcher, number), snapshot.statistics(searcher))
            if query is None:
                return ()
            doc_ids, scores = evaluate(searcher, query, scored=True)
            alike = values.language.take(doc_ids) == values.language[number]
            keep = alike & (doc_ids != number)
            doc_ids, scores = doc_ids[keep], kept(scores, keep)
            best = first_in_order(values, "relevance", doc_ids, scores, max(limit, 0))
            return tuple(_release(searcher, int(each)) for each in doc_ids[best])

    def complete(self, prefix: str, limit: int = MAX_SUGGESTIONS) -> tuple[str, ...]:
        """Words of the index that begin with what was typed, most frequent first."""
        with self._executing(SearchRequest()) as execution:
            return execution.completions(prefix, limit)

    def coverage(self) -> Coverage:
        """What the index holds."""
        with self.snapshots.reading() as (snapshot, _):
            return snapshot.coverage

    def check_ahead(self) -> Iterator[None]:
        """Check the pieces of the index that no search has read yet, one of 64 KiB a step.

        The first search that reads a piece checks it: a tenth of the time of new questions. What
        pages without words show is counted before: half of the first of them.

        :raises DamagedIndexError: at the first that is not as it was written.
        """
        with self.snapshots.reading() as (snapshot, searcher):
            snapshot.count_ahead()
            segments = [segment_of(leaf) for leaf, _ in searcher.leaf_searchers()]
            files = [file for each in segments if each for file in each.files.every_file()]
            total = 0
            for file in sorted(files, key=lambda file: file.nbytes):
                total += file.nbytes
                if total > MAX_AHEAD:
                    return
                yield from file.check_ahead()

    def close(self) -> None:
        """Let go of files."""
        self.snapshots.close()

    def caches(self) -> dict[str, Bounded]:
        """Matches, pages, postings, numbers of terms, and words cut."""
        with self.snapshots.reading() as (snapshot, _):
            numbers = snapshot.numbers
        return {
            "matches": self._cache,
            "pages": self._pages,
            "postings": postings_cache,
            "numbers": numbers,
            "words": words_cache,
        }

    def clear_cache(self) -> None:
        """Drop the matches, counts and pages of earlier searches, for measuring."""
        self._cache.clear()
        self._pages.clear()

    @contextmanager
    def _executing(self, request: SearchRequest) -> Iterator[Execution]:
        with self.snapshots.reading() as (snapshot, searcher):
            yield Execution(snapshot, searcher, self._cache, request)


def _number(searcher: Searcher, release_id: str) -> int | None:
    if release_id != printable(release_id):
        return None  # bytes of an argument that are no UTF-8; no id holds any
    for name in ("id", "alias"):
        number = searcher.document_number(**{name: release_id})
        if number is not None:
            return int(number)
    return None


def _release(searcher: Searcher, number: int) -> Release:
    return Release.from_stored(stored_fields(searcher.reader(), number))
