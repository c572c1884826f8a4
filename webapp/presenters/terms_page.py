"""Term sheet: what an agency, or a span of time, says more often than all others."""

from __future__ import annotations

from typing import NamedTuple

from search.engine import Engine
from search.request import SearchRequest
from search.results import TermSheet, TermUse
from webapp.presenters.anchor import Anchor
from webapp.presenters.search_box import Field
from webapp.site import facet_words, wording
from webapp.site.languages import html_language
from webapp.site.links import Links
from webapp.site.search_addresses import HOW_SHOWN, fields

PATH = "/terms"
MAX_TERMS = 40
"""Words of a term sheet: a screen of two columns."""

_OPERATORS = ("AND", "OR", "NOT", "NEAR")


class TermView(NamedTuple):
    """A word that leads to its releases; shares are in per cent."""

    word: Anchor
    releases: str
    share: str
    elsewhere: str
    score: str


class TermsView(NamedTuple):
    """Everything on the page; `terms` is empty where nothing stands out."""

    what: str
    language: str
    sentence: str
    terms: tuple[TermView, ...]
    nothing: str
    hidden: tuple[Field, ...]
    results: Anchor
    csv: str
    json: str
    canonical: str


def present_terms(
    links: Links, engine: Engine, request: SearchRequest, names: facet_words.Names
) -> TermsView:
    """The page of one search.

    :param names: of the values of facets that it asks for.
    """
    language = links.language
    found = engine.term_sheet(request, MAX_TERMS)
    return TermsView(
        what=wording.search_in_words(language, request, names),
        language=html_language(found.language),
        sentence=_sentence(links, found),
        terms=tuple(_term(links, request, found, each) for each in found.terms),
        nothing="" if found.terms else _nothing(links, found),
        hidden=tuple(fields(request, without=("from", "to", *HOW_SHOWN))),
        results=Anchor(wording.counted(language, found.releases), links.search(request)),
        csv=links.subject(PATH + ".csv", request),
        json=links.subject(PATH + ".json", request),
        canonical=links.subject(PATH, request),
    )


def word_link(links: Links, request: SearchRequest, word: str) -> str:
    """The search for those of the releases that say a word."""
    word = f'"{word}"' if word in _OPERATORS else word
    asked = request.text.strip()
    return links.search(request.changed(text=f"({asked}) {word}" if asked else word))


def _sentence(links: Links, found: TermSheet) -> str:
    language = links.language
    return language.gettext(
        "%(releases)s compared with %(others)s others in the same language. The share of releases "
        "that say each word, here and elsewhere; the most telling words first.",
        releases=wording.counted(language, found.releases),
        others=wording.number(found.others),
    )


def _nothing(links: Links, found: TermSheet) -> str:
    language = links.language
    if not found.releases:
        return language.gettext("No results")
    if not found.others:
        return language.gettext("Choose an agency or dates to compare with all the rest.")
    return language.gettext("There are too few releases here to tell what they say more often.")


def _term(links: Links, request: SearchRequest, found: TermSheet, use: TermUse) -> TermView:
    return TermView(
        word=Anchor(use.word, word_link(links, request, use.word)),
        releases=wording.number(use.releases),
        share=wording.percentage(use.releases, found.releases),
        elsewhere=wording.percentage(use.others, found.others),
        score=f"{use.score:.1f}",
    )
