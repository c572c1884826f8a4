"""Filters: which matches pass by facet, date and language, and under all but one facet's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.array_types import DocIds, Flags, Ordinals, Scores
from index.dates.partial import DaySpan
from index.facet_table import LANGUAGE
from index.kernel import Loop, loop
from search.choices import wanted_and_excluded
from search.match.doc_values import DocValues
from search.match.evaluate import Matches
from search.request import Filters

_NEVER = DaySpan(2**31 - 1, -1)
"""A first and a last day between which there is none."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """The matches that pass the filters: all of them, and all but one facet's.

    Counts of a facet leave its own filter out: `for_date` are those under all filters but that of
    dates, `for_facet` under all but that of the facet of this name, where it has one.
    """

    doc_ids: DocIds
    scores: Scores | None
    for_date: DocIds
    for_facet: Mapping[str, DocIds]

    def without(self, name: str) -> DocIds:
        """Those under all filters but that of one facet."""
        return self.for_facet.get(name, self.doc_ids)


def filtered(values: DocValues, filters: Filters, matches: Matches) -> Filtered:
    """The matches under the filters; arrays that no filter changes are those of the matches."""
    doc_ids, scores = matches
    if filters.changed:
        keep = np.isin(doc_ids, values.changed)
        doc_ids, scores = doc_ids[keep], kept(scores, keep)
    if filters.arrived_after is not None:
        keep = values.new_after(filters.arrived_after).take(doc_ids)
        doc_ids, scores = doc_ids[keep], kept(scores, keep)
    spoken = ((LANGUAGE.name, filters.languages),) if filters.languages else ()
    facets = {name: _chosen(values, name, slugs) for name, slugs in (*filters.facets, *spoken)}
    days = _NEVER if filters.days is None and filters.undated else filters.days
    if not facets and days is None:
        return Filtered(doc_ids, scores, doc_ids, {})
    conditions = _Conditions(values, doc_ids, filters.undated)
    chosen, chosen_scores = conditions.passing([*facets.values()], days, scores)

    def passing(without: str, days: DaySpan | None) -> DocIds:
        others = [each for name, each in facets.items() if name != without]
        return conditions.passing(others, days, None)[0] if others or days else doc_ids

    return Filtered(
        chosen,
        chosen_scores,
        for_date=chosen if days is None else passing("", None),
        for_facet={name: passing(name, days) for name in facets},
    )


def between(values: DocValues, doc_ids: DocIds, days: DaySpan) -> DocIds:
    """The documents whose date lies, as far as it is known, within these days."""
    return _Conditions(values, doc_ids, undated=False).passing((), days, None)[0]


def kept(scores: Scores | None, keep: Flags) -> Scores | None:
    """The scores of the documents that stay."""
    return None if scores is None else scores[keep]


class _Chosen(NamedTuple):
    """Values of a facet that are asked for: `having` is by the numbers in `ordinals`."""

    ordinals: Ordinals
    having: Flags


def _chosen(values: DocValues, name: str, slugs: tuple[str, ...]) -> _Chosen:
    """What passes the filter of a facet. Where the index has no such facet, nothing has a value of
    it that is wanted, and everything passes that lacks one."""
    column = values.of_language if name == LANGUAGE.name else values.facets.get(name)
    if column is None:
        lacks = not wanted_and_excluded(slugs)[0]
        return _Chosen(np.zeros(len(values.live), np.int32), np.full(2, lacks, np.bool_))
    return _Chosen(column.ordinals, column.passing(slugs))


@dataclass(frozen=True, slots=True)
class _Conditions:
    """Documents to be filtered; `undated` lets those without a day pass every span of days."""

    values: DocValues
    doc_ids: DocIds
    undated: bool

    def passing(
        self, facets: Sequence[_Chosen], days: DaySpan | None, scores: Scores | None
    ) -> tuple[DocIds, Scores | None]:
        """The documents with chosen values and between two days, and their scores."""
        if len(self.doc_ids) == len(self.values.live):
            keep = self._among_all(facets, days)
            return np.flatnonzero(keep).astype(np.uint32), kept(scores, keep)
        filter_documents = loop("filter_documents")
        if filter_documents is not None and len(facets) < 2:
            return self._by_loop(filter_documents, facets, days, scores)
        keep = np.ones(len(self.doc_ids), np.bool_)
        for ordinals, having in facets:
            keep &= having[ordinals.take(self.doc_ids)]
        if days is not None:
            first, last = (
                self.values.first_day.take(self.doc_ids),
                self.values.last_day.take(self.doc_ids),
            )
            keep &= self._within(first, last, days)
        return self.doc_ids[keep], kept(scores, keep)

    def _among_all(self, facets: Sequence[_Chosen], days: DaySpan | None) -> Flags:
        """Which documents pass where all are asked for: columns are read from end to end."""
        values = self.values
        keep = np.ones(len(values.live), np.bool_)
        for ordinals, having in facets:
            wanted = np.flatnonzero(having)
            keep &= ordinals == wanted[0] if len(wanted) == 1 else having[ordinals]
        if days is not None:
            keep &= self._within(values.first_day, values.last_day, days)
        return keep

    def _within(self, first: NDArray[np.int32], last: NDArray[np.int32], days: DaySpan) -> Flags:
        within = (first >= days.first) & (last <= days.last)
        return np.asarray(within | (first == 0) if self.undated else within)

    def _by_loop(
        self,
        filter_documents: Loop,
        facets: Sequence[_Chosen],
        days: DaySpan | None,
        scores: Scores | None,
    ) -> tuple[DocIds, Scores | None]:
        facet = facets[0] if facets else None
        values, doc_ids = self.values, np.ascontiguousarray(self.doc_ids, np.uint32)
        chosen = np.empty(len(doc_ids), np.uint32)
        chosen_scores = None if scores is None else np.empty(len(doc_ids))
        size = filter_documents(
            doc_ids,
            scores,
            None if facet is None else facet.ordinals,
            None if facet is None else facet.having.view(np.uint8),
            None if days is None else values.first_day,
            values.last_day,
            *(days or _NEVER),
            self.undated,
            chosen,
            chosen_scores,
        )
        chosen.resize(size, refcheck=False)
        if chosen_scores is not None:
            chosen_scores.resize(size, refcheck=False)
        return chosen, chosen_scores
