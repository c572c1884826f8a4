"""Paths of pages and files, the same in every language, and any text as a segment of a path."""

from __future__ import annotations

import re
from unicodedata import category
from urllib.parse import quote, urlencode

from index.facet_table import AGENCY
from index.release import Agency, Release, slugify

MAX_HEADLINE_SLUG = 80
"""Characters of a headline in a path."""
CITATIONS = (".bib", ".ris", ".csl.json", ".wiki", ".txt")
"""What may stand behind a release's identifier, `.json` aside."""
CHANGES = "changes"
"""What stands behind a release's identifier for what changed in it; no headline does."""
_PLAIN_SEGMENT = re.compile(r"[A-Za-z0-9_:-]+")


def release_path(release: Release) -> str:
    """The path of a release's page, with its headline for people to read."""
    slug = headline_slug(release.headline)
    if not slug:
        return release_id_path(release.id)
    return f"{release_id_path(release.id)}/{slug if slug.isascii() else quote(slug)}"


def release_id_path(release_id: str, suffix: str = "") -> str:
    """The short path of a release; `suffix` may be `.json` or one of `CITATIONS`."""
    return f"/release/{_segment(release_id)}{suffix}"


def headline_slug(headline: str) -> str:
    """The headline as it stands in a path; empty when it has no letters."""
    slug = slugify(headline)
    if len(slug) > MAX_HEADLINE_SLUG:
        slug = slug[: MAX_HEADLINE_SLUG + 1].rpartition("-")[0] or slug[:MAX_HEADLINE_SLUG]
    return "" if slug in ("unnamed", CHANGES) else slug


def paragraph_path(release_id: str, number: int) -> str:
    """The permanent path of a paragraph of a release, counted from 1."""
    return f"{release_id_path(release_id)}#p{number}"


def quotation_path(release_id: str, number: int) -> str:
    """The path of a page with a paragraph as a quotation."""
    return f"{release_id_path(release_id)}/quote/{number}"


def changes_path(release_id: str) -> str:
    """The path of what changed in a release."""
    return f"{release_id_path(release_id)}/{CHANGES}"


def agency_path(agency: Agency) -> str:
    """The path of an agency's page."""
    return f"/agency/{_segment(agency.slug)}"


def value_path(facet: str, slug: str = "") -> str:
    """The path of a value of a facet other than the agency, or of all its values."""
    return f"/browse/{_segment(facet)}" + (f"/{_segment(slug)}" if slug else "")


def value_list_path(facet: str) -> str:
    """The path of all values of a facet in a search."""
    return "/search/agencies" if facet == AGENCY.name else f"/search/by/{_segment(facet)}"


def date_path(partial: str) -> str:
    """The path of the page of a year, month or day, given as an ISO date."""
    return "/" + partial.replace("-", "/")


def sitemap_path(number: int = 0) -> str:
    """The path of the site map, or of one of the parts that it lists, counted from 1."""
    return f"/sitemap-{number}.xml" if number else "/sitemap.xml"


def static_path(name: str, version: str) -> str:
    """The path of a file of ours, which changes with its contents."""
    return f"/static/{quote(name)}?v={quote(version)}"


def with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    """A path with names and values behind it."""
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


def web_link(url: str | None) -> str | None:
    """The address if a browser may be sent there (http, https), else None."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None


def escape_segment(text: str) -> str:
    """Any text as one segment of a path; `read_segment` is its inverse.

    Letters with their vowel signs, digits, `-`, `_`, `:` and inner dots stay; every other character
    becomes `~` and two hexadecimal digits for each byte of its UTF-8. Per cent signs alone would
    not do: servers decode them before they part the path, and a slash or a dot would then change
    its meaning.
    """
    escaped = "".join(char if _plain(char) else _tilde(char) for char in text)
    escaped = re.sub(r"\A\.|\.(?=(?:json|bib|ris|csl|wiki|txt)?\Z)", "~2e", escaped)
    return escaped or "~"


def read_segment(segment: str) -> str | None:
    """The text that `escape_segment` wrote, or None if it cannot have written this."""
    if segment == "~":
        return ""
    pieces = re.split(r"((?:~[0-9a-f]{2})+)", segment)
    try:
        text = "".join(
            bytes.fromhex(piece.replace("~", "")).decode("utf-8", "surrogatepass")
            if index % 2
            else piece
            for index, piece in enumerate(pieces)
        )
    except UnicodeDecodeError:
        return None
    return text if escape_segment(text) == segment else None


def _segment(text: str) -> str:
    if _PLAIN_SEGMENT.fullmatch(text):
        return text
    return quote(escape_segment(text), safe=":~", errors="surrogatepass")


def _plain(char: str) -> bool:
    if _FIRST_INDIC <= char <= _LAST_INDIC and category(char) in ("Mn", "Mc"):
        return True  # a vowel of the letter before it
    return char in "-_:." or (char.isalnum() and not "\ud800" <= char <= "\udfff")


_FIRST_INDIC, _LAST_INDIC = "\u0900", "\u1cff"
"""Scripts of India and of the lands beyond it, whose vowels are marks that compose with nothing."""


def _tilde(char: str) -> str:
    return "".join(f"~{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
