"""Releases that hold most of a search's words where none holds all, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from whoosh.query import Query

from index.array_types import DocIds
from search.engines.word_matches import WordMatches
from search.match.evaluate import Matches
from search.query.loosening import Looser, lacking

Find = Callable[[Query, bool], WordMatches]
"""What a query matches, with scores or without."""


@dataclass
class Loosened:
    """A looser search on one commit; the documents of its units are looked for when first asked.

    It does not hold who finds: that one holds it, and the two would keep the index open.
    """

    looser: Looser
    unit_ids: list[DocIds] | None = None

    def matches(self, scored: bool, find: Find, keep: Callable[[Matches], Matches]) -> WordMatches:
        """What holds most of the words' weight, else any of them, under the filters.

        :param keep: those of some matches that the request's filters let through.
        """

        def kept(query: Query) -> WordMatches:
            found = find(query, scored)
            return WordMatches(found.query, (), keep(found.matches))

        most = kept(self.looser.most)
        return most if most.matches.doc_count else kept(self.looser.any_unit)

    def lacks(self, number: int, find: Find) -> tuple[str, ...]:
        """What of the words a document lacks, as typed."""
        if self.unit_ids is None:
            self.unit_ids = [find(each.query, False).matches.doc_ids for each in self.looser.units]
        return lacking(self.looser, [_holds(ids, number) for ids in self.unit_ids])


def _holds(doc_ids: DocIds, number: int) -> bool:
    at = int(np.searchsorted(doc_ids, number))
    return at < len(doc_ids) and int(doc_ids[at]) == number
