"""The address of a search, read and written: names and values in one order, defaults left out.

A search has one address. `read_query` reads anything, `fields` writes that one form, and the views
redirect from the one to the other. The values are documented in docs/addresses.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any
from urllib.parse import quote_plus

from index.dates.partial import parse
from index.facet_table import AGENCY
from index.release import slugify
from index.text.cleaning import clean_line
from search.choices import MATCHES, SORTS, VIEWS, excluded
from search.cursor import Cursor
from search.request import MOMENT, SearchRequest
from search.results import Notice
from webapp.site.date_parameters import read_dates
from webapp.site.languages import ENGLISH, N_, Language
from webapp.site.parameters import (
    MAX_VALUE,
    Pairs,
    ParameterReader,
    ignored_notice,
    query_pairs,
)

MAX_PAGE = 1_000_000
"""The highest number of a page."""
EXPORTS = (".json", ".csv", ".atom", ".feed.json")
"""What may stand behind `/search`."""
SEARCH_NAMES = {
    "q": "text",
    "match": "match",
    "agency": "agencies",
    "from": "date_from",
    "to": "date_to",
    "undated": "undated",
    "language": "languages",
    "sort": "sort",
    "seen": "seen",
    "found": "found",
    "new": "only_new",
    "changed": "changed_only",
    "copies": "copies",
    "explain": "explain",
    "per_page": "per_page",
    "view": "view",
    "page": "page",
}
"""The names of a search in the order that they have in its address -> what a request calls them."""
OTHER_NAMES = {
    **{attribute: name for name, attribute in SEARCH_NAMES.items() if attribute != name},
    "query": "q",
    "lang": "language",
    "since": "from",
    "until": "to",
}
"""Names that mean the same and lead to the one form: those of JSON and Python, and of the query
language. Old names of a parameter belong here too, so that bookmarks go on working."""
PARTS = {
    part: attribute
    for name, value in SEARCH_NAMES.items()
    for part, attribute in ((name, value), *[("facets", "facets")] * (name == AGENCY.name))
}
"""The parts of an address in their order; values of other facets stand behind the agency."""
HOW_SHOWN = (
    *("sort", "seen", "found", "new", "changed", "copies"),
    *("explain", "per_page", "view", "page"),
)
"""What other pages about a search leave out of its address: it says how results are shown."""
PER_PAGE = (10, 20, 50, 100)
"""How many releases of a page an address may ask for."""
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?:Z|[+ ]00:?00)?", re.ASCII
)
_DEFAULTS = {
    name: value
    for name, attribute in SEARCH_NAMES.items()
    if (value := getattr(SearchRequest(), attribute)) != SearchRequest().per_page
}
"""What an address leaves out, by name; how many releases a page has is a setting of the site."""
_NO_DEFAULT = object()
_PART_DEFAULTS = tuple(_DEFAULTS.get(name, _NO_DEFAULT) for name in PARTS)
values_of: Callable[[SearchRequest], tuple[Any, ...]] = attrgetter(*PARTS.values())
"""The values of a request in the order of `PARTS`."""
_OF_A_LIST = re.compile(r"\[\d{0,3}\]\Z")
"""What PHP and those who write for it have behind the name of a list: `agency[]=`."""
_UNQUOTED = re.compile(r"[A-Za-z0-9_.~-]*")
_LANGUAGE = re.compile(r"-?[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}\Z")


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """What an address asks for.

    `ignored` says what of it could not be read (`values` of a notice: the parameter's name, then
    its value). `canonical` is whether it already is the one form.
    """

    request: SearchRequest
    ignored: tuple[Notice, ...]
    canonical: bool


@dataclass(frozen=True, slots=True)
class ValueListAddress:
    """What a list of values asks for: a search, letters to find in names, and the order."""

    search: ParsedAddress
    find: str
    by_name: bool
    canonical: bool


def read_query(
    query: bytes | str,
    per_page: int = 10,
    language: Language = ENGLISH,
    facets: Collection[str] = (),
) -> ParsedAddress:
    """What the query string of a search asks for; its order counts. Never raises.

    :param facets: names of the index's own facets.
    """
    return read_pairs(query_pairs(query), per_page, language, facets)


def read_pairs(
    pairs: Pairs, per_page: int = 10, language: Language = ENGLISH, facets: Collection[str] = ()
) -> ParsedAddress:
    """Like `read_query`, from names and values in their order. Never raises."""
    reader = ParameterReader([(_meant(name, facets), value) for name, value in pairs], language)
    reader.ignore_all_but({*SEARCH_NAMES, *facets})
    date_from, date_to = read_dates(reader)
    request = SearchRequest(
        text=reader.text("q"),
        match=reader.choice("match", MATCHES) or "all",
        agencies=_read_slugs(reader, AGENCY.name),
        facets=tuple((name, _read_slugs(reader, name)) for name in facets),
        date_from=date_from,
        date_to=date_to,
        undated=reader.flag("undated"),
        languages=_read_languages(reader),
        sort=reader.choice("sort", SORTS),
        page=_read_page(reader),
        per_page=int(reader.choice("per_page", tuple(map(str, PER_PAGE))) or per_page),
        seen=read_seen(reader),
        found=_read_found(reader),
        only_new=reader.flag("new"),
        changed_only=reader.flag("changed"),
        copies=reader.flag("copies"),
        explain=reader.flag("explain"),
        view=reader.choice("view", VIEWS) or "full",
    )
    if request.sort and not sort_in_force(request.sort, request.text):
        request = request.changed(sort=None, page=request.page, found=request.found)
    if request.seen is None and (request.only_new or request.found is not None):
        request = request.changed(only_new=False, page=request.page)
    ignored = tuple(reader.ignored)
    return ParsedAddress(request, ignored, not ignored and pairs == fields(request, per_page))


def _meant(name: str, facets: Collection[str]) -> str:
    """The name of a parameter as we have it: in small letters, without the brackets of a list."""
    if name in SEARCH_NAMES or name in facets:
        return name
    plain = _OF_A_LIST.sub("", name).lower()
    plain = plain if plain in facets else OTHER_NAMES.get(plain, plain)
    return plain if plain in SEARCH_NAMES or plain in facets else name


def read_subject(
    query: bytes | str, language: Language, facets: Collection[str], kept: Collection[str] = ()
) -> ParsedAddress:
    """What another page about a search asks for, as `/first?q=…` does. Never raises.

    :param kept: names of `HOW_SHOWN` that this page knows; others are passed over.
    """
    return _read_subject(query_pairs(query), language, facets, kept)


def read_briefing(
    query: bytes | str, language: Language, facets: Collection[str], kept: Collection[str]
) -> tuple[ParsedAddress, bool]:
    """What a briefing asks for, and whether it is to hold all releases (`all=1`, the last of its
    address). Never raises.
    """
    pairs = query_pairs(query)
    rest = [pair for pair in pairs if pair[0] != "all"]
    whole = ("all", "1") in pairs
    parsed = _read_subject(rest, language, facets, kept)
    tidy = pairs == rest + [("all", "1")] * whole
    return replace(parsed, canonical=parsed.canonical and tidy), whole


def _read_subject(
    pairs: Pairs, language: Language, facets: Collection[str], kept: Collection[str]
) -> ParsedAddress:
    passed = {*HOW_SHOWN} - {*kept}
    known = [pair for pair in pairs if pair[0] not in passed]
    parsed = read_pairs(known, 10, language, facets)
    canonical = pairs == fields(parsed.request, without=passed)
    return replace(parsed, canonical=canonical and not parsed.ignored)


def read_listing(
    query: bytes | str, per_page: int, language: Language, facets: Collection[str]
) -> tuple[ParsedAddress, Cursor | None]:
    """What the query string of a page of JSON or of an export asks for, and its `after`.

    Never raises.
    """
    pairs = query_pairs(query)
    parsed = read_pairs([each for each in pairs if each[0] != "after"], per_page, language, facets)
    typed = next((value for name, value in pairs if name == "after"), "")
    try:
        return parsed, Cursor.read(typed) if typed else None
    except ValueError:
        said = ignored_notice(
            language, "bad-value", "after", typed, N_("“%(value)s” is not a valid cursor.")
        )
        return replace(parsed, ignored=(*parsed.ignored, said)), None


def read_value_list(
    query: bytes | str,
    per_page: int = 10,
    language: Language = ENGLISH,
    facets: Collection[str] = (),
) -> ValueListAddress:
    """What the query string of `/search/agencies` and `/search/by/FACET` asks for. Never raises."""
    pairs = query_pairs(query)
    rest = [pair for pair in pairs if pair[0] not in ("find", "order")]
    search = read_pairs(rest, per_page, language, facets)
    search = ParsedAddress(search.request.changed(), search.ignored, search.canonical)
    typed = next((value for name, value in pairs if name == "find"), "")
    find = clean_line(typed)[:MAX_VALUE].strip()
    by_name = ("order", "name") in pairs
    canonical = pairs == value_list_fields(search.request, find, per_page, by_name=by_name)
    return ValueListAddress(search, find, by_name, canonical)


def read_seen(reader: ParameterReader) -> str | None:
    """`seen`: a date, or a time in UTC in its short form: `20240503T100012Z`."""
    value = reader.first("seen")
    moment = _MOMENT.fullmatch(value)
    if moment:
        day, clock = parse("-".join(moment.group(1, 2, 3))), "".join(moment.group(4, 5, 6))
        short = f"{day.iso.replace('-', '') if day else ''}T{clock}Z"
        if MOMENT.match(short):
            return short
    found = parse(value)
    if value and found is None:
        said = N_("“%(value)s” is not a date we understand. Try 2024-05-03.")
        reader.ignore("bad-value", "seen", value, said)
    return found.iso if found else None


def fields(request: SearchRequest, per_page: int = 10, *, without: Iterable[str] = ()) -> Pairs:
    """Names and values of a search in their one order: those of its address and of its forms.

    :param per_page: how many releases a page has where its address does not say.
    """
    left_out = set(without) | ({"per_page"} if request.per_page == per_page else set())
    return [
        pair
        for name, value, default in zip(PARTS, values_of(request), _PART_DEFAULTS, strict=True)
        if value != default and name not in left_out
        for pair in _pairs(name, value, request.text)
        if pair[0] not in left_out
    ]


def value_list_fields(
    request: SearchRequest, find: str, per_page: int = 10, *, by_name: bool
) -> Pairs:
    """Names and values of the page with all values of a facet in a search."""
    extra = [("find", find), ("order", "name" if by_name else "")]
    return fields(request, per_page, without=("page", "found")) + [
        pair for pair in extra if pair[1]
    ]


def query_part(name: str, value: Any, text: str) -> str:
    """The part of a query string that a value of a request becomes; empty for a default."""
    if value == _DEFAULTS.get(name, _NO_DEFAULT):
        return ""
    if name == "facets":
        pairs = _pairs(name, value, text)
        return "&".join([f"{_quoted(facet)}={_quoted(slug)}" for facet, slug in pairs])
    return _typed_part(name, value, text) if name in ("q", "sort") else _part_alone(name, value)


def _typed_part(name: str, value: Any, text: str) -> str:
    return "&".join([f"{name}={_quoted(written)}" for written in _written(name, value, text)])


@lru_cache(maxsize=4_096)
def _part_alone(name: str, value: Any) -> str:
    """A part that no word typed decides: most of the 40 that a page of results makes are those of
    other pages, such as its years. To look one up takes 0.1 microseconds, to make it 0.8."""
    return _typed_part(name, value, "")


def _pairs(name: str, value: Any, text: str) -> Pairs:
    if name == "facets":
        return [(facet, slug) for facet, slugs in value for slug in slugs]
    return [(name, written) for written in _written(name, value, text)]


def _written(name: str, value: Any, text: str) -> list[str]:
    """What a value of a request that is no default is in an address.

    :param text: the words of the request, on which its default order depends.
    """
    if name in ("agency", "language"):
        return sorted(set(value))
    written = ""
    if name in ("from", "to", "seen"):
        written = value or ""
    elif name == "q":
        written = clean_line(value)
    elif name == "match":
        written = value if value != "all" else ""
    elif name == "sort":
        written = sort_in_force(value, clean_line(text))
    elif name in ("undated", "new", "changed", "copies", "explain"):
        written = "1" if value else ""
    elif name == "per_page":
        written = str(value) if value in PER_PAGE else ""
    elif name == "found":
        written = "" if value is None else str(value)
    elif name == "view":
        written = value if value != "full" else ""
    elif name == "page":
        written = str(value) if value > 1 else ""
    return [written] if written else []


def _quoted(text: str) -> str:
    return text if _UNQUOTED.fullmatch(text) else quote_plus(text, errors="replace")


def sort_in_force(sort: str | None, text: str) -> str:
    """The order as an address says it: empty where it is the default; relevance needs words."""
    default = "relevance" if text.strip() else "newest"
    return "" if sort is None or sort == default or (sort == "relevance" and not text) else sort


def _read_slugs(reader: ParameterReader, name: str) -> tuple[str, ...]:
    """Values of a facet; a name typed in the place of a slug becomes one."""
    return tuple(sorted({_slug(value) for value in reader.several(name)}))


def _read_page(reader: ParameterReader) -> int:
    value = reader.first("page")
    if re.fullmatch(r"0*[1-9]\d{0,8}", value, re.ASCII):
        return min(int(value), MAX_PAGE)
    if value:
        said = N_("“%(value)s” is not a page number. Pages count from 1.")
        reader.ignore("bad-value", "page", value, said)
    return 1


def _read_found(reader: ParameterReader) -> int | None:
    value = reader.first("found")
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return int(value)
    if value:
        reader.ignore("bad-value", "found", value, N_("“%(value)s” is not a number of releases."))
    return None


def _read_languages(reader: ParameterReader) -> tuple[str, ...]:
    tags = set()
    for value in reader.several("language"):
        if _LANGUAGE.match(value):
            tags.add(value)
        else:
            said = N_("“%(value)s” is not a language code. Try en or zh.")
            reader.ignore("bad-value", "language", value, said)
    return tuple(sorted(tags))


def _slug(value: str) -> str:
    """The slug of a value, excluded or not; a name typed in its place becomes one."""
    name = excluded(value) or value
    sign = value.removesuffix(name)
    return sign + slugify(name) if re.search(r"[\sA-Z]", name) else value
