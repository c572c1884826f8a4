"""Which release this is: the same address and the same words lead to the same id, for ever."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode

from index.addresses import split_address
from index.text.cleaning import clean

MAX_ID = 200
"""Characters of an id that a record brings; a longer one is not taken for an identifier."""

MIN_FILE_NAME = 5
"""Characters of a file's name by which a release is looked up; shorter ones are words."""
MAX_HOST = 253 * 9
"""Characters of a host's name: 253 (RFC 1035, 2.3.4), each escaped as three bytes where it must."""
MAX_NETLOC = 4096
"""Characters of user, host and port together."""
MAX_COPIES = 4
"""Copies of copies that are followed back to the original."""

_ENDING = re.compile(r"\.[A-Za-z]{1,5}\Z")
_PAGE = re.compile(r"\.(?:x?html?|txt|php|aspx?|jsp)\Z", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_IDLE_PARAMETER = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|mkt_tok|wt\.\w+|cmpid"
    r"|fontsize|textsize|font|print|printable|amp|phpsessid|jsessionid|sid|sessionid",
    re.IGNORECASE,
)
# Converters and archives carry the whole address of the original in their path.
_COPY = re.compile(
    r"(?:web\.archive\.org|webarchive\.[\w.-]+|archive-it\.org|archive\.ph)"
    r"/(?:[\w-]+/)*?\d{4,14}[a-z_]*/(?:https?:/{1,2})?(?P<archived>.+)"
    r"|[\w.-]+/(?:gb|tunis|unis?|big5)/(?:https?:/{1,2})?(?P<converted>[\w-]+(?:\.[\w-]+)+/.*)",
    re.IGNORECASE | re.DOTALL,
)
# What IDNA takes for the dot between labels (RFC 3490, 3.1).
_DOTS = ".\u3002\uff0e\uff61"
_SPELT = re.compile(r"(?:/[\w.~!$&'()*+,=:@-]+)*/?", re.ASCII)
"""A path that is spelt already as it will be."""
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)\Z", re.IGNORECASE)
# Hong Kong's number of a release is its file name; `p` before the suffix is the page for printing.
_ISSUER_NUMBER = re.compile(r"(?:^|\.)info\.gov\.hk/.*/(P\d{13})p?(?:_print)?\.html?$")


class Identity(NamedTuple):
    """An id and what it came from: `given`, `number`, `address` or `content`."""

    id: str
    rule: str


def is_idle_parameter(name: str) -> bool:
    """Whether a parameter changes how a page looks or who is counted, never which release it shows.

    Ids are made of addresses without these, for ever: what is added here gives others.
    """
    return _IDLE_PARAMETER.fullmatch(name) is not None


def content_identity(content_hash: str, stated_date: str | None) -> Identity:
    """The id of a release that only its words identify, and the day that it states."""
    return Identity("c" + _short(content_hash + (stated_date or "")), "content")


def identify(
    given: str | None, url: str | None, content_hash: str, stated_date: str | None
) -> Identity:
    """The id of a release: the one given, else the issuer's number, else address, else content.

    `stated_date` parts releases of the same words (`Air quality: good`) that say different days.
    """
    given = clean(given or "").strip()
    if re.match(r"https?://", given, re.IGNORECASE):
        url, given = url or given, ""
    if given and len(given) <= MAX_ID and not re.search(r"[\n\t]", given):
        return Identity(given, "given")
    address = canonical_address(url) if url else None
    if address is None:
        return content_identity(content_hash, stated_date)
    number = _ISSUER_NUMBER.search(address)
    if number is not None:
        return Identity(number[1], "number")
    return Identity("u" + _short(address), "address")


def id_of_address(url: str) -> str:
    """The id that a release has by its address alone, where it brings none of its own.

    :raises ValueError: for what is no HTTP address.
    """
    identity = identify(None, url, "", None)
    if identity.rule == "content":
        raise ValueError(f"{url!r} is no HTTP address")
    return identity.id


def lookup_keys(url: str | None, source_file: str) -> tuple[str, ...]:
    """What a release is looked up by, beside its id: its address, and names of its file.

    That is the id of the address, the last part of its path, and the name of a file that holds one
    page, both with and without their ending, in lower case.
    """
    address = canonical_address(url) if url else None
    keys = [id_of_address(url)] if url and address else []
    path = (address or "").partition("?")[0].partition("/")[2]
    for name in (path.rpartition("/")[2], _page_name(source_file)):
        if len(name) >= MIN_FILE_NAME and not re.search(r"\s", name):
            keys += [name.lower(), _ENDING.sub("", name).lower()]
    return tuple(dict.fromkeys(keys))


def _page_name(source_file: str) -> str:
    """The name of a file that holds one release; of archives and lists nothing."""
    name = re.split(r"[/\\!]", source_file)[-1]
    return name if _PAGE.search(name) else ""


