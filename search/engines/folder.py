"""The embedded engine: a Whoosh index in a folder, read by this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Query
from whoosh.searching import Searcher

from index.codec.readers import stored_fields
from index.release import Release
from search.count.facets import count_facets
from search.count.timeline import count_by_unit
from search.engine import Coverage
from search.engines.snapshots import Snapshot, Snapshots
from search.match.cache import Cache
from search.match.doc_values import Columns
from search.match.evaluate import Matches, evaluate
from search.match.filters import Selection, kept, select
from search.match.top_k import first_in_order
from search.query.expansion import expand_query
from search.query.notices import notice
from search.query.parser import Reading, read_query
from search.query.similar import similar_query
from search.query.suggest import Speller
from search.query.term_queries import Statistics
from search.request import SearchRequest
from search.results import Hit, Notice, SearchResults
from search.show.highlighter import Marker

MAX_PER_PAGE = 1_000
"""Hits of one page."""
MAX_PAGED = 100_000
"""Hits that can be reached by page numbers; `every_hit` gives them all."""
MAX_REMEMBERED = 32 << 20
"""Bytes of matches, over all searches, that are remembered for the next page, counts or export."""
SUGGEST_UP_TO = 10
"""Matches up to which a spelling suggestion is looked for."""

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the words of a search match, before filters; `query` has its prefixes expanded."""

    query: Query
    notices: tuple[Notice, ...]
    matches: Matches

    @property
    def nbytes(self) -> int:
        """Memory of the matches."""
        scores = self.matches.scores
        return int(self.matches.doc_ids.nbytes + (0 if scores is None else scores.nbytes))


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a search was read, and what it found."""

    reading: Reading
    query: Query
    notices: tuple[Notice, ...]
    matches: Matches


class WhooshEngine:
    """`search.engine.Engine` over a folder that `index.stores.folder` wrote.

    Each request works on the latest commit, with a searcher of its own.

    :raises NoIndexError: when there is no index in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._snapshots = Snapshots(folder)
        self._found = Cache(MAX_REMEMBERED)

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits with total, facets and notices."""
        started = time.perf_counter()
        with self._snapshots.reading() as (snapshot, searcher):
            columns = snapshot.columns
            answer = self._answer(snapshot, searcher, request)
            selection = snapshot.selections.select(request, answer.matches)
            total = len(selection.doc_ids)
            page, pages, per_page, about_pages = page_of(request, total)
            numbers = _slice(columns, request, selection, (page - 1) * per_page, per_page)
            hits = tuple(_hits(searcher, Marker(answer.query), numbers))
            suggestion = self._suggestion(snapshot, searcher, request, answer, total)
            facets = count_facets(
                snapshot.tallies, request, selection.for_agency, selection.for_date
            )
            new = snapshot.first_seen.count_new(searcher, request, selection.doc_ids)
        return SearchResults(
            request=request,
            total=total,
            page=page,
            pages=pages,
            hits=hits,
            facets=facets,
            notices=(*answer.notices, *_filter_notices(columns, request), *about_pages),
            did_you_mean=suggestion,
            took_ms=(time.perf_counter() - started) * 1000,
            new=new,
        )

    def every_hit(
        self,
        request: SearchRequest,
        *,
        snippets: bool = True,
        start: int = 0,
        size: int | None = None,
    ) -> Iterator[Hit]:
        """All matches in the request's order, pages left aside: for exports and feeds.

        Without `snippets` hits have none, and their headlines no marks: much faster.

        :param start: matches left out at the beginning; `size`: matches at the most.
        """
        with self._snapshots.reading() as (snapshot, searcher):
            answer = self._answer(snapshot, searcher, request)
            selection = select(snapshot.columns, request, answer.matches)
            numbers = _slice(snapshot.columns, request, selection, start, size)
            yield from _hits(searcher, Marker(answer.query) if snippets else None, numbers)

    def count(self, request: SearchRequest) -> int:
        """The exact number of matches."""
        with self._snapshots.reading() as (snapshot, searcher):
            matches = self._find(snapshot, searcher, request).matches
            return len(select(snapshot.columns, request, matches).doc_ids)

    def timeline(self, request: SearchRequest, unit: str = "month") -> tuple[tuple[str, int], ...]:
        """Matches by month or year, in order; after a search for the same words, from memory."""
        with self._snapshots.reading() as (snapshot, searcher):
            matches = self._find(snapshot, searcher, request).matches
            doc_ids = snapshot.selections.doc_ids(request, matches)
            return count_by_unit(snapshot.tallies, doc_ids, unit)

    def release(self, release_id: str) -> Release | None:
        """The release with that id or alias."""
        stored = self._stored(release_id)
        return None if stored is None else Release.from_dict(stored["release"])

    def first_indexed(self, release_id: str) -> str | None:
        """When a release first came into the index (UTC, ISO 8601)."""
        stored = self._stored(release_id)
        return None if stored is None else str(stored["first_indexed"])

    def marked_body(self, release: Release, request: SearchRequest) -> tuple[str, str]:
        """Headline and body as escaped text with `<mark>` around what the request's words match."""
        with self._snapshots.reading() as (snapshot, searcher):
            marker = Marker(self._answer(snapshot, searcher, request).query)
        return marker.headline(release), marker.body(release)

    def similar(self, release_id: str, limit: int = 5) -> tuple[Release, ...]:
        """Releases of the same language most like this one, nearest first."""
        with self._snapshots.reading() as (snapshot, searcher):
            number = _number(searcher, release_id)
            if number is None:
                return ()
            columns = snapshot.columns
            release = _release(searcher, number)
            query = similar_query(release, searcher.reader())
            if query is None:
                return ()
            matches = evaluate(searcher, query, scored=True)
            alike = columns.language[matches.doc_ids] == columns.language[number]
            keep = alike & (matches.doc_ids != number)
            found, scores = matches.doc_ids[keep], kept(matches.scores, keep)
            best = first_in_order(columns, "relevance", found, scores, max(limit, 0))
            return tuple(_release(searcher, int(each)) for each in found[best])

    def complete(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Words of the index that begin with what was typed, most frequent first."""
        with self._snapshots.reading() as (snapshot, searcher):
            return Speller(searcher.reader(), snapshot.columns.agencies).complete(prefix, limit)

    def coverage(self) -> Coverage:
        """What the index holds."""
        with self._snapshots.reading() as (snapshot, _):
            return snapshot.coverage

    def close(self) -> None:
        """Let go of files."""
        self._snapshots.close()

    def remembered(self) -> int:
        """Bytes of matches that are kept in memory, over all searches."""
        return self._found.nbytes

    def forget(self) -> None:
        """Drop the matches of earlier searches, for measuring."""
        self._found.clear()

    def _answer(self, snapshot: Snapshot, searcher: Searcher, request: SearchRequest) -> _Answer:
        """The request read, and its matches."""
        reading = _read(snapshot, searcher, request)
        found = self._find(snapshot, searcher, request, reading)
        return _Answer(reading, found.query, reading.notices + found.notices, found.matches)

    def _find(
        self,
        snapshot: Snapshot,
        searcher: Searcher,
        request: SearchRequest,
        reading: Reading | None = None,
    ) -> _Found:
        """What the words match, from memory if they were asked for before."""
        scored = request.order == "relevance" and bool(request.text.strip())
        key = (snapshot.version, request.text, request.match)
        found: _Found | None = self._found.get((*key, True))
        if found is None and not scored:
            found = self._found.get((*key, False))
        if found is not None:
            return found
        read = reading or _read(snapshot, searcher, request)
        return self._found.get_or_make(
            (*key, scored), lambda: _find(snapshot, searcher, request, read, scored=scored)
        )

    def _stored(self, release_id: str) -> dict[str, Any] | None:
        with self._snapshots.reading() as (_, searcher):
            number = _number(searcher, release_id)
            return None if number is None else searcher.stored_fields(number)

    def _suggestion(
        self,
        snapshot: Snapshot,
        searcher: Searcher,
        request: SearchRequest,
        answer: _Answer,
        total: int,
    ) -> str | None:
        """Another spelling of the words that finds more under the same filters."""
        if len(answer.matches.doc_ids) > SUGGEST_UP_TO:
            return None
        speller = Speller(searcher.reader(), snapshot.columns.agencies)
        for text in speller.corrections(answer.reading):
            other = request.changed(text=text)
            reading = _read(snapshot, searcher, other)
            found = _find(snapshot, searcher, other, reading, scored=False)
            if len(select(snapshot.columns, other, found.matches).doc_ids) > total:
                return text
        return None


def _read(
    snapshot: Snapshot, searcher: Searcher, request: SearchRequest, *, loose: bool = False
) -> Reading:
    reader, columns = searcher.reader(), snapshot.columns
    return read_query(
        request,
        columns.languages,
        columns.agencies,
        Statistics(len(columns.live), reader.doc_frequency, snapshot.weights),
        loose=loose,
    )


def _find(
    snapshot: Snapshot,
    searcher: Searcher,
    request: SearchRequest,
    reading: Reading,
    *,
    scored: bool,
) -> _Found:
    """The matches of a reading; of a looser one when nothing holds all of a long run."""
    query, notices = expand_query(reading.query, searcher.reader())
    matches = evaluate(searcher, query, scored=scored)
    if reading.loosens and not len(matches.doc_ids):
        looser = _read(snapshot, searcher, request, loose=True)
        loose_query, loose_notices = expand_query(looser.query, searcher.reader())
        loose_matches = evaluate(searcher, loose_query, scored=scored)
        if len(loose_matches.doc_ids):
            said = (*loose_notices, notice("loosened", request.text.strip()))
            return _Found(loose_query, said, loose_matches)
    return _Found(query, tuple(notices), matches)


def _slice(
    columns: Columns, request: SearchRequest, selection: Selection, start: int, size: int | None
) -> list[tuple[int, float | None]]:
    """Document numbers and scores from a place in the order on."""
    stop = None if size is None else start + size
    order, doc_ids, scores = request.order, selection.doc_ids, selection.scores
    if order == "relevance" and not request.text.strip():
        order = "newest"
    if order != "relevance":
        scores = None
    places = first_in_order(columns, order, doc_ids, scores, stop)[start:]
    return [
        (int(doc_ids[place]), None if scores is None else float(scores[place])) for place in places
    ]


def _hits(
    searcher: Searcher, marker: Marker | None, numbers: list[tuple[int, float | None]]
) -> Iterator[Hit]:
    reader = searcher.reader()
    for number, score in numbers:
        stored = stored_fields(reader, number)
        release = Release.from_dict(stored["release"])
        yield Hit(
            release=release,
            headline_html=marker.headline(release) if marker else escape(release.headline),
            snippets=marker.snippets(release) if marker else (),
            score=score,
            first_indexed=stored["first_indexed"],
        )


def page_of(request: SearchRequest, total: int) -> tuple[int, int, int, list[Notice]]:
    """Page shown, number of pages, hits of a page, and notices where these are not as asked."""
    notices = []
    per_page = min(request.per_page, MAX_PER_PAGE)
    if per_page < request.per_page:
        notices.append(notice("per-page-cap", MAX_PER_PAGE))
    if per_page == 0:
        return 1, 0, 0, notices
    pages = -(-min(total, MAX_PAGED) // per_page)
    page = min(request.page, max(pages, 1))
    if page < request.page and total > MAX_PAGED:
        notices.append(notice("page-cap", pages))
    elif page < request.page:
        notices.append(notice("page-beyond-end", request.page, page))
    return page, pages, per_page, notices


def _filter_notices(columns: Columns, request: SearchRequest) -> Iterator[Notice]:
    known = {agency.slug for agency in columns.agencies} if request.agencies else set()
    for slug in request.agencies:
        if slug not in known:
            others = tuple(each for each in request.agencies if each != slug)
            undo = request.changed(agencies=others)
            yield notice("agency-filter-unknown", slug, undo=undo)
    span = request.days
    if span is not None and span[0] > span[1]:
        undo = request.changed(date_from=request.date_to, date_to=request.date_from)
        yield notice("dates-reversed", request.date_from, request.date_to, undo=undo)


def _number(searcher: Searcher, release_id: str) -> int | None:
    for name in ("id", "alias"):
        number = searcher.document_number(**{name: release_id})
        if number is not None:
            return int(number)
    return None


def _release(searcher: Searcher, number: int) -> Release:
    return Release.from_dict(searcher.stored_fields(number)["release"])
