"""Execution of a request on one commit: words parsed, evaluated, filtered, counted; each once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from functools import cached_property

import numpy as np
from whoosh.query import NullQuery, Query
from whoosh.searching import Searcher

from index.array_types import DocIds, Ints
from index.bounded_cache import Cache
from index.codec.readers import stored_fields
from index.dates.day_numbers import days_until
from index.dates.partial import DaySpan
from index.facet_table import AGENCY
from index.schema import TEXT_FIELDS
from index.text.stemming import stem_languages
from search.count.facets import counted_period, date_rows, value_rows
from search.count.stats import common_languages
from search.count.timeline import without_gaps
from search.count.value_counts import Counts
from search.cursor import Cursor, check_cursor_order
from search.engines.collapsing import NO_COPIES, collapsed, copies_under, led
from search.engines.hit_assembly import hit_of
from search.engines.loosened import Loosened
from search.engines.page_assembly import may_loosen, notices_of, order_shown
from search.engines.snapshots import Snapshot
from search.engines.word_matches import WordMatches
from search.match.copies import Copies
from search.match.evaluate import Matches, evaluate
from search.match.explain import explained
from search.match.filters import Filtered, between, filtered
from search.match.rescore import parts_of, rescored
from search.match.search_time import SearchStoppedError, SearchTime
from search.match.top_k import first_in_order
from search.query.agency_forms import agencies_meant, offers_of
from search.query.expansion import expand_query
from search.query.joined_words import JoinedWords
from search.query.loosening import loosen
from search.query.misspelt_names import rightly_named
from search.query.parsed_query import ParsedQuery
from search.query.parser import parse_query
from search.query.spelling import SUGGEST_UP_TO, better_spelling, corrections
from search.query.statistics import Statistics
from search.query.term_queries import phrase_query
from search.query.vocabulary import ReaderDictionary, ReaderWords
from search.query.word_clauses import Scope
from search.query.word_completion import completions
from search.request import Filters, SearchRequest
from search.results import FacetCount, Facets, Hit, Notice, Offer, Recent, ScorePart
from search.show.highlighter import Highlighter

MAX_SECONDS = 2.0
"""Processor time of one request: the costliest of 11,078 questions that people asked elsewhere
takes 0.02 s over 72,623 releases, the first that needs lists of words to be read 0.45 s, and
`"of the" NEAR/100 "in the"` 0.01 s. What made-up searches cost at most:
`python -m tests.torture.costly_queries`."""


class Execution:
    """One request on one commit; each step is done when it is first asked for, then kept.

    Matches of words, and counts of facets, come from the cache where it has them.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        searcher: Searcher,
        cache: Cache,
        request: SearchRequest,
        limit: SearchTime | None = None,
    ) -> None:
        self.request = request
        self.filters = request.filters
        self._snapshot = snapshot
        self._searcher = searcher
        self._limit = SearchTime(MAX_SECONDS) if limit is None else limit
        self._cache = cache
        self._key = (snapshot.version, request.text, request.match)
        self._order = order_shown(request)

    @property
    def query(self) -> Query:
        """The query whose matches are shown."""
        return self._found.query if self._loosened is None else self._loosened.query

    @property
    def page_key(self) -> tuple[Hashable, ...]:
        """The key of the page: by the filters too, whose days move with today, as do the orders."""
        ahead = self._snapshot.doc_values.ahead
        return (*self._key, "page", self.request, self.filters, ahead)

    @property
    def is_late(self) -> bool:
        """Whether the time was over: an answer may then lack its suggestion."""
        return self._limit.is_over

    @property
    def total(self) -> int:
        """The exact number of matches."""
        return len(self._filtered.doc_ids)

    @property
    def matching(self) -> DocIds:
        """The documents that match."""
        return self._filtered.doc_ids

    @property
    def loosened_total(self) -> int | None:
        """How many releases hold most of the words where none holds all; None where one does."""
        return None if self._loosened is None else len(self._loosened.matches.doc_ids)

    @cached_property
    def folded(self) -> int:
        """How many of the releases shown stand under another one of the same text."""
        return 0 if self._copies is None else self._copies.spare

    @property
    def folded_languages(self) -> int:
        """How many of these are so because they stand in another language."""
        language = self._snapshot.doc_values.language
        return 0 if self._copies is None else self._copies.in_other_languages(language)

    @property
    def notices(self) -> Iterator[Notice]:
        """How words and filters were read, and why nothing was found."""
        values = self._snapshot.doc_values
        return notices_of(
            self,
            self._parsed,
            self._found.notices,
            values.facets,
            values.languages,
            None if self._looser is None else self._looser.looser,
            len(self._found.matches.doc_ids),
        )

    def hits(
        self, start: int, size: int | None, *, marked: bool = True, texts: bool = True
    ) -> Iterator[Hit]:
        """What is shown from a place in the order on; with snippets and marks, or without, and
        then without the texts of releases where nobody wants them.

        That is the matches, or where there are none, the releases that hold most of the words; of
        releases of one text the first in the order, with the others under it.
        """
        highlighter = self.highlighter() if marked else None
        reader, values = self._searcher.reader(), self._snapshot.doc_values
        copies, looser = self._copies, self._looser
        found = self._top(start, size)
        explanations = self._explanations(found)
        unread = () if marked or texts else TEXT_FIELDS
        for number, score in found:
            if marked:
                self._limit.check()
            yield hit_of(
                stored_fields(reader, number, unread),
                highlighter,
                score=score,
                lacks=looser.lacks(number, self._matches_of) if looser else (),
                explanation=explanations.get(number, ()),
                under=copies_under(copies, number, values, reader) if copies else NO_COPIES,
            )

    def highlighter(self) -> Highlighter:
        """What marks the words of the query, within the time of the request."""
        return Highlighter(self.query, self._limit.check)

    def place_behind(self, cursor: Cursor) -> int:
        """The place in the order of the first hit behind a cursor.

        :raises ValueError: in an order that no commit leaves as it was.
        """
        check_cursor_order(self._order)
        found, copies = self._first(None), self._copies
        if copies is not None:
            found = found.only(copies.firsts(found.doc_ids))
        keys = _time_keys(self._order, self._snapshot.doc_values.order_moment.take(found.doc_ids))
        wanted = _time_keys(self._order, np.array([cursor.moment]))[0]
        first, last = (int(keys.searchsorted(wanted, side)) for side in ("left", "right"))
        reader = self._searcher.reader()

        def id_at(place: int) -> str:
            return str(stored_fields(reader, int(found.doc_ids[place]), TEXT_FIELDS)["id"])

        return bisect_right(range(last), cursor.id, first, last, key=id_at)

    def facets(self) -> Facets:
        """The counts by each facet, and by date, without its own filter."""
        key = (*self._key, "facets", self.filters)
        return self._cache.get_or_make(key, self._counted)

    def _counted(self) -> Facets:
        counter, filters = self._snapshot.counter, self.filters
        listed = {name: self._rows(name) for name in counter.facets}
        by_period = self._counts(
            "period", filters.without_dates, lambda: counter.by_period(self._filtered.for_date)
        )
        undated = counter.undated(by_period)
        return Facets(
            agency=listed.pop(AGENCY.name),
            date=date_rows(self._by_date(by_period), undated, filters),
            others=listed,
        )

    def timeline(self, unit: str) -> tuple[tuple[str, int], ...]:
        """Matches by month or year, without gaps."""
        counter = self._snapshot.counter
        by_period = self._counts(
            "period", self.filters, lambda: counter.by_period(self._filtered.doc_ids)
        )
        return without_gaps(counter.by_unit(by_period, unit))

    def recent(self, until: date, days: int) -> Recent:
        """The newest match, and matches by day: so many days, `until` the last."""
        numbers = days_until(until, days)
        span = DaySpan(numbers[0], numbers[-1])
        doc_ids = between(self._snapshot.doc_values, self._filtered.doc_ids, span)
        return Recent(
            total=self.total,
            new=self.new(),
            newest=next(self.hits(0, 1, marked=False), None) if self.total else None,
            days=self._snapshot.counter.each_day(doc_ids, numbers),
        )

    def suggestion(self) -> str | None:
        """Another spelling of the words that finds more under the same filters, or of names."""
        try:
            return self._rightly_named() or self._better_spelt()
        except SearchStoppedError:
            return None  # the search itself has its answer

    def completions(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Words that begin with what was typed."""
        vocabulary = ReaderDictionary(self._searcher.reader(), self._joined_words.together)
        return completions(prefix, vocabulary, limit)

    def offers(self) -> tuple[Offer, ...]:
        """Agencies that the words name, as filters that find something."""
        asked, values = self.request, self._snapshot.doc_values
        few = len(self._found.matches.doc_ids) <= SUGGEST_UP_TO
        forms = self._snapshot.agency_forms
        meant = agencies_meant(asked.text, values.agencies, forms, slips=few)
        offered = offers_of(asked, meant, lambda request: self._another(request).total)
        return tuple(offered)

    def new(self) -> int | None:
        """Matches that are new to the reader; None where the request does not say since when."""
        if (until := self.request.seen_until) is None:
            return None
        new = self._snapshot.doc_values.new_after(until)
        return int(np.count_nonzero(new.take(self._filtered.doc_ids)))

    def _rightly_named(self) -> str | None:
        values = self._snapshot.doc_values
        named = rightly_named(self._parsed, values.agencies, values.of_columns)
        return named if named is not None and self._total_of(named) else None

    def _better_spelt(self) -> str | None:
        if len(self._found.matches.doc_ids) > SUGGEST_UP_TO:
            return None
        values = self._snapshot.doc_values
        vocabulary = ReaderDictionary(self._searcher.reader(), self._joined_words.together)
        languages = common_languages(self._snapshot.coverage)
        texts = corrections(self._parsed, vocabulary, values.agencies, languages)
        return better_spelling(texts, self.total, self._total_of)

    @property
    def _shown(self) -> Matches:
        """What the hits are: the matches, or where there are none, what holds most of the words."""
        if self._loosened is not None:
            return self._loosened.matches
        by_score = self._order == "relevance"
        return Matches(self._filtered.doc_ids, self._filtered.scores if by_score else None)

    @cached_property
    def _parsed(self) -> ParsedQuery:
        return self._parse(self.request)

    @cached_property
    def _found(self) -> WordMatches:
        """What the words match; matches with scores serve where none are wanted too."""
        scored = self._order == "relevance"
        found: WordMatches | None = None if scored else self._cache.get((*self._key, True))
        return found or self._cache.get_or_make(
            (*self._key, scored), lambda: self._matches_of(self._parsed.query, scored)
        )

    @cached_property
    def _filtered(self) -> Filtered:
        return filtered(self._snapshot.doc_values, self.filters, self._found.matches)

    @cached_property
    def _looser(self) -> Loosened | None:
        """The looser search of one that finds nothing."""
        if self.total or not may_loosen(self.request):
            return None
        try:
            looser = loosen(self._parsed, self._read, self._count_of)
        except SearchStoppedError:
            return None  # that nothing holds all is known
        return Loosened(looser)

    @cached_property
    def _loosened(self) -> WordMatches | None:
        """What holds most of the words, under the filters, where nothing holds all."""
        looser, scored = self._looser, self._order == "relevance"
        if looser is None or not looser.looser.units:
            return None
        key = (*self._key, "loosened", self.filters, scored)
        return self._cache.get_or_make(
            key, lambda: looser.matches(scored, self._matches_of, self._kept)
        )

    @cached_property
    def _statistics(self) -> Statistics:
        return self._snapshot.statistics(self._searcher)

    @cached_property
    def _joined_words(self) -> JoinedWords:
        # Of itself it holds nothing, which would keep the searcher open.
        searcher, limit = self._searcher, self._limit
        scope = Scope(languages=stem_languages(self._snapshot.doc_values.languages))

        def together(*words: str) -> int:
            phrase = phrase_query(" ".join(words), scope) or NullQuery
            return evaluate(searcher, phrase, scored=False, limit=limit).doc_count

        return JoinedWords(self._statistics.of_word, together, self._snapshot.joined_words)

    def _read(self, text: str) -> ParsedQuery:
        """A part of the text as a search of its own."""
        return self._parse(SearchRequest(text))

    def _parse(self, request: SearchRequest) -> ParsedQuery:
        values = self._snapshot.doc_values
        statistics, joined = self._statistics, self._joined_words
        forms = self._snapshot.agency_forms
        return parse_query(
            request, values.languages, values.agencies, statistics, joined, forms, values.of_columns
        )

    def _count_of(self, query: Query) -> int:
        """Documents that match under the filters."""
        return self._kept(self._matches_of(query, scored=False).matches).doc_count

    def _kept(self, found: Matches) -> Matches:
        """What the filters let through."""
        kept = filtered(self._snapshot.doc_values, self.filters, found)
        return Matches(kept.doc_ids, kept.scores)

    def _matches_of(self, query: Query, scored: bool) -> WordMatches:
        words = ReaderWords(self._searcher.reader())
        query, notices = expand_query(query, words, self._limit.check)
        matching = parts_of(query).matching
        matches = evaluate(self._searcher, matching, scored=scored, limit=self._limit)
        return WordMatches(query, tuple(notices), matches)

    def _top(self, start: int, size: int | None) -> list[tuple[int, float | None]]:
        """Document numbers and scores from a place in the order on, every text once."""
        stop = None if size is None else start + size
        found = self._shown_first(stop)
        doc_ids, scores = found.doc_ids[start:stop], found.scores
        own = [None] * len(doc_ids) if scores is None else scores[start:stop].tolist()
        return list(zip(doc_ids.tolist(), own, strict=True))

    def _shown_first(self, stop: int | None) -> Matches:
        if self._copies is None:
            return self._first(stop)
        return collapsed(self._copies, self._first, stop, self._led.doc_count)

    def _first(self, stop: int | None) -> Matches:
        """The first documents in the order, copies of a text each for itself."""
        doc_ids, scores = self._ranked(stop)
        places = first_in_order(self._snapshot.doc_values, self._order, doc_ids, scores, stop)
        return Matches(doc_ids[places], None if scores is None else scores[places])

    @cached_property
    def _led(self) -> Matches:
        """What is shown, of a release in several languages the reader's."""
        copies, found = self._copies, self._shown
        values, reads = self._snapshot.doc_values, self.request.reads
        return found if copies is None else led(copies, found, values, reads)

    @cached_property
    def _copies(self) -> Copies | None:
        """Releases shown whose text others of them have too; None where there are none."""
        if self.request.copies:
            return None
        every = self._snapshot.doc_values.copies
        key = (*self._key, "copies", self.filters)
        copies = self._cache.get_or_make(key, lambda: every.within(self._shown.doc_ids))
        return copies if len(copies.doc_ids) else None

    def _explanations(
        self, found: list[tuple[int, float | None]]
    ) -> dict[int, tuple[ScorePart, ...]]:
        """The parts of the scores of some hits, where the request asks for them."""
        if not self.request.explain or self._order != "relevance":
            return {}
        return explained(self._searcher, self.query, self._shown, dict(found), self._limit)

    def _ranked(self, stop: int | None) -> Matches:
        """Documents among which the first `stop` are, with whole scores if these decide."""
        found, ranking = self._led, parts_of(self.query).ranking
        if found.scores is None or ranking is None:
            return found
        values = self._snapshot.doc_values
        return rescored(values, self._searcher, found, ranking, stop)

    def _rows(self, name: str) -> tuple[FacetCount, ...]:
        """The values of a facet with their counts."""
        counter = self._snapshot.counter.facets[name]
        filters = self.filters.without(name)
        counts = self._counts(name, filters, lambda: counter.counts(self._filtered.without(name)))
        return value_rows(counter.values, counts.tolist(), counter.meant(self.filters.chosen(name)))

    def _counts(self, facet: str, filters: Filters, count: Callable[[], Counts]) -> Counts:
        """Counts of the matches under some filters."""
        return self._cache.get_or_make((*self._key, facet, filters), count)

    def _by_date(self, by_period: Counts) -> dict[str, int]:
        """The counts that the rows of the date facet show."""
        counter, days = self._snapshot.counter, self.filters.days
        period = counted_period(days)
        if period is None or not period.month:
            return counter.by_unit(by_period, "month" if period else "year")
        if days == period.days and not (self.filters.facets or self.filters.undated):
            return counter.by_day(self._filtered.doc_ids, period)
        doc_ids = between(self._snapshot.doc_values, self._filtered.for_date, period.days)
        return counter.by_day(doc_ids, period)

    def _total_of(self, text: str) -> int:
        return self._another(self.request.changed(text=text, sort="newest")).total

    def _another(self, request: SearchRequest) -> Execution:
        return Execution(self._snapshot, self._searcher, self._cache, request, self._limit)


def _time_keys(order: str, moments: Ints) -> Ints:
    """What ascends in an order by time: the undated come last in both."""
    if order == "newest":
        return -moments
    return np.where(moments == 0, np.iinfo(np.int64).max, moments)
