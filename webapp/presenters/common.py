"""View data that several pages share: links, dates, hits, pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from markupsafe import Markup

from index.release import Release
from search.request import SearchRequest
from search.results import Hit, SearchResults
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext
from webapp.site.release_addresses import passage_address, release_in_results_address

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; `current` marks the place where the reader is."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class DateView:
    """A date for people; `machine` is what `<time datetime>` takes, empty if there is none."""

    text: str
    machine: str
    missing: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A release in a list; `passages` is where each snippet stands at the source, if linked.

    `is_new`: it was first indexed after the reader last looked. `divider`: a line above it.
    `source`: where the release stands, for lists on paper.
    """

    href: str
    headline: Markup
    agency: Link
    date: DateView
    language: str
    language_name: str
    snippets: tuple[Markup, ...]
    passages: tuple[str | None, ...] = ()
    is_new: bool = False
    divider: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where else in the results one can go; None where there is no further page."""

    previous: str | None
    next: str | None
    pages: tuple[Link | None, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its count; `share` is its part of the longest bar, 0 to 100.

    `rate`: how many of every 1,000 releases there, as text; empty where there is nothing to say.
    """

    label: str
    count: str
    share: float
    href: str | None
    current: bool = False
    rate: str = ""


def present_hit(hit: Hit, request: SearchRequest | None = None, place: int = 1) -> HitView:
    """A hit for a list; the engine has escaped what it marked.

    :param request: the search that the list shows, if its links are to carry it along.
    :param place: where the hit stands in all of that list, from 1 on.
    """
    release = hit.release
    headline = Markup(hit.headline_html)  # noqa: S704 - escaped text and <mark> by contract
    snippets = tuple(Markup(text) for text in hit.snippets)  # noqa: S704 - the same
    view = _hit_view(release, headline or Markup.escape(untitled(release)), snippets)
    if request is None:
        return view
    return replace(
        view,
        href=release_in_results_address(release, request, place),
        passages=tuple(passage_address(release.url, passage_of(text)) for text in hit.snippets),
        is_new=request.is_new(hit.first_indexed),
        source=addresses.web_link(release.url) or addresses.release_id_address(release.id),
    )


def passage_of(snippet: str) -> str:
    """The sentence of a snippet that holds its first mark, or its first sentence, as text.

    A sentence and no more: a text fragment finds nothing where its words stand in two paragraphs.
    """
    text = snippet.removeprefix("… ").removesuffix(" …")
    sentences = re.split(r"(?<=[.!?])\s+|(?<=[。！？])\s*", text)
    chosen = next((each for each in sentences if "<mark>" in each), sentences[0])
    return html.unescape(re.sub(r"</?mark>", "", chosen))


def present_release(release: Release) -> HitView:
    """A release for a list that has no search behind it."""
    return _hit_view(release, Markup.escape(untitled(release)), ())


def untitled(release: Release) -> str:
    """The headline, or words in its place."""
    return release.headline.strip() or gettext("Release without a headline")


def language_tag(tag: str) -> str:
    """A tag that may stand in a page: `und` for what is none."""
    return tag if _LANGUAGE_TAG.fullmatch(tag) else "und"


def present_date(release: Release) -> DateView:
    """A release's date in words, with what is not known of it."""
    return DateView(
        text=wording.date_in_words(release.date),
        machine=release.date or "",
        missing=wording.what_is_not_stated(release.date_precision),
    )


def present_pager(results: SearchResults) -> Pager | None:
    """Previous, next and the pages around this one, with None for a gap; None for a single page."""
    if results.pages < 2:
        return None
    at, last = results.page, results.pages
    shown = sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
    pages: list[Link | None] = []
    for index, page in enumerate(shown):
        if index and page > shown[index - 1] + 1:
            pages.append(None)
        pages.append(Link(f"{page:,}", page_address(results.request, page), page == at))
    return Pager(
        previous=page_address(results.request, at - 1) if at > 1 else None,
        next=page_address(results.request, at + 1) if at < last else None,
        pages=tuple(pages),
        text=gettext(
            "Page %(page)s of %(pages)s", page=wording.number(at), pages=wording.number(last)
        ),
    )


def page_address(request: SearchRequest, page: int) -> str:
    """The same search at another page."""
    return addresses.search_address(request.changed(page=page))


def bars(rows: list[tuple[str, int, str | None, bool]]) -> tuple[Bar, ...]:
    """Label, count, link and whether chosen -> bars in proportion to the largest count."""
    most = max((count for _, count, _, _ in rows), default=0)
    return tuple(
        Bar(label, f"{count:,}", round(100 * count / most, 2) if most else 0.0, href, current)
        for label, count, href, current in rows
    )


def _hit_view(release: Release, headline: Markup, snippets: tuple[Markup, ...]) -> HitView:
    return HitView(
        href=addresses.release_address(release),
        headline=headline,
        agency=Link(agency_name(release.agency), addresses.agency_address(release.agency)),
        date=present_date(release),
        language=language_tag(release.language),
        language_name=wording.language_in_words(release.language),
        snippets=snippets,
    )
