"""Bodies of searches of a cluster: hits of a query in an order, what is counted beside; answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh.query import Query

from search.cluster.facts import Facts, terms_of
from search.cluster.filter_clauses import UNDATED, arrived_after, field_of, filter_clauses, order_of
from search.cluster.translation import Clause, all_of, matching, scored
from search.count.facets import counted_period
from search.request import Filters, SearchRequest


@dataclass(frozen=True, slots=True)
class ClusterAnswer:
    """What the cluster said: total under the filters, matches without them, hits, counts.

    `copied`: texts that several of the matches have, and how many; `spoken`: their languages, where
    the index has several.
    """

    total: int
    matches: int
    hits: Sequence[Mapping[str, Any]]
    counts: Mapping[str, Any]
    copied: Mapping[str, int]
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
    copied = counts["texts"]["same"]["buckets"] if "texts" in counts else []
    return ClusterAnswer(
        total=found["hits"]["total"]["value"],
        matches=counts["matches"]["doc_count"],
        hits=found["hits"]["hits"],
        counts=counts,
        copied={each["key"]: each["doc_count"] for each in copied},
    )


def search_body(
    query: Query, order: str, clauses: Sequence[Clause], facts: Facts
) -> dict[str, Any]:
    """Hits of a query under filters: these go after what is counted, which has others each."""
    body: dict[str, Any] = {
        "query": scored(query) if order == "relevance" else matching(query),
        "sort": order_of(order, facts),
        "_source": ["release"],
        "docvalue_fields": ["text"],
    }
    if clauses:
        body["post_filter"] = all_of(clauses)
    return body


def naming(clause: Clause, units: Sequence[Query]) -> Clause:
    """A query, whose hits say by number which of some other queries they match."""
    named = [
        {"constant_score": {"filter": matching(unit), "boost": 0.0, "_name": str(at)}}
        for at, unit in enumerate(units)
    ]
    return {"bool": {"must": [clause], "should": named}}


def facet_counts(request: SearchRequest, filters: Filters, facts: Facts) -> dict[str, Clause]:
    """Counts of the matches by each facet and by date, without its own filter, and of new ones."""
    made: dict[str, Clause] = {}
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


def turned(sort: Clause) -> Clause:
    """A part of an order, from its end."""
    ((field, about),) = sort.items()
    other = {"asc": "desc", "desc": "asc"}[about["order"]]
    missing = {"missing": "_first"} if "missing" in about else {}
    return {field: about | {"order": other} | missing}


def _dates(filters: Filters) -> Clause:
    period = counted_period(filters.days)
    if period is None:
        return terms_of("year")
    return terms_of("day" if period.month else "month", include=f"{period.iso}-.*")
