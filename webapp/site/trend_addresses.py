"""The address of searches compared over time: `/trends?q=a&q=b&agency=…&per=rate&unit=year`.

Like the address of a search it has one form; the filters are read and written by `addresses`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from search.count.timeline import UNITS
from search.request import SearchRequest
from search.results import Notice
from webapp.site import addresses
from webapp.site.languages import gettext

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


@dataclass(frozen=True, slots=True)
class ParsedTrends:
    """What an address of trends asks for, what of it could not be read, and whether it is tidy."""

    asked: TrendsRequest
    ignored: tuple[Notice, ...]
    canonical: bool


def read_trends(query: bytes | str) -> ParsedTrends:
    """What the query string of `/trends` asks for. Never raises."""
    pairs = addresses.query_pairs(query)
    ignored: list[Notice] = []
    if len(query) > addresses.MAX_QUERY_BYTES:
        why = gettext("is too long; the rest")
        ignored.append(addresses.ignored_notice("address-cut", "q", "", why))
    filters, wrong = _read_filters(pairs, ignored)
    given = {name: [value for key, value in pairs if key == name] for name in ("q", "per", "unit")}
    asked = TrendsRequest(
        queries=_read_queries(given["q"], ignored),
        filters=filters,
        measure=_read_choice("per", MEASURES, given, ignored) or "count",
        unit=_read_choice("unit", UNITS, given, ignored),
    )
    said = (*ignored, *wrong)
    return ParsedTrends(asked, said, not said and pairs == trends_fields(asked))


def trends_fields(asked: TrendsRequest, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Names and values in their one order: those of the address and of its form."""
    left_out = set(without)
    queries = [("q", text) for text in asked.queries if "q" not in left_out]
    optional = [
        ("per", asked.measure if asked.measure != "count" else ""),
        ("unit", asked.unit or ""),
    ]
    rest = [pair for pair in optional if pair[1] and pair[0] not in left_out]
    return queries + addresses.fields(_bare(asked.filters), without=left_out) + rest


def trends_address(asked: TrendsRequest, suffix: str = "") -> str:
    """The address of a comparison; `suffix` is one of `SUFFIXES`."""
    return addresses.written(addresses.site_address("/trends" + suffix), trends_fields(asked))


def trends_of(requests: Iterable[SearchRequest], **values: Any) -> TrendsRequest:
    """The comparison of searches: the words of each, the filters of the first.

    :param values: `measure` and `unit`.
    """
    several = list(requests)
    filters = several[0] if several else SearchRequest()
    texts = dict.fromkeys(addresses.one_line(each.text) for each in several)
    return TrendsRequest(tuple(text for text in texts if text), _bare(filters), **values)


def agencies_compared(request: SearchRequest) -> TrendsRequest | None:
    """The search of each agency chosen beside those of the others, under its other filters.

    None where there are not several, or where adding an agency would change what the words mean:
    when any word is enough, and when they are too long to add one.
    """
    if not 2 <= len(request.agencies) <= MAX_QUERIES or (request.match == "any" and request.text):
        return None
    words = addresses.one_line(request.text)
    # Brackets keep together what OR parts.
    prefix = f"({words}) " if " " in words else f"{words} " if words else ""
    texts = tuple(f"{prefix}agency:{slug}" for slug in request.agencies)
    if max(map(len, texts)) > addresses.MAX_TEXT:
        return None
    return TrendsRequest(texts, _bare(request.changed(agencies=())))


def _read_filters(
    pairs: list[tuple[str, str]], ignored: list[Notice]
) -> tuple[SearchRequest, tuple[Notice, ...]]:
    rest: MultiDict[str, str] = MultiDict()
    for name, value in pairs:
        if name in addresses.SEARCH_NAMES and name not in NAMES and value.strip():
            why = gettext("is not known here")
            ignored.append(addresses.ignored_notice("unknown-parameter", name, value, why))
        elif name not in ("q", "per", "unit"):
            rest.add(name, value)
    parsed = addresses.read(rest)
    return _bare(parsed.request), parsed.ignored


def _bare(request: SearchRequest) -> SearchRequest:
    """The filters that a comparison knows, without words."""
    return SearchRequest(
        match=request.match,
        agencies=request.agencies,
        date_from=request.date_from,
        date_to=request.date_to,
        languages=request.languages,
    )


def _read_queries(given: list[str], ignored: list[Notice]) -> tuple[str, ...]:
    texts = []
    for text in dict.fromkeys(addresses.one_line(value) for value in given):
        if len(text) > addresses.MAX_TEXT:
            cut = gettext(
                "Only the first %(num)s characters were searched for.", num=addresses.MAX_TEXT
            )
            ignored.append(Notice("text-cut", cut, ("q", "")))
        texts.append(addresses.one_line(text[: addresses.MAX_TEXT]))
    several = tuple(dict.fromkeys(filter(None, texts)))
    if len(several) > MAX_QUERIES:
        why = gettext("can have %(num)s values; the rest", num=MAX_QUERIES)
        ignored.append(addresses.ignored_notice("too-many-values", "q", "", why))
    return several[:MAX_QUERIES]


def _read_choice(
    name: str, choices: tuple[str, ...], given: dict[str, list[str]], ignored: list[Notice]
) -> str | None:
    values = list(filter(None, map(addresses.one_line, given[name])))
    if len(set(values)) > 1:
        why = gettext("was given before")
        ignored.append(addresses.ignored_notice("repeated-parameter", name, values[1], why))
    value = values[0].lower() if values else ""
    if value and value not in choices:
        why = gettext("can be %(choices)s", choices=", ".join(choices))
        ignored.append(addresses.ignored_notice("bad-value", name, value, why))
    return value if value in choices else None
