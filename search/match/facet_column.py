"""The values of one facet as numbers, by document: one number for each set of values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.array_types import Flags, Ints, Ordinals
from index.codec.packing import ranges, starts_of
from index.facet_table import SEPARATOR, FacetValue
from index.release import Agency, slugify
from search.choices import wanted_and_excluded
from search.query.filter_queries import tags_meant

Value = FacetValue | Agency


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of one facet: `ordinals` (documents,) int32 says which of the sets each has.

    `values` in order of slug. `starts` (sets + 1,) and `members` are the places of each set's
    values; both None where each set is the one value of its number, as agencies are. `column`: what
    records call it. `tags`: values are tags of languages, of which `zh` means `zh-Hant` too.
    """

    ordinals: Ordinals
    values: tuple[Value, ...]
    starts: Ints | None = None
    members: Ints | None = None
    column: str = ""
    tags: bool = False

    @property
    def sets(self) -> int:
        """How many sets there are."""
        return len(self.values) if self.starts is None else len(self.starts) - 1

    def meant(self, slugs: Sequence[str]) -> Sequence[str]:
        """The values of the index that slugs asked for mean; unknown ones stay as they are."""
        if not self.tags:
            return slugs
        return tags_meant(slugs, [each.slug for each in self.values])

    def passing(self, slugs: Sequence[str]) -> Flags:
        """(sets + 1,) whether a set has one of the wanted values, where there are any, and none of
        the excluded ones; a last value for no set."""
        wanted, unwanted = wanted_and_excluded(self.meant(slugs))
        if not unwanted:
            return self._having(wanted)
        allowed = ~self._having(unwanted)
        return allowed & self._having(wanted) if wanted else allowed

    def _having(self, slugs: Sequence[str]) -> Flags:
        """(sets + 1,) whether a set has one of these values; a last False for no set."""
        chosen = np.array([*(each.slug in slugs for each in self.values), False], np.bool_)
        if self.starts is None or self.members is None:
            return chosen
        having = np.zeros(self.sets + 1, np.bool_)
        owners = np.repeat(np.arange(self.sets), np.diff(self.starts))
        having[owners[chosen[self.members]]] = True
        return having

    def by_value(self, by_set: NDArray[np.integer]) -> NDArray[np.integer]:
        """(values,) counts from the counts of all sets; sets without documents cost nothing."""
        if self.starts is None or self.members is None:
            return by_set
        there = np.flatnonzero(by_set)
        sizes = np.diff(self.starts)[there]
        members = self.members[ranges(self.starts[there], sizes)]
        counts = np.bincount(members, np.repeat(by_set[there], sizes), len(self.values))
        return counts.astype(np.int64)


def facet_column(
    texts: Sequence[str], ordinals: Ordinals, newest: Iterable[int], column: str
) -> FacetColumn:
    """The facet whose sets of values are these texts, parted by `index.facet_table.SEPARATOR`.

    A value bears the name that its newest release gives it.

    :param newest: of each set, the moment of its newest document.
    """
    named = [[(slugify(name), name) for name in text.split(SEPARATOR) if name] for text in texts]
    names: dict[str, str] = {}
    for _, values in sorted(zip(newest, named, strict=True)):
        names.update(values)
    places = {slug: place for place, slug in enumerate(sorted(names))}
    members = [places[slug] for values in named for slug, _ in values]
    return FacetColumn(
        ordinals=ordinals,
        values=tuple(FacetValue(slug, names[slug]) for slug in places),
        starts=starts_of(np.array([len(values) for values in named], np.int64)),
        members=np.array(members, np.int64),
        column=column,
    )
