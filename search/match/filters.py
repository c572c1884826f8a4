"""The matches of a search under its filters, and under all but one facet's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search import compiled
from search.match.doc_values import Columns
from search.match.evaluate import Matches
from search.request import SearchRequest

Numbers = NDArray[np.uint32]
Scores = NDArray[np.float64]

_NEVER = (2**31 - 1, -1)
"""A first and a last day between which there is none."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The matches that pass the filters: all of them, and all but one facet's."""

    doc_ids: Numbers
    scores: Scores | None
    for_agency: Numbers
    for_date: Numbers


class Selections:
    """The matches under filters; the latest are kept, for the same search with the dates left out.

    The months of a page are asked for so, right after the page. Safe to share between threads.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._latest: tuple[SearchRequest, Numbers, Numbers] | None = None

    def select(self, request: SearchRequest, matches: Matches) -> Selection:
        """The matches under the request's filters."""
        selection = select(self._columns, request, matches)
        self._latest = request, matches.doc_ids, selection.for_date
        return selection

    def doc_ids(self, request: SearchRequest, matches: Matches) -> Numbers:
        """The documents alone."""
        latest = self._latest
        if latest is not None and latest[1] is matches.doc_ids and _days(request) is None:
            before = latest[0]
            if (before.agencies, before.languages) == (request.agencies, request.languages):
                return latest[2]
        return select(self._columns, request, matches).doc_ids


def select(columns: Columns, request: SearchRequest, matches: Matches) -> Selection:
    """The matches under the request's filters. Counts of a facet leave its own filter out."""
    doc_ids, scores = matches
    if request.languages:
        spoken = columns.in_languages(request.languages)[doc_ids]
        doc_ids, scores = doc_ids[spoken], kept(scores, spoken)
    agencies = _chosen(columns, request) if request.agencies else None
    days = _days(request)
    if agencies is None and days is None:
        return Selection(doc_ids, scores, doc_ids, doc_ids)
    sieve = _Sieve(columns, doc_ids, request.undated)
    chosen, chosen_scores = sieve.through(agencies, days, scores)
    if agencies is None:
        return Selection(chosen, chosen_scores, chosen, doc_ids)
    if days is None:
        return Selection(chosen, chosen_scores, doc_ids, chosen)
    for_agency, _ = sieve.through(None, days, None)
    for_date, _ = sieve.through(agencies, None, None)
    return Selection(chosen, chosen_scores, for_agency, for_date)


def between(columns: Columns, doc_ids: Numbers, first: int, last: int) -> Numbers:
    """The documents whose days lie from a first to a last one."""
    return _Sieve(columns, doc_ids, False).through(None, (first, last), None)[0]


def kept(scores: Scores | None, keep: NDArray[np.bool_]) -> Scores | None:
    """The scores of the documents that stay."""
    return None if scores is None else scores[keep]


def _chosen(columns: Columns, request: SearchRequest) -> NDArray[np.bool_]:
    """By place in `columns.agencies`: whether the request asks for it."""
    wanted = [at for at, each in enumerate(columns.agencies) if each.slug in request.agencies]
    chosen = np.zeros(len(columns.agencies) + 1, np.bool_)
    chosen[wanted] = True
    return chosen


def _days(request: SearchRequest) -> tuple[int, int] | None:
    span = request.days
    return _NEVER if span is None and request.undated else span


@dataclass(frozen=True, slots=True)
class _Sieve:
    """Documents to be filtered; `undated` lets those without a day pass every span of days."""

    columns: Columns
    doc_ids: Numbers
    undated: bool

    def through(
        self,
        agencies: NDArray[np.bool_] | None,
        days: tuple[int, int] | None,
        scores: Scores | None,
    ) -> tuple[Numbers, Scores | None]:
        """The documents of chosen agencies and between two days, and their scores."""
        if len(self.doc_ids) == len(self.columns.live):
            keep = self._among_all(agencies, days)
            return np.flatnonzero(keep).astype(np.uint32), kept(scores, keep)
        if compiled.kernel is not None:
            return self._by_kernel(agencies, days, scores)
        keep = np.ones(len(self.doc_ids), np.bool_)
        if agencies is not None:
            keep &= agencies[self.columns.agency[self.doc_ids]]
        if days is not None:
            keep &= self._within(days)
        return self.doc_ids[keep], kept(scores, keep)

    def _among_all(
        self, agencies: NDArray[np.bool_] | None, days: tuple[int, int] | None
    ) -> NDArray[np.bool_]:
        """Which documents pass where all are asked for: columns are read from end to end."""
        columns = self.columns
        keep = np.ones(len(columns.live), np.bool_)
        if agencies is not None:
            wanted = np.flatnonzero(agencies)
            one = len(wanted) == 1
            keep &= columns.agency == wanted[0] if one else agencies[columns.agency]
        if days is not None:
            within = (columns.first_day >= days[0]) & (columns.last_day <= days[1])
            keep &= within | (columns.first_day == 0) if self.undated else within
        return keep

    def _within(self, days: tuple[int, int]) -> NDArray[np.bool_]:
        first = self.columns.first_day[self.doc_ids]
        within = (first >= days[0]) & (self.columns.last_day[self.doc_ids] <= days[1])
        return np.asarray(within | (first == 0) if self.undated else within)

    def _by_kernel(
        self,
        agencies: NDArray[np.bool_] | None,
        days: tuple[int, int] | None,
        scores: Scores | None,
    ) -> tuple[Numbers, Scores | None]:
        assert compiled.kernel is not None  # noqa: S101
        columns, doc_ids = self.columns, np.ascontiguousarray(self.doc_ids, np.uint32)
        chosen = np.empty(len(doc_ids), np.uint32)
        chosen_scores = None if scores is None else np.empty(len(doc_ids))
        size = compiled.kernel.sift_documents(
            doc_ids,
            scores,
            None if agencies is None else columns.agency,
            agencies,
            None if days is None else columns.first_day,
            columns.last_day,
            *(days or _NEVER),
            self.undated,
            chosen,
            chosen_scores,
        )
        chosen.resize(size, refcheck=False)
        if chosen_scores is not None:
            chosen_scores.resize(size, refcheck=False)
        return chosen, chosen_scores
