"""Facts of a commit on a cluster that every search needs: what it holds, counted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np

from index.agencies.gazetteer import NamedBodies
from index.cluster.client import Client, ClusterError
from index.cluster.commit import CommitState
from index.cluster.mapping import NAMES, facets_of
from index.dates.day_numbers import is_moment_ahead, last_moment
from index.dates.partial import date_of
from index.facet_table import AGENCY, LANGUAGE, Facet, FacetValue
from index.release import Agency
from search.cluster.translation import QueryDsl
from search.engine import Coverage
from search.match.facet_column import FacetColumn, facet_column
from search.query.agency_forms import AgencyForms, forms_of

MAX_VALUES = 20_000
"""Values of a facet; a cluster counts 65,535 in one request at most."""


@dataclass(frozen=True)
class Facts:
    """What a commit holds. `agencies` in order of slug, `columns` are the index's own facets.

    `latest`: the highest moment, by which it is known whether a release is dated ahead of today.
    """

    commit: CommitState
    coverage: Coverage
    agencies: tuple[Agency, ...]
    languages: tuple[str, ...]
    columns: dict[str, FacetColumn]
    latest: int
    bodies: Callable[[frozenset[str]], NamedBodies]

    @property
    def documents(self) -> int:
        """Releases."""
        return self.coverage.releases

    @property
    def ahead(self) -> bool:
        """Whether a release is dated ahead of today."""
        return is_moment_ahead(self.latest)

    @cached_property
    def agency_forms(self) -> AgencyForms:
        """What the agencies are called."""
        return forms_of(self.agencies, self.bodies)

    @cached_property
    def facets(self) -> dict[str, FacetColumn]:
        """The facets with their values, as `DocValues.facets` has them."""
        tags = tuple(FacetValue(tag, tag) for tag in self.languages)
        spoken = {LANGUAGE.name: FacetColumn(_NONE, tags, tags=True)} if len(tags) > 1 else {}
        return {AGENCY.name: FacetColumn(_NONE, self.agencies), **spoken, **self.columns}

    @cached_property
    def known_values(self) -> dict[str, list[tuple[str, str]]]:
        """Slug and name of the values of each facet, by name, then by slug."""
        return {
            name: sorted(((each.slug, each.name) for each in column.values), key=itemgetter(1, 0))
            for name, column in self.facets.items()
        }


_NONE = np.zeros(0, np.int32)


def read_facts(
    client: Client,
    commit: CommitState,
    updated_ns: int,
    bodies: Callable[[frozenset[str]], NamedBodies],
) -> Facts:
    """Count what a commit holds.

    :param updated_ns: when it was made (Unix, ns).
    """
    mapping = client.request("GET", f"/{commit.index}/_mapping")[commit.index]["mappings"]
    own = [each for each in facets_of(mapping, client.address) if each.column]
    body = {"size": 0, "track_total_hits": True, "aggs": _counted(own)}
    answer = client.search(body)
    counts = answer["aggregations"]
    columns = {each.name: _column(each, counts) for each in own}
    agencies = {each["key"]: _agency(each) for each in buckets(counts["agency"])}
    languages = {each["key"]: each["doc_count"] for each in buckets(counts["language"])}
    dated = counts["dated"]
    coverage = Coverage(
        releases=answer["hits"]["total"]["value"],
        undated=answer["hits"]["total"]["value"] - dated["doc_count"],
        first_date=_day(dated["first"]),
        last_date=_day(_last_of(dated, "begun")),
        updated=datetime.fromtimestamp(updated_ns / 1e9, UTC).isoformat(timespec="seconds"),
        agencies=_by_count([(agencies[each["key"]], each["doc_count"])
                            for each in buckets(counts["agency"])]),
        months=tuple((each["key"], each["doc_count"]) for each in buckets(counts["month"])),
        languages=_by_count(list(languages.items())),
        generation=f"{commit.generation}-{updated_ns:x}-{commit.index.rpartition('-')[2]}",
        facets={each.name: _values(each, columns[each.name], counts) for each in own},
        columns=tuple(own),
        agency_dates=dict(filter(None, map(_dates_of, buckets(counts["agency"])))),
    )  # fmt: skip
    return Facts(
        commit=commit,
        coverage=coverage,
        agencies=tuple(sorted(agencies.values())),
        languages=tuple(sorted(languages)),
        columns=columns,
        latest=int(counts["latest"]["value"] or 0),
        bodies=bodies,
    )


def terms_of(field: str, **about: Any) -> QueryDsl:
    """The values of a field with their counts."""
    return {"terms": {"field": field, "size": MAX_VALUES, **about}}


def buckets(counted: dict[str, Any]) -> list[dict[str, Any]]:
    """The values that were counted, all of them.

    :raises ClusterError: if there are more than can be listed.
    """
    if counted["sum_other_doc_count"]:
        raise ClusterError(f"A facet has over {MAX_VALUES:,} values: its counts would be wrong.")
    found: list[dict[str, Any]] = counted["buckets"]
    return found


def _counted(own: Sequence[Facet]) -> dict[str, QueryDsl]:
    in_order = {"order": {"_key": "asc"}}
    newest = {
        "top_hits": {
            "size": 1,
            "_source": False,
            "docvalue_fields": ["agency_name"],
            "sort": [{"moment": {"order": "desc", "missing": "_last"}}, {"id": "desc"}],
        }
    }
    last = {"max": {"field": "last_day"}}
    until = {"lte": last_moment() // 10_000}
    dated = {
        "first": {"min": {"field": "first_day"}},
        "last": last,
        "begun": {"filter": {"range": {"first_day": until}}, "aggs": {"last": last}},
        "past": {"filter": {"range": {"last_day": until}}, "aggs": {"last": last}},
    }
    days = {"filter": {"range": {"first_day": {"gt": 0}}}, "aggs": dated}
    made: dict[str, QueryDsl] = {
        "agency": {**terms_of("agency", **in_order), "aggs": {"newest": newest, "dated": days}},
        "language": terms_of("language"),
        "month": terms_of("month", **in_order),
        "latest": {"max": {"field": "moment"}},
        "dated": days,
    }
    for each in own:
        made[each.field] = terms_of(each.field)
        of_sets = {"newest": {"max": {"field": "moment"}}}
        made[each.field + NAMES] = {**terms_of(each.field + NAMES, **in_order), "aggs": of_sets}
    return made


def _agency(bucket: dict[str, Any]) -> Agency:
    (hit,) = bucket["newest"]["hits"]["hits"]
    return Agency(bucket["key"], hit["fields"]["agency_name"][0])


def _dates_of(bucket: dict[str, Any]) -> tuple[str, tuple[str, str]] | None:
    """The first and last day of an agency that has any."""
    first, last = _day(bucket["dated"]["first"]), _day(_last_of(bucket["dated"], "past"))
    return (bucket["key"], (first, last)) if first and last else None


def _last_of(dated: dict[str, Any], present: str) -> dict[str, Any]:
    """The last day; one ahead of today only where there is no other."""
    last: dict[str, Any] = (dated[present] if dated[present]["doc_count"] else dated)["last"]
    return last


def _column(facet: Facet, counts: dict[str, Any]) -> FacetColumn:
    sets = buckets(counts[facet.field + NAMES])
    newest = [int(each["newest"]["value"] or 0) for each in sets]
    return facet_column([each["key"] for each in sets], _NONE, newest, facet.column)


def _values(
    facet: Facet, column: FacetColumn, counts: dict[str, Any]
) -> tuple[tuple[FacetValue, int], ...]:
    known = {each.slug: each for each in column.values}
    found = [(known[each["key"]], each["doc_count"]) for each in buckets(counts[facet.field])]
    return _by_count(found)


def _by_count(pairs: list[tuple[Any, int]]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _day(found: dict[str, Any]) -> str | None:
    return None if found["value"] is None else date_of(int(found["value"])).iso
