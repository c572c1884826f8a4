"""Where each fact of a release comes from, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.history import History
from index.release import Release, printable
from webapp.site import wording
from webapp.site.languages import N_, Language
from webapp.site.links import Links
from webapp.site.paths import web_link

DATE_SOURCES = {
    "none": N_("The release gives no date."),
    "as-of": N_("Day and month as stated; year inferred from when it was collected."),
    "footer": N_("From the foot of the page."),
    "address": N_("From the page’s address."),
    "feed": N_("From the feed."),
    "text": N_("From the text."),
    "json-ld": N_("From the page’s structured data."),
    "microdata": N_("From the page’s structured data."),
    "meta": N_("From the page’s metadata."),
    "page": N_("From the page."),
    "record": N_("From the record."),
    "number": N_("From the release’s number."),
    "updated": N_("Date of the last change: the page gives no other."),
}
AGENCY_RULES = {
    "none": N_("The release does not name its issuer."),
    "json": N_("From the record."),
    "jsonl": N_("From the record."),
    "csv": N_("From the record."),
    "tsv": N_("From the record."),
    "xml": N_("From the record."),
    "json-ld": N_("From the page’s structured data."),
    "microdata": N_("From the page’s structured data."),
    "meta": N_("From the page’s metadata."),
    "from-line": N_("From the release’s “From” line."),
    "letterhead": N_("From the letterhead."),
    "feed-author": N_("From the feed."),
    "site-name": N_("Inferred from the site that published it."),
    "host": N_("Inferred from the site that published it."),
    "stated": N_("Given with the release."),
    "issued-on-behalf": N_("From the text: issued on its behalf."),
    "issued-on-behalf-unlisted": N_("From the text: issued on its behalf."),
    "headline-subject": N_("Inferred: the headline concerns its work."),
    "lead-speaker": N_("From the opening paragraph (speaker)."),
    "lead-attribution": N_("Inferred from the opening paragraph."),
    "lead-attribution-unlisted": N_("Inferred from the opening paragraph."),
    "government": N_("Issued by the government as a whole."),
    "first-acting": N_("Inferred: first agency mentioned."),
    "genre": N_("Inferred: it issues bulletins with this headline."),
}
FORMS = {
    "newswire": N_("Newswire text"),
    "hong-kong-page": N_("Hong Kong government web page"),
    "hong-kong-bulletin": N_("Hong Kong government bulletin"),
    "web-page": N_("Web page"),
    "message-xml": N_("XML message"),
    "rss": N_("RSS feed"),
    "atom": N_("Atom feed"),
    "json-feed": N_("JSON Feed"),
    "json": N_("JSON record"),
    "jsonl": N_("JSON record"),
    "csv": N_("Table row (CSV)"),
    "tsv": N_("Table row (TSV)"),
}
"""Code -> words; a code that is not here is shown as it is."""
ARCHIVE = "https://web.archive.org/web/"
"""The archive of the web that asks nothing of its readers; an address there names a day or `*`."""


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


def facts(links: Links, release: Release, history: History) -> Iterator[Fact]:
    """The provenance of a release, from what it states to what identifies it."""
    language = links.language
    dated = release.date and wording.date_in_words(language, release.date)
    yield Fact(
        language.gettext("Date"),
        dated or language.gettext("Not stated"),
        note=date_note(language, release),
    )
    yield Fact(
        language.gettext("Agency"),
        links.agency_name(release.agency),
        links.agency(release.agency),
        agency_note(language, release),
    )
    yield Fact(language.gettext("Language"), wording.language_in_words(language, release.language))
    if release.url:
        yield Fact(language.gettext("Source address"), release.url, web_link(release.url))
        yield from _archived(language, release)
    form = FORMS.get(release.source)
    optional = (
        (
            language.gettext("Format"),
            language.gettext(form) if form else release.source.replace("-", " "),
        ),
        (language.gettext("File"), file_name(release.source_file)),
        (language.gettext("Fetched"), wording.moment_in_words(language, release.fetched_at)),
        (
            language.gettext("First indexed"),
            wording.moment_in_words(language, history.first_indexed),
        ),
        (
            language.gettext("Also known as"),
            language.pgettext("between the items of a list", ", ").join(release.aliases),
        ),
    )
    yield from (Fact(name, value) for name, value in optional if value)
    yield Fact(language.gettext("Identifier"), release.id, code=True)
    yield Fact(language.gettext("Content hash (SHA-256)"), release.content_hash, code=True)


def _archived(language: Language, release: Release) -> Iterator[Fact]:
    """Where a public archive of the web may hold the source as it was about its day."""
    link = web_link(release.url)
    if link is not None:
        day = re.sub(r"\D", "", release.date or "") if (release.date or "-")[0] != "-" else ""
        href = f"{ARCHIVE}{day or '*'}/{link}"
        yield Fact(language.gettext("In a web archive"), "web.archive.org", href)


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
