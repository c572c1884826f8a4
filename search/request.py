"""What somebody asks for: one immutable value behind page, counts, feed, export and address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

SORTS = ("relevance", "newest", "oldest")
MATCHES = ("all", "any")
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `date_from` and `date_to` are ISO dates, whole or partial (`2023`, `2023-06`).

    A partial `date_from` means its first day, a partial `date_to` its last. `undated` adds the
    releases whose year is not known (alone: only those). `sort` None is the default order:
    relevance when there are words, newest when there are none.

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

    def __post_init__(self) -> None:
        if self.match not in MATCHES:
            raise ValueError(f"match is {self.match!r}; it can be {' or '.join(MATCHES)}")
        if self.sort is not None and self.sort not in SORTS:
            raise ValueError(f"sort is {self.sort!r}; it can be {', '.join(SORTS)}")
        for name in ("date_from", "date_to"):
            value = getattr(self, name)
            if value is not None and not PARTIAL_DATE.match(value):
                raise ValueError(f"{name} is {value!r}; it takes YYYY, YYYY-MM or YYYY-MM-DD")
        if self.page < 1 or self.per_page < 0:
            raise ValueError("page counts from 1, per_page from 0")

    @property
    def order(self) -> str:
        """The sort in force: the one asked for, else the default."""
        return self.sort or ("relevance" if self.text.strip() else "newest")

    def changed(self, **values: Any) -> SearchRequest:
        """A copy with other values. Whatever changes but the page itself, the page goes to 1."""
        if "page" not in values:
            values["page"] = 1
        return replace(self, **values)
