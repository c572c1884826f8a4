"""What a search gives back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from index.facet_table import AGENCY
from index.release import Agency, Release
from search.request import SearchRequest

HIT_BYTES = 3_000
"""What a hit holds beside its texts, its marks parted: `tracemalloc`, pages of seven kinds."""
NOTICE_BYTES = 500
"""What a notice holds beside its texts, the request that undoes it included."""
ROW_BYTES = 100
"""A row of a facet, whose names it shares with the index: `tracemalloc`, 220 searches."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the search should know; `undo` is the request that takes it back.

    `code` is stable and in kebab case; `text` is an English sentence; `values` are the words the
    sentence speaks of, for translating it.
    """

    code: str
    text: str
    values: tuple[str, ...] = ()
    undo: SearchRequest | None = None


class FieldCount(NamedTuple):
    """How often a word stands in a field, `headline` or `body`."""

    field: str
    count: int  # type: ignore[assignment]


class ScorePart(NamedTuple):
    """What one clause of a search adds to a score: `score`, of at most `weight`.

    `kind`: `word`; `form`, the word as typed; `side-by-side` and `near`, words beside each other;
    `all`, releases with all of a few words; `pattern`; `other`, such as a filter. `words` are as
    the index has them, stems mostly. `fields`: where a word stands, and how often.
    """

    kind: str
    words: tuple[str, ...]
    fields: tuple[FieldCount, ...]
    weight: float
    score: float


class Hit(NamedTuple):
    """One release found. `headline_html` and `snippets` hold escaped text and `<mark>` only.

    `lacks`: the words of a search that nothing holds whole, as typed, which this release lacks.
    `snippet_lines`: for each snippet the line of the body, from 0 on, that its first mark is in.
    `more_matches`: in how many more places the body has what was searched for.
    `copies`: other releases found that say the same (`index.same_text`), the newest first, as many
    as `search.engines.collapsing.NAMED_COPIES`; `copies_total`: how many there are.
    `changed`: when its text last changed here (UTC, ISO 8601), empty for never, and `changes`: how
    often it did.
    `explanation`: where the request says `explain`, the parts that its score is the sum of.
    """

    release: Release
    headline_html: str
    snippets: tuple[str, ...]
    score: float | None
    first_indexed: str
    lacks: tuple[str, ...] = ()
    snippet_lines: tuple[int, ...] = ()
    more_matches: int = 0
    copies: tuple[Release, ...] = ()
    copies_total: int = 0
    explanation: tuple[ScorePart, ...] = ()
    changed: str = ""
    changes: int = 0

    @property
    def arrived(self) -> str:
        """When its text, as it is now, came here."""
        return self.changed or self.first_indexed


class FacetCount(NamedTuple):
    """A value of the agency facet, or of another whose values are listed.

    `selected`: releases may have it; `excluded`: they may not.
    """

    slug: str
    name: str
    count: int  # type: ignore[assignment]
    selected: bool
    excluded: bool = False


class DateCount(NamedTuple):
    """A value of the date facet: a year, month or day (`from_` equals `to`), or the undated.

    For the undated ones both are None.
    """

    from_: str | None
    to: str | None
    count: int  # type: ignore[assignment]
    selected: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts that leave out the facet's own filter; values by count then name, dates by date.

    `others`: those of the index's own columns, by name. `facets["topic"]` is any but the date.
    """

    agency: tuple[FacetCount, ...] = ()
    date: tuple[DateCount, ...] = ()
    others: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """About how many bytes a cache holds with them."""
        rows = sum(map(len, self.listed.values())) + len(self.date)
        return ROW_BYTES * rows

    @property
    def listed(self) -> dict[str, tuple[FacetCount, ...]]:
        """Name -> rows of every facet but the date, the agency first."""
        return {AGENCY.name: self.agency, **self.others}

    def __getitem__(self, name: str) -> tuple[FacetCount, ...]:
        return self.listed[name]


class Offer(NamedTuple):
    """A filter that a whole search may mean: these agencies, and how many releases they have.

    `request` is the search by that filter instead of the words.
    """

    agencies: tuple[Agency, ...]
    total: int
    request: SearchRequest


@dataclass(frozen=True, slots=True)
class Recent:
    """What a search brings lately: its total, its newest release, and how many each day has.

    `new`: how many were first indexed after `request.seen`; None without one. `days`: one number
    for each of a span of days, of the releases whose day is known.
    """

    total: int
    new: int | None
    newest: Hit | None
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FirstUses:
    """Who used the words of a search first: of each agency the first release, oldest first.

    `agencies`: how many there are, of which `firsts` may name fewer. `last`: the newest release.
    Of releases whose day is known; `total` counts these, `undated` the others.
    """

    total: int
    undated: int
    agencies: int
    firsts: tuple[Release, ...]
    last: Release | None


@dataclass(frozen=True, slots=True)
class TermUse:
    """A word as texts write it, how many releases of the search say it, and how many `others`.

    `score` is the z-score of its log-odds (`search.count.term_sheet`).
    """

    word: str
    releases: int
    others: int
    score: float


@dataclass(frozen=True, slots=True)
class TermSheet:
    """What the releases of a search say more often than all others, the highest score first.

    `releases` are compared with `others`: both are of one `language`, in which most of the search
    are written.
    """

    releases: int
    others: int
    language: str
    terms: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The page of hits asked for, the exact total, facets and notices.

    Where nothing matches, the hits are releases that hold most of the words, each with what it
    `lacks`, and `loosened_total` is how many there are; else it is None. `pages` are those of the
    hits. Facets count matches alone. `folded` is how many of all releases shown stand under
    another one of the same text: hits are so many fewer, counts are not. `offers` are agencies
    that the words name. `new` is how many of all matches came, or changed, after `request.seen`;
    None without one.
    """

    request: SearchRequest
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: Facets
    notices: tuple[Notice, ...]
    did_you_mean: str | None
    took_ms: float
    new: int | None = None
    loosened_total: int | None = None
    offers: tuple[Offer, ...] = ()
    folded: int = 0

    @property
    def nbytes(self) -> int:
        """About how many bytes a cache holds with them."""
        said = sum(map(_notice_bytes, self.notices))
        return self.facets.nbytes + said + sum(map(_hit_bytes, self.hits))


def without_text(hit: Hit) -> Hit:
    """The hit as lists have it that show no text: the body of its release is empty."""
    return hit._replace(release=replace(hit.release, body=""))


def _hit_bytes(hit: Hit) -> int:
    texts = [hit.headline_html, *hit.snippets]
    texts += [text for each in (hit.release, *hit.copies) for text in (each.headline, each.body)]
    return HIT_BYTES + sum(map(sys.getsizeof, texts))


def _notice_bytes(notice: Notice) -> int:
    texts = [notice.text, *notice.values, "" if notice.undo is None else notice.undo.text]
    return NOTICE_BYTES + sum(map(sys.getsizeof, texts))
