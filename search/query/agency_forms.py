"""What agencies are called beside their names: by gazetteers, and which came before or after which.

So a name in any language, an abbreviation or an office-holder means agencies of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.agencies.gazetteer import NamedBodies
from index.release import Agency
from index.text.folding import fold
from index.text.scripts import UNSPACED_RUN
from search.query.vocabulary import edit_distance
from search.request import SearchRequest
from search.results import Offer

MAX_OFFERED = 3
"""Choices of agencies that are offered for one search."""
MIN_MISSPELT = 8
"""Characters from which a whole search may be the name of an agency with a slip in it."""
MAX_EDITS = 2
"""Letters that may be wrong in it, as in a word of seven letters (`search.query.spelling`)."""


@dataclass(frozen=True, slots=True)
class AgencyForms:
    """The agencies of an index by what they are called, beside their names in it.

    `slugs`: a folded form -> the slugs of agencies that the index has. `families`: a slug -> itself
    and its predecessors and successors in the index, where there are any. `names`: a folded name in
    the index without its article, or a slug -> the slugs of those that have it. `unspaced`: forms
    that hold Chinese characters or others written without spaces, which no dictionary may cut.
    """

    slugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, list[str]] = field(default_factory=dict)
    unspaced: tuple[str, ...] = ()


NO_FORMS = AgencyForms()


def forms_of(
    agencies: Sequence[Agency], known_of: Callable[[frozenset[str]], NamedBodies]
) -> AgencyForms:
    """The forms of these agencies, as far as gazetteers know them.

    :param known_of: gives what gazetteers know of agencies, by their slugs.
    """
    here = frozenset(agency.slug for agency in agencies)
    known = known_of(here)
    slugs = {form: tuple(sorted(bodies & here)) for form, bodies in known.forms.items()}
    families = {
        slug: tuple(sorted(others & here))
        for slug, others in known.families.items()
        if slug in here and len(others & here) > 1
    }
    names: dict[str, list[str]] = {}
    for agency in agencies:
        names.setdefault(without_article(agency.name), []).append(agency.slug)
        if "-" in agency.slug:  # one word is a word
            names.setdefault(agency.slug, []).append(agency.slug)
    here_called = {form: found for form, found in slugs.items() if found}
    unspaced = tuple(filter(UNSPACED_RUN.search, here_called))
    return AgencyForms(here_called, families, names, unspaced)


def agencies_meant(
    text: str, agencies: Sequence[Agency], forms: AgencyForms, *, slips: bool = False
) -> list[tuple[Agency, ...]]:
    """The choices that a whole search may mean: each agency that is called so, then its family.

    :param slips: whether it may be a name with letters wrong in it.
    """
    wanted = without_article(" ".join(text.split()))
    if not wanted:
        return []
    called = {*forms.slugs.get(wanted, ()), *forms.names.get(wanted, ())}
    if slips and not called:
        called.update(_nearly_called(wanted, forms.names))
    meant = [each for each in agencies if each.slug in called] if called else []
    choices: dict[tuple[Agency, ...], None] = {(each,): None for each in meant}
    for each in meant:
        family = forms.families.get(each.slug, ())
        choices[tuple(other for other in agencies if other.slug in family)] = None
    return [choice for choice in choices if choice][:MAX_OFFERED]


def _nearly_called(wanted: str, names: Mapping[str, list[str]]) -> Iterator[str]:
    """The slugs of agencies whose names begin or end so, and differ in few letters."""
    if len(wanted) < MIN_MISSPELT:
        return
    start, end = wanted[:3], wanted[-3:]
    for name, slugs in names.items():
        alike = name[:3] == start or name[-3:] == end
        if alike and edit_distance(wanted, name, MAX_EDITS) is not None:
            yield from slugs


def without_article(name: str) -> str:
    """A name, folded, as it is compared, and as gazetteers list it: `council` for `The Council`."""
    return fold(name).removeprefix("the ")


def offers_of(
    request: SearchRequest,
    choices: Iterable[tuple[Agency, ...]],
    count: Callable[[SearchRequest], int],
) -> Iterator[Offer]:
    """The choices that find something under the other filters, each as the search by it."""
    for agencies in choices:
        slugs = tuple(agency.slug for agency in agencies)
        by_agency = request.changed(text="", match="all", sort=None, agencies=slugs)
        total = count(by_agency)
        if total and set(slugs) != set(request.agencies):
            yield Offer(agencies, total, by_agency)
