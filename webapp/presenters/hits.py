"""Releases in a list: the hits of a search, or releases that have no search behind them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from index.release import Release
from search.results import Hit
from webapp.presenters.anchor import Anchor
from webapp.presenters.body_blocks import paragraphs_at
from webapp.presenters.changes_page import changes_link
from webapp.presenters.copy_lines import CopiesLine, present_copies
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.explanation import explained_in_words
from webapp.presenters.marked import marked
from webapp.presenters.translations import Lookup, TranslationView, held_translations
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links
from webapp.site.paths import web_link
from webapp.site.release_addresses import passage_address

_SENTENCE_END = re.compile(r"[.!?。！？](?:(?<=[。！？])\s*|\s+)")
"""With one class in front, which is looked for at twice the pace of two alternatives."""


class SnippetView(NamedTuple):
    """A passage that matches. `place`: where it stands on our page of the release, if that is
    linked; `passage`: where it stands at the source."""

    text: Markup
    place: str = ""
    passage: str | None = None


class HitView(NamedTuple):
    """A release in a list; `more`: how many other places of it match.

    `is_new`: it came, or changed, after the reader last looked. `divider`: a line above it.
    `source`: where the release stands, for lists on paper. `lacks`: the words that it does not
    have, where no release has all. `copies`: other releases found that say the same.
    `explanation`: what its score is made of, where that was asked for. `changed`: that its text
    changed here, and where it did. `translations`: the same in other languages, as far as it is
    here. `compare`: where it stands beside the release of the page.
    """

    href: str
    headline: Markup
    agency: Anchor
    date: DateView
    language: str
    snippets: tuple[SnippetView, ...]
    more: Anchor | None = None
    is_new: bool = False
    divider: str = ""
    source: str | None = None
    lacks: str = ""
    copies: tuple[CopiesLine, ...] = ()
    explanation: str = ""
    changed: Anchor | None = None
    translations: tuple[TranslationView, ...] = ()
    compare: Anchor | None = None


def present_hits(
    links: Links, hits: Sequence[Hit], lookup: Lookup = lambda _: None
) -> tuple[HitView, ...]:
    """Hits for a list that stands by itself; the engine has escaped what it marked.

    :param lookup: what finds their translations.
    """
    return tuple(
        _view(
            links,
            hit.release,
            links.release(hit.release),
            headline=_marked_headline(links, hit),
            snippets=tuple(SnippetView(_unbroken(text)) for text in hit.snippets),
            translations=held_translations(links, hit.release, lookup),
        )
        for hit in hits
    )


def present_results_hits(
    links: Links, hits: Sequence[Hit], first: int, lookup: Lookup = lambda _: None
) -> tuple[HitView, ...]:
    """The hits of the search that the page shows: their addresses carry it along.

    :param first: the place of the first hit in all the results, from 1 on.
    :param lookup: what finds their translations.
    """
    return tuple(
        _result(links, hit, place, held_translations(links, hit.release, lookup))
        for place, hit in enumerate(hits, first)
    )


def present_releases(links: Links, releases: Sequence[Release]) -> tuple[HitView, ...]:
    """Releases for a list that has no search behind it."""
    return tuple(
        _view(
            links,
            release,
            links.release(release),
            headline=Markup.escape(wording.headline(links.language, release)),
        )
        for release in releases
    )


def passage_of(snippet: str) -> str:
    """The sentence of a snippet that holds its first mark, or its first sentence, as text.

    A sentence and no more: a text fragment finds nothing where its words stand in two paragraphs.
    """
    text = snippet.removeprefix("… ").removesuffix(" …")
    mark, start, stop = text.find("<mark>"), 0, len(text)
    for end in _SENTENCE_END.finditer(text):
        if end.start() >= mark:
            stop = end.start() + 1
            break
        start = end.end()
    sentence = text[start:stop].replace("<mark>", "").replace("</mark>", "")
    return html.unescape(sentence) if "&" in sentence else sentence


def _result(
    links: Links, hit: Hit, place: int, translations: tuple[TranslationView, ...]
) -> HitView:
    release, href = hit.release, links.release_in_results(hit.release, place)
    source = web_link(release.url)
    paragraphs = paragraphs_at(release.body, hit.snippet_lines)
    places = [f"{href}#p{number}" for number in paragraphs]
    return _view(
        links,
        release,
        href,
        headline=_marked_headline(links, hit),
        snippets=tuple(
            SnippetView(
                _unbroken(text), place, source and passage_address(source, passage_of(text))
            )
            for text, place in zip(hit.snippets, places, strict=True)
        ),
        more=_more(links, hit.more_matches, places[0]) if places else None,
        is_new=links.request.is_new(hit.arrived),
        source=source or links.root + links.release_id(release.id),
        lacks=_lacks(links, hit),
        copies=present_copies(links, hit),
        explanation=explained_in_words(links.language, hit),
        changed=changes_link(links, hit.release.id, hit.changes, hit.changed),
        translations=translations,
    )


def _more(links: Links, count: int, href: str) -> Anchor | None:
    if not count:
        return None
    text = links.language.ngettext(
        "%(num)s more match", "%(num)s more matches", count, num=wording.number(count)
    )
    return Anchor(text, href)


def _unbroken(snippet: str) -> Markup:
    """A snippet with no-break spaces beside its ellipses: no line holds one of them alone."""
    if snippet.startswith("… "):
        snippet = "…\u00a0" + snippet[2:]
    return marked(snippet[:-2] + "\u00a0…" if snippet.endswith(" …") else snippet)


def _view(
    links: Links,
    release: Release,
    href: str,
    headline: Markup,
    snippets: tuple[SnippetView, ...] = (),
    **of_results: Any,
) -> HitView:
    """:param of_results: values of `HitView` that only the results of a search have."""
    return HitView(
        href=href,
        headline=headline,
        agency=Anchor(links.agency_name(release.agency), links.agency(release.agency)),
        date=present_date(links.language, release),
        language=html_language(release.language),
        snippets=snippets,
        **of_results,
    )


def _marked_headline(links: Links, hit: Hit) -> Markup:
    return marked(hit.headline_html) or Markup.escape(wording.headline(links.language, hit.release))


def _lacks(links: Links, hit: Hit) -> str:
    if not hit.lacks:
        return ""
    quoted = [wording.in_quotes(links.language, each) for each in hit.lacks]
    separator = links.language.pgettext("between the items of a list", ", ")
    return links.language.gettext("Missing: %(words)s", words=separator.join(quoted))
