"""Counts of matches by the values of one facet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.array_types import DocIds, Ordinals
from index.kernel import loop
from search.match.facet_column import FacetColumn, Value

Counts = NDArray[np.integer]


class ValueCounter:
    """Counts matches by the values of a facet. Safe to share between threads.

    :param documents: how many there are; the counts over all of them are kept.
    """

    def __init__(self, column: FacetColumn, documents: int) -> None:
        self._column = column
        self._documents = documents

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """All values of the facet, by name, then by slug."""
        return tuple(self._column.values[place] for place in self._by_name.tolist())

    def meant(self, slugs: Sequence[str]) -> Sequence[str]:
        """The values that slugs asked for mean, as `FacetColumn.meant`."""
        return self._column.meant(slugs)

    def count_all(self) -> None:
        """Count all documents before somebody asks."""
        _ = self.values, self._of_all

    def counts(self, doc_ids: DocIds) -> Counts:
        """(values,) matches of each, in the order of `values`."""
        return self._of_all if len(doc_ids) == self._documents else self._of(doc_ids)

    def _of(self, doc_ids: DocIds | None) -> Counts:
        by_set = counts_by_value(doc_ids, self._column.ordinals, self._column.sets)
        return self._column.by_value(by_set)[self._by_name]

    @cached_property
    def _of_all(self) -> Counts:
        return self._of(None)

    @cached_property
    def _by_name(self) -> NDArray[np.intp]:
        values = self._column.values
        places = sorted(range(len(values)), key=lambda at: (values[at].name, values[at].slug))
        return np.array(places, np.intp)


def counts_by_value(doc_ids: DocIds | None, column: Ordinals, size: int) -> Counts:
    """(size,) how many of some documents, or of all, have each value of a column."""
    count_values = loop("count_values")
    if doc_ids is None or count_values is None:
        return np.bincount(column if doc_ids is None else column.take(doc_ids), minlength=size)
    rows = np.zeros((2, size), np.int64)
    count_values(np.ascontiguousarray(doc_ids), column, rows)
    return np.asarray(rows[0] + rows[1])
