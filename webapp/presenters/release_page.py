"""A release -> its page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from index.facet_table import Facet, FacetValue, values_of
from index.history import History
from index.release import Agency, Release, slugify
from index.text.folding import fold
from search import Engine, SearchRequest
from webapp.presenters import citations, linked_data, provenance
from webapp.presenters.anchor import Anchor
from webapp.presenters.body_blocks import MARK_ID, BodyBlock, body_blocks, marked_blocks
from webapp.presenters.changes_page import changes_link
from webapp.presenters.citations import Citation
from webapp.presenters.comparison import comparison_address
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.hits import HitView, present_releases
from webapp.presenters.journey import JourneyView, present_journey
from webapp.presenters.marked import marked
from webapp.presenters.provenance import Fact
from webapp.presenters.quotation import cite, quotation_address, quoted_sentences
from webapp.presenters.translations import TranslationView, present_translations
from webapp.site import wording
from webapp.site.languages import Language, html_language
from webapp.site.links import Links
from webapp.site.paths import web_link
from webapp.site.reading_list_addresses import reading_list_address
from webapp.site.release_addresses import FromResults, passage_address

MAX_MATCHES = 10
"""Matches that are linked to at the top: what a line of a phone holds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered block with the address of its quotation, and where it stands at the source.

    `marks`: the anchors of the words of the search in it.
    """

    number: int
    block: BodyBlock
    quotation: str
    at_source: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo's caption, and its address if a browser may be sent there."""

    caption: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CiteView:
    """A citation to copy, and its address as a file."""

    name: str
    media_type: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """Everything on the page of a release."""

    headline: str
    headline_html: Markup
    language: str
    agency: Anchor
    mentioned: tuple[Anchor, ...]
    date: DateView
    date_links: tuple[Anchor, ...]
    issued_at: str
    place: str
    passages: tuple[Passage, ...]
    matches: tuple[Anchor, ...]
    matches_in_words: str
    photos: tuple[PhotoView, ...]
    translations: tuple[TranslationView, ...]
    source: str | None
    facts: tuple[Fact, ...]
    extra: tuple[tuple[str, tuple[Anchor, ...]], ...]
    similar: tuple[HitView, ...]
    changed: Anchor | None
    journey: JourneyView | None
    feed: str
    citations: tuple[CiteView, ...]
    permanent: str
    reading_list: str
    canonical: str
    json: str
    description: str
    linked_data: Markup


def present_release_page(
    links: Links,
    release: Release,
    engine: Engine,
    *,
    site: str,
    today: date,
    similar: int,
    found: FromResults | None = None,
) -> ReleaseView:
    """The page of a release.

    :param site: its name.
    :param today: the day on which the citations say that the release was read.
    :param found: the search that led here, whose words are marked.
    """
    history = engine.history(release.id) or History("")
    searched = found is not None and bool(found.request.text)
    language = links.language
    headline_html, passages = _text(links, release, engine, found if searched else None)
    canonical = links.release(release)
    cited = cite(links, release, site=site, today=today)
    return ReleaseView(
        headline=wording.headline(language, release),
        headline_html=headline_html,
        language=html_language(release.language),
        agency=_agency(links, release.agency),
        mentioned=tuple(_agency(links, each) for each in release.agencies_mentioned),
        date=present_date(language, release),
        date_links=_date_links(links, release.date),
        issued_at=provenance.clock(release.issued_at),
        place=release.place or "",
        passages=passages,
        matches=_matches(passages),
        matches_in_words=_counted_matches(language, passages),
        photos=tuple(
            PhotoView(each.caption.strip() or language.gettext("Photo"), web_link(each.url))
            for each in release.photos
        ),
        translations=tuple(present_translations(links, release, engine.release)),
        source=web_link(release.url),
        facts=tuple(provenance.facts(links, release, history)),
        extra=tuple(_extra(links, release, engine.coverage().columns)),
        similar=tuple(_similar(links, release, engine.similar(release.id, similar))),
        changed=changes_link(links, release.id, history.changes, history.changed),
        journey=present_journey(links, engine, release, found) if found else None,
        feed=links.search(SearchRequest(agencies=(release.agency.slug,)), ".atom"),
        citations=tuple(_citations(links, release, cited)),
        permanent=cited.here,
        reading_list=reading_list_address(links, [release.id]),
        canonical=canonical,
        json=links.release_id(release.id, ".json"),
        description=linked_data.description(release),
        linked_data=linked_data.linked_data(
            language, release, url=links.root + canonical, site=site
        ),
    )


