"""A release -> its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from index.facet_table import Facet, FacetValue, values_of
from index.history import History
from index.release import Agency, Release, slugify
from search import Engine, SearchRequest
from webapp.presenters import citations, linked_data, provenance
from webapp.presenters.anchor import Anchor
from webapp.presenters.changes_page import changes_link
from webapp.presenters.citations import Citation
from webapp.presenters.comparison import comparison_address
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.hits import HitView, present_releases
from webapp.presenters.journey import JourneyView, present_journey
from webapp.presenters.provenance import Fact
from webapp.presenters.quotation import cite
from webapp.presenters.release_text import ReleaseText, present_text
from webapp.presenters.translations import TranslationView, present_translations
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links
from webapp.site.paths import web_link
from webapp.site.reading_list_addresses import reading_list_address
from webapp.site.release_addresses import FromResults


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
    language: str
    agency: Anchor
    mentioned: tuple[Anchor, ...]
    date: DateView
    date_links: tuple[Anchor, ...]
    issued_at: str
    place: str
    text: ReleaseText
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
    language = links.language
    canonical = links.release(release)
    cited = cite(links, release, site=site, today=today)
    return ReleaseView(
        headline=wording.headline(language, release),
        language=html_language(release.language),
        agency=_agency(links, release.agency),
        mentioned=tuple(_agency(links, each) for each in release.agencies_mentioned),
        date=present_date(language, release),
        date_links=_date_links(links, release.date),
        issued_at=provenance.clock(release.issued_at),
        place=release.place or "",
        text=present_text(links, release, engine, found.request if found else None),
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


def _similar(links: Links, release: Release, found: Sequence[Release]) -> Iterator[HitView]:
    """Releases like this one, each with the way to both beside each other."""
    text = links.language.gettext("Compare the texts")
    for view, other in zip(present_releases(links, found), found, strict=True):
        yield view._replace(compare=Anchor(text, comparison_address(links, release, other)))


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
