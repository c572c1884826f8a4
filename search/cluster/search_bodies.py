"""Bodies of searches of a cluster: hits of a query in an order, what is counted beside; answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh.query import Query

from search.cluster.facts import Facts, terms_of
from search.cluster.filter_clauses import UNDATED, arrived_after, field_of, filter_clauses, order_of
from search.cluster.translation import QueryDsl, all_of, matching
from search.count.facets import counted_period
from search.request import Filters, SearchRequest

MAX_TEXTS = 20_000
"""Texts that several of the matches have; where there are more, copies stand each for itself."""
MAX_FOREIGN = 200
"""Texts in others than the main language of the index that are named; where there are more, the
languages of all copied texts are asked for."""


@dataclass(frozen=True, slots=True)
class ClusterAnswer:
    """What the cluster said: total under the filters, matches without them, hits, counts.

    `copied`: texts that several of the matches have, and how many; `foreign`: those of them that
    may stand there in several languages; `spoken`: the languages of these.
    """

    total: int
    matches: int
    hits: Sequence[Mapping[str, Any]]
    counts: Mapping[str, Any]
    copied: Mapping[str, int]
    foreign: Collection[str] = ()
    spoken: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def folded(self) -> int:
        """How many of the matches stand under another one of the same text."""
        return sum(self.copied.values()) - len(self.copied)

    @property
    def folded_languages(self) -> int:
        """How many of these are so because they stand in another language."""
        return sum(map(len, self.spoken.values())) - len(self.spoken)


def answer_of(found: Mapping[str, Any]) -> ClusterAnswer:
    """What the cluster said to a search that counts `matches`, and `texts` that several have."""
    counts = found["aggregations"]
    texts = counts.get("texts", {})
    copied = {each["key"]: each["doc_count"] for each in texts["same"]["buckets"]} if texts else {}
    foreign: Collection[str] = ()
    if "foreign" in texts:
        found_foreign = texts["foreign"]["texts"]
        if found_foreign["sum_other_doc_count"]:
            foreign = copied
        else:
            foreign = [each["key"] for each in found_foreign["buckets"] if each["key"] in copied]
    return ClusterAnswer(
        total=found["hits"]["total"]["value"],
        matches=counts["matches"]["doc_count"],
        hits=found["hits"]["hits"],
        counts=counts,
        copied=copied,
        foreign=foreign,
    )


def copies_counted(clauses: Sequence[QueryDsl], facts: Facts) -> QueryDsl:
    """Texts that several of the matches have, and texts that are not in the main language.

    A text in several languages is among both. Of 72,623 releases in two languages 164 of 223
    questions find copies, and 30 some in both.
    """
    same = terms_of("text", min_doc_count=2, shard_min_doc_count=2, size=MAX_TEXTS)
    aggs: dict[str, QueryDsl] = {"same": same}
    if len(facts.languages) > 1:
        (main, _), *_ = facts.coverage.languages
        foreign = {"bool": {"must_not": [{"term": {"language": main}}]}}
        texts = terms_of("text", size=MAX_FOREIGN)
        aggs["foreign"] = {"filter": foreign, "aggs": {"texts": texts}}
    return {"filter": all_of(clauses), "aggs": aggs}


def search_body(
    query: QueryDsl, order: str, clauses: Sequence[QueryDsl], facts: Facts
) -> dict[str, Any]:
    """Hits of a query under filters: these go after what is counted, which has others each."""
    body: dict[str, Any] = {
        "query": query,
        "sort": order_of(order, facts),
        "_source": ["release"],
        "docvalue_fields": ["text"],
    }
    if clauses:
        body["post_filter"] = all_of(clauses)
    return body


def naming(clause: QueryDsl, units: Sequence[Query]) -> QueryDsl:
    """A query, whose hits say by number which of some other queries they match."""
    named = [
        {"constant_score": {"filter": matching(unit), "boost": 0.0, "_name": str(at)}}
        for at, unit in enumerate(units)
    ]
    return {"bool": {"must": [clause], "should": named}}


def facet_counts(request: SearchRequest, filters: Filters, facts: Facts) -> dict[str, QueryDsl]:
    """Counts of the matches by each facet and by date, without its own filter, and of new ones."""
    made: dict[str, QueryDsl] = {}
    for name in facts.facets:
        others = filter_clauses(filters.without(name), facts)
        made[name] = {"filter": all_of(others), "aggs": {"values": terms_of(field_of(name))}}
    dateless = filter_clauses(filters.without_dates, facts)
    aggs = {"dates": _dates(filters), "undated": {"filter": UNDATED}}
    made["date"] = {"filter": all_of(dateless), "aggs": aggs}
    if (until := request.seen_until) is not None:
        own = filter_clauses(filters, facts)
        made["new"] = {"filter": all_of([*own, arrived_after(until)])}
    return made


def text_of(hit: Mapping[str, Any]) -> str:
    """What copies of a text have in common."""
    return str(hit["fields"]["text"][0])


def turned(sort: QueryDsl) -> QueryDsl:
    """A part of an order, from its end."""
    ((field, about),) = sort.items()
    other = {"asc": "desc", "desc": "asc"}[about["order"]]
    missing = {"missing": "_first"} if "missing" in about else {}
    return {field: about | {"order": other} | missing}


def _dates(filters: Filters) -> QueryDsl:
    period = counted_period(filters.days)
    if period is None:
        return terms_of("year")
    return terms_of("day" if period.month else "month", include=f"{period.iso}-.*")
