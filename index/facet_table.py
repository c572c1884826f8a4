"""The table of facets: what an index counts and filters by, the agency first, then its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from index.errors import DatelineError
from index.release import Agency, slugify
from index.text.normal_form import normal_form

SEPARATOR = "\n"
"""Between the values of a release, as a facet's field takes them: no value holds a line end."""
MAX_FACETS = 20
"""Facets of an index beside the agency; each costs what the agency does: 4 bytes a release."""
MAX_VALUES = 50
"""Values of a release in one facet."""
MAX_VALUE = 200
"""Characters of a value; a longer one is kept, and is none of the facet's."""
RESERVED = frozenset(
    ("q", "match", "agency", "agencies", "from", "to", "undated", "language", "sort", "seen",
     "found", "new", "changed", "copies", "explain", "per-page", "per_page", "view", "page",
     "after", "at", "find", "order", "per", "unit", "facets", "headline", "title", "intitle",
     "ti", "hd", "hl", "body", "text", "date", "year", "lang", "id", "site", "before", "since",
     "until", "extra", "snippet-text")
)  # fmt: skip
"""Names that addresses, queries or exports use otherwise."""
_NAME = re.compile(r"[^\W\d_][\w-]{0,29}")
_BETWEEN = re.compile(r"[;|\n]")
"""What parts several values that stand in one cell; a comma may be part of a name."""


class Facet(NamedTuple):
    """A facet. `name` stands in addresses, queries and exports; `column` is what records call it.

    `field` is its field in the index: its terms are slugs of values, its column their names.
    """

    name: str
    field: str
    column: str = ""


class FacetValue(NamedTuple):
    """A value of a facet: the slug that stands in addresses, and its name as records have it."""

    slug: str
    name: str


class Listed(Protocol):
    """A facet whose values are known."""

    @property
    def values(self) -> Sequence[Agency | FacetValue]:
        """All of them."""


AGENCY = Facet("agency", "agency")
LANGUAGE = Facet("language", "language")
"""Its values are tags; counted where an index holds more than one."""
TABLE = (AGENCY, LANGUAGE)
"""Facets that every new index has; one more of a column is a row here."""


def facet_of_column(name: str, column: str = "") -> Facet:
    """A facet of a column of records.

    :param column: what records call it, where that is not the name.
    :raises DatelineError: for a name that cannot stand in addresses, or has a meaning there.
    """
    slug = facet_name(name)
    if not _NAME.fullmatch(slug) or slug in RESERVED:
        raise DatelineError(
            f"{name!r} cannot be a facet's name: it is to be up to 30 letters and digits, and "
            f"none of the words that searches use. Give it another: --facet NAME={name}"
        )
    return Facet(slug, f"facet_{slug}", column or name)


def facet_name(typed: str) -> str:
    """`Topic of the day` -> `topic-of-the-day`; characters of every script stay as they are."""
    return "-".join(re.findall(r"[^\W_]+", normal_form("NFKC", typed).casefold()))


def values_of(facet: Facet, extra: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The values of a release in a facet, from its extra columns; each slug once."""
    found: dict[str, str] = {}
    wanted = _folded(facet.column)
    for name, values in extra.items():
        if wanted in (_folded(name), _folded(name.rpartition(".")[2])):
            for value in _parted(values):
                found.setdefault(slugify(value), value)
    return tuple(found.values())[:MAX_VALUES]


def indexed(facets: Iterable[Facet], stored: Mapping[str, Any]) -> dict[str, str]:
    """What is indexed in the facets' fields of a release whose stored fields these are."""
    extra = stored.get("extra")
    if not extra:
        return {}
    found = ((facet.field, values_of(facet, extra)) for facet in facets if facet.column)
    return {field: SEPARATOR.join(values) for field, values in found if values}


def _parted(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        for each in _BETWEEN.split(value):
            text = each.strip()
            if text and len(text) <= MAX_VALUE:
                yield text


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())