@lru_cache(maxsize=16)  # a release's address is asked for six times, one after the other
def canonical_address(url: str) -> str | None:
    """The address as an identity: `host/path?query` with everything that does not matter gone.

    Gone are scheme, `www.`, default port, user, fragment, tracking and look parameters, session
    ids, an index page's name and the last slash; case of the host and spelling of escapes are made
    one; the address of a copy (Wayback Machine, script converters) becomes the original's. None
    for what is not an HTTP address. Applied to its own result with a scheme it changes nothing.
    """
    parts = _split(url)
    for _ in range(MAX_COPIES):
        if parts is None:
            return None
        copied = _COPY.fullmatch(_host(parts) + _path(parts.path))
        if copied is None:
            break
        rest = copied["archived"] or copied["converted"]
        parts = _split("http://" + rest + (f"?{parts.query}" if parts.query else ""))
    if parts is None:
        return None
    query = _query(parts.query) if parts.query else ""
    path = _without_index_page(_path(parts.path))
    return _host(parts) + path + (f"?{query}" if query else "")


def sites_of(url: str | None) -> tuple[str, ...]:
    """The host of an address and the domains that it is under, the longest first.

    `https://www.press.town.example/1` -> `press.town.example`, `town.example`, `example`.
    """
    address = canonical_address(url) if url else None
    host = re.split(r"[/?]", address or "")[0]
    if host.startswith("["):
        return (host.partition("]")[0] + "]",)
    labels = host.partition(":")[0].split(".")
    if not labels[0] or labels[-1].isdecimal():
        return (".".join(labels),) if labels[0] else ()
    return tuple(".".join(labels[at:]) for at in range(len(labels)))


def is_copy(url: str | None) -> bool:
    """Whether the address is that of a mirror, not the issuer's own."""
    parts = _split(url) if url else None
    return parts is not None and _COPY.fullmatch(f"{_host(parts)}{_path(parts.path)}") is not None


def address_path(url: str | None) -> str | None:
    """Path and query of the canonical address: what mirrors on two hosts have in common."""
    address = canonical_address(url) if url else None
    if address is None:
        return None
    _, slash, rest = address.partition("/")
    return slash + rest if rest else None


@lru_cache(maxsize=16)
def _split(url: str) -> SplitResult | None:
    parts = split_address(clean(url).strip())
    if parts.scheme.lower() not in _DEFAULT_PORTS or len(parts.netloc) > MAX_NETLOC:
        return None
    return parts if 0 < len(_host_name(parts)) <= MAX_HOST else None


@lru_cache(maxsize=16)
def _host(parts: SplitResult) -> str:
    """Name and port, the default ones left out."""
    name, port = _host_name(parts), parts.port
    return name if port is None or port in _DEFAULT_PORTS.values() else f"{name}:{port}"


def _host_name(parts: SplitResult) -> str:
    """The name in ASCII without `www.`: the name that it leads to when it is read again."""
    return _ascii_name(parts.hostname or "")


@lru_cache(maxsize=1 << 10)  # thousands of releases share a host
def _ascii_name(host: str) -> str:
    """A host's name is unescaped before and escaped after, whatever IDNA makes of it: `…` becomes
    three dots, which as labels would be refused.
    """
    literal = ":" in host  # an IPv6 address
    plain = _plain(host).lower().rstrip(_DOTS)
    with suppress(UnicodeError):  # no domain name, and an address all the same
        plain = plain if literal else plain.encode("idna").decode("ascii")
    name = quote(plain, safe=":" if literal else "!$&'()*+,;=", errors="surrogateescape")
    name = name.lower().rstrip(".")
    while name.startswith("www.") and name.count(".") > 1:
        name = name[4:]
    return f"[{name}]" if literal else name


def _path(path: str) -> str:
    """Each character in one spelling, slashes single, no session id."""
    if _SPELT.fullmatch(path):  # nearly all: what follows takes six times as long
        return path
    path = re.sub(r";jsessionid=[^/;]*", "", _plain(path), flags=re.IGNORECASE)
    path = re.sub(r"/{2,}", "/", path)
    return quote(path, safe="/!$&'()*+,;=:@~", errors="surrogateescape")


def _without_index_page(path: str) -> str:
    path = path.rstrip("/")
    while ended := _INDEX_PAGE.search(path):
        path = path[: ended.start()].rstrip("/")
    return path


def _plain(escaped: str) -> str:
    return unquote(escaped, errors="surrogateescape")


def _query(query: str) -> str:
    pairs = [
        pair
        for pair in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not is_idle_parameter(pair[0])
    ]
    return urlencode(sorted(pairs), errors="surrogateescape")


def _short(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:10]
    return base64.b32encode(digest).decode("ascii").lower()
