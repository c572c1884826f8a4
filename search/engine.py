"""The Engine protocol: what every engine can be asked, whatever index it searches.

An engine matches and counts. The rest is shared, pure functions over plain values: `search.request`
(`Filters`), `search.query` (parsing, notices, spelling, key terms of similar releases),
`search.count.facets` and `search.count.timeline` (rows from counts), `search.paging`. What all
engines answer alike stands in `tests/search/engines/test_conformance.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from index.facet_table import Facet, FacetValue
from index.history import History
from index.release import Agency, Release
from index.tombstone import Tombstone
from search.cursor import Cursor
from search.request import SearchRequest
from search.results import Facets, FirstUses, Hit, Recent, SearchResults, TermSheet


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an index holds. Dates are ISO days or None; `updated` is the last commit (UTC, ISO).

    `columns` are the facets of the index's own columns, `facets` their values by name. `generation`
    names the commit: no two of an index bear the same, though they come in one second.
    `agency_dates`: by slug, the first and the last day of an agency, ISO; none where none is dated.
    """

    releases: int
    undated: int
    first_date: str | None
    last_date: str | None
    updated: str | None
    agencies: tuple[tuple[Agency, int], ...]
    months: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    generation: str
    facets: Mapping[str, tuple[tuple[FacetValue, int], ...]] = field(default_factory=dict)
    columns: tuple[Facet, ...] = ()
    agency_dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Bounded(Protocol):
    """A cache that is bounded in bytes."""

    @property
    def nbytes(self) -> int:
        """Bytes held."""

    @property
    def max_bytes(self) -> int:
        """Bytes that it may hold."""


class Engine(Protocol):
    """An index to ask. Safe to share between threads; sees a new commit on the next request."""

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits with total, facets and notices."""

    def every_hit(
        self,
        request: SearchRequest,
        *,
        snippets: bool = True,
        texts: bool = True,
        start: int = 0,
        size: int | None = None,
        loosened: bool = False,
        after: Cursor | None = None,
    ) -> Iterator[Hit]:
        """All hits in the request's order, pages left aside: for exports and feeds.

        These are all matches where the request says `copies`, else one release of each text.
        Without `snippets` hits have none, and their headlines no marks: much faster. Without
        `texts` and snippets the bodies of their releases are empty, and are not read: twice as fast
        again.

        :param start: hits left out at the beginning; `size`: hits at the most.
        :param loosened: where nothing matches, the releases that hold most of the words.
        :param after: what stands behind this place, in an order by time: whatever commits came
            since, no hit that was there is missed or comes twice.
        :raises ValueError: for `after` in the order of relevance.
        """

    def count(self, request: SearchRequest) -> int:
        """The exact number of matches."""

    def facets(self, request: SearchRequest) -> Facets:
        """The facets that `search` gives, without hits."""

    def timeline(self, request: SearchRequest, unit: str = "month") -> tuple[tuple[str, int], ...]:
        """Matches by `month` or `year`, as `2023-06` or `2023`: in order, zeros between them.

        Releases whose date is not known so closely are left out.
        """

    def first_uses(self, request: SearchRequest, size: int) -> FirstUses:
        """Who used the words first, and who after: so many agencies at the most."""

    def term_sheet(self, request: SearchRequest, size: int) -> TermSheet:
        """What the matches say more often than all other releases: so many words at the most."""

    def recent(self, request: SearchRequest, until: date, days: int) -> Recent:
        """What a search brings lately, with matches by day: so many days, `until` the last."""

    def release(self, release_id: str) -> Release | None:
        """The release with that id or alias."""

    def history(self, release_id: str) -> History | None:
        """When a release first came into the index, and what became of it since."""

    def tombstone(self, release_id: str) -> Tombstone | None:
        """What is remembered of a release that was removed; None for any other."""

    def marked(
        self, releases: Iterable[Release], request: SearchRequest
    ) -> Iterator[tuple[str, str]]:
        """Headline and body of each as escaped text with `<mark>` around what the words match."""

    def similar(self, release_id: str, limit: int = 5) -> tuple[Release, ...]:
        """Releases most like this one, nearest first."""

    def complete(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Words of the index that begin with what was typed, most frequent first."""

    def coverage(self) -> Coverage:
        """What the index holds."""

    def caches(self) -> Mapping[str, Bounded]:
        """What it keeps in the memory of this process, by name."""

    def check_ahead(self) -> Iterator[None]:
        """Check what no search has read yet of files on this machine, in steps of microseconds.

        :raises DamagedIndexError: at the first piece that is not as it was written.
        """

    def close(self) -> None:
        """Let go of files and connections."""
