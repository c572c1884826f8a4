"""Addresses of a release that say where a reader comes from or goes to: results, its source."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from search.request import SearchRequest
from webapp.site.parameters import query_pairs
from webapp.site.paths import web_link
from webapp.site.search_addresses import read_pairs

MAX_PASSAGE_WORDS = 8
"""Words of a passage up to which a link names them all, beyond which its beginning and end."""
MAX_PASSAGE_CHARACTERS = 60
"""The same in characters, for scripts without spaces."""


@dataclass(frozen=True, slots=True)
class FromResults:
    """The search in whose results a reader found a release, and its place there from 1 on."""

    request: SearchRequest
    place: int | None


def read_release_query(
    query: bytes | str, per_page: int = 10, facets: Collection[str] = ()
) -> FromResults | None:
    """The search that led to a release; None where the address holds none. Never raises.

    :param facets: names of the index's own facets.
    """
    pairs = query_pairs(query)
    rest = [pair for pair in pairs if pair[0] != "at"]
    request = read_pairs(rest, per_page, facets=facets).request.changed()
    typed = next((value for name, value in pairs if name == "at"), "")
    place = int(typed) if re.fullmatch(r"[1-9]\d{0,6}", typed, re.ASCII) else None
    found = FromResults(request, place)
    return None if found == FromResults(SearchRequest(per_page=per_page), None) else found


def passage_address(url: str | None, passage: str) -> str | None:
    """A release's source, at a passage: with a text fragment (`#:~:text=`) for its words.

    Browsers scroll to the first place that has them, and to the top where none has. None where a
    browser may not be sent. After the WICG's URL fragment text directives.
    """
    link = web_link(url)
    words = passage.split()
    if link is None or not words:
        return link
    whole = " ".join(words)
    if len(words) > MAX_PASSAGE_WORDS:
        half = MAX_PASSAGE_WORDS // 2
        ends = [" ".join(words[:half]), " ".join(words[-half:])]
    elif len(whole) > MAX_PASSAGE_CHARACTERS:
        third = MAX_PASSAGE_CHARACTERS // 3
        ends = [whole[:third].strip(), whole[-third:].strip()]
    else:
        ends = [whole]
    page, _, fragment = link.partition("#")
    text = ",".join(quote(each, safe="", errors="replace").replace("-", "%2D") for each in ends)
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={text}"
