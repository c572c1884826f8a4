"""Hits of one query on a cluster: a page of them, all of them, what stands under them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from whoosh.query import Query

from index.cluster.client import Client
from index.release import Release
from search.cluster.facts import Facts
from search.cluster.filter_clauses import moment_key, order_of
from search.cluster.score_parts import score_parts
from search.cluster.search_bodies import naming, search_body, text_of
from search.cluster.translation import QueryDsl, all_of, matching, scored
from search.cursor import Cursor
from search.engines.collapsing import NAMED_COPIES, CopiesUnder, language_distance
from search.engines.page_assembly import order_shown
from search.match.rescore import LITTLE, MAX_RESCORED, parts_of
from search.query.ranking import most
from search.request import SearchRequest
from search.results import ScorePart

EVERY = 1_000
"""Hits of one request where all are wanted."""
PAIRS = 10_000
"""Texts with their languages of one request."""

RawHit = Mapping[str, Any]
"""A hit as the cluster gives it."""


class ClusterHits:
    """The hits of a query, under the filters of a request and in its order.

    `folds`: whether copies of a text stand under the first of it.

    :param clauses: the filters; `units`: queries, whose numbers each hit bears that matches them.
    """

    def __init__(
        self,
        client: Client,
        facts: Facts,
        request: SearchRequest,
        clauses: Sequence[QueryDsl],
        query: Query,
        units: Sequence[Query] = (),
    ) -> None:
        self.query = query
        self.folds = not request.copies
        self._client = client
        self._facts = facts
        self._request = request
        self._clauses = clauses
        self._units = units
        self._foreign: list[QueryDsl] = []
        self._best: list[str] | None = None
        self._order = order_shown(request)
        # Else every shard weighs words by its own releases alone.
        scored = self._order == "relevance"
        self._about: dict[str, Any] = {"search_type": "dfs_query_then_fetch"} if scored else {}

    def languages_of(self, copied: Collection[str]) -> dict[str, list[str]]:
        """The languages of the hits of each of some texts.

        Asked for by itself: counted within each of the texts of 65,013 matches it took ten seconds.
        """
        sources = [{name: {"terms": {"field": name}}} for name in ("text", "language")]
        pairs: dict[str, Any] = {"size": PAIRS, "sources": sources}
        wanted = [matching(self.query), *self._clauses, {"terms": {"text": sorted(copied)}}]
        body = {"size": 0, "query": all_of(wanted), "aggs": {"pairs": {"composite": pairs}}}
        found: dict[str, list[str]] = {}
        while True:
            counted = self._client.search(body)["aggregations"]["pairs"]
            for each in counted["buckets"]:
                found.setdefault(each["key"]["text"], []).append(each["key"]["language"])
            if len(counted["buckets"]) < PAIRS:
                return found
            pairs["after"] = counted["after_key"]

    def leave_to_readers(self, spoken: Mapping[str, Sequence[str]]) -> bool:
        """Of texts in several languages leave those out that the reader's is nearer than.

        :param spoken: the languages of each text.
        :return: whether any is left out.
        """
        reads, known = self._request.reads, self._facts.languages
        by_nearest: dict[int, list[str]] = {}
        for text, tags in spoken.items() if reads else ():
            far = [language_distance(tag, reads) for tag in tags]
            if max(far) > min(far):
                by_nearest.setdefault(min(far), []).append(text)
        for nearest, texts in by_nearest.items():
            further = [tag for tag in known if language_distance(tag, reads) > nearest]
            self._foreign.append(
                all_of([{"terms": {"text": texts}}, {"terms": {"language": further}}])
            )
        if by_nearest:
            self._best = None  # of fewer now
        return bool(by_nearest)

    def page(
        self, start: int, size: int, aggs: Mapping[str, QueryDsl] | None = None
    ) -> dict[str, Any]:
        """Hits from a place on, of each text the first alone, and what is counted beside them."""
        body = self._body() | {"from": start, "size": size, "track_total_hits": True}
        if self.folds:
            body["collapse"] = {"field": "text"}
        if aggs:
            body["aggs"] = dict(aggs)
        return self._client.search(body, **self._about)

    def once(self, copied: Mapping[str, int], after: Cursor | None) -> Iterator[RawHit]:
        """All hits in the order behind a place, of each text the first of all.

        :param copied: texts that several of them have.
        """
        seen: set[str] = set()
        for each in self._every(after):
            text = text_of(each)
            if text in copied:
                if text in seen:
                    continue
                seen.add(text)
                if after is not None and not self._is_first(each):
                    continue
            yield each

    def copies_under(
        self, found: Sequence[RawHit], copied: Mapping[str, int]
    ) -> dict[str, CopiesUnder]:
        """The releases that stand under hits, by document."""
        several = [each for each in found if text_of(each) in copied]
        if not several or not self.folds:
            return {}
        bodies = []
        for each in several:
            others = {
                "filter": self._of_text(each),
                "must_not": [{"ids": {"values": [each["_id"]]}}],
            }
            bodies.append({
                "size": NAMED_COPIES,
                "track_total_hits": True,
                "query": {"bool": others},
                "sort": order_of("newest", self._facts),
                "_source": ["release"],
            })  # fmt: skip
        made = {}
        for each, answer in zip(several, self._client.searches(bodies), strict=True):
            hits = answer["hits"]
            copies = tuple(Release.from_stored(hit["_source"]["release"]) for hit in hits["hits"])
            made[each["_id"]] = CopiesUnder(copies, hits["total"]["value"] if copies else 0)
        return made

    def explanations(self, found: Sequence[RawHit]) -> dict[str, tuple[ScorePart, ...]]:
        """The parts of the scores of some hits, where the request asks for them, by document."""
        if not self._request.explain or not self._about or not found:
            return {}
        releases = {each["_id"]: Release.from_stored(each["_source"]["release"]) for each in found}
        ask = partial(self._client.searches, search_type="dfs_query_then_fetch")
        best = self._best or list(releases)
        whole = {place: release for place, release in releases.items() if place in best}
        alone = {place: release for place, release in releases.items() if place not in best}
        made = score_parts(self.query, whole, ask)
        return made | (score_parts(parts_of(self.query).matching, alone, ask) if alone else {})

    def _every(self, after: Cursor | None) -> Iterator[dict[str, Any]]:
        """All hits in the order, copies too, as they were when the first was asked for."""
        path = f"/{self._client.address.name}/_search/point_in_time"
        opened = self._client.request("POST", path, keep_alive="5m")["pit_id"]
        body = self._body() | {
            "size": EVERY,
            "pit": {"id": opened, "keep_alive": "5m"},
            "track_total_hits": False,
        }
        if after is not None:
            body["search_after"] = [moment_key(after.moment, self._order, self._facts), after.id]
        try:
            while True:
                hits = self._client.search(body, **self._about)["hits"]["hits"]
                yield from hits
                if len(hits) < EVERY:
                    return
                body["search_after"] = hits[-1]["sort"]
        finally:
            self._client.request("DELETE", "/_search/point_in_time", {"pit_id": [opened]})

    def _is_first(self, hit: RawHit) -> bool:
        """Whether no other hit of its text stands before it, as one before a cursor may."""
        body = {
            "size": 1,
            "query": {"bool": {"filter": self._of_text(hit), "must_not": self._foreign}},
            "sort": order_of(self._order, self._facts),
            "_source": False,
        }
        return bool(self._client.search(body)["hits"]["hits"][0]["_id"] == hit["_id"])

    def _of_text(self, hit: RawHit) -> list[QueryDsl]:
        """What the hits of a text pass."""
        return [matching(self.query), *self._clauses, {"term": {"text": text_of(hit)}}]

    def _body(self) -> dict[str, Any]:
        body = self._body_of(self._scored() if self._about else matching(self.query))
        if self._units:
            body["query"] = naming(body["query"], self._units)
        return body

    def _body_of(self, clause: QueryDsl) -> dict[str, Any]:
        body = search_body(clause, self._order, self._clauses, self._facts)
        if self._foreign:
            body["post_filter"] = {"bool": {"filter": self._clauses, "must_not": self._foreign}}
        return body

    def _scored(self) -> QueryDsl:
        """The query with its scores; what ranks and adds little is added to those of the best.

        As a folder does it (`search.match.rescore`), whose order would be another one otherwise.
        """
        match, ranking = parts_of(self.query)
        if ranking is None or most(ranking) >= LITTLE:
            return scored(self.query)
        if self._best is None:
            self._best = self._first_alone(match)
        if not self._best:
            return scored(self.query)
        added = {"must": [scored(ranking)], "filter": [{"ids": {"values": self._best}}]}
        return {"bool": {"must": [scored(match)], "should": [{"bool": added}]}}

    def _first_alone(self, match: Query) -> list[str]:
        """The documents that are the best without what ranks; none where there are no others."""
        body = self._body_of(scored(match)) | {
            "size": MAX_RESCORED,
            "track_total_hits": MAX_RESCORED + 1,
            "_source": False,
        }
        del body["docvalue_fields"]
        wanted = "_shards,timed_out,hits.total,hits.hits._id"
        hits = self._client.search(body, **self._about, filter_path=wanted)["hits"]
        few = hits["total"]["value"] <= MAX_RESCORED
        return [] if few else [each["_id"] for each in hits["hits"]]
