"""Addresses: the only place that reads or writes a URL.

A search has one address. What is a default or empty is left out, names and values stand in one
order; `read_query` reads anything, `search_address` writes that one form, and the views redirect
from the one to the other. The values of an address are documented in docs/addresses.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus, urlencode

from werkzeug.datastructures import MultiDict

from index.dates.partial import PartialDate, parse
from index.release import Agency, Release, slugify
from index.text.analysis import clean
from search.request import MATCHES, MOMENT, SORTS, SearchRequest
from search.results import Notice
from webapp.site.languages import Language, current_language, gettext, without_language

MAX_QUERY_BYTES = 16_384
"""Bytes of a query string that are read."""
MAX_TEXT = 500
"""Characters of the words searched for."""
MAX_VALUES = 50
"""Values of a repeated name."""
MAX_SLUG = 200
"""Characters of an agency's slug."""
MAX_PAGE = 1_000_000
MAX_HEADLINE_SLUG = 80
EXPORTS = (".json", ".csv", ".atom", ".feed.json")
FEEDS = (".atom", ".feed.json")
CITATIONS = (".bib", ".ris", ".csl.json", ".wiki", ".txt")
"""What may stand behind a release's identifier, `.json` aside."""

SEARCH_NAMES = ("q", "match", "agency", "from", "to", "undated", "language", "sort", "seen", "page")
"""The names of a search, in the order that they have in its address."""
_QUERY = "%&=+:;/?@!$()*,~"
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|msclkid|mc_[ce]id)\Z")
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?:Z|[+ ]00:?00)?", re.ASCII
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}\Z")


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
class AgencyListAddress:
    """What `/search/agencies` asks for: a search, letters to find in names, and the order."""

    search: ParsedAddress
    find: str
    by_name: bool
    canonical: bool


def read(args: MultiDict[str, str], per_page: int = 10) -> ParsedAddress:
    """What the parameters of a search address ask for. Never raises."""
    return read_pairs(list(args.items(multi=True)), per_page)


def read_query(query: bytes | str, per_page: int = 10) -> ParsedAddress:
    """Like `read`, from the query string itself, whose order counts. Never raises."""
    return read_pairs(query_pairs(query), per_page)


def read_agency_list(query: bytes | str, per_page: int = 10) -> AgencyListAddress:
    """What the query string of `/search/agencies` asks for. Never raises."""
    pairs = query_pairs(query)
    rest = [pair for pair in pairs if pair[0] not in ("find", "order")]
    search = read_pairs(rest, per_page)
    search = ParsedAddress(search.request.changed(), search.ignored, search.canonical)
    typed = next((value for name, value in pairs if name == "find"), "")
    find = one_line(typed)[:MAX_SLUG].strip()
    by_name = ("order", "name") in pairs
    canonical = pairs == _agency_list_fields(search.request, find, by_name)
    return AgencyListAddress(search, find, by_name, canonical)


