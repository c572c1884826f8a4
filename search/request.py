"""What somebody asks for: one immutable value behind page, counts, feed, export and address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

from index.dates.partial import DaySpan, PartialDate, days_between
from index.dates.relative import is_relative, span_of, today
from index.facet_table import AGENCY, LANGUAGE
from search.choices import MATCHES, SORTS, VIEWS

MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z\Z", re.ASCII)
"""A time in UTC, as `20240503T100012Z`."""


Choices = tuple[tuple[str, tuple[str, ...]], ...]
"""Facets by name, and the slugs of the values of each that are asked for: any of these, and none
of those behind a `search.choices.EXCLUDED`."""


class Filters(NamedTuple):
    """What a request filters by, its dates resolved to days: the value that engines work on.

    `undated` adds the releases whose year is not known to those of the days; without days it
    leaves only these. `changed` leaves those whose text changed; `arrived_after` (as `seen_until`)
    those that came or changed after it.
    """

    facets: Choices = ()
    days: DaySpan | None = None
    undated: bool = False
    languages: tuple[str, ...] = ()
    changed: bool = False
    arrived_after: str | None = None

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values asked for of a facet."""
        return self.languages if name == LANGUAGE.name else dict(self.facets).get(name, ())

    @property
    def without_dates(self) -> Filters:
        """The filters of the date facet, whose counts leave its own filter out."""
        dated = self.days is not None or self.undated
        return self._replace(days=None, undated=False) if dated else self

    def without(self, name: str) -> Filters:
        """The filters of another facet, which leave out its own."""
        if name == LANGUAGE.name:
            return self._replace(languages=()) if self.languages else self
        others = tuple(each for each in self.facets if each[0] != name)
        return self if len(others) == len(self.facets) else self._replace(facets=others)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `date_from` and `date_to` are ISO dates, whole or partial (`2023`, `2023-06`), or
    dates by today (`-30d`, see `index.dates.relative`).

    `match`: all of the words (releases that hold most, where none holds all), any of them, or
    strict: all and never fewer. A partial `date_from` means its first day, a partial `date_to` its
    last. `undated` adds the releases whose year is not known (alone: only those). `sort` None is
    the default order: relevance when there are words, newest when there are none. `seen` (an ISO
    date, whole or partial, or a `MOMENT`): what came here after it, or changed, is new; `only_new`
    leaves no others. `changed_only` leaves those whose text has changed here.
    Releases of the same text are shown as one, and so are the languages of a release; with `copies`
    each by itself. `reads` is the tag of the language that its reader reads: of several, the
    release in that one is shown, else the first in the order. With `explain`, hits say what their
    scores are made of.
    `found` is how many there were at `seen`, which a page tells beside today's number; any other
    search has lost it. `view` changes no hit: it is how much of each a page shows. `facets` are
    values of facets other than the agency; a mapping is taken as well, `{"topic": ("harbours",)}`.
    A value of a facet, an agency or language that begins with `-` is excluded:
    `agencies=("-harbour-office",)`.

    :raises ValueError: for a value outside its list, a date that is not one, a page below 1.
    """

    text: str = ""
    match: str = "all"
    agencies: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    undated: bool = False
    languages: tuple[str, ...] = ()
    sort: str | None = None
    page: int = 1
    per_page: int = 10
    seen: str | None = None
    found: int | None = None
    only_new: bool = False
    changed_only: bool = False
    copies: bool = False
    explain: bool = False
    view: str = "full"
    facets: Choices = ()
    reads: str = ""

    def __post_init__(self) -> None:
        if self.facets != ():
            object.__setattr__(self, "facets", _choices(self.facets))
        if self.match not in MATCHES:
            raise ValueError(f"match is {self.match!r}; it can be {', '.join(MATCHES)}")
        if self.view not in VIEWS:
            raise ValueError(f"view is {self.view!r}; it can be {', '.join(VIEWS)}")
        if self.sort is not None and self.sort not in SORTS:
            raise ValueError(f"sort is {self.sort!r}; it can be {', '.join(SORTS)}")
        for name, date in (("date_from", self.date_from), ("date_to", self.date_to)):
            _check_date(name, date, " (or by today, as -30d)", by_today=True)
        if self.seen is not None and not MOMENT.match(self.seen):
            _check_date("seen", self.seen, " (or a time, YYYYMMDDThhmmssZ)")
        if self.page < 1 or self.per_page < 0 or (self.found or 0) < 0:
            raise ValueError("page counts from 1, per_page and found from 0")

    @property
    def order(self) -> str:
        """The sort in force: the one asked for, else the default."""
        return self.sort or ("relevance" if self.text.strip() else "newest")

    @property
    def filters(self) -> Filters:
        """The filters with their dates resolved; an engine asks for them once a search."""
        agencies = ((AGENCY.name, self.agencies),) if self.agencies else ()
        after = self.seen_until if self.only_new else None
        return Filters(
            agencies + self.facets, self._days(), self.undated, self.languages, self.changed_only,
            after,
        )  # fmt: skip

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values asked for of a facet, the agency among them."""
        own = {AGENCY.name: self.agencies, LANGUAGE.name: self.languages}
        return own[name] if name in own else dict(self.facets).get(name, ())

    def choosing(self, name: str, slugs: Iterable[str]) -> dict[str, Any]:
        """What `changed` takes for a search with these values of a facet and no others of it."""
        if name == AGENCY.name:
            return {"agencies": tuple(slugs)}
        if name == LANGUAGE.name:
            return {"languages": tuple(slugs)}
        return {"facets": _choices({**dict(self.facets), name: tuple(slugs)})}

    @property
    def seen_until(self) -> str | None:
        """`seen` as the beginning of an ISO 8601 time in UTC, which `is_after` compares with."""
        moment = MOMENT.match(self.seen or "")
        if moment is None:
            return self.seen
        year, month, day, hour, minute, second = moment.groups()
        return f"{year}-{month}-{day}T{hour}:{minute}:{second}"

    def is_new(self, arrived: str) -> bool:
        """Whether what came here, or changed, then (UTC, ISO 8601) did so after `seen`."""
        until = self.seen_until
        return until is not None and is_after(arrived, until)

    def changed(self, **values: Any) -> SearchRequest:
        """A copy with other values, at page 1 and without `found` unless these are among them."""
        unchanged = dict(zip(_NAMES, _values(self), strict=True))
        return SearchRequest(**{**unchanged, "page": 1, "found": None, **values})

    @property
    def first_date(self) -> PartialDate | None:
        """`date_from` as a date of the calendar; of a week its first day."""
        return None if self.date_from is None else span_of(self.date_from, today()).first

    @property
    def last_date(self) -> PartialDate | None:
        """`date_to` as a date of the calendar; of a week its last day."""
        return None if self.date_to is None else span_of(self.date_to, today()).last

    def _days(self) -> DaySpan | None:
        if self.date_from is None and self.date_to is None:
            return None
        return days_between(self.first_date, self.last_date)


def _choices(facets: Choices | Mapping[str, Iterable[str]]) -> Choices:
    """In their one order, without those of which nothing is asked for."""
    if AGENCY.name in (named := dict(facets)):
        raise ValueError("facets holds the agency, which is asked for by agencies")
    return tuple((name, tuple(sorted({*named[name]}))) for name in sorted(named) if named[name])


NO_FILTERS: Mapping[str, Any] = {
    "agencies": (), "facets": (), "languages": (), "date_from": None, "date_to": None,
    "undated": False, "changed_only": False, "only_new": False,
}  # fmt: skip
"""What `changed` takes for a search without its filters."""


def is_after(moment: str, until: str) -> bool:
    """Whether a time (UTC, ISO 8601) lies after the year, month, day or time that `until` names."""
    return moment[: len(until)] > until


def _check_date(name: str, value: str | None, other: str, *, by_today: bool = False) -> None:
    try:
        if value is not None and not (by_today and is_relative(value)):
            PartialDate.from_iso(value)
        elif value is not None:
            span_of(value, today())
    except ValueError as error:
        raise ValueError(f"{name}: {error}{other}") from None


_NAMES = tuple(each.name for each in fields(SearchRequest))
_values = attrgetter(*_NAMES)
