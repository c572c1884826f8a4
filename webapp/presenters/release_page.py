"""A release -> its page, and one of its paragraphs as a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from index.identity import identify
from index.release import Release, Translation
from search import Engine
from webapp.presenters import citations, linked_data, provenance
from webapp.presenters.bodies import Block, body_blocks, marked_blocks
from webapp.presenters.citations import Citation
from webapp.presenters.common import DateView, HitView, Link, present_date, present_release
from webapp.presenters.common import untitled as headline_of
from webapp.presenters.journey import JourneyView, present_journey
from webapp.presenters.provenance import Fact
from webapp.site import addresses, wording
from webapp.site.agency_names import agency_name
from webapp.site.languages import gettext, without_language
from webapp.site.release_addresses import (
    FromResults,
    paragraph_address,
    passage_address,
    quotation_address,
)

MAX_TRANSLATIONS = 20
"""Other languages of a release that are looked up here."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered block with the address of its quotation, and where it stands at the source.

    `marked`: whether words of the search are in it.
    """

    number: int
    block: Block
    quotation: str
    at_source: str | None
    marked: bool


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo's caption, and its address if a browser may be sent there."""

    caption: str
    href: str | None


@dataclass(frozen=True, slots=True)
class TranslationView:
    """The same news in another language; `ours` if its text is here too."""

    language: str
    name: str
    href: str
    ours: bool


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
    agency: Link
    agency_note: str
    mentioned: tuple[Link, ...]
    date: DateView
    date_links: tuple[Link, ...]
    date_note: str
    issued_at: str
    place: str
    passages: tuple[Passage, ...]
    photos: tuple[PhotoView, ...]
    translations: tuple[TranslationView, ...]
    source: str | None
    facts: tuple[Fact, ...]
    similar: tuple[HitView, ...]
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
    release: Release,
    engine: Engine,
    *,
    site: str,
    root: str,
    today: date,
    similar: int,
    found: FromResults | None = None,
) -> ReleaseView:
    """The page of a release.

    :param root: what the site's whole addresses begin with; `site`: its name.
    :param today: the day on which the citations say that the release was read.
    :param found: the search that led here, whose words are marked.
    """
    marked = found is not None and bool(found.request.text)
    headline_html, passages = _text(release, engine, found if marked else None)
    canonical = addresses.release_address(release)
    cited = cite(release, root=root, site=site, today=today)
    return ReleaseView(
        headline=headline_of(release),
        headline_html=headline_html,
        language=release.language,
        agency=Link(agency_name(release.agency), addresses.agency_address(release.agency)),
        agency_note=provenance.agency_note(release),
        mentioned=tuple(
            Link(agency_name(each), addresses.agency_address(each))
            for each in release.agencies_mentioned
        ),
        date=present_date(release),
        date_links=_date_links(release.date),
        date_note=provenance.date_note(release),
        issued_at=provenance.clock(release.issued_at),
        place=release.place or "",
        passages=passages,
        photos=tuple(
            PhotoView(each.caption.strip() or gettext("Photo"), addresses.web_link(each.url))
            for each in release.photos
        ),
        translations=tuple(_translations(release, engine)),
        source=addresses.web_link(release.url),
        facts=tuple(provenance.facts(release, engine.first_indexed(release.id))),
        similar=tuple(present_release(each) for each in engine.similar(release.id, similar)),
        journey=present_journey(engine, release, found) if found else None,
        citations=tuple(_citations(release, cited)),
        permanent=cited.here,
        canonical=canonical,
        json=addresses.release_id_address(release.id, ".json"),
        description=linked_data.description(release),
        linked_data=linked_data.linked_data(release, url=root + canonical, site=site),
    )


def cite(release: Release, *, root: str, site: str, today: date) -> Citation:
    """What is cited of a release; its address here has no headline and no language in it."""
    here = root + without_language(addresses.release_id_address(release.id))
    return citations.citation_of(release, here=here, site=site, accessed=today)