def fields(request: SearchRequest, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Names and values of a search in their one order: those of its address and of its forms."""
    left_out = set(without)
    return [pair for pair in _fields(request) if pair[0] not in left_out]


def query_pairs(query: bytes | str) -> list[tuple[str, str]]:
    """Names and values of a query string as they stand, decoded."""
    text = query.decode("utf-8", "replace") if isinstance(query, bytes) else query
    pairs = []
    for piece in text[:MAX_QUERY_BYTES].split("&"):
        if piece:
            name, _, value = piece.partition("=")
            pairs.append((unquote_plus(name), unquote_plus(value)))
    return pairs


def unknown_parameters(query: bytes | str, known: Iterable[str] = ()) -> tuple[Notice, ...]:
    """A notice for each name in a query string that is none of these, tracking left aside."""
    others = dict.fromkeys(name for name, value in query_pairs(query) if value.strip())
    return tuple(
        ignored_notice("unknown-parameter", name, "", gettext("is not known here"))
        for name in others
        if name not in set(known) and not _TRACKING.match(name)
    )


def written(path: str, pairs: list[tuple[str, str]]) -> str:
    """A path with names and values behind it."""
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


def site_address(path: str) -> str:
    """A fixed address (`/`, `/search`, `/agencies`, ...) in the language of the page being made."""
    return current_language().prefix + path


def in_language(language: Language, path: str, query: bytes | str = b"") -> str:
    """The address of the same page in another language, from the path and query asked for."""
    text = query.decode("latin-1") if isinstance(query, bytes) else query
    found = language.prefix + quote(without_language(path), safe="/:~,;!$'()*@", errors="replace")
    return f"{found}?{quote(text, safe=_QUERY)}" if text else found


def search_address(request: SearchRequest, suffix: str = "") -> str:
    """The address of a search; `suffix` is one of `EXPORTS`.

    Only the page itself and its JSON have a page number and `seen`: the other exports hold all
    matches, and mark none of them.
    """
    without = () if suffix in ("", ".json") else ("page", "seen")
    return written(site_address("/search" + suffix), fields(request, without=without))


def subscription_address(request: SearchRequest, suffix: str) -> str:
    """The address of a search's feed for a reader who wants what is still to come.

    Dates are left out, for a feed between two days would stay as it is for ever.
    """
    lasting = request.changed(date_from=None, date_to=None, sort=None, seen=None)
    return search_address(lasting, suffix)


def agency_list_address(request: SearchRequest, find: str = "", *, by_name: bool = False) -> str:
    """The address of the page with all agencies of a search."""
    return written(site_address("/search/agencies"), _agency_list_fields(request, find, by_name))


def release_address(release: Release) -> str:
    """The address of a release's page, with its headline for people to read."""
    slug = headline_slug(release.headline)
    return release_id_address(release.id) + (f"/{quote(slug)}" if slug else "")


def release_id_address(release_id: str, suffix: str = "") -> str:
    """The short form of a release's address; `suffix` may be `.json` or one of `CITATIONS`."""
    return site_address(f"/release/{_quoted(release_id)}{suffix}")


def headline_slug(headline: str) -> str:
    """The headline as it stands in an address; empty when it has no letters."""
    slug = slugify(headline)
    if len(slug) > MAX_HEADLINE_SLUG:
        slug = slug[: MAX_HEADLINE_SLUG + 1].rpartition("-")[0] or slug[:MAX_HEADLINE_SLUG]
    return "" if slug == "unnamed" else slug


def sitemap_address(number: int = 0) -> str:
    """The address of the site map, or of one of the parts that it lists, counted from 1."""
    return f"/sitemap-{number}.xml" if number else "/sitemap.xml"


def agency_address(agency: Agency) -> str:
    """The address of an agency's page."""
    return site_address(f"/agency/{_quoted(agency.slug)}")


def agencies_address() -> str:
    """The address of the list of agencies."""
    return site_address("/agencies")


def date_address(partial: str) -> str:
    """The address of the page of a year, month or day, given as an ISO date."""
    return site_address("/" + partial.replace("-", "/"))


def api_address() -> str:
    """The address of the page about the interface for programs."""
    return site_address("/api")


def static_address(name: str, version: str) -> str:
    """The address of a file of ours, which changes with its contents."""
    return f"/static/{quote(name)}?v={quote(version)}"


def escape_segment(text: str) -> str:
    """Any text as one segment of a path; `read_segment` is its inverse.

    Letters, digits, `-`, `_`, `:` and inner dots stay; every other character becomes `~` and two
    hexadecimal digits for each byte of its UTF-8. Per cent signs alone would not do: servers
    decode them before they part the path, and a slash or a dot would then change its meaning.
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


def web_link(url: str | None) -> str | None:
    """The address if a browser may be sent there (http, https), else None."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None


def read_pairs(pairs: list[tuple[str, str]], per_page: int) -> ParsedAddress:
    """Like `read`, from names and values in their order. Never raises."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip() and not _TRACKING.match(name):
            given.setdefault(name, []).append(one_line(value))
    ignored: list[Notice] = []
    for name in given:
        if name not in SEARCH_NAMES:
            ignored.append(
                ignored_notice(
                    "unknown-parameter", name, given[name][0], gettext("is not known here")
                )
            )
    date_from, date_to = _read_dates(given, ignored)
    request = SearchRequest(
        text=_read_text(given, ignored),
        match=_read_choice("match", MATCHES, given, ignored) or "all",
        agencies=tuple(sorted({_slug(value) for value in _several("agency", given, ignored)})),
        date_from=date_from,
        date_to=date_to,
        undated=_read_flag("undated", given, ignored),
        languages=_read_languages(given, ignored),
        sort=_read_choice("sort", SORTS, given, ignored),
        page=_read_page(given, ignored),
        per_page=per_page,
        seen=_read_seen(given, ignored),
    )
    request = _without_defaults(request)
    return ParsedAddress(request, tuple(ignored), not ignored and pairs == _fields(request))


def _without_defaults(request: SearchRequest) -> SearchRequest:
    """`sort` is None where it is the default anyway, and relevance needs words."""
    default = request.changed(sort=None).order
    if request.sort == default or (request.sort == "relevance" and not request.text):
        return request.changed(sort=None, page=request.page)
    return request


def _fields(request: SearchRequest) -> list[tuple[str, str]]:
    request = _without_defaults(request.changed(text=one_line(request.text), page=request.page))
    optional = [
        ("q", request.text),
        ("match", request.match if request.match != "all" else ""),
        *(("agency", slug) for slug in sorted(set(request.agencies))),
        ("from", request.date_from or ""),
        ("to", request.date_to or ""),
        ("undated", "1" if request.undated else ""),
        *(("language", tag) for tag in sorted(set(request.languages))),
        ("sort", request.sort or ""),
        ("seen", request.seen or ""),
        ("page", str(request.page) if request.page > 1 else ""),
    ]
    return [(name, value) for name, value in optional if value]


def _agency_list_fields(request: SearchRequest, find: str, by_name: bool) -> list[tuple[str, str]]:
    extra = [("find", find), ("order", "name" if by_name else "")]
    return fields(request, without=("page",)) + [pair for pair in extra if pair[1]]


def one_line(text: str) -> str:
    """White space as single spaces, no control characters; lone surrogates fall away as well."""
    return " ".join(clean(text).split())


def _read_text(given: dict[str, list[str]], ignored: list[Notice]) -> str:
    text = _first("q", given, ignored)
    if len(text) <= MAX_TEXT:
        return text
    ignored.append(
        Notice(
            "text-cut",
            gettext("Only the first %(num)s characters were searched for.", num=MAX_TEXT),
            ("q", ""),
        )
    )
    return one_line(text[:MAX_TEXT])


def _first(name: str, given: dict[str, list[str]], ignored: list[Notice]) -> str:
    values = given.get(name, [""])
    if len(set(values)) > 1:
        ignored.append(
            ignored_notice("repeated-parameter", name, values[1], gettext("was given before"))
        )
    return values[0]


def _several(name: str, given: dict[str, list[str]], ignored: list[Notice]) -> list[str]:
    values = list(dict.fromkeys(given.get(name, ())))
    if len(values) > MAX_VALUES:
        ignored.append(
            ignored_notice(
                "too-many-values",
                name,
                "",
                gettext("can have %(num)s values; the rest", num=MAX_VALUES),
            )
        )
    return [value[:MAX_SLUG].strip() for value in values[:MAX_VALUES]]


def _read_choice(
    name: str, choices: tuple[str, ...], given: dict[str, list[str]], ignored: list[Notice]
) -> str | None:
    value = _first(name, given, ignored).lower()
    if value in choices:
        return value
    if value:
        why = gettext("can be %(choices)s", choices=", ".join(choices))
        ignored.append(ignored_notice("bad-value", name, value, why))
    return None


def _read_flag(name: str, given: dict[str, list[str]], ignored: list[Notice]) -> bool:
    value = _first(name, given, ignored).lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true", "off", "on"):
        ignored.append(
            ignored_notice("bad-value", name, value, gettext("can be %(choices)s", choices="1"))
        )
    return value in ("1", "yes", "true", "on")


def _read_seen(given: dict[str, list[str]], ignored: list[Notice]) -> str | None:
    """A date, or a time in UTC in its short form: `20240503T100012Z`."""
    value = _first("seen", given, ignored)
    moment = _MOMENT.fullmatch(value)
    if moment:
        day, clock = parse("-".join(moment.group(1, 2, 3))), "".join(moment.group(4, 5, 6))
        short = f"{day.iso.replace('-', '') if day else ''}T{clock}Z"
        if MOMENT.match(short):
            return short
    found = parse(value)
    if value and found is None:
        ignored.append(
            ignored_notice("bad-value", "seen", value, gettext("takes a date such as 2024-05-03"))
        )
    return found.iso if found else None


def _read_page(given: dict[str, list[str]], ignored: list[Notice]) -> int:
    value = _first("page", given, ignored)
    if re.fullmatch(r"0*[1-9]\d{0,8}", value, re.ASCII):
        return min(int(value), MAX_PAGE)
    if value:
        ignored.append(ignored_notice("bad-value", "page", value, gettext("counts from 1")))
    return 1


def _read_languages(given: dict[str, list[str]], ignored: list[Notice]) -> tuple[str, ...]:
    tags = set()
    for value in _several("language", given, ignored):
        if _LANGUAGE.match(value):
            tags.add(value)
        else:
            ignored.append(
                ignored_notice("bad-value", "language", value, gettext("is a tag such as en or zh"))
            )
    return tuple(sorted(tags))


def _read_dates(
    given: dict[str, list[str]], ignored: list[Notice]
) -> tuple[str | None, str | None]:
    dates: list[PartialDate | None] = []
    for name in ("from", "to"):
        value = _first(name, given, ignored)
        date = parse(value)
        if value and date is None:
            ignored.append(
                ignored_notice(
                    "bad-date", name, value, gettext("takes a date such as 2020 or March 2020")
                )
            )
        dates.append(date)
    start, end = dates
    if start and end and start.first_day > end.last_day:
        ignored.append(
            Notice(
                "dates-swapped",
                gettext(
                    "%(first)s is later than %(last)s, so the two dates changed places.",
                    first=start.iso,
                    last=end.iso,
                ),
                ("from", start.iso, "to", end.iso),
            )
        )
        start, end = end, start
    return start.iso if start else None, end.iso if end else None


def ignored_notice(code: str, name: str, value: str, why: str) -> Notice:
    """A notice that says what of an address could not be read, and why."""
    shown = value if len(value) <= 60 else value[:59] + "…"
    about = f"{name[:40]}={shown}" if shown else name[:40]
    text = gettext("Ignored: “%(about)s” (%(name)s %(why)s).", about=about, name=name[:40], why=why)
    return Notice(code, text, (name[:40], shown))


def _slug(value: str) -> str:
    """An agency's slug; a name typed in its place becomes one."""
    return slugify(value) if re.search(r"[\sA-Z]", value) else value


def _quoted(text: str) -> str:
    return quote(escape_segment(text), safe=":~", errors="surrogatepass")


def _plain(char: str) -> bool:
    return char in "-_:." or (char.isalnum() and not "\ud800" <= char <= "\udfff")


def _tilde(char: str) -> str:
    return "".join(f"~{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
