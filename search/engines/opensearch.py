"""The engine of a cluster: an index on OpenSearch, asked over the network."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from index.agencies.gazetteer import named_bodies
from index.bounded_cache import Cache
from index.cluster.client import Client
from index.cluster.cluster_address import ClusterAddress
from index.cluster.commit import CommitState, read_commit
from index.cluster.mapping import WINDOW
from index.errors import NoIndexError
from index.history import History, history_of
from index.release import Release, printable
from index.stores.opensearch import read_record, read_tombstones
from index.tombstone import Tombstone
from search.cluster.counting import Counting
from search.cluster.facts import Facts, read_facts
from search.cluster.filter_clauses import order_of
from search.cluster.translation import scored
from search.count.timeline import check_unit
from search.cursor import Cursor
from search.engine import Bounded, Coverage
from search.engines.cluster_execution import ClusterExecution
from search.engines.page_assembly import MAX_PAGE_KEPT, results_page
from search.query.similar import similar_query
from search.query.word_completion import MAX_SUGGESTIONS
from search.request import SearchRequest
from search.results import (
    Facets,
    FirstUses,
    Hit,
    Recent,
    SearchResults,
    TermSheet,
    without_text,
)

PAGES_BYTES = 64 << 20
"""Bytes of pages of results that are kept to be given again: some 800."""


class OpenSearchEngine:
    """`search.engine.Engine` over an index that `index.stores.opensearch` wrote.

    :param gazetteers: files that say what agencies are called, besides those that are shipped.
    :param cache_bytes: of pages of results that are kept, where not 64 MB.
    :raises NoIndexError: when there is no index of that name.
    """

    def __init__(
        self,
        address: ClusterAddress,
        gazetteers: Sequence[Path] = (),
        cache_bytes: int | None = None,
    ) -> None:
        self.client = Client(address)
        self._bodies = lru_cache(maxsize=1)(partial(named_bodies, tuple(gazetteers)))
        self._pages = Cache(cache_bytes or PAGES_BYTES, largest=MAX_PAGE_KEPT)
        self._lock = threading.Lock()
        self._taken: tuple[Facts, Counting] | None = None
        self._current()

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits with total, facets and notices."""
        started = time.perf_counter()
        execution = self._executing(request)
        found: SearchResults | None = self._pages.get(execution.page_key)
        if found is None:
            found = results_page(execution, WINDOW)
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
        execution = self._executing(request)
        hits = execution.every_hit(start, size, after, marked=snippets, loosened=loosened)
        yield from hits if snippets or texts else map(without_text, hits)

    def count(self, request: SearchRequest) -> int:
        """The exact number of matches."""
        return self._executing(request).total_alone

    def facets(self, request: SearchRequest) -> Facets:
        """The facets that `search` gives, without hits."""
        return self._executing(request).facets()

    def timeline(self, request: SearchRequest, unit: str = "month") -> tuple[tuple[str, int], ...]:
        """Matches by month or year, in order.

        :raises ValueError: for another unit.
        """
        check_unit(unit)
        return self._executing(request).timeline(unit)

    def first_uses(self, request: SearchRequest, size: int) -> FirstUses:
        """Who used the words first, and who after: so many agencies at the most."""
        execution = self._executing(request)
        dated, firsts, last = execution.first_uses()
        return FirstUses(
            total=dated,
            undated=execution.total_alone - dated,
            agencies=len(firsts),
            firsts=tuple(map(_release, firsts[:size])),
            last=None if last is None else _release(last),
        )

    def term_sheet(self, request: SearchRequest, size: int) -> TermSheet:
        """What the matches say more often than all other releases: so many words at the most."""
        return self._executing(request).term_sheet(size)

    def recent(self, request: SearchRequest, until: date, days: int) -> Recent:
        """What a search brings lately, with matches by day: so many days, `until` the last."""
        return self._executing(request.changed(sort="newest")).recent(until, days)

    def release(self, release_id: str) -> Release | None:
        """The release with that id or alias."""
        found = self._find(release_id)
        return None if found is None else _release(found)

    def history(self, release_id: str) -> History | None:
        """When a release first came into the index, and what became of it since."""
        found = self._find(release_id)
        return None if found is None else history_of(found["_source"]["release"])

    def tombstone(self, release_id: str) -> Tombstone | None:
        """What is remembered of a release that was removed; None for any other."""
        commit = self._current()[0].commit
        known = {each.id: each for each in read_tombstones(self.client, commit)}
        return known.get(release_id)

    def marked(
        self, releases: Iterable[Release], request: SearchRequest
    ) -> Iterator[tuple[str, str]]:
        """Headline and body of each as escaped text with `<mark>` around what the words match."""
        highlighter = self._executing(request).highlighter()
        for release in releases:
            yield highlighter.headline(release), highlighter.body(release)

    def similar(self, release_id: str, limit: int = 5) -> tuple[Release, ...]:
        """Releases of the same language most like this one, nearest first."""
        found = self._find(release_id)
        if found is None:
            return ()
        release, (facts, counting) = _release(found), self._current()
        query = counting.collected(
            lambda: similar_query(release, counting.statistics(facts.documents))
        )
        if query is None:
            return ()
        others = {
            "must": [scored(query)],
            "filter": [{"term": {"language": release.language}}],
            "must_not": [{"ids": {"values": [found["_id"]]}}],
        }
        body = {
            "size": max(limit, 0),
            "query": {"bool": others},
            "sort": order_of("relevance", facts),
            "_source": ["release"],
        }
        answer = self.client.search(body, search_type="dfs_query_then_fetch")
        return tuple(map(_release, answer["hits"]["hits"]))

    def complete(self, prefix: str, limit: int = MAX_SUGGESTIONS) -> tuple[str, ...]:
        """Words of the index that begin with what was typed, most frequent first."""
        return self._executing(SearchRequest()).completions(prefix, limit)

    def coverage(self) -> Coverage:
        """What the index holds."""
        return self._current()[0].coverage

    def caches(self) -> dict[str, Bounded]:
        """Pages of results."""
        return {"pages": self._pages}

    def check_ahead(self) -> Iterator[None]:
        """Nothing: a cluster checks its own files."""
        return iter(())

    def close(self) -> None:
        """Let go of connections."""
        self.client.close()

    def _executing(self, request: SearchRequest) -> ClusterExecution:
        facts, counting = self._current()
        return ClusterExecution(self.client, facts, counting, request)

    def _current(self) -> tuple[Facts, Counting]:
        """The facts of the commit in force, and what was counted of it."""
        commit = read_commit(self.client)
        if commit is None:
            raise NoIndexError.at(self.client.address)
        with self._lock:
            taken = self._taken
        if taken is not None and taken[0].commit.name == commit.name:
            return taken
        made = self._read_facts(commit), Counting(self.client)
        with self._lock:
            self._taken = made
        self._pages.drop(lambda former: former != commit.name)
        return made

    def _read_facts(self, commit: CommitState) -> Facts:
        updated = read_record(self.client, commit)["updated_ns"]
        return read_facts(self.client, commit, updated, self._bodies)

    def _find(self, release_id: str) -> dict[str, Any] | None:
        if release_id != printable(release_id):
            return None  # bytes of an argument that are no UTF-8; no id holds any
        for field in ("id", "alias"):
            # Never by GET, which sees what is not committed.
            found = self.client.search({"size": 1, "query": {"term": {field: release_id}}})
            if found["hits"]["hits"]:
                hit: dict[str, Any] = found["hits"]["hits"][0]
                return hit
        return None


def _release(hit: dict[str, Any]) -> Release:
    return Release.from_stored(hit["_source"]["release"])
