"""Where each fact of a release comes from, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.release import Release, printable
from webapp.site import wording
from webapp.site.languages import N_, Language
from webapp.site.links import Links
from webapp.site.paths import web_link

DATE_SOURCES = {
    "none": N_("The release states no date."),
    "as-of": N_("Day and month as stated; the year inferred from when it was collected."),
    "footer": N_("Stated at the foot of the page."),
    "address": N_("Read from the address of the page."),
    "feed": N_("Stated by the feed."),
    "text": N_("Read from the text."),
    "json-ld": N_("Stated in the page's structured data."),
    "microdata": N_("Stated in the page's structured data."),
    "meta": N_("Stated in the page's metadata."),
    "page": N_("Stated on the page."),
    "record": N_("Stated by the record."),
    "number": N_("Read from the release's number."),
    "updated": N_("The day of a change: the page states no other."),
}
AGENCY_RULES = {
    "none": N_("Nothing in the release says who issued it."),
    "json": N_("Stated by the record."),
    "jsonl": N_("Stated by the record."),
    "csv": N_("Stated by the record."),
    "tsv": N_("Stated by the record."),
    "xml": N_("Stated by the record."),
    "json-ld": N_("Stated in the page's structured data."),
    "microdata": N_("Stated in the page's structured data."),
    "meta": N_("Stated in the page's metadata."),
    "from-line": N_("Stated in the release's “From” line."),
    "letterhead": N_("Stated in the release's letterhead."),
    "feed-author": N_("Stated by the feed."),
    "site-name": N_("The site that published it."),
    "host": N_("The site that published it."),
    "stated": N_("Stated with the release."),
    "issued-on-behalf": N_("The text says on whose behalf it is issued."),
    "issued-on-behalf-unlisted": N_("The text says on whose behalf it is issued."),
    "headline-subject": N_("The headline is about what it does."),
    "lead-speaker": N_("The opening says whose words follow."),
    "lead-attribution": N_("The opening attributes the news to it."),
    "lead-attribution-unlisted": N_("The opening attributes the news to it."),
    "government": N_("The government itself speaks or acts in it."),
    "first-acting": N_("The first body that acts in the text."),
    "genre": N_("It issues the bulletins that have this headline."),
}
FORMS = {
    "newswire": N_("newswire text"),
    "hong-kong-page": N_("web page of the Hong Kong government"),
    "hong-kong-bulletin": N_("bulletin of the Hong Kong government"),
    "web-page": N_("web page"),
    "message-xml": N_("XML message"),
    "rss": N_("RSS feed"),
    "atom": N_("Atom feed"),
    "json-feed": N_("JSON Feed"),
    "json": N_("JSON record"),
    "jsonl": N_("line of JSON"),
    "csv": N_("table row (CSV)"),
    "tsv": N_("table row (TSV)"),
}
"""Code -> words; a code that is not here is shown as it is."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the provenance: what, its value, perhaps a link, perhaps how it was found.

    `code`: the value is for machines, so it is shown in type of one width.
    """

    name: str
    value: str
    href: str | None = None
    note: str = ""
    code: bool = False


def date_note(language: Language, release: Release) -> str:
    """How the date was found."""
    return _explained(language, release.date_source, DATE_SOURCES)


def agency_note(language: Language, release: Release) -> str:
    """How the agency was found."""
    return _explained(language, release.agency_rule, AGENCY_RULES)


def facts(links: Links, release: Release, first_indexed: str | None) -> Iterator[Fact]:
    """The provenance of a release, from what it states to what identifies it."""
    language = links.language
    dated = release.date or language.gettext("not stated")
    yield Fact(language.gettext("Date"), dated, note=date_note(language, release))
    yield Fact(
        language.gettext("Agency"),
        links.agency_name(release.agency),
        links.agency(release.agency),
        agency_note(language, release),
    )
    yield Fact(language.gettext("Language"), wording.language_in_words(language, release.language))
    if release.url:
        yield Fact(language.gettext("Source address"), release.url, web_link(release.url))
    form = FORMS.get(release.source)
    optional = (
        (
            language.gettext("Read as"),
            language.gettext(form) if form else release.source.replace("-", " "),
        ),
        (language.gettext("File"), file_name(release.source_file)),
        (language.gettext("Fetched"), wording.moment_in_words(language, release.fetched_at)),
        (language.gettext("First indexed"), wording.moment_in_words(language, first_indexed)),
        (language.gettext("Also known as"), ", ".join(release.aliases)),
    )
    yield from (Fact(name, value) for name, value in optional if value)
    yield Fact(language.gettext("Identifier"), release.id, code=True)
    yield Fact(language.gettext("Content hash (SHA-256)"), release.content_hash, code=True)


def file_name(source_file: str) -> str:
    """The name of the file, with what is inside it, without the folders of this server."""
    path, mark, inside = printable(source_file).partition("!")
    return re.split(r"[/\\]", path)[-1] + mark + inside


def clock(issued_at: str | None) -> str:
    """`10:30 UTC+08:00` of an ISO time; empty where it has none."""
    match = re.search(r"T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?", issued_at or "")
    if match is None:
        return ""
    zone = {"Z": "UTC", "+00:00": "UTC", None: ""}.get(match[2], f"UTC{match[2]}")
    return f"{match[1]} {zone}".strip()


def _explained(language: Language, code: str, sentences: dict[str, str]) -> str:
    """The sentence for a code, else the code itself as words."""
    known = sentences.get(code)
    if known is not None:
        return language.gettext(known)
    words = code.replace("-", " ").replace("_", " ")
    return language.gettext("Found by: %(rule)s.", rule=words) if code else ""
