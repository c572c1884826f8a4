"""Releases that hold most of a search's words where none holds all, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from whoosh.query import Query

from search.engines.word_matches import WordMatches
from search.match.doc_sets import DocIds
from search.match.evaluate import Matches
from search.query.loosening import Looser, lacking


@dataclass
class Loosened:
    """A looser search on one commit; the documents of its units are looked for when first asked.

    :param find: what a query matches, with scores or without.
    :param keep: those of some matches that the request's filters let through.
    """

    looser: Looser
    find: Callable[[Query, bool], WordMatches]
    keep: Callable[[Matches], Matches]

    def matches(self, scored: bool) -> WordMatches:
        """What holds most of the words' weight, else any of them, under the filters."""
        most = self._kept(self.looser.most, scored)
        return most if most.matches.doc_count else self._kept(self.looser.any_unit, scored)

    def lacks(self, number: int) -> tuple[str, ...]:
        """What of the words a document lacks, as typed."""
        return lacking(self.looser, [_holds(ids, number) for ids in self._unit_ids])

    def _kept(self, query: Query, scored: bool) -> WordMatches:
        found = self.find(query, scored)
        return WordMatches(found.query, (), self.keep(found.matches))

    @cached_property
    def _unit_ids(self) -> list[DocIds]:
        """The documents that hold each unit."""
        return [self.find(unit.query, False).matches.doc_ids for unit in self.looser.units]


def _holds(doc_ids: DocIds, number: int) -> bool:
    at = int(np.searchsorted(doc_ids, number))
    return at < len(doc_ids) and int(doc_ids[at]) == number
