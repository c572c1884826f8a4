"""All agencies, or all values of another facet, by the letter that their names begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from index.facet_table import AGENCY, FacetValue
from index.release import Agency
from index.text.folding import fold
from search.engine import Coverage
from webapp.presenters.browse import CoverageView, present_coverage
from webapp.site import facet_words, wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.paths import value_path


class ValueRow(NamedTuple):
    """A value with its count, and the first and the last day of its releases where it has any."""

    name: str
    href: str
    releases: str
    first: str
    last: str


class ValueGroup(NamedTuple):
    """Values whose names begin with the same letter."""

    letter: str
    values: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class AllValuesView:
    """Everything on the page; `none_found` is what it says where no name has the letters, and
    `none_of` the same with a place for letters that are typed later."""

    heading: str
    find_label: str
    find: str
    path: str
    groups: tuple[ValueGroup, ...]
    shown: str
    none_found: str
    none_of: str
    coverage: CoverageView | None


def present_all_values(links: Links, facet: str, coverage: Coverage, find: str) -> AllValuesView:
    """The values of a facet whose names have these letters, here or in the index."""
    language, is_agency = links.language, facet == AGENCY.name
    groups = _groups(links, facet, coverage, find)
    heading = language.gettext("Agencies") if is_agency else facet_words.title(language, facet)
    shown = sum(len(group.values) for group in groups)
    return AllValuesView(
        heading=heading,
        find_label=facet_words.find(language, facet),
        find=find,
        path="/agencies" if is_agency else value_path(facet),
        groups=groups,
        shown=facet_words.counted(language, facet, shown) if find and shown else "",
        none_found=facet_words.none_found(language, facet, find),
        none_of=facet_words.none_found(language, facet, "{0}"),
        coverage=present_coverage(language, coverage) if is_agency else None,
    )


def _groups(links: Links, facet: str, coverage: Coverage, find: str) -> tuple[ValueGroup, ...]:
    values = coverage.agencies if facet == AGENCY.name else coverage.facets[facet]
    wanted = fold(find)
    named = [(links.value_name(value), value, count) for value, count in values]
    groups: dict[str, list[ValueRow]] = {}
    for name, value, count in sorted(named, key=lambda each: fold(each[0])):
        if wanted in fold(name) or wanted in fold(value.name):
            row = _row(links, facet, coverage, name, value, count)
            groups.setdefault(_initial(links.language, name), []).append(row)
    return tuple(ValueGroup(letter, tuple(rows)) for letter, rows in groups.items())


def _row(
    links: Links, facet: str, coverage: Coverage, name: str, value: Agency | FacetValue, count: int
) -> ValueRow:
    dates = coverage.agency_dates.get(value.slug, ()) if facet == AGENCY.name else ()
    first, last = (wording.date_in_words(links.language, each) for each in dates or ("", ""))
    return ValueRow(
        name,
        links.value(facet, value),
        wording.number(count),
        first if dates else "",
        last if dates else "",
    )


def _initial(language: Language, name: str) -> str:
    """The letter that a name stands under; a script without an alphabet has one place for all."""
    first = fold(name)[:1]
    if first >= "\u2e80":
        return language.gettext("In Chinese characters")
    return first.upper() or "#"
