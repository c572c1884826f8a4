"""Execution of a request on a cluster: words read and expanded here, matched and counted there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

from whoosh.query import NullQuery, Query

from index.cluster.client import Client
from index.cluster.mapping import WINDOW
from index.dates.day_numbers import days_until, last_moment
from index.dates.partial import date_of
from index.facet_table import AGENCY
from index.release import Release
from index.text.folding import fold
from index.text.stemming import stem_languages
from search.cluster.cluster_term_sheet import cluster_term_sheet
from search.cluster.counting import Counting
from search.cluster.dictionary import ClusterDictionary
from search.cluster.facts import Facts, buckets, terms_of
from search.cluster.filter_clauses import (
    filter_clauses,
    order_of,
)
from search.cluster.search_bodies import (
    MAX_TEXTS,
    ClusterAnswer,
    answer_of,
    copies_counted,
    facet_counts,
    turned,
)
from search.cluster.translation import QueryDsl, all_of, matching
from search.count.facets import date_rows, value_rows
from search.count.stats import common_languages
from search.count.timeline import without_gaps
from search.cursor import Cursor, check_cursor_order
from search.engines.cluster_hits import ClusterHits, RawHit
from search.engines.collapsing import NO_COPIES, CopiesUnder
from search.engines.hit_assembly import hit_of
from search.engines.page_assembly import may_loosen, notices_of, order_shown
from search.paging import MAX_PER_PAGE
from search.query.agency_forms import agencies_meant, offers_of
from search.query.expansion import expand_query
from search.query.grains import grained
from search.query.joined_words import JoinedWords
from search.query.loosening import Looser, lacking, loosen
from search.query.misspelt_names import rightly_named
from search.query.parsed_query import ParsedQuery
from search.query.parser import parse_query
from search.query.spelling import SUGGEST_UP_TO, better_spelling, corrections
from search.query.term_queries import phrase_query
from search.query.word_clauses import Scope
from search.query.word_completion import completions
from search.request import SearchRequest
from search.results import Facets, Hit, Notice, Offer, Recent, ScorePart, TermSheet
from search.show.highlighter import Highlighter


class ClusterExecution:
    """One request on one commit; each step is done when it is first asked for, then kept."""

    def __init__(
        self,
        client: Client,
        facts: Facts,
        counting: Counting,
        request: SearchRequest,
    ) -> None:
        self.request = request
        self.filters = request.filters
        self._client = client
        self._facts = facts
        self._counting = counting
        self._dictionary = ClusterDictionary(client, self._together)
        self._order = order_shown(request)

    @cached_property
    def total(self) -> int:
        """The exact number of matches."""
        return self._answer.total

    @property
    def loosened_total(self) -> int | None:
        """How many releases hold most of the words where none holds all; None where one does."""
        return None if self._loosened is None else self._loosened[1].total

    @property
    def folded(self) -> int:
        """How many of the releases shown stand under another one of the same text."""
        return self._shown[1].folded

    @property
    def folded_languages(self) -> int:
        """How many of these are so because they stand in another language."""
        return self._shown[1].folded_languages

    @property
    def page_key(self) -> tuple[Hashable, ...]:
        """The key of the page: by the filters too, whose days move with today, as do the orders."""
        return (self._facts.commit.name, self.request, self.filters, self._facts.ahead)

    @property
    def notices(self) -> Iterator[Notice]:
        """How words and filters were read, and why nothing was found."""
        return notices_of(
            self,
            self._parsed,
            self._expanded[1],
            self._facts.facets,
            self._facts.languages,
            self._looser,
            self._answer.matches,
        )

    def hits(self, start: int, size: int | None) -> list[Hit]:
        """The hits of a page, with snippets and marks."""
        asked, answer = self._shown
        if (start, size) == self._first_page:
            found = answer.hits
        else:
            found = asked.page(start, size or 0)["hits"]["hits"]
        copies, parts = asked.copies_under(found, answer.copied), asked.explanations(found)
        return [
            self._hit(each, copies.get(each["_id"], NO_COPIES), parts.get(each["_id"], ()))
            for each in found
        ]

    def every_hit(
        self, start: int, size: int | None, after: Cursor | None, *, marked: bool, loosened: bool
    ) -> Iterator[Hit]:
        """Hits from a place in the order on, every text once unless the request says `copies`.

        :raises ValueError: for `after` in an order that no commit leaves as it was.
        """
        if after is not None:
            check_cursor_order(self._order)
        asked, answer = self._shown
        if not self.total and not loosened:
            return
        stop = None if size is None else start + size
        for each in islice(asked.once(answer.copied, after), start, stop):
            copies = asked.copies_under([each], answer.copied)
            yield self._hit(each, copies.get(each["_id"], NO_COPIES), marked=marked)

    def facets(self) -> Facets:
        """The counts by each facet, and by date, without its own filter."""
        counts = self._answer.counts
        listed = {name: self._rows(name, counts) for name in self._facts.facets}
        by_date = {each["key"]: each["doc_count"] for each in buckets(counts["date"]["dates"])}
        undated = counts["date"]["undated"]["doc_count"]
        return Facets(
            agency=listed.pop(AGENCY.name),
            date=date_rows(by_date, undated, self.filters),
            others=listed,
        )

    def timeline(self, unit: str) -> tuple[tuple[str, int], ...]:
        """Matches by month or year, without gaps."""
        found = self._counted({"dates": terms_of(unit)})["dates"]
        return without_gaps({each["key"]: each["doc_count"] for each in buckets(found)})

    def recent(self, until: date, days: int) -> Recent:
        """The newest match, and matches by day: so many days, `until` the last."""
        numbers = days_until(until, days)
        span = (
            {"range": {"first_day": {"gte": numbers[0]}}},
            {"range": {"last_day": {"lte": numbers[-1]}}},
        )
        within = {"filter": all_of(span), "aggs": {"dates": terms_of("day")}}
        found = self._counted({"within": within})["within"]["dates"]
        counts = {each["key"]: each["doc_count"] for each in buckets(found)}
        return Recent(
            total=self.total,
            new=self.new(),
            newest=next(self.every_hit(0, 1, None, marked=False, loosened=False), None),
            days=tuple(counts.get(date_of(each).iso, 0) for each in numbers),
        )

    def first_uses(self) -> tuple[int, list[dict[str, Any]], dict[str, Any] | None]:
        """How many matches have a day, the first hit of each agency, oldest first, and the last."""
        oldest = order_of("oldest", self._facts)
        latest = list(map(turned, oldest))
        hit: QueryDsl = {"size": 1, "_source": ["release"]}
        firsts = {**terms_of("agency"), "aggs": {"first": {"top_hits": {**hit, "sort": oldest}}}}
        aggs = {"firsts": firsts, "last": {"top_hits": {**hit, "sort": latest}}}
        come: list[QueryDsl] = [
            {"exists": {"field": "day"}},
            {"range": {"moment": {"lte": last_moment()}}},
        ]
        dated: QueryDsl = {"filter": all_of(come), "aggs": aggs}
        found = self._counted({"dated": dated})["dated"]
        each_first = [each["first"]["hits"]["hits"][0] for each in buckets(found["firsts"])]
        last = found["last"]["hits"]["hits"]
        return (
            found["doc_count"],
            sorted(each_first, key=lambda each: (each["sort"][0], each["sort"][1].encode())),
            last[0] if last else None,
        )

    def term_sheet(self, size: int) -> TermSheet:
        """What the matches say more often than all other releases: so many words at the most."""
        clauses = [matching(self._expanded[0]), *self._clauses]
        return cluster_term_sheet(
            clauses, self._facts, self._counting, self._newest, self.request, size
        )

    def _newest(self, clauses: Sequence[QueryDsl], size: int) -> list[Release]:
        body = {
            "size": size,
            "query": all_of(clauses),
            "sort": order_of("newest", self._facts),
            "_source": ["release"],
        }
        hits = self._client.search(body)["hits"]["hits"]
        return [Release.from_stored(each["_source"]["release"]) for each in hits]

    def suggestion(self) -> str | None:
        """Another spelling of the words that finds more under the same filters, or of names."""
        facts, parsed = self._facts, self._parsed
        named = rightly_named(parsed, facts.agencies, facts.columns)
        if named is not None and self._total_of(named):
            return named
        if self._answer.matches > SUGGEST_UP_TO:
            return None
        languages = common_languages(facts.coverage)
        typed = [fold(each.text) for each in (*parsed.words, *parsed.quoted)]
        # One by one, these and neighbours as one word, they made a fifth of all requests.
        self._dictionary.look_up([*typed, *map("".join, pairwise(typed))])
        texts = corrections(parsed, self._dictionary, facts.agencies, languages)
        return better_spelling(texts, self.total, self._total_of)

    def completions(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Words that begin with what was typed."""
        return completions(prefix, self._dictionary, limit)

    def offers(self) -> tuple[Offer, ...]:
        """Agencies that the words name, as filters that find something."""
        facts = self._facts
        few = self._answer.matches <= SUGGEST_UP_TO
        forms = facts.agency_forms
        meant = agencies_meant(self.request.text, facts.agencies, forms, slips=few)
        return tuple(offers_of(self.request, meant, lambda other: self._of(other).total_alone))

    def new(self) -> int | None:
        """Matches that are new to the reader; None where the request does not say since when."""
        until = self.request.seen_until
        return None if until is None else self._answer.counts["new"]["doc_count"]

    @property
    def total_alone(self) -> int:
        """The exact number of matches, without asking for anything else."""
        return self._counting.of(all_of([matching(self._expanded[0]), *self._clauses]))

    def _total_of(self, text: str) -> int:
        return self._another(text=text, sort="newest").total_alone

    def highlighter(self) -> Highlighter:
        """What marks the words of the query."""
        return Highlighter(self._shown[0].query)

    @cached_property
    def _clauses(self) -> list[QueryDsl]:
        return filter_clauses(self.filters, self._facts)

    @cached_property
    def _parsed(self) -> ParsedQuery:
        return self._parse(self.request)

    def _parse(self, request: SearchRequest) -> ParsedQuery:
        facts, counting = self._facts, self._counting

        def parse() -> ParsedQuery:
            statistics = counting.statistics(facts.documents)
            joined = JoinedWords(statistics.of_word, self._together, counting.joined_words())
            return parse_query(
                request,
                facts.languages,
                facts.agencies,
                statistics,
                joined,
                facts.agency_forms,
                facts.columns,
            )

        return counting.collected(parse)

    def _together(self, *words: str) -> int:
        scope = Scope(languages=stem_languages(self._facts.languages))
        return self._counting.of_query(phrase_query(" ".join(words), scope) or NullQuery)

    @cached_property
    def _expanded(self) -> tuple[Query, list[Notice]]:
        return expand_query(self._parsed.query, self._dictionary)

    @property
    def _first_page(self) -> tuple[int, int]:
        """The page as it is asked for, if it can be reached."""
        size = min(self.request.per_page, MAX_PER_PAGE)
        start = (self.request.page - 1) * size
        return (start, size) if start + size <= WINDOW else (0, 0)

    @cached_property
    def _hits(self) -> ClusterHits:
        return self._hits_of(self._expanded[0])

    @cached_property
    def _answer(self) -> ClusterAnswer:
        return self._asked(self._hits, counted=True)

    @cached_property
    def _shown(self) -> tuple[ClusterHits, ClusterAnswer]:
        """What is shown, and what the cluster said of it."""
        return (self._hits, self._answer) if self._loosened is None else self._loosened

    def _hits_of(self, query: Query, units: Sequence[Query] = ()) -> ClusterHits:
        return ClusterHits(self._client, self._facts, self.request, self._clauses, query, units)

    def _asked(self, hits: ClusterHits, *, counted: bool) -> ClusterAnswer:
        aggs: dict[str, QueryDsl] = {"matches": {"filter": {"match_all": {}}}}
        if counted:
            aggs |= facet_counts(self.request, self.filters, self._facts)
        if hits.folds:
            aggs["texts"] = copies_counted(self._clauses, self._facts)
        answer = answer_of(hits.page(*self._first_page, aggs))
        if len(answer.copied) >= MAX_TEXTS:
            hits.folds = False
            del aggs["texts"]
            return answer_of(hits.page(*self._first_page, aggs))
        if answer.foreign:
            answer = replace(answer, spoken=hits.languages_of(answer.foreign))
        if hits.leave_to_readers(answer.spoken):
            answer = replace(answer, hits=hits.page(*self._first_page)["hits"]["hits"])
        return answer

    def _counted(self, aggs: Mapping[str, QueryDsl]) -> dict[str, Any]:
        query = all_of([matching(self._expanded[0]), *self._clauses])
        body = {"size": 0, "query": query, "aggs": dict(aggs)}
        counted: dict[str, Any] = self._client.search(body)["aggregations"]
        return counted

    def _hit(
        self,
        found: RawHit,
        under: CopiesUnder,
        explanation: tuple[ScorePart, ...] = (),
        *,
        marked: bool = True,
    ) -> Hit:
        return hit_of(
            found["_source"]["release"],
            self._highlighter if marked else None,
            # A cluster writes as few digits as tell apart what 32 bits can hold.
            score=grained(found["sort"][0]) if self._order == "relevance" else None,
            lacks=self._lacks(found),
            explanation=explanation,
            under=under,
        )

    @cached_property
    def _highlighter(self) -> Highlighter:
        return self.highlighter()

    def _lacks(self, found: Mapping[str, Any]) -> tuple[str, ...]:
        looser = self._looser
        if looser is None or not looser.units:
            return ()
        held = found.get("matched_queries", ())
        return lacking(looser, [str(at) in held for at in range(len(looser.units))])

    @cached_property
    def _looser(self) -> Looser | None:
        """The looser search of one that finds nothing."""
        if self.total or not may_loosen(self.request):
            return None
        parsed = self._parsed
        return self._counting.collected(lambda: loosen(parsed, self._read, self._count_of))

    @cached_property
    def _loosened(self) -> tuple[ClusterHits, ClusterAnswer] | None:
        """What holds most of the words, under the filters, where nothing holds all."""
        if self.total:
            return None
        looser = self._looser
        if looser is None or not looser.units:
            return None
        units = [self._expand(unit.query) for unit in looser.units]
        for query in (looser.most, looser.any_unit):
            hits = self._hits_of(self._expand(query), units)
            answer = self._asked(hits, counted=False)
            if answer.total:
                break
        return hits, answer

    def _read(self, text: str) -> ParsedQuery:
        """A part of the text as a search of its own."""
        return self._parse(SearchRequest(text))

    def _count_of(self, query: Query) -> int:
        """Documents that match under the filters."""
        return self._counting.of(all_of([matching(self._expand(query)), *self._clauses]))

    def _expand(self, query: Query) -> Query:
        return expand_query(query, self._dictionary)[0]

    def _rows(self, name: str, counts: Mapping[str, Any]) -> Any:
        found = {each["key"]: each["doc_count"] for each in buckets(counts[name]["values"])}
        known = self._facts.known_values[name]
        numbers = [found.get(slug, 0) for slug, _ in known]
        meant = self._facts.facets[name].meant(self.filters.chosen(name))
        return value_rows(known, numbers, meant)

    def _another(self, **values: Any) -> ClusterExecution:
        return self._of(self.request.changed(**values))

    def _of(self, request: SearchRequest) -> ClusterExecution:
        return ClusterExecution(self._client, self._facts, self._counting, request)
