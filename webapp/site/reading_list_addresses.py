"""The address of a reading list: `/reading-list?release=R001&release=R004`, in the order put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from search.results import Notice
from webapp.site.languages import ENGLISH, Language
from webapp.site.links import Links
from webapp.site.parameters import ParameterReader, query_pairs
from webapp.site.paths import read_segment, with_query

PATH = "/reading-list"
SUFFIXES = (".txt", ".bib", ".ris")
"""Citations of all, in the forms that may stand one after the other in a file."""
MAX_LISTED = 50
"""Releases of one list: 50 of 72,623 take their page 20 ms, and 1,300 characters of its address."""


@dataclass(frozen=True, slots=True)
class ParsedReadingList:
    """Identifiers as they were given, in their order, what could not be read, and whether the
    address is tidy as far as it alone can show."""

    releases: tuple[str, ...]
    ignored: tuple[Notice, ...]
    canonical: bool


def read_reading_list(query: bytes | str, language: Language = ENGLISH) -> ParsedReadingList:
    """What the query string of `/reading-list` asks for. Never raises.

    `add` is one more release: its identifier, or the address of its page here.
    """
    pairs = query_pairs(query)
    reader = ParameterReader(pairs, language)
    reader.ignore_all_but(("release", "add"))
    reader.ignore_end(query, "release")
    given = [*reader.given.get("release", ()), *map(_identifier, reader.given.get("add", ()))]
    releases = tuple(dict.fromkeys(filter(None, given)))
    if len(releases) > MAX_LISTED:
        reader.ignore_rest("release", MAX_LISTED)
    releases, ignored = releases[:MAX_LISTED], tuple(reader.ignored)
    tidy = pairs == [("release", each) for each in releases]
    return ParsedReadingList(releases, ignored, not ignored and tidy)


def reading_list_address(links: Links, releases: Sequence[str], suffix: str = "") -> str:
    """The address of a list by identifiers, or of its citations (`SUFFIXES`)."""
    return with_query(links.page(PATH + suffix), [("release", each) for each in releases])


def _identifier(typed: str) -> str:
    """The identifier in the address of a page of a release; anything else stays as it is."""
    path = re.split("[?#]", typed)[0]
    segment = path.partition("/release/")[2].partition("/")[0]
    return read_segment(unquote(segment)) or typed
