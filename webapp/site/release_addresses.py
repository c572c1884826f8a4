"""Addresses of a release beyond its own: from a list of results, of a passage, at the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from index.release import Release
from search.request import SearchRequest
from webapp.site import addresses

MAX_PASSAGE_WORDS = 8
"""Words of a passage up to which a link names them all, beyond which its beginning and end."""
MAX_PASSAGE_CHARACTERS = 60
"""The same in characters, for scripts without spaces."""


@dataclass(frozen=True, slots=True)
class FromResults:
    """The search in whose results a reader found a release, and its place there from 1 on."""

    request: SearchRequest
    place: int | None


def release_in_results_address(release: Release, request: SearchRequest, place: int) -> str:
    """A release's address as results link to it: with the search, and its place in the list.

    The page marks the words and leads back; its canonical address is without all that.
    """
    place_field = ("at", str(place))
    return addresses.written(
        addresses.release_address(release),
        [*addresses.fields(request, without=("page",)), place_field],
    )


def read_release_query(query: bytes | str, per_page: int = 10) -> FromResults | None:
    """The search that led to a release; None where the address holds none. Never raises."""
    pairs = addresses.query_pairs(query)
    request = addresses.read_pairs(
        [pair for pair in pairs if pair[0] != "at"], per_page
    ).request.changed()
    typed = next((value for name, value in pairs if name == "at"), "")
    place = int(typed) if re.fullmatch(r"[1-9]\d{0,6}", typed, re.ASCII) else None
    found = FromResults(request, place)
    return None if found == FromResults(SearchRequest(per_page=per_page), None) else found


def paragraph_address(release_id: str, number: int) -> str:
    """The permanent address of a paragraph of a release, counted from 1."""
    return f"{addresses.release_id_address(release_id)}#p{number}"


def quotation_address(release_id: str, number: int) -> str:
    """The address of a page with a paragraph as a quotation."""
    return f"{addresses.release_id_address(release_id)}/quote/{number}"


def passage_address(url: str | None, passage: str) -> str | None:
    """A release's source, at a passage: with a text fragment (`#:~:text=`) for its words.

    Browsers scroll to the first place that has them, and to the top where none has. None where a
    browser may not be sent. After the WICG's URL fragment text directives.
    """
    link = addresses.web_link(url)
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
