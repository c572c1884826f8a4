"""Filters: which matches pass by agency, date and language, and under all but one facet's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dates.partial import DaySpan
from index.kernel import Loop, loop
from search.match.doc_values import DocValues
from search.match.evaluate import Matches
from search.request import Filters

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

_NEVER = DaySpan(2**31 - 1, -1)
"""A first and a last day between which there is none."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """The matches that pass the filters: all of them, and all but one facet's.

    Counts of a facet leave its own filter out: `for_agency` those under all filters but that of
    agencies, `for_date` under all but that of dates.
    """

    doc_ids: Numbers
    scores: Scores | None
    for_agency: Numbers
    for_date: Numbers


def filtered(values: DocValues, filters: Filters, matches: Matches) -> Filtered:
    """The matches under the filters; arrays that no filter changes are those of the matches."""
    doc_ids, scores = matches
    if filters.languages:
        spoken = values.in_languages(filters.languages)[doc_ids]
        doc_ids, scores = doc_ids[spoken], kept(scores, spoken)
    agencies = _chosen(values, filters.agencies) if filters.agencies else None
    days = _NEVER if filters.days is None and filters.undated else filters.days
    if agencies is None and days is None:
        return Filtered(doc_ids, scores, doc_ids, doc_ids)
    conditions = _Conditions(values, doc_ids, filters.undated)
    chosen, chosen_scores = conditions.passing(agencies, days, scores)
    if agencies is None:
        return Filtered(chosen, chosen_scores, chosen, doc_ids)
    if days is None:
        return Filtered(chosen, chosen_scores, doc_ids, chosen)
    for_agency, _ = conditions.passing(None, days, None)
    for_date, _ = conditions.passing(agencies, None, None)
    return Filtered(chosen, chosen_scores, for_agency, for_date)


def between(values: DocValues, doc_ids: Numbers, days: DaySpan) -> Numbers:
    """The documents whose date lies, as far as it is known, within these days."""
    return _Conditions(values, doc_ids, undated=False).passing(None, days, None)[0]


def kept(scores: Scores | None, keep: Flags) -> Scores | None:
    """The scores of the documents that stay."""
    return None if scores is None else scores[keep]


def _chosen(values: DocValues, slugs: tuple[str, ...]) -> Flags:
    """By place in `values.agencies`: whether it is one of these."""
    chosen = [agency.slug in slugs for agency in values.agencies]
    return np.array([*chosen, False], np.bool_)


@dataclass(frozen=True, slots=True)
class _Conditions:
    """Documents to be filtered; `undated` lets those without a day pass every span of days."""

    values: DocValues
    doc_ids: Numbers
    undated: bool

    def passing(
        self, agencies: Flags | None, days: DaySpan | None, scores: Scores | None
    ) -> tuple[Numbers, Scores | None]:
        """The documents of chosen agencies and between two days, and their scores."""
        if len(self.doc_ids) == len(self.values.live):
            keep = self._among_all(agencies, days)
            return np.flatnonzero(keep).astype(np.uint32), kept(scores, keep)
        filter_documents = loop("filter_documents")
        if filter_documents is not None:
            return self._by_loop(filter_documents, agencies, days, scores)
        keep = np.ones(len(self.doc_ids), np.bool_)
        if agencies is not None:
            keep &= agencies[self.values.agency[self.doc_ids]]
        if days is not None:
            first, last = self.values.first_day[self.doc_ids], self.values.last_day[self.doc_ids]
            keep &= self._within(first, last, days)
        return self.doc_ids[keep], kept(scores, keep)

    def _among_all(self, agencies: Flags | None, days: DaySpan | None) -> Flags:
        """Which documents pass where all are asked for: columns are read from end to end."""
        values = self.values
        keep = np.ones(len(values.live), np.bool_)
        if agencies is not None:
            wanted = np.flatnonzero(agencies)
            one = len(wanted) == 1
            keep &= values.agency == wanted[0] if one else agencies[values.agency]
        if days is not None:
            keep &= self._within(values.first_day, values.last_day, days)
        return keep

    def _within(self, first: NDArray[np.int32], last: NDArray[np.int32], days: DaySpan) -> Flags:
        within = (first >= days.first) & (last <= days.last)
        return np.asarray(within | (first == 0) if self.undated else within)

    def _by_loop(
        self,
        filter_documents: Loop,
        agencies: Flags | None,
        days: DaySpan | None,
        scores: Scores | None,
    ) -> tuple[Numbers, Scores | None]:
        values, doc_ids = self.values, np.ascontiguousarray(self.doc_ids, np.uint32)
        chosen = np.empty(len(doc_ids), np.uint32)
        chosen_scores = None if scores is None else np.empty(len(doc_ids))
        size = filter_documents(
            doc_ids,
            scores,
            None if agencies is None else values.agency,
            None if agencies is None else agencies.view(np.uint8),
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
