"""The address of searches compared over time: `/trends?q=a&q=b&agency=…&per=rate&unit=year`.

Like the address of a search it has one form, and the same filters in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from index.text.cleaning import clean_line
from search.choices import wanted_and_excluded
from search.count.timeline import UNITS
from search.request import SearchRequest
from search.results import Notice
from webapp.site.languages import ENGLISH, Language
from webapp.site.links import Links
from webapp.site.parameters import (
    MAX_TEXT,
    UNKNOWN,
    Pairs,
    ParameterReader,
    Parsed,
    query_pairs,
)
from webapp.site.paths import with_query
from webapp.site.search_addresses import SEARCH_NAMES, fields, read_pairs

MAX_QUERIES = 6
"""Searches of one comparison."""
MEASURES = ("count", "rate")
"""What is shown: numbers of releases, or releases per 1,000 under the same filters."""
NAMES = ("q", "match", "agency", "from", "to", "language", "per", "unit")
SUFFIXES = (".csv", ".json")


@dataclass(frozen=True, slots=True)
class TrendsRequest:
    """Searches to compare. `filters` has no words; `unit` None lets the length of time decide."""

    queries: tuple[str, ...] = ()
    filters: SearchRequest = field(default_factory=SearchRequest)
    measure: str = "count"
    unit: str | None = None

    def changed(self, **values: Any) -> TrendsRequest:
        """A copy with other values."""
        return replace(self, **values)


def read_trends(
    query: bytes | str, language: Language = ENGLISH, facets: Collection[str] = ()
) -> Parsed[TrendsRequest]:
    """What the query string of `/trends` asks for. Never raises.

    :param facets: names of the index's own facets.
    """
    pairs = query_pairs(query)
    reader = ParameterReader([pair for pair in pairs if pair[0] in ("q", "per", "unit")], language)
    reader.ignore_end(query, "q")
    filters, wrong = _read_filters(pairs, reader, facets)
    asked = TrendsRequest(
        queries=_read_queries(reader),
        filters=filters,
        measure=reader.choice("per", MEASURES) or "count",
        unit=reader.choice("unit", UNITS),
    )
    said = (*reader.ignored, *wrong)
    return Parsed(asked, said, not said and pairs == trends_fields(asked))


def trends_fields(asked: TrendsRequest, *, without: Iterable[str] = ()) -> Pairs:
    """Names and values in their one order: those of the address and of its form."""
    left_out = set(without)
    queries = [("q", text) for text in asked.queries if "q" not in left_out]
    optional = [
        ("per", asked.measure if asked.measure != "count" else ""),
        ("unit", asked.unit or ""),
    ]
    rest = [pair for pair in optional if pair[1] and pair[0] not in left_out]
    return queries + fields(_bare(asked.filters), without=left_out) + rest


def trends_address(links: Links, asked: TrendsRequest, suffix: str = "") -> str:
    """The address of a comparison; `suffix` is one of `SUFFIXES`."""
    return with_query(links.page("/trends" + suffix), trends_fields(asked))


def agencies_compared(request: SearchRequest) -> TrendsRequest | None:
    """The search of each agency chosen beside those of the others, under its other filters.

    None where there are not several, or where adding an agency would change what the words mean:
    when any word is enough, and when they are too long to add one.
    """
    agencies, _ = wanted_and_excluded(request.agencies)
    several = 2 <= len(agencies) <= MAX_QUERIES
    if not several or (request.match == "any" and request.text):
        return None
    words = clean_line(request.text)
    # Brackets keep together what OR parts.
    prefix = f"({words}) " if " " in words else f"{words} " if words else ""
    texts = tuple(f"{prefix}agency:{slug}" for slug in agencies)
    if max(map(len, texts)) > MAX_TEXT:
        return None
    return TrendsRequest(texts, _bare(request.changed(agencies=())))


def _read_filters(
    pairs: Pairs, reader: ParameterReader, facets: Collection[str]
) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """The filters, and what is wrong with them; what only a search knows is said at once."""
    rest = []
    for name, value in pairs:
        if name in SEARCH_NAMES and name not in NAMES and value.strip():
            reader.ignore("unknown-parameter", name, value, UNKNOWN)
        elif name not in ("q", "per", "unit"):
            rest.append((name, value))
    parsed = read_pairs(rest, language=reader.language, facets=facets)
    return _bare(parsed.request), parsed.ignored


def _bare(request: SearchRequest) -> SearchRequest:
    """The filters that a comparison knows, without words."""
    return SearchRequest(
        match=request.match,
        agencies=request.agencies,
        facets=request.facets,
        date_from=request.date_from,
        date_to=request.date_to,
        languages=request.languages,
    )


def _read_queries(reader: ParameterReader) -> tuple[str, ...]:
    texts = [reader.cut(text) for text in dict.fromkeys(reader.given.get("q", ()))]
    several = tuple(dict.fromkeys(filter(None, texts)))
    if len(several) > MAX_QUERIES:
        reader.ignore_rest("q", MAX_QUERIES)
    return several[:MAX_QUERIES]