def _text(
    links: Links, release: Release, engine: Engine, found: FromResults | None
) -> tuple[Markup, tuple[Passage, ...]]:
    """Headline and numbered blocks, with marks where a search led here."""
    plain = list(body_blocks(release.body))
    if found is None:
        headline_html = Markup.escape(wording.headline(links.language, release))
        return headline_html, tuple(_passages(links, release, plain, plain))
    [(headline, body)] = engine.marked([release], found.request)
    shown = list(marked_blocks(body, release.body))
    headline_html = marked(headline) or Markup.escape(wording.headline(links.language, release))
    return headline_html, tuple(_passages(links, release, plain, shown))


def _passages(
    links: Links, release: Release, plain: Sequence[BodyBlock], shown: Sequence[BodyBlock]
) -> Iterator[Passage]:
    headline = _compared(release.headline)
    for number, (words, block) in enumerate(zip(plain, shown, strict=True), 1):
        if number == 1 < len(plain) and _compared(words.text) == headline:
            continue  # it stands above the text already; the others keep their numbers
        marks = tuple(re.findall(MARK_ID, block.text)) if shown is not plain else ()
        first_line = words.text.split("\n")[0].replace("\t", " ")
        sentence = _marked_sentence(plain, number, block) if marks else None
        yield Passage(
            number=number,
            block=block,
            quotation=quotation_address(links, release, number, sentence),
            at_source=passage_address(release.url, first_line) if marks else None,
            marks=marks,
        )


def _similar(links: Links, release: Release, found: Sequence[Release]) -> Iterator[HitView]:
    """Releases like this one, each with the way to both beside each other."""
    text = links.language.gettext("Compare the texts")
    for view, other in zip(present_releases(links, found), found, strict=True):
        yield view._replace(compare=Anchor(text, comparison_address(links, release, other)))


def _matches(passages: Sequence[Passage]) -> tuple[Anchor, ...]:
    marks = [mark for each in passages for mark in each.marks][:MAX_MATCHES]
    return tuple(Anchor(str(place), f"#{mark}") for place, mark in enumerate(marks, 1))


def _counted_matches(language: Language, passages: Sequence[Passage]) -> str:
    count = sum(len(each.marks) for each in passages)
    return language.ngettext("%(num)s match", "%(num)s matches", count, num=wording.number(count))


def _marked_sentence(plain: Sequence[BodyBlock], number: int, block: BodyBlock) -> int | None:
    """The number of the first sentence with a mark, of a paragraph that is quoted by sentences."""
    sentences = quoted_sentences(plain, number)
    at = len(html.unescape(re.split("<mark", block.text)[0]))
    return next((place for place, each in enumerate(sentences, 1) if at < each.end), None)


def _compared(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".")


def _extra(
    links: Links, release: Release, facets: Iterable[Facet]
) -> Iterator[tuple[str, tuple[Anchor, ...]]]:
    """The columns of its record that are no field: a facet's values lead to their pages.

    Of other columns a value leads to where it is the address of.
    """
    for column in release.extra:
        own = {column.name: column.values}
        found = next(((each, values) for each in facets if (values := values_of(each, own))), None)
        if found is None:
            yield column.name, tuple(Anchor(text, web_link(text) or "") for text in column.values)
        else:
            facet, values = found
            valued = (FacetValue(slugify(value), value) for value in values)
            anchors = (Anchor(each.name, links.value(facet.name, each)) for each in valued)
            yield column.name, tuple(anchors)


def _agency(links: Links, agency: Agency) -> Anchor:
    return Anchor(links.agency_name(agency), links.agency(agency))


def _date_links(links: Links, date: str | None) -> tuple[Anchor, ...]:
    """The pages of the day, the month and the year, as far as they are known."""
    if not date or date.startswith("--"):
        return ()
    parts = date.split("-")
    spans = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return tuple(
        Anchor(wording.date_in_words(links.language, each), links.date(each)) for each in spans
    )


def _citations(links: Links, release: Release, cited: Citation) -> Iterator[CiteView]:
    for suffix, (media_type, name, write) in citations.FORMATS.items():
        href = links.release_id(release.id, suffix)
        text = write(cited).strip().replace("\r\n", "\n")
        yield CiteView(links.language.gettext(name), media_type, text, href)
