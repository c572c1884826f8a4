"""Releases in a plain list, each with the terms of its fields at their positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from index.dates.day_numbers import day_span
from index.identity import lookup_keys, sites_of
from index.release import Release
from index.schema import HEADLINE_BOOST, document
from index.text.analysis import tokens
from search.request import Filters

WEIGHTS = {
    "headline": HEADLINE_BOOST,
    "headline_exact": HEADLINE_BOOST,
    "body": 1.0,
    "body_exact": 1.0,
}
TEXTS = tuple(WEIGHTS)
Scored = list[tuple["Document", float]]


class Document:
    """A release with the terms of its fields, each at its positions."""

    def __init__(self, release: Release, first_indexed: str) -> None:
        self.release = release
        self.first_indexed = first_indexed
        self.first_day, self.last_day = day_span(release.date)
        indexed = document(release, first_indexed)
        self.moment, self.text_key = indexed["moment"], indexed["text_key"]
        self.terms: dict[str, dict[str, list[int]]] = {name: {} for name in TEXTS}
        for field in ("headline", "body"):
            for token in tokens(getattr(release, field), release.language):
                self._add(field, token.stem, token.position)
                self._add(f"{field}_exact", token.exact, token.position)
        self.terms["agency"] = {release.agency.slug: [0]}
        self.terms["language"] = {release.language: [0]}
        self.terms["id"] = {release.id: [0]}
        self.terms["site"] = {site: [0] for site in sites_of(release.url)}
        also = (*release.aliases, *lookup_keys(release.url, release.source_file))
        self.terms["alias"] = {alias: [0] for alias in also}

    def _add(self, field: str, term: str, position: int) -> None:
        if term:
            self.terms[field].setdefault(term, []).append(position)

    @property
    def date(self) -> str | None:
        """The date if its year is known."""
        return self.release.date if self.first_day else None


def newest_first(documents: Iterable[Document]) -> list[Document]:
    """By the moment of issue, then by id."""
    return sorted(documents, key=lambda each: (-each.moment, each.release.id))


def in_days(filters: Filters, each: Document) -> bool:
    """Whether a document lies in the days asked for."""
    days = filters.days
    if not each.first_day:
        return filters.undated or days is None
    if days is None:
        return not filters.undated
    return days.first <= each.first_day and each.last_day <= days.last


def by_date(found: Scored, size: int) -> Counter[str]:
    """By the first so many characters of their dates, where the dates are as precise."""
    return Counter(each.date[:size] for each, _ in found if each.date and len(each.date) >= size)


def shown_of(same: list[Document], reads: str) -> Document:
    """Of documents in an order that say the same: the first in the reader's language, else in one
    like it, else the first."""
    tag, primary = reads.lower(), reads.lower().split("-")[0]
    for wanted in (
        lambda each: each.release.language.lower() == tag,
        lambda each: each.release.language.lower().split("-")[0] == primary,
    ):
        spoken = [each for each in same if reads and wanted(each)]
        if spoken:
            return spoken[0]
    return same[0]


def other_languages(under: dict[Document, list[Document]]) -> int:
    """How many languages stand under documents that are shown, beside their own."""
    return sum(
        len({each.release.language for each in (shown, *others)}) - 1
        for shown, others in under.items()
    )


def may_pass(value: str, asked: Collection[str]) -> bool:
    """Whether a value is one of those asked for, if any are, and none that is left out."""
    wanted = [each for each in asked if not each.startswith("-")]
    return (not wanted or value in wanted) and f"-{value}" not in asked
