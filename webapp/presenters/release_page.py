"""A release -> its page, and one of its paragraphs as a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from index.facet_table import Facet, FacetValue, values_of
from index.history import History
from index.release import Agency, Release, slugify
from index.text.analysis import fold
from search import Engine
from webapp.presenters import citations, linked_data, provenance
from webapp.presenters.anchor import Anchor
from webapp.presenters.bodies import BodyBlock, body_blocks, marked_blocks
from webapp.presenters.changes_page import changes_link
from webapp.presenters.citations import Citation
from webapp.presenters.dates import DateView, present_date
from webapp.presenters.hits import HitView, present_releases
from webapp.presenters.journey import JourneyView, present_journey
from webapp.presenters.provenance import Fact
from webapp.presenters.translations import TranslationView, present_translations
from webapp.site import wording
from webapp.site.languages import html_language
from webapp.site.links import Links
from webapp.site.paths import paragraph_path, quotation_path, release_id_path, web_link
from webapp.site.release_addresses import FromResults, passage_address

MAX_MATCHES = 20
"""Paragraphs with matches that are linked to at the top: what a line of a phone holds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered block with the address of its quotation, and where it stands at the source.

    `marked`: whether words of the search are in it.
    """

    number: int
    block: BodyBlock
    quotation: str
    at_source: str | None
    marked: bool


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
    photos: tuple[PhotoView, ...]
    translations: tuple[TranslationView, ...]
    source: str | None
    facts: tuple[Fact, ...]
    extra: tuple[tuple[str, tuple[Anchor, ...]], ...]
    similar: tuple[HitView, ...]
    changed: Anchor | None
    journey: JourneyView | None
    citations: tuple[CiteView, ...]
    permanent: str
    canonical: str
    json: str
    description: str
    linked_data: Markup


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A paragraph to quote: the words, and the quotation in two forms, with its address."""

    headline: str
    language: str
    number: int
    text: str
    plain: str
    markdown: str
    permanent: str
    at_source: str | None
    release: str


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
    marked = found is not None and bool(found.request.text)
    language = links.language
    headline_html, passages = _text(links, release, engine, found if marked else None)
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
        matches=tuple(
            Anchor(str(each.number), f"#p{each.number}") for each in passages if each.marked
        )[:MAX_MATCHES],
        photos=tuple(
            PhotoView(each.caption.strip() or language.gettext("Photo"), web_link(each.url))
            for each in release.photos
        ),
        translations=tuple(present_translations(links, release, engine.release)),
        source=web_link(release.url),
        facts=tuple(provenance.facts(links, release, history)),
        extra=tuple(_extra(links, release, engine.coverage().columns)),
        similar=present_releases(links, engine.similar(release.id, similar)),
        changed=changes_link(links, release.id, history.changes, history.changed),
        journey=present_journey(links, engine, release, found) if found else None,
        citations=tuple(_citations(links, release, cited)),
        permanent=cited.here,
        canonical=canonical,
        json=links.release_id(release.id, ".json"),
        description=linked_data.description(release),
        linked_data=linked_data.linked_data(
            language, release, url=links.root + canonical, site=site
        ),
    )


def cite(links: Links, release: Release, *, site: str, today: date) -> Citation:
    """What is cited of a release; its address here has no headline and no language in it."""
    here = links.whole(release_id_path(release.id))
    return citations.citation_of(links.language, release, here=here, site=site, accessed=today)


def present_quotation(
    links: Links, release: Release, number: int, *, site: str, today: date
) -> QuotationView | None:
    """A paragraph as a quotation; None where the release has no such paragraph."""
    blocks = list(body_blocks(release.body))
    if not 1 <= number <= len(blocks):
        return None
    text = blocks[number - 1].text
    permanent = links.whole(paragraph_path(release.id, number))
    said = citations.plain(cite(links, release, site=site, today=today))
    one_line = " ".join(text.split())
    quoted = one_line if one_line.startswith(("“", "「", '"')) else f"“{one_line}”"
    return QuotationView(
        headline=wording.headline(links.language, release),
        language=html_language(release.language),
        number=number,
        text=text,
        plain=f"{quoted}\n{said}\n{permanent}",
        markdown=_markdown(text, said, permanent),
        permanent=permanent,
        at_source=passage_address(release.url, text.split("\n")[0].replace("\t", " ")),
        release=links.release(release) + f"#p{number}",
    )


def _text(
    links: Links, release: Release, engine: Engine, found: FromResults | None
) -> tuple[Markup, tuple[Passage, ...]]:
    """Headline and numbered blocks, with marks where a search led here."""
    plain = list(body_blocks(release.body))
    if found is None:
        headline_html = Markup.escape(wording.headline(links.language, release))
        return headline_html, tuple(_passages(links, release, plain, plain))
    headline, body = engine.marked_body(release, found.request)
    shown = list(marked_blocks(body, release.body))
    safe = Markup(headline)  # noqa: S704 - escaped text and <mark> by contract
    headline_html = safe or Markup.escape(wording.headline(links.language, release))
    return headline_html, tuple(_passages(links, release, plain, shown))


def _passages(
    links: Links, release: Release, plain: Sequence[BodyBlock], shown: Sequence[BodyBlock]
) -> Iterator[Passage]:
    headline = _compared(release.headline)
    for number, (words, block) in enumerate(zip(plain, shown, strict=True), 1):
        if number == 1 < len(plain) and _compared(words.text) == headline:
            continue  # it stands above the text already; the others keep their numbers
        marked = shown is not plain and "<mark>" in block.text
        first_line = words.text.split("\n")[0].replace("\t", " ")
        yield Passage(
            number=number,
            block=block,
            quotation=links.page(quotation_path(release.id, number)),
            at_source=passage_address(release.url, first_line) if marked else None,
            marked=marked,
        )


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


def _markdown(text: str, said: str, permanent: str) -> str:
    """A block quotation; what Markdown or HTML would read is escaped."""
    lines = [f"> {_escaped(line)}" for line in text.split("\n")]
    return "\n>\n".join(["\n".join(lines), f"> — {_escaped(said)} <{permanent}>"])


def _escaped(text: str) -> str:
    escaped = "".join("\\" + char if char in "\\`*_[]<>&#|~" else char for char in text)
    return escaped.replace("\t", " | ")
