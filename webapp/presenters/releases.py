"""A release -> its page: body in blocks, and where each of its facts comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from index.release import Release
from webapp import addresses, wording
from webapp.presenters.common import DateView, HitView, Link, present_date, present_release
from webapp.presenters.common import untitled as headline_of

MAX_CELLS = 50
"""Columns of a table; further cells stay with the last one."""

DATE_SOURCES = {
    "none": "The release states no date.",
    "as-of": "Day and month as stated; the year inferred from when it was collected.",
    "footer": "Stated at the foot of the page.",
    "address": "Read from the address of the page.",
    "feed": "Stated by the feed.",
    "text": "Read from the text.",
    "json-ld": "Stated in the page's structured data.",
    "meta": "Stated in the page's metadata.",
    "page": "Stated on the page.",
    "record": "Stated by the record.",
    "number": "Read from the release's number.",
}
AGENCY_RULES = {
    "none": "Nothing in the release says who issued it.",
    "json": "Stated by the record.",
    "jsonl": "Stated by the record.",
    "csv": "Stated by the record.",
    "xml": "Stated by the record.",
    "json-ld": "Stated in the page's structured data.",
    "meta": "Stated in the page's metadata.",
    "from-line": "Stated in the release's “From” line.",
    "feed-author": "Stated by the feed.",
    "site-name": "The site that published it.",
    "stated": "Stated with the release.",
    "issued-on-behalf": "The text says on whose behalf it is issued.",
    "issued-on-behalf-unlisted": "The text says on whose behalf it is issued.",
    "headline-subject": "The headline is about what it does.",
    "lead-speaker": "The opening says whose words follow.",
    "lead-attribution": "The opening attributes the news to it.",
    "lead-attribution-unlisted": "The opening attributes the news to it.",
    "government": "The government itself speaks or acts in it.",
    "first-acting": "The first body that acts in the text.",
    "genre": "It issues the bulletins that have this headline.",
}
"""Code -> sentence; a code that is not here is shown as it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a body. `kind`: paragraph (lines), list, numbered (items) or table (rows)."""

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo's caption, and its address if a browser may be sent there."""

    caption: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the provenance: what, its value, perhaps a link, perhaps how it was found."""

    name: str
    value: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """Everything on the page of a release."""

    headline: str
    language: str
    agency: Link
    agency_note: str
    mentioned: tuple[Link, ...]
    date: DateView
    date_links: tuple[Link, ...]
    date_note: str
    issued_at: str
    place: str
    blocks: tuple[Block, ...]
    photos: tuple[PhotoView, ...]
    translations: tuple[tuple[str, str, str], ...]
    source: str | None
    facts: tuple[Fact, ...]
    similar: tuple[HitView, ...]
    canonical: str
    json: str


def present_release_page(
    release: Release, first_indexed: str | None, similar: Iterable[Release]
) -> ReleaseView:
    """The page of a release."""
    return ReleaseView(
        headline=headline_of(release),
        language=release.language,
        agency=Link(release.agency.name, addresses.agency_address(release.agency)),
        agency_note=_explained(release.agency_rule, AGENCY_RULES),
        mentioned=tuple(
            Link(each.name, addresses.agency_address(each)) for each in release.agencies_mentioned
        ),
        date=present_date(release),
        date_links=_date_links(release.date),
        date_note=_explained(release.date_source, DATE_SOURCES),
        issued_at=_clock(release.issued_at),
        place=release.place or "",
        blocks=tuple(body_blocks(release.body)),
        photos=tuple(
            PhotoView(each.caption.strip() or "Photo", addresses.web_link(each.url))
            for each in release.photos
        ),
        translations=tuple(_translations(release)),
        source=addresses.web_link(release.url),
        facts=tuple(_facts(release, first_indexed)),
        similar=tuple(present_release(each) for each in similar),
        canonical=addresses.release_address(release),
        json=addresses.release_id_address(release.id, ".json"),
    )


def file_name(source_file: str) -> str:
    """The name of the file, with what is inside it, without the folders of this server."""
    path, mark, inside = source_file.partition("!")
    return re.split(r"[/\\]", path)[-1] + mark + inside


def body_blocks(body: str) -> Iterator[Block]:
    """The blocks of a body, from the white space that `Release` describes."""
    for block in re.split(r"\n(?:[ \t]*\n)+", body.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        for kind, group in groupby(lines, key=_line_kind):
            found = list(group)
            if kind == "table":
                yield Block(kind, rows=_table(found))
            else:
                yield Block(kind, lines=tuple(line.strip() for line in found))


def _line_kind(line: str) -> str:
    if line.startswith("\t"):
        return "list"
    if line.startswith("\v"):
        return "numbered"
    return "table" if "\t" in line.strip() else "paragraph"


def _table(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length; a short one is filled up with empty cells."""
    rows = [tuple(cell.strip() for cell in line.split("\t", MAX_CELLS - 1)) for line in lines]
    width = max(map(len, rows))
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def _explained(code: str, sentences: dict[str, str]) -> str:
    """The sentence for a code, else the code itself as words."""
    known = sentences.get(code)
    if known is not None:
        return known
    return f"Found by: {code.replace('-', ' ').replace('_', ' ')}." if code else ""


def _date_links(date: str | None) -> tuple[Link, ...]:
    """The pages of the day, the month and the year, as far as they are known."""
    if not date or date.startswith("--"):
        return ()
    parts = date.split("-")
    spans = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return tuple(Link(wording.date_in_words(each), addresses.date_address(each)) for each in spans)


def _clock(issued_at: str | None) -> str:
    match = re.search(r"T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?", issued_at or "")
    if match is None:
        return ""
    zone = {"Z": "UTC", None: ""}.get(match[2], f"UTC{match[2]}")
    return f"{match[1]} {zone}".strip()


def _translations(release: Release) -> Iterator[tuple[str, str, str]]:
    """Language tag, its name, address; only addresses that a browser may be sent to."""
    for each in release.translations:
        href = addresses.web_link(each.url)
        if href:
            yield each.language, wording.language_in_words(each.language), href


def _facts(release: Release, first_indexed: str | None) -> Iterator[Fact]:
    date = release.date or "not stated"
    yield Fact("Date", date, note=_explained(release.date_source, DATE_SOURCES))
    yield Fact("Agency", release.agency.name, note=_explained(release.agency_rule, AGENCY_RULES))
    yield Fact("Language", wording.language_in_words(release.language))
    if release.url:
        yield Fact("Source address", release.url, addresses.web_link(release.url))
    optional = (
        ("Read as", release.source.replace("-", " ")),
        ("File", file_name(release.source_file)),
        ("Fetched", wording.moment_in_words(release.fetched_at)),
        ("First indexed", wording.moment_in_words(first_indexed)),
        ("Also known as", ", ".join(release.aliases)),
    )
    yield from (Fact(name, value) for name, value in optional if value)
    yield Fact("Identifier", release.id)
    yield Fact("Content hash (SHA-256)", release.content_hash)
