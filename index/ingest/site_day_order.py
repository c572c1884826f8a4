"""Day and month of dates that a page leaves open, decided by other pages of its site in the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from index.ingest.candidate import Candidate
from index.ingest.read_files import Taken

MAX_HELD = 2_000
"""Releases with an open date that wait for other pages of their site; records of 10,000 characters,
each of them three times, are some 60 MB."""
MAX_SITES = 10_000
"""Hosts whose order of day and month is kept."""


class SiteOrders:
    """Holds releases back whose day and month may be swapped, until the run has seen their sites.

    A page that shows `13/06/2010` tells how its site writes dates; where pages disagree, none does.
    """

    def __init__(self) -> None:
        self._orders: dict[str, set[bool]] = defaultdict(set)
        self._held: list[tuple[Taken, Candidate]] = []

    def holds(self, taken: Taken) -> bool:
        """Whether a release waits, which `settled` will give; what others tell is noted."""
        found = taken.found
        if not isinstance(found, Candidate) or not found.site:
            return False
        if found.day_first is not None and (
            found.site in self._orders or len(self._orders) < MAX_SITES
        ):
            self._orders[found.site].add(found.day_first)
        waits = bool(found.either) and len(self._held) < MAX_HELD
        if waits:
            self._held.append((taken, found))
        return waits

    def settled(self) -> Iterator[Taken]:
        """The releases that waited, in their order, dated where their site tells."""
        for taken, found in self._held:
            orders = self._orders.get(found.site, set())
            if len(orders) == 1:
                (day_first,) = orders
                yield taken._replace(found=found.either[not day_first])
            else:
                yield taken
        self._held.clear()
