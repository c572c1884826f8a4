"""Filters of a request as clauses of a cluster's query, one for each facet, dates and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.dates.day_numbers import last_moment
from index.facet_table import AGENCY, TABLE, facet_of_column
from index.schema import CHANGED
from search.choices import wanted_and_excluded
from search.cluster.facts import Facts
from search.cluster.translation import EVERYTHING, NOTHING, QueryDsl
from search.query.filter_queries import tags_meant
from search.request import Filters

_NONE = {"newest": 0, "oldest": 10**13}
"""What stands for no moment in an order, where the cluster is told how to sort."""
UNDATED: QueryDsl = {"term": {"first_day": 0}}


def filter_clauses(filters: Filters, facts: Facts) -> list[QueryDsl]:
    """All of them; none where the request has no filters."""
    made = [_facet(name, slugs, facts) for name, slugs in filters.facets]
    if filters.days is not None or filters.undated:
        made.append(_dates(filters))
    if filters.languages:
        made.append(_valued("language", tags_meant(filters.languages, facts.languages)))
    if filters.changed:
        made.append({"term": {"state": CHANGED}})
    if filters.arrived_after is not None:
        made.append(arrived_after(filters.arrived_after))
    return made


def arrived_after(until: str) -> QueryDsl:
    """Releases that came, or changed, after a time, as `search.request.is_after` reads it."""
    return {"range": {"arrived": {"gt": until + "\uffff"}}}


def order_of(name: str, facts: Facts) -> list[QueryDsl]:
    """What hits are sorted by: relevance or time, then time, then id, as `DocValues.order` has it.

    The undated come last, and with them those dated ahead of today.
    """
    by_moment = _by_moment(facts, "asc" if name == "oldest" else "desc")
    first = {"relevance": "_score", "arrived": "arrived"}.get(name)
    before: list[QueryDsl] = [{first: {"order": "desc"}}] if first else []
    return [*before, by_moment, {"id": {"order": "asc"}}]


def moment_key(moment: int, order: str, facts: Facts) -> int:
    """What a moment, 0 for none, is sorted by in an order by time."""
    if moment:
        return moment
    if facts.ahead:
        return _NONE[order]
    return -(2**63) if order == "newest" else 2**63 - 1  # as a cluster says that there is none


def field_of(facet: str) -> str:
    """The field of a facet's values."""
    own = {each.name: each.field for each in TABLE}
    return own[facet] if facet in own else facet_of_column(facet).field


def _facet(name: str, slugs: tuple[str, ...], facts: Facts) -> QueryDsl:
    if name != AGENCY.name and name not in facts.columns:
        return NOTHING if wanted_and_excluded(slugs)[0] else EVERYTHING
    return _valued(field_of(name), slugs)


def _valued(field: str, slugs: Sequence[str]) -> QueryDsl:
    """Releases with one of the wanted values, where there are any, and none of the excluded."""
    wanted, unwanted = wanted_and_excluded(slugs)
    having: QueryDsl = {"terms": {field: wanted}}
    if not unwanted:
        return having
    others: QueryDsl = {"must_not": [{"terms": {field: unwanted}}]}
    return {"bool": others | ({"filter": [having]} if wanted else {})}


def _dates(filters: Filters) -> QueryDsl:
    days = filters.days
    if days is None:
        return UNDATED
    within: list[QueryDsl] = [
        {"range": {"first_day": {"gte": max(days.first, 1)}}},
        {"range": {"last_day": {"lte": days.last}}},
    ]
    inside: QueryDsl = {"bool": {"filter": within}}
    if not filters.undated:
        return inside
    return {"bool": {"should": [inside, UNDATED], "minimum_should_match": 1}}


def _by_moment(facts: Facts, direction: str) -> QueryDsl:
    if not facts.ahead:
        return {"moment": {"order": direction, "missing": "_last"}}
    none = _NONE["newest" if direction == "desc" else "oldest"]
    script: dict[str, Any] = {
        "source": "doc['moment'].size() == 0 || doc['moment'].value > params.last"
        " ? params.none : doc['moment'].value",
        "params": {
            "last": last_moment(),
            "none": none,
        },
    }
    return {"_script": {"type": "number", "order": direction, "script": script}}
