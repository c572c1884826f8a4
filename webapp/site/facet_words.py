"""What a facet and its values are called on pages: the agency in our words, others in their own."""

from __future__ import annotations

from collections.abc import Mapping

from index.facet_table import AGENCY, LANGUAGE
from search.choices import excluded
from webapp.site import wording
from webapp.site.languages import Language

Names = Mapping[str, str]
"""What values are called: an agency by its slug, a value of another facet by `facet=slug`."""


def key_of(facet: str, slug: str) -> str:
    """Under which key `Names` has a value."""
    return slug if facet == AGENCY.name else f"{facet}={slug}"


def called(names: Names, facet: str, slug: str) -> str:
    """The name of a value; its slug where that is unknown."""
    return names.get(key_of(facet, slug), slug)


def asked(language: Language, names: Names, facet: str, slug: str) -> str:
    """A value as a search asks for it: the name, or `not` the name."""
    other = excluded(slug)
    return negated(language, called(names, facet, other)) if other else called(names, facet, slug)


def negated(language: Language, name: str) -> str:
    """What a value is called whose releases are left out."""
    return language.gettext("not %(name)s", name=name)


def title(language: Language, facet: str) -> str:
    """The heading of a facet."""
    if facet == AGENCY.name:
        return language.gettext("Agency")
    if facet == LANGUAGE.name:
        return language.gettext("Language")
    return facet[:1].upper() + facet[1:].replace("-", " ")


def counted(language: Language, facet: str, count: int) -> str:
    """`12 agencies`, `12 values`."""
    if facet == AGENCY.name:
        return wording.counted_agencies(language, count)
    return language.ngettext("%(num)s value", "%(num)s values", count, num=wording.number(count))


def all_of(language: Language, facet: str, count: int) -> str:
    """The link to all values of a facet."""
    number = wording.number(count)
    if facet == AGENCY.name:
        return language.gettext("All %(num)s agencies", num=number)
    return language.gettext("All %(num)s values", num=number)


def find(language: Language, facet: str) -> str:
    """What the box says that looks for a value by its name."""
    if facet == AGENCY.name:
        return language.gettext("Find an agency by its name")
    return language.gettext("Find a value by its name")


def none_found(language: Language, facet: str, text: str) -> str:
    """What is said where no name holds these letters."""
    if facet == AGENCY.name:
        return language.gettext("No agency name contains “%(text)s”.", text=text)
    return language.gettext("No value contains “%(text)s”.", text=text)


def show_selected(language: Language, facet: str) -> str:
    """What the button says that shows the releases of the values chosen."""
    if facet == AGENCY.name:
        return language.gettext("Show releases from selected agencies")
    return language.gettext("Show releases with selected values")
