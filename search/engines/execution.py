"""Execution of a request on one commit: words parsed, evaluated, filtered, counted; each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from whoosh.query import Query
from whoosh.searching import Searcher

from index.codec.readers import stored_fields
from index.release import Release
from search.count.counts import Counts
from search.count.facets import agency_rows, counted_period, date_rows
from search.count.timeline import without_gaps
from search.engines.snapshots import Snapshot
from search.match.cache import Cache
from search.match.evaluate import Matches, evaluate
from search.match.filters import Filtered, between, filtered
from search.match.top_k import first_in_order
from search.query.expansion import expand_query
from search.query.notices import filter_notices, notice
from search.query.parser import ParsedQuery, parse_query
from search.query.suggest import SUGGEST_UP_TO, better_spelling, corrections
from search.query.term_queries import Statistics
from search.query.vocabulary import ReaderDictionary
from search.request import Filters, SearchRequest
from search.results import Facets, Hit, Notice
from search.show.highlighter import Highlighter


@dataclass(frozen=True, slots=True)
class WordMatches:
    """What the words of a search match, before filters; `query` has its prefixes expanded."""

    query: Query
    notices: tuple[Notice, ...]
    matches: Matches

    @property
    def nbytes(self) -> int:
        """Bytes of the matches."""
        doc_ids, scores = self.matches
        return int(doc_ids.nbytes + (0 if scores is None else scores.nbytes))


class Execution:
    """One request on one commit; each step is done when it is first asked for, then kept.

    Matches of words, and counts of facets, come from the cache where it has them.
    """

    def __init__(
        self, snapshot: Snapshot, searcher: Searcher, cache: Cache, request: SearchRequest
    ) -> None:
        self.request = request
        self.filters = request.filters
        self._snapshot = snapshot
        self._searcher = searcher
        self._cache = cache
        self._key = (snapshot.version, request.text, request.match)
        by_relevance = request.order == "relevance" and bool(request.text.strip())
        self._order = "relevance" if by_relevance else request.order.replace("relevance", "newest")

    @property
    def query(self) -> Query:
        """The query that was evaluated."""
        return self._found.query

    @property
    def total(self) -> int:
        """The exact number of matches."""
        return len(self._filtered.doc_ids)

    @property
    def notices(self) -> Iterator[Notice]:
        """How words and filters were read."""
        yield from self._parsed.notices
        yield from self._found.notices
        yield from filter_notices(self.request, self.filters, self._snapshot.doc_values.agencies)

    def hits(self, start: int, size: int | None, *, marked: bool = True) -> Iterator[Hit]:
        """Matches from a place in the order on; with snippets and marks, or without."""
        highlighter = Highlighter(self.query) if marked else None
        reader = self._searcher.reader()
        for number, score in self._top(start, size):
            stored = stored_fields(reader, number)
            release = Release.from_stored(stored)
            yield Hit(
                release=release,
                headline_html=highlighter.headline(release)
                if highlighter
                else escape(release.headline),
                snippets=highlighter.snippets(release) if highlighter else (),
                score=score,
                first_indexed=stored["first_indexed"],
            )

    def facets(self) -> Facets:
        """The counts by agency and by date, each without its own filter."""
        counter, filters = self._snapshot.counter, self.filters
        by_agency = self._counts(
            "agency", filters.without_agencies, lambda: counter.by_agency(self._filtered.for_agency)
        )
        by_period = self._counts(
            "period", filters.without_dates, lambda: counter.by_period(self._filtered.for_date)
        )
        undated = counter.undated(by_period)
        return Facets(
            agency=agency_rows(counter.agencies, by_agency.tolist(), filters.agencies),
            date=date_rows(self._by_date(by_period), undated, filters),
        )

    def timeline(self, unit: str) -> tuple[tuple[str, int], ...]:
        """Matches by month or year, without gaps."""
        counter = self._snapshot.counter
        by_period = self._counts(
            "period", self.filters, lambda: counter.by_period(self._filtered.doc_ids)
        )
        return without_gaps(counter.by_unit(by_period, unit))

    def suggestion(self) -> str | None:
        """Another spelling of the words that finds more under the same filters."""
        if len(self._found.matches.doc_ids) > SUGGEST_UP_TO:
            return None
        vocabulary = ReaderDictionary(self._searcher.reader())
        texts = corrections(self._parsed, vocabulary, self._snapshot.doc_values.agencies)
        return better_spelling(texts, self.total, self._total_of)

    def new(self) -> int | None:
        """Matches that are new to the reader; None where the request does not say since when."""
        until = self.request.seen_until
        if until is None:
            return None
        first_indexed = self._snapshot.first_indexed
        return first_indexed.count_new(self._searcher, until, self._filtered.doc_ids)

    @cached_property
    def _parsed(self) -> ParsedQuery:
        return self._parse(loose=False)

    @cached_property
    def _found(self) -> WordMatches:
        """What the words match; matches with scores serve where none are wanted too."""
        scored = self._order == "relevance"
        found: WordMatches | None = None if scored else self._cache.get((*self._key, True))
        return found or self._cache.get_or_make(
            (*self._key, scored), lambda: self._evaluate(scored)
        )

    @cached_property
    def _filtered(self) -> Filtered:
        return filtered(self._snapshot.doc_values, self.filters, self._found.matches)

    def _parse(self, *, loose: bool) -> ParsedQuery:
        values, reader = self._snapshot.doc_values, self._searcher.reader()
        statistics = Statistics(len(values.live), reader.doc_frequency, self._snapshot.term_weights)
        return parse_query(self.request, values.languages, values.agencies, statistics, loose=loose)

    def _evaluate(self, scored: bool) -> WordMatches:
        """The matches as parsed; of a looser query when nothing holds all of a long run."""
        found = self._matches_of(self._parsed, scored)
        if self._parsed.loosens and not len(found.matches.doc_ids):
            looser = self._matches_of(self._parse(loose=True), scored)
            if len(looser.matches.doc_ids):
                said = (*looser.notices, notice("loosened", self.request.text.strip()))
                return WordMatches(looser.query, said, looser.matches)
        return found

    def _matches_of(self, parsed: ParsedQuery, scored: bool) -> WordMatches:
        query, notices = expand_query(parsed.query, self._searcher.reader())
        return WordMatches(query, tuple(notices), evaluate(self._searcher, query, scored=scored))

    def _top(self, start: int, size: int | None) -> list[tuple[int, float | None]]:
        """Document numbers and scores from a place in the order on."""
        doc_ids = self._filtered.doc_ids
        scores = self._filtered.scores if self._order == "relevance" else None
        stop = None if size is None else start + size
        values = self._snapshot.doc_values
        places = first_in_order(values, self._order, doc_ids, scores, stop)[start:].tolist()
        return [
            (int(doc_ids[place]), None if scores is None else float(scores[place]))
            for place in places
        ]

    def _counts(self, facet: str, filters: Filters, count: Callable[[], Counts]) -> Counts:
        """Counts of the matches under some filters."""
        return self._cache.get_or_make((*self._key, facet, filters), count)

    def _by_date(self, by_period: Counts) -> dict[str, int]:
        """The counts that the rows of the date facet show."""
        counter, days = self._snapshot.counter, self.filters.days
        period = counted_period(days)
        if period is None or not period.month:
            return counter.by_unit(by_period, "month" if period else "year")
        if days == period.days and not (self.filters.agencies or self.filters.undated):
            return counter.by_day(self._filtered.doc_ids, period)
        doc_ids = between(self._snapshot.doc_values, self._filtered.for_date, period.days)
        return counter.by_day(doc_ids, period)

    def _total_of(self, text: str) -> int:
        request = self.request.changed(text=text, sort="newest")
        return Execution(self._snapshot, self._searcher, self._cache, request).total
