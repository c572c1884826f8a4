"""The box for words, and the filters in force beside it, each with the way to take it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.choices import excluded
from search.request import SearchRequest
from webapp.site import facet_words, wording
from webapp.site.languages import Language
from webapp.site.links import Links
from webapp.site.search_addresses import fields

Field = tuple[str, str]
"""Name and value of a form's hidden field."""


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The box for words; `hidden` carries the filters."""

    text: str
    hidden: tuple[Field, ...]


class Chip(NamedTuple):
    """A filter in force: what kind, which value, and the address without it."""

    kind: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterInForce:
    """A part of a search in words, and the values that its request has without it."""

    kind: str
    value: str
    without: dict[str, Any]


def search_box(
    request: SearchRequest, per_page: int = 10, without: Iterable[str] = ()
) -> SearchBox:
    """The box, filled in; sending it keeps the filters and starts at page 1.

    :param without: what other inputs of its form say.
    """
    hidden = fields(request, per_page, without=("q", "page", "found", *without))
    return SearchBox(request.text, tuple(hidden))


def present_chips(
    links: Links, names: Mapping[str, str], *, words: bool = True
) -> tuple[Chip, ...]:
    """One chip for each thing asked for.

    :param names: of the values of facets that the search is limited to.
    :param words: whether the words, and how they are to match, are among them.
    """
    every = filters_in_force(links.language, links.request, names, words=words)
    return tuple(Chip(each.kind, each.value, links.changed(**each.without)) for each in every)


def filters_in_force(
    language: Language, request: SearchRequest, names: Mapping[str, str], *, words: bool = True
) -> Iterator[FilterInForce]:
    """Everything that a search asks for, part by part, in the order of its address; with or without
    its `words`, and how they are to match."""
    if words:
        yield from _words_in_force(language, request)
    for facet, slugs in request.filters.facets:
        for slug in slugs:
            others = request.choosing(facet, (each for each in slugs if each != slug))
            value = facet_words.asked(language, names, facet, slug)
            yield FilterInForce(facet_words.title(language, facet), value, others)
    yield from _dates_in_force(language, request)
    if request.only_new:
        kind, value = language.gettext("Only"), language.gettext("new releases")
        yield FilterInForce(kind, value, {"only_new": False})
    if request.changed_only:
        kind, value = language.gettext("Only"), language.gettext("changed releases")
        yield FilterInForce(kind, value, {"changed_only": False})
    for tag in request.languages:
        rest = tuple(each for each in request.languages if each != tag)
        value = wording.language_in_words(language, excluded(tag) or tag)
        value = facet_words.negated(language, value) if excluded(tag) else value
        yield FilterInForce(language.gettext("Language"), value, {"languages": rest})


def _words_in_force(language: Language, request: SearchRequest) -> Iterator[FilterInForce]:
    if request.text:
        kind = language.gettext("Words")
        yield FilterInForce(kind, request.text, {"text": "", "match": "all"})
    if request.match == "any":
        kind, value = language.gettext("Match"), language.gettext("any of the words")
        yield FilterInForce(kind, value, {"match": "all"})
    if request.match == "strict":
        kind, value = language.gettext("Match"), language.gettext("all of the words, no fewer")
        yield FilterInForce(kind, value, {"match": "all"})


def _dates_in_force(language: Language, request: SearchRequest) -> Iterator[FilterInForce]:
    start, end = request.date_from, request.date_to
    if start and start == end:
        value = wording.date_in_words(language, start)
        yield FilterInForce(language.gettext("Date"), value, {"date_from": None, "date_to": None})
    else:
        if start:
            value = wording.date_in_words(language, start)
            yield FilterInForce(language.gettext("From"), value, {"date_from": None})
        if end:
            value = wording.date_in_words(language, end)
            yield FilterInForce(language.gettext("To"), value, {"date_to": None})
    if request.undated:
        value = language.gettext("undated")
        yield FilterInForce(language.gettext("Date"), value, {"undated": False})
