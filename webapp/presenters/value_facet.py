"""A facet as checkboxes that add one of its values, such as an agency, or take it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.facet_table import AGENCY, LANGUAGE
from index.release import Agency
from index.text.folding import fold
from search.choices import EXCLUDED
from search.engine import Coverage, Engine
from search.request import SearchRequest
from search.results import FacetCount, Facets
from webapp.presenters.anchor import Anchor
from webapp.site import facet_words, wording
from webapp.site.links import Links
from webapp.site.paths import value_list_path
from webapp.site.search_addresses import fields
from webapp.site.trend_addresses import agencies_compared, trends_address


class ValueChoice(NamedTuple):
    """A value to choose: a checkbox, with its count and its share of the value's releases.

    `value` is what the form says of it and `label` how it is told: of an excluded one its slug
    behind a sign, and `not` its name.
    """

    slug: str
    name: str
    count: str  # type: ignore[assignment]
    checked: bool
    value: str
    label: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class ValueFacet:
    """The values beside the results, chosen ones first, and where the others are.

    `find_hidden`: what the form says that looks for others; nothing where there are no others.
    `compare`: what each of the agencies chosen says over time; None unless there are several.
    """

    name: str
    title: str
    find: str
    list_path: str
    choices: tuple[ValueChoice, ...]
    chosen: str
    has_rates: bool
    more: Anchor | None
    compare: Anchor | None
    find_hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ValueListView:
    """The page with all values of a facet in a search."""

    name: str
    title: str
    find_label: str
    list_path: str
    none_found: str
    show: str
    choices: tuple[ValueChoice, ...]
    total: str
    left_out: str
    has_rates: bool
    find: str
    orders: tuple[Anchor, ...]
    hidden: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    find_hidden: tuple[tuple[str, str], ...]
    back: str


def present_values(
    links: Links,
    name: str,
    counts: Sequence[FacetCount],
    *,
    limit: int,
    everything: Facets | None = None,
) -> ValueFacet:
    """The first values of a facet by count; chosen ones first, at zero too and beyond the limit.

    :param everything: the facets of the same search without its words, for rates.
    """
    chosen, others = chosen_and_others(counts)
    shown = chosen + others[: max(0, limit - len(chosen))]
    more = None
    if len(chosen) + len(others) > len(shown):
        text = facet_words.all_of(links.language, name, len(chosen) + len(others))
        more = Anchor(text, links.value_list(name))
    return ValueFacet(
        name=name,
        title=facet_words.title(links.language, name),
        find=facet_words.find(links.language, name),
        list_path=value_list_path(name),
        choices=value_choices(links, name, shown, everything),
        chosen=wording.number(len(chosen)) if chosen else "",
        has_rates=everything is not None,
        more=more,
        compare=_comparison(links) if name == AGENCY.name else None,
        find_hidden=tuple(fields(links.request, links.per_page, without=("page", "found")))
        if more
        else (),
    )


def present_value_list(
    links: Links,
    name: str,
    counts: Sequence[FacetCount],
    find: str,
    *,
    by_name: bool,
    limit: int,
    everything: Facets | None = None,
) -> ValueListView:
    """All values whose name has the letters looked for, by count or by name."""
    chosen, others = chosen_and_others(counts)
    found = _named(links, name, others, find)
    if by_name:
        found.sort(key=lambda value: fold(name_of(links, name, value)))
    left_out = len(chosen) + len(found) - limit
    kept = tuple(fields(links.request, links.per_page, without=("page", "found")))
    return ValueListView(
        name=name,
        title=facet_words.title(links.language, name),
        find_label=facet_words.find(links.language, name),
        list_path=value_list_path(name),
        none_found=facet_words.none_found(links.language, name, find),
        show=facet_words.show_selected(links.language, name),
        choices=value_choices(links, name, (chosen + found)[:limit], everything),
        total=facet_words.counted(links.language, name, len(found) + len(chosen)),
        left_out=wording.number(left_out) if left_out > 0 else "",
        has_rates=everything is not None,
        find=find,
        orders=_orders(links, name, find, by_name=by_name),
        hidden=tuple(fields(links.request, links.per_page, without=(name, "page", "found"))),
        kept=kept,
        find_hidden=kept + ((("order", "name"),) if by_name else ()),
        back=links.search(links.request),
    )


def value_choices(
    links: Links, name: str, counts: Sequence[FacetCount], everything: Facets | None = None
) -> tuple[ValueChoice, ...]:
    """Values as choices; `everything` as `present_values` takes it."""
    totals = {each.slug: each.count for each in everything[name]} if everything else {}
    return tuple(_choice(links, name, value, totals) for value in counts)


def chosen_and_others(
    counts: Sequence[FacetCount],
) -> tuple[list[FacetCount], list[FacetCount]]:
    """The values that the search asks for or excludes, and those with matches that it does not."""
    chosen = [each for each in counts if each.selected or each.excluded]
    return chosen, [each for each in counts if each.count and not (each.selected or each.excluded)]


def chosen_names(links: Links, facets: Facets) -> dict[str, str]:
    """What the values are called that the search is limited to, as `facet_words.Names` has them."""
    return {
        facet_words.key_of(name, value.slug): name_of(links, name, value)
        for name, values in facets.listed.items()
        for value in values
        if value.selected or value.excluded
    }


def known_names(links: Links, coverage: Coverage) -> dict[str, str]:
    """The same for all values of the index."""
    names = {each.slug: links.agency_name(each) for each, _ in coverage.agencies}
    for facet, values in coverage.facets.items():
        names |= {facet_words.key_of(facet, each.slug): each.name for each, _ in values}
    return names


def search_title(links: Links, engine: Engine, request: SearchRequest) -> str:
    """A search for the title of a window, its filters by their names."""
    names = known_names(links, engine.coverage())
    filters = wording.filters_in_words(links.language, request, names)
    return wording.search_as_title(links.language, request, filters)


def _orders(links: Links, facet: str, find: str, *, by_name: bool) -> tuple[Anchor, ...]:
    choices = (
        (links.language.gettext("Most releases first"), False),
        (links.language.gettext("By name"), True),
    )
    return tuple(
        Anchor(text, links.value_list(facet, find, by_name=named), named == by_name)
        for text, named in choices
    )


def _named(links: Links, facet: str, counts: Sequence[FacetCount], find: str) -> list[FacetCount]:
    """Those that have these letters in their names, here or in the index."""
    wanted = fold(find)
    return [
        value
        for value in counts
        if any(wanted in fold(name) for name in (value.name, name_of(links, facet, value)))
    ]


def _comparison(links: Links) -> Anchor | None:
    asked = agencies_compared(links.request)
    if asked is None:
        return None
    text = links.language.gettext("Compare these agencies over time")
    return Anchor(text, trends_address(links, asked))


def _choice(links: Links, name: str, value: FacetCount, totals: Mapping[str, int]) -> ValueChoice:
    called = name_of(links, name, value)
    return ValueChoice(
        value.slug,
        called,
        wording.number(value.count),
        value.selected or value.excluded,
        EXCLUDED * value.excluded + value.slug,
        facet_words.negated(links.language, called) if value.excluded else called,
        wording.percentage(value.count, totals.get(value.slug, 0)),
    )


def name_of(links: Links, facet: str, value: FacetCount) -> str:
    """What a value is called, in the language of the page where it is an agency or a language."""
    if facet == LANGUAGE.name:
        return wording.language_in_words(links.language, value.slug)
    named = Agency(value.slug, value.name)
    return links.agency_name(named) if facet == AGENCY.name else value.name