def present_quotation(
    release: Release, number: int, *, site: str, root: str, today: date
) -> QuotationView | None:
    """A paragraph as a quotation; None where the release has no such paragraph."""
    blocks = list(body_blocks(release.body))
    if not 1 <= number <= len(blocks):
        return None
    text = blocks[number - 1].text
    permanent = root + without_language(paragraph_address(release.id, number))
    said = citations.plain(cite(release, root=root, site=site, today=today))
    one_line = " ".join(text.split())
    quoted = one_line if one_line.startswith(("“", "「", '"')) else f"“{one_line}”"
    return QuotationView(
        headline=headline_of(release),
        language=release.language,
        number=number,
        text=text,
        plain=f"{quoted}\n{said}\n{permanent}",
        markdown=_markdown(text, said, permanent),
        permanent=permanent,
        at_source=passage_address(release.url, text.split("\n")[0].replace("\t", " ")),
        release=addresses.release_address(release) + f"#p{number}",
    )


def _text(
    release: Release, engine: Engine, found: FromResults | None
) -> tuple[Markup, tuple[Passage, ...]]:
    """Headline and numbered blocks, with marks where a search led here."""
    plain = list(body_blocks(release.body))
    if found is None:
        return Markup.escape(headline_of(release)), tuple(_passages(release, plain, plain))
    headline, body = engine.marked_body(release, found.request)
    shown = list(marked_blocks(body))
    safe = Markup(headline)  # noqa: S704 - escaped text and <mark> by contract
    return safe or Markup.escape(headline_of(release)), tuple(_passages(release, plain, shown))


def _passages(
    release: Release, plain: Sequence[Block], shown: Sequence[Block]
) -> Iterator[Passage]:
    for number, (words, block) in enumerate(zip(plain, shown, strict=True), 1):
        marked = shown is not plain and "<mark>" in block.text
        first_line = words.text.split("\n")[0].replace("\t", " ")
        yield Passage(
            number=number,
            block=block,
            quotation=quotation_address(release.id, number),
            at_source=passage_address(release.url, first_line) if marked else None,
            marked=marked,
        )


def _date_links(date: str | None) -> tuple[Link, ...]:
    """The pages of the day, the month and the year, as far as they are known."""
    if not date or date.startswith("--"):
        return ()
    parts = date.split("-")
    spans = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return tuple(Link(wording.date_in_words(each), addresses.date_address(each)) for each in spans)


def _translations(release: Release, engine: Engine) -> Iterator[TranslationView]:
    """Our page where we hold that release, else the source, if a browser may be sent there."""
    for each in release.translations[:MAX_TRANSLATIONS]:
        held = _held(release, each, engine)
        href = addresses.release_address(held) if held else addresses.web_link(each.url)
        if href:
            name = wording.language_in_words(each.language)
            yield TranslationView(each.language, name, href, held is not None)


def _held(release: Release, translation: Translation, engine: Engine) -> Release | None:
    """The release at a translation's address, by what that says of its identifier."""
    identity = identify(None, translation.url, "", None)
    for release_id in dict.fromkeys((identity.id, translation.url)):
        held = engine.release(release_id)
        if held is not None and held.id != release.id and _speaks(held, translation.language):
            return held
    return None


def _speaks(release: Release, language: str) -> bool:
    """Whether a release is in a language; `zh` is any Chinese."""
    return release.language.split("-")[0].lower() == language.split("-")[0].lower()


def _citations(release: Release, cited: Citation) -> Iterator[CiteView]:
    for suffix, (media_type, name, write) in citations.FORMATS.items():
        href = addresses.release_id_address(release.id, suffix)
        yield CiteView(gettext(name), media_type, write(cited).strip().replace("\r\n", "\n"), href)


def _markdown(text: str, said: str, permanent: str) -> str:
    """A block quotation; what Markdown or HTML would read is escaped."""
    lines = [f"> {_escaped(line)}" for line in text.split("\n")]
    return "\n>\n".join(["\n".join(lines), f"> — {_escaped(said)} <{permanent}>"])


def _escaped(text: str) -> str:
    escaped = "".join("\\" + char if char in "\\`*_[]<>&#|~" else char for char in text)
    return escaped.replace("\t", " | ")
