"""The address of a desk's watch: `/watch?s=q%3Dflood&s=agency%3Dwater-board&seen=20240503T100012Z`.

Each `s` is the query string of a search, so one bookmark holds them all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from search.request import SearchRequest
from webapp.site.languages import ENGLISH, Language
from webapp.site.links import Links
from webapp.site.parameters import Pairs, ParameterReader, Parsed, query_pairs
from webapp.site.paths import with_query
from webapp.site.search_addresses import HOW_SHOWN, SEARCH_NAMES, fields, read_query, read_seen

MAX_SEARCHES = 20
"""Searches of one watch: each costs its page 1.5 ms of 72,623 releases."""
NAMES = ("s", "seen", "add")
SUFFIXES = (".atom", ".feed.json", ".opml")


@dataclass(frozen=True, slots=True)
class WatchAddress:
    """The searches watched, in their order, and since when something of them is new."""

    searches: tuple[SearchRequest, ...] = ()
    seen: str | None = None

    def changed(self, **values: Any) -> WatchAddress:
        """A copy with other values."""
        return replace(self, **values)

    def without(self, search: SearchRequest) -> WatchAddress:
        """The watch without one of its searches."""
        return self.changed(searches=tuple(each for each in self.searches if each != search))


def read_watch(
    query: bytes | str, language: Language = ENGLISH, facets: Collection[str] = ()
) -> Parsed[WatchAddress]:
    """What the query string of `/watch` asks for. Never raises.

    `add` is one more search, as typed: words, or the address of a page of results.

    :param facets: names of the index's own facets.
    """
    pairs = query_pairs(query)
    reader = ParameterReader(pairs, language)
    reader.ignore_all_but(NAMES)
    reader.ignore_end(query, "s")
    searches = dict.fromkeys(
        search
        for name in ("s", "add")
        for typed in reader.given.get(name, ())
        if (search := _read_search(typed, reader, facets)) != SearchRequest()
    )
    if len(searches) > MAX_SEARCHES:
        reader.ignore_rest("s", MAX_SEARCHES)
    asked = WatchAddress(tuple(searches)[:MAX_SEARCHES], read_seen(reader))
    ignored = tuple(reader.ignored)
    return Parsed(asked, ignored, not ignored and pairs == watch_fields(asked))


def watch_fields(asked: WatchAddress) -> Pairs:
    """Names and values of a watch in their one order: those of its address and of its form."""
    searches = [("s", urlencode(_search_fields(each), errors="replace")) for each in asked.searches]
    return searches + ([("seen", asked.seen)] if asked.seen else [])


def watch_address(links: Links, asked: WatchAddress, suffix: str = "") -> str:
    """The address of a watch, or of one of its feeds and lists (`SUFFIXES`), which mark nothing."""
    pairs = watch_fields(asked.changed(seen=None) if suffix else asked)
    return with_query(links.page("/watch" + suffix), pairs)


def watched(request: SearchRequest) -> SearchRequest:
    """A search as a watch has it: without what says how it is shown."""
    return SearchRequest(
        text=request.text,
        match=request.match,
        agencies=request.agencies,
        facets=request.facets,
        date_from=request.date_from,
        date_to=request.date_to,
        undated=request.undated,
        languages=request.languages,
    )


def _search_fields(request: SearchRequest) -> Pairs:
    return fields(request, without=HOW_SHOWN)


def _read_search(typed: str, reader: ParameterReader, facets: Collection[str]) -> SearchRequest:
    """A search by its query string, by the address of its page, or by its words."""
    query = typed.rpartition("/search?")[2].partition("#")[0]
    names = {name for name, _ in query_pairs(query)}
    if "=" in query and names & {*SEARCH_NAMES, *facets}:
        parsed = read_query(query, language=reader.language, facets=facets)
        reader.ignored += parsed.ignored
        return watched(parsed.request)
    return SearchRequest(reader.cut(typed))
