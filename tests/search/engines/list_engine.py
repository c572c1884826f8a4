"""A second engine: releases in a plain list, every document looked at for every question.

Slow and obvious. Matching and scores are its own; how words are read, pages cut, rows listed and
spellings offered it has from the parts that engines share, as the next engine will.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import chain
from typing import NamedTuple

from whoosh import query as q

from index.dates.day_numbers import is_ahead
from index.dates.partial import date_of
from index.history import History
from index.release import Agency, Release
from index.text.stemming import stem_languages
from index.tombstone import Tombstone
from search.count.facets import counted_period, date_rows, value_rows
from search.count.timeline import check_unit, without_gaps
from search.engine import Bounded, Coverage
from search.engines.collapsing import NAMED_COPIES
from search.paging import page_of
from search.query.agency_forms import NO_FORMS, agencies_meant, offers_of
from search.query.filter_queries import tags_meant
from search.query.joined_words import JoinedWords
from search.query.loosening import Looser, lacking, loosen
from search.query.misspelt_names import rightly_named
from search.query.notices import filter_notices, folded_notices, zero_notices
from search.query.parsed_query import ParsedQuery
from search.query.parser import parse_query
from search.query.positional import Slots
from search.query.similar import similar_query
from search.query.spelling import SUGGEST_UP_TO, better_spelling, corrections
from search.query.statistics import Statistics
from search.query.term_queries import phrase_query
from search.query.word_clauses import Scope
from search.query.word_completion import completions
from search.request import Filters, SearchRequest, is_after
from search.results import FacetCount, Facets, FirstUses, Hit, Recent, SearchResults, without_text
from tests.search.engines.list_dictionary import ListDictionary
from tests.search.engines.list_documents import (
    WEIGHTS,
    Document,
    Scored,
    by_date,
    in_days,
    may_pass,
    newest_first,
    other_languages,
    shown_of,
)
from tests.search.engines.list_patterns import MATCHES, fits
from tests.search.formula import Formula


class Agencies(NamedTuple):
    """The agency facet."""

    values: tuple[Agency, ...]


class ListEngine:
    """`search.engine.Engine` over releases in memory."""

    def __init__(self, releases: Sequence[Release], first_indexed: str) -> None:
        self._documents = [Document(each, first_indexed) for each in releases]
        self._agencies = tuple(
            sorted(
                {each.agency for each in releases}, key=lambda agency: (agency.name, agency.slug)
            )
        )
        self._languages = tuple(sorted({each.language for each in releases}))
        self._formula = ListFormula(self, self._documents)
        self._dictionary = ListDictionary(self._documents, self._matching_text)

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits with total, facets and notices."""
        filters = request.filters
        reading, matches = self._matches(request)
        found = self._ordered(request, self._filtered(filters, matches))
        looser = None if found else self._looser(request, reading)
        loosened = self._loosened(request, looser)
        shown = found or loosened or []
        under = self._copies(request, shown)
        hits = [pair for pair in shown if pair[0] not in chain(*under.values())]
        page = page_of(request.page, request.per_page, len(hits))
        cut = hits[page.start : page.start + page.size]
        held = {"agency": Agencies(self._agencies)}
        filtered = filter_notices(request, filters, held, self._languages)
        loose = loosened is not None
        nothing = () if found else zero_notices(request, reading, len(matches), looser, loose)
        folded = folded_notices(request, len(shown) - len(hits), other_languages(under))
        meant = agencies_meant(request.text, self._agencies, NO_FORMS)
        return SearchResults(
            request=request,
            total=len(found),
            page=page.number,
            pages=page.pages,
            hits=tuple(self._hits(request, cut, looser, under)),
            facets=self._facets(filters, matches),
            notices=(*reading.notices, *filtered, *nothing, *folded, *page.notices),
            did_you_mean=self._suggestion(request, reading, len(matches), len(found)),
            took_ms=0.0,
            new=_arrived_since(request.seen_until, found),
            loosened_total=None if loosened is None else len(loosened),
            offers=tuple(offers_of(request, meant, self.count)),
            folded=len(shown) - len(hits),
        )

    def every_hit(
        self,
        request: SearchRequest,
        *,
        snippets: bool = True,
        texts: bool = True,
        start: int = 0,
        size: int | None = None,
        loosened: bool = False,
    ) -> Iterator[Hit]:
        """All matches in the request's order; none are marked."""
        reading, matches = self._matches(request)
        found = self._ordered(request, self._filtered(request.filters, matches))
        looser = self._looser(request, reading) if loosened and not found else None
        found = found or self._loosened(request, looser) or []
        under = self._copies(request, found)
        found = [pair for pair in found if pair[0] not in chain(*under.values())]
        hits = self._hits(
            request, found[start : None if size is None else start + size], looser, under
        )
        yield from hits if snippets or texts else map(without_text, hits)

    def count(self, request: SearchRequest) -> int:
        """The exact number of matches."""
        return len(self._filtered(request.filters, self._matches(request)[1]))

    def facets(self, request: SearchRequest) -> Facets:
        """The facets that `search` gives."""
        return self._facets(request.filters, self._matches(request)[1])

    def timeline(self, request: SearchRequest, unit: str = "month") -> tuple[tuple[str, int], ...]:
        """Matches by month or year, without gaps."""
        check_unit(unit)
        found = self._filtered(request.filters, self._matches(request)[1])
        return without_gaps(by_date(found, 7 if unit == "month" else 4))

    def first_uses(self, request: SearchRequest, size: int) -> FirstUses:
        """Who used the words first, release by release."""
        found = [hit.release for hit in self.every_hit(request.changed(sort="oldest", copies=True))]
        dated = [each for each in found if len(each.date or "--") == 10 and not is_ahead(each.date)]
        firsts: dict[str, Release] = {}
        for each in dated:
            firsts.setdefault(each.agency.slug, each)
        named, last = tuple(firsts.values()), dated[-1] if dated else None
        undated = len(found) - len(dated)
        return FirstUses(len(dated), undated, len(named), named[:size], last)

    def recent(self, request: SearchRequest, until: date, days: int) -> Recent:
        """What a search brings lately, counted day by day."""
        found = self.search(request.changed(sort="newest", per_page=1))
        dates = [hit.release.date for hit in self.every_hit(request.changed(copies=True))]
        named = [(until - timedelta(days=back)).isoformat() for back in range(days)][::-1]
        newest = next(iter(found.hits), None) if found.total else None
        return Recent(found.total, found.new, newest, tuple(map(dates.count, named)))

    def release(self, release_id: str) -> Release | None:
        """The release with that id or alias."""
        found = self._find(release_id)
        return found.release if found else None

    def history(self, release_id: str) -> History | None:
        """When a release first came into the index; none of these has changed."""
        found = self._find(release_id)
        return History(found.first_indexed) if found else None

    def tombstone(self, release_id: str) -> Tombstone | None:  # noqa: ARG002
        """What is remembered of a removed release: no release of a list is ever removed."""
        return None

    def marked(
        self,
        releases: Iterable[Release],
        request: SearchRequest,  # noqa: ARG002
    ) -> Iterator[tuple[str, str]]:
        """Headline and body of each, without marks."""
        for release in releases:
            yield escape(release.headline), escape(release.body)

    def similar(self, release_id: str, limit: int = 5) -> tuple[Release, ...]:
        """Releases of the same language most like this one."""
        of = self._find(release_id)
        query = of and similar_query(of.release, self._statistics())
        if of is None or query is None:
            return ()
        alike = [
            (each, score)
            for each, score in self._scored(query)
            if each is not of and each.release.language == of.release.language
        ]
        best = self._ordered(SearchRequest("words"), alike)[:limit]
        return tuple(each.release for each, _ in best)

    def complete(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Words that begin with what was typed."""
        return completions(prefix, self._dictionary, limit)

    def coverage(self) -> Coverage:
        """What the list holds."""
        dated = [each for each in self._documents if each.first_day]
        releases = [each.release for each in self._documents]
        agencies = Counter(each.agency for each in releases)
        languages = Counter(each.language for each in releases)
        by_agency: dict[str, list[Document]] = {}
        for each in dated:
            by_agency.setdefault(each.release.agency.slug, []).append(each)
        return Coverage(
            releases=len(releases),
            undated=len(releases) - len(dated),
            first_date=min((date_of(each.first_day).iso for each in dated), default=None),
            last_date=max((date_of(each.last_day).iso for each in dated), default=None),
            updated=None,
            agencies=tuple(sorted(agencies.items(), key=lambda pair: (-pair[1], pair[0]))),
            months=tuple(sorted(by_date([(each, 0.0) for each in dated], 7).items())),
            languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
            generation="1",
            agency_dates={
                slug: (
                    date_of(min(each.first_day for each in theirs)).iso,
                    date_of(max(each.last_day for each in theirs)).iso,
                )
                for slug, theirs in by_agency.items()
            },
        )

    def caches(self) -> dict[str, Bounded]:
        """None."""
        return {}

    def check_ahead(self) -> Iterator[None]:
        """Nothing to check."""
        return iter(())

    def close(self) -> None:
        """Nothing to let go of."""

    def _find(self, release_id: str) -> Document | None:
        named = [each for each in self._documents if each.release.id == release_id]
        named += [each for each in self._documents if release_id in each.release.aliases]
        return named[0] if named else None

    def _statistics(self) -> Statistics:
        return Statistics(len(self._documents), self._dictionary.frequency, self._holding)

    def _holding(self, fields: tuple[str, ...], terms: tuple[str, ...]) -> int:
        return sum(
            any(term in each.terms[field] for field in fields for term in terms)
            for each in self._documents
        )

    def _read(self, request: SearchRequest) -> ParsedQuery:
        joined = JoinedWords(self._dictionary.documents, self._together)
        return parse_query(request, self._languages, self._agencies, self._statistics(), joined)

    def _matching_text(self, text: str) -> int:
        return len(self._scored(self._read(SearchRequest(text)).query))

    def _together(self, *words: str) -> int:
        phrase = phrase_query(" ".join(words), Scope(languages=stem_languages(self._languages)))
        return len(self._scored(phrase))

    def _matches(self, request: SearchRequest) -> tuple[ParsedQuery, Scored]:
        """How the words were read, and what they match before filters."""
        reading = self._read(request)
        return reading, self._scored(reading.query)

    def _looser(self, request: SearchRequest, reading: ParsedQuery) -> Looser | None:
        if request.match == "strict" or not request.text.strip():
            return None
        return loosen(
            reading,
            lambda text: self._read(SearchRequest(text)),
            lambda query: len(self._filtered(request.filters, self._scored(query))),
        )

    def _loosened(self, request: SearchRequest, looser: Looser | None) -> Scored | None:
        if looser is None or not looser.units:
            return None
        for query in (looser.most, looser.any_unit):
            found = self._filtered(request.filters, self._scored(query))
            if found:
                break
        return self._ordered(request, found)

    def _scored(self, query: q.Query) -> Scored:
        scored = ((each, self._formula.score(query, n)) for n, each in enumerate(self._documents))
        return [(each, score) for each, score in scored if score is not None]

    def _filtered(self, filters: Filters, matches: Scored) -> Scored:
        tags, chosen = tags_meant(filters.languages, self._languages), filters.chosen("agency")
        return [
            (each, score)
            for each, score in matches
            if may_pass(each.release.agency.slug, chosen)
            and may_pass(each.release.language, tags)
            and in_days(filters, each)
            and not filters.changed
            and (not filters.arrived_after or is_after(each.first_indexed, filters.arrived_after))
        ]

    def _ordered(self, request: SearchRequest, found: Scored) -> Scored:
        if request.order == "oldest":
            return sorted(
                found, key=lambda pair: (not pair[0].first_day, pair[0].moment, pair[0].release.id)
            )
        newest = sorted(found, key=lambda pair: (-pair[0].moment, pair[0].release.id))
        if request.order == "arrived":
            return sorted(newest, key=lambda pair: pair[0].first_indexed, reverse=True)
        if request.order == "newest" or not request.text.strip():
            return newest
        return sorted(newest, key=lambda pair: -round(pair[1], 9))

    def _copies(self, request: SearchRequest, found: Scored) -> dict[Document, list[Document]]:
        """For the document of each text that is shown: the others that say it too."""
        texts: dict[int, list[Document]] = {}
        for each, _ in found:
            if each.text_key and not request.copies:
                texts.setdefault(each.text_key, []).append(each)
        return {
            shown_of(same, request.reads): [
                each for each in same if each is not shown_of(same, request.reads)
            ]
            for same in texts.values()
            if len(same) > 1
        }

    def _hits(
        self,
        request: SearchRequest,
        found: Scored,
        looser: Looser | None,
        under: dict[Document, list[Document]],
    ) -> Iterator[Hit]:
        by_score = request.order == "relevance" and bool(request.text.strip())
        for each, score in found:
            headline = escape(each.release.headline)
            held = (
                [
                    self._formula.score(unit.query, self._documents.index(each)) is not None
                    for unit in looser.units
                ]
                if looser
                else []
            )
            yield Hit(
                each.release,
                headline,
                (),
                score if by_score else None,
                each.first_indexed,
                lacking(looser, held) if looser else (),
                copies=tuple(
                    other.release for other in newest_first(under.get(each, ()))[:NAMED_COPIES]
                ),
                copies_total=len(under.get(each, ())),
            )

    def _facets(self, filters: Filters, matches: Scored) -> Facets:
        for_agency = self._filtered(filters.without("agency"), matches)
        for_date = self._filtered(filters.without_dates, matches)
        by_agency = Counter(each.release.agency for each, _ in for_agency)
        period = counted_period(filters.days)
        size = 4 if period is None else 7 if not period.month else 10
        undated = sum(not each.first_day for each, _ in for_date)
        return Facets(
            value_rows(
                self._agencies, [by_agency[a] for a in self._agencies], filters.chosen("agency")
            ),
            date_rows(by_date(for_date, size), undated, filters),
            {"language": self._by_language(filters, matches)} if len(self._languages) > 1 else {},
        )

    def _by_language(self, filters: Filters, matches: Scored) -> tuple[FacetCount, ...]:
        found = self._filtered(filters.without("language"), matches)
        counts = Counter(each.release.language for each, _ in found)
        chosen = tags_meant(filters.languages, self._languages)
        known = [(tag, tag) for tag in self._languages]
        return value_rows(known, [counts[tag] for tag in self._languages], chosen)

    def _suggestion(
        self, request: SearchRequest, reading: ParsedQuery, matches: int, total: int
    ) -> str | None:
        def count(text: str) -> int:
            return self.count(request.changed(text=text))

        named = rightly_named(reading, self._agencies, {})
        if named is not None and count(named):
            return named
        if matches > SUGGEST_UP_TO:
            return None
        texts = corrections(reading, self._dictionary, self._agencies, self._languages)
        return better_spelling(texts, total, count)

    def matching(self, query: q.Query) -> Callable[[int], bool]:
        """What a pattern, a range or another query without terms matches."""
        return lambda number: MATCHES[type(query)](query, self._documents[number])

    def phrases(self, query: Slots) -> q.Query:
        """The phrases that words in their places stand for."""
        return query.phrases([self._spelt_out(place) for place in query.places])[0]

    def _spelt_out(self, query: q.Query) -> q.Query:
        """The query with all words in the place of prefixes, patterns and near-words."""
        if type(query) is q.Or:
            return q.Or([self._spelt_out(child) for child in query.subqueries])
        if not isinstance(query, q.ConstantScoreQuery):
            return query
        field = query.child.fieldname
        return q.Or(
            [
                q.Term(field, word)
                for word in self._dictionary.words(field)
                if fits(query.child, word)
            ]
        )


def _arrived_since(moment: str | None, found: Scored) -> int | None:
    if moment is None:
        return None
    return sum(is_after(each.first_indexed, moment) for each, _ in found)


class ListFormula(Formula):
    """The formula over the documents of a list, with words in their places."""

    def __init__(self, engine: ListEngine, documents: Sequence[Document]) -> None:
        super().__init__([each.terms for each in documents], WEIGHTS, engine.matching)
        self._engine = engine

    def score(self, query: q.Query, number: int) -> float | None:
        """The score of a document that matches, None for one that does not."""
        if not isinstance(query, Slots):
            return super().score(query, number)
        score = self.score(self._engine.phrases(query), number)
        return None if score is None else score * query.boost
