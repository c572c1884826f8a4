"""The agency facet as checkboxes that add an agency or take it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.release import Agency
from index.text.analysis import fold
from search.results import AgencyCount, Facets, SearchResults
from webapp.presenters.anchor import Anchor
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.search_addresses import fields
from webapp.site.trend_addresses import agencies_compared, trends_address


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """An agency to choose: a checkbox, with its count and its share of the agency's releases."""

    slug: str
    name: str
    count: str
    selected: bool
    rate: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFacet:
    """The agencies beside the results, chosen ones first, and where the others are.

    `compare`: what each of the agencies chosen says over time; None unless there are several.
    """

    choices: tuple[AgencyChoice, ...]
    chosen: str
    has_rates: bool
    more: Anchor | None
    compare: Anchor | None
    find_hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgencyListView:
    """The page with all agencies of a search."""

    choices: tuple[AgencyChoice, ...]
    total: str
    left_out: str
    has_rates: bool
    find: str
    orders: tuple[Anchor, ...]
    hidden: tuple[tuple[str, str], ...]
    find_hidden: tuple[tuple[str, str], ...]
    back: str


def present_agencies(
    links: Links, counts: Sequence[AgencyCount], *, limit: int, everything: Facets | None = None
) -> AgencyFacet:
    """The first agencies by count; chosen ones stand first, at zero too and beyond the limit.

    :param everything: the facets of the same search without its words, for rates.
    """
    chosen = [value for value in counts if value.selected]
    others = [value for value in counts if not value.selected and value.count]
    shown = chosen + others[: max(0, limit - len(chosen))]
    more = None
    if len(chosen) + len(others) > len(shown):
        count = wording.number(len(chosen) + len(others))
        text = links.language.gettext("All %(num)s agencies", num=count)
        more = Anchor(text, links.agency_list())
    return AgencyFacet(
        choices=_choices(links, shown, everything),
        chosen=wording.number(len(chosen)) if chosen else "",
        has_rates=everything is not None,
        more=more,
        compare=_comparison(links),
        find_hidden=tuple(fields(links.request, links.per_page, without=("page",))),
    )


def present_agency_list(
    links: Links,
    counts: Sequence[AgencyCount],
    find: str,
    *,
    by_name: bool,
    limit: int,
    everything: Facets | None = None,
) -> AgencyListView:
    """All agencies whose name has the letters looked for, by count or by name."""
    chosen = [value for value in counts if value.selected]
    found = _named(links, [each for each in counts if each.count and not each.selected], find)
    if by_name:
        found.sort(key=lambda value: fold(_name(links, value)))
    left_out = len(chosen) + len(found) - limit
    kept = tuple(fields(links.request, links.per_page, without=("page",)))
    return AgencyListView(
        choices=_choices(links, (chosen + found)[:limit], everything),
        total=wording.counted_agencies(links.language, len(found) + len(chosen)),
        left_out=wording.number(left_out) if left_out > 0 else "",
        has_rates=everything is not None,
        find=find,
        orders=_orders(links, find, by_name=by_name),
        hidden=tuple(fields(links.request, links.per_page, without=("agency", "page"))),
        find_hidden=kept + ((("order", "name"),) if by_name else ()),
        back=links.search(links.request),
    )


def chosen_names(links: Links, results: SearchResults) -> dict[str, str]:
    """Slug -> name, in the language of the page, of the agencies that the search is limited to."""
    return {value.slug: _name(links, value) for value in results.facets.agency if value.selected}


def _orders(links: Links, find: str, *, by_name: bool) -> tuple[Anchor, ...]:
    choices = (
        (links.language.gettext("Most releases first"), False),
        (links.language.gettext("By name"), True),
    )
    return tuple(
        Anchor(text, links.agency_list(find, by_name=named), named == by_name)
        for text, named in choices
    )


def _named(links: Links, counts: Sequence[AgencyCount], find: str) -> list[AgencyCount]:
    """Those that have these letters in their names, here or in the index."""
    wanted = fold(find)
    return [
        value
        for value in counts
        if any(wanted in fold(name) for name in (value.name, _name(links, value)))
    ]


def _comparison(links: Links) -> Anchor | None:
    asked = agencies_compared(links.request)
    if asked is None:
        return None
    text = links.language.gettext("Compare these agencies over time")
    return Anchor(text, trends_address(links, asked))


def _choices(
    links: Links, counts: Sequence[AgencyCount], everything: Facets | None
) -> tuple[AgencyChoice, ...]:
    totals = {each.slug: each.count for each in everything.agency} if everything else {}
    return tuple(_choice(links, value, totals) for value in counts)


def _choice(links: Links, value: AgencyCount, totals: Mapping[str, int]) -> AgencyChoice:
    return AgencyChoice(
        value.slug,
        _name(links, value),
        wording.number(value.count),
        value.selected,
        wording.percentage(value.count, totals.get(value.slug, 0)),
    )


def _name(links: Links, value: AgencyCount) -> str:
    return links.agency_name(Agency(value.slug, value.name))
