"""The issuer of pages that state none: a name that other pages of their site show in the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from index.ingest.candidate import Candidate
from index.ingest.read_files import Taken

MAX_HELD = 2_000
"""Releases without an issuer that wait for other pages of their site; as in `site_day_order`."""
MIN_PAGES = 3
"""Releases of a site that show the name beside their own headlines: two may be about one body."""
SHARE = 0.9
"""Part of the waiting releases of a site that show it: a menu's word or a topic changes."""


class SiteIssuers:
    """Holds releases back that state no issuer but show what may be its name, until the run has
    seen their sites.

    The same line on the other releases of a site is evidence that a line alone is not.
    """

    def __init__(self) -> None:
        self._pages: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._held: list[tuple[Taken, Candidate]] = []

    def holds(self, taken: Taken) -> bool:
        """Whether a release waits, which `settled` will give; what it shows is noted."""
        found = taken.found
        if not isinstance(found, Candidate) or not found.with_issuer or not found.site:
            return False
        if len(self._held) == MAX_HELD:
            return False
        (issued,) = found.with_issuer
        self._pages[found.site][issued.issuer].add(found.id)
        self._held.append((taken, found))
        return True

    def settled(self) -> Iterator[Taken]:
        """The releases that waited, in their order, with an issuer where their site tells."""
        for taken, found in self._held:
            (issued,) = found.with_issuer
            shown = self._pages[found.site]
            pages = len(shown[issued.issuer])
            told = pages >= MIN_PAGES and pages >= SHARE * sum(map(len, shown.values()))
            yield taken._replace(found=issued) if told else taken
        self._held.clear()
        self._pages.clear()
