"""What a page says of itself in JSON-LD, `<meta>`, `<link>` and microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlunsplit

import lxml.etree

from index.addresses import is_web_address, join_address, split_address
from index.identity import is_idle_parameter
from index.release import Translation
from index.sources.html_text import unescaped
from index.sources.issuers import body_name, is_body
from index.sources.page.blocks import one_line
from index.sources.record_draft import language_tag
from index.sources.record_fields import text_of
from index.text.cleaning import clean

MAX_JSON_LD = 2_000_000
"""Characters of one JSON-LD script that are read."""
MAX_NODES = 5_000
"""Values of the JSON-LD of a page that are looked at."""

_ARTICLES = re.compile(
    r"(?i)(?:news|press|report|blog|article|release|posting|statement|announcement|speech)"
)
_LISTS = frozenset(("collectionpage", "itemlist", "searchresultspage", "datafeed", "blog"))
_STANDING = frozenset(
    (
        "jobposting",
        "contactpage",
        "aboutpage",
        "faqpage",
        "profilepage",
        "profile",
        "governmentservice",
        "event",
    )
)
_ARCHIVES = frozenset(["archive", "search-results", "search-no-results"])
"""What a publishing system that is behind many sites (WordPress) calls the body of pages that list
others; it calls that of a text `single` or `page`."""
_ORGANISATION = re.compile(r"(?i)organi[sz]ation|government|agency|office")
_HEADLINES = ("og:title", "dc.title", "dcterms.title", "citation_title", "sailthru.title",
              "parsely-title", "twitter:title", "articletitle", "title", "headline")  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "dcterms.issued", "dc.date.issued", "dc.issued", "dcterms.date.issued",
    "citation_publication_date",
    "citation_date", "datepublished", "sailthru.date", "parsely-pub-date", "pubdate",
    "publish-date",
    "publish_date", "publication_date", "publication-date", "publicationdate", "published_at",
    "published-date", "release_date", "release-date", "displaydate", "date.release",
    "govuk:first-published-at",
    "dc.date", "dcterms.date", "date", "dcterms.created", "dc.date.created", "created",
    "originalpublicationdate",
)  # fmt: skip
_DATED = re.compile(
    r"(?:^|[.:_-])(?:pub(?:lish(?:ed)?|lication)?[-_.:]?(?:date|time|at|on)?|issued?(?:[-_]?date)?|"
    r"(?:post|release|doc|content|creat\w*|article|news|p|d)?[-_]?date(?:[-_.]?(?:issued|published|"
    r"publication|created|posted|original|release))?|p?time|created?(?:[-_]?at)?|timestamp|"
    r"regdate|\w*first[-_]?publish(?:ed)?)$"
)
"""Names of any vocabulary that end in a word for publishing or a date."""
_CHANGES = re.compile(r"modif|updat|revis|lastmod|moddate|changed")
_OTHER_DATES = re.compile(
    r"expir|event|review|valid|copyright|birth|start|end[-_.]|deadline|available|read"
)
_AGENCIES = (
    "govuk:primary-publishing-organisation", "dcterms.publisher", "dc.publisher", "dcterms.creator",
    "dc.creator", "citation_publisher", "author", "article:author", "parsely-author",
    "sailthru.author",
    "publisher", "article:publisher", "copyright", "dc.rights", "organization", "department",
    "office", "agency", "ministry", "institution",
)  # fmt: skip
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dcterms.ispartof",
          "sitename")  # fmt: skip
_CORPORATE = re.compile(r"(?i)corporateName\s*=\s*([^;]+)")
"""AGLS, the Australian metadata standard, names the part of a value."""
_OF_FILE = re.compile(
    r"(?i)^microsoft (?:word|excel|powerpoint|publisher)\b[ -]*|"
    r"\.(?:docx?|odt|rtf|pdf|pub|indd|xlsx?|pptx?)$"
)
"""What a title has before and after the name of the file from which the page was made."""
_PUBLISHED = lxml.etree.XPath(
    '//@itemprop[.="datePublished"]/.. | //@property[.="schema:datePublished" or '
    '.="schema:dateCreated" or .="dc:created" or .="dc:date dc:created"]/..'
)
_REFERRING = re.compile(r"(?i)icid|ncid|share|ref_?src")
"""Parameters that say which link a reader followed; ids have been made with them."""


@dataclass(slots=True)
class Metadata:
    """What a page claims, best first. Nothing in it is checked against what the page shows."""

    headlines: list[str] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)  # (text, where it stood)
    changes: list[str] = field(default_factory=list)  # dates of changes
    agencies: list[tuple[str, str]] = field(default_factory=list)
    site_names: list[str] = field(default_factory=list)
    publishers: list[tuple[str, bool]] = field(default_factory=list)
    """Names of who publishes the article, and whether as a medium of news."""
    kinds: set[str] = field(default_factory=set)
    body: str | None = None
    url: str | None = None
    language: str | None = None
    translations: tuple[Translation, ...] = ()
    title: str = ""
    generator: str = ""
    """The program that wrote the page."""


def _date_names(named: dict[str, str]) -> Iterator[str]:
    """The names of metadata that hold a date of issue, those that we know first."""
    yield from (name for name in _DATES if name in named)
    for name in named:
        other = _CHANGES.search(name) or _OTHER_DATES.search(name)
        if name not in _DATES and not other and _DATED.search(name):
            yield name


def read_metadata(root: Any, address: str | None) -> Metadata:
    """Everything that the head of a page and its structured data say.

    :param address: where the page was fetched from, to complete relative links.
    """
    metadata = Metadata()
    for node in _json_ld(root):
        _take_node(node, metadata)
    named = _named(root)
    metadata.headlines.extend(named[name] for name in _HEADLINES if name in named)
    metadata.dates.extend((named[name], "meta") for name in _date_names(named))
    metadata.changes.extend(text for name, text in named.items() if _CHANGES.search(name))
    for name in _AGENCIES:
        value = re.sub(r"^<[^>]*>|<[^>]*>$", "", named.get(name, ""))
        corporate = _CORPORATE.search(value)
        stated = body_name(corporate[1] if corporate else value)
        if stated:
            issuer = name.startswith(("dcterms.", "dc.", "govuk:"))
            metadata.agencies.append((stated, "meta-issuer" if issuer else "meta"))
    metadata.site_names.extend(named[name] for name in _SITES if name in named)
    metadata.dates.extend(_microdata_dates(root))
    titles = root.xpath("//head//title[not(ancestor::svg)]") or root.xpath(
        "//title[not(ancestor::svg)]"
    )
    title = one_line(unescaped(titles[0].text_content())) if titles else ""
    metadata.title = _OF_FILE.sub("", title)
    metadata.generator = named.get("generator", "")
    metadata.kinds.add(named.get("og:type", "").lower())
    metadata.kinds |= {name for each in root.iter("body") for name in _classes(each) & _ARCHIVES}
    metadata.url = canonical_url(root, named, address)
    metadata.language = _language(root, named)
    metadata.translations = _translations(root, metadata)
    return metadata


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _named(root: Any) -> dict[str, str]:
    """Name (lower case) -> content of the first `<meta>` of each name that has one."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = one_line(unescaped(meta.get("content") or meta.get("value") or ""))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower().replace("dcterms:", "dcterms.")
            if name and content:
                found.setdefault(name.replace("dc:", "dc."), content)
    return found


def _json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first; damaged scripts give what they can."""
    count = 0
    for script in root.xpath('//script[contains(@type, "ld+json")]'):
        stack = [_loads((script.text or "")[:MAX_JSON_LD])]
        while stack and count < MAX_NODES:
            value = stack.pop(0)
            if isinstance(value, list):
                stack[:0] = value[:MAX_NODES]
            elif isinstance(value, dict):
                count += 1
                yield value
                stack.extend(
                    value[key]
                    for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "@reverse")
                    if isinstance(value.get(key), list | dict)
                )


def _loads(text: str) -> Any:
    """JSON that pages write: in comments, with line ends in strings and commas too many."""
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|;)\s*$", "", text.strip()
    )
    for attempt in (text, re.sub(r",(\s*[}\]])", r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return {
        match[1]: match[2]
        for match in re.finditer(
            r'"(headline|datePublished|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"', text
        )
    } | {"@type": "Article"}


def _take_node(node: dict[str, Any], metadata: Metadata) -> None:
    kinds = {kind.lower() for kind in _strings(node.get("@type"))}
    metadata.kinds |= kinds
    if kinds & {"website", "webapplication"}:
        metadata.site_names.extend(_strings(node.get("name")))
    article = any(_ARTICLES.search(kind) for kind in kinds)
    if any(_ORGANISATION.search(kind) for kind in kinds) and not article:
        metadata.site_names.extend(_strings(node.get("name"))[:1])
    if not (article or kinds & {"webpage", "creativework", "itempage"}):
        return
    for key in ("headline", "name", "alternativeHeadline"):
        text = one_line(html.unescape(text_of(node.get(key)) or ""))
        if text:
            metadata.headlines.append(text)
            break
    for key in ("datePublished", "dateIssued", "dateCreated", "uploadDate"):
        date = text_of(node.get(key))
        if date:
            metadata.dates.append((date, "json-ld"))
    for key in ("sourceOrganization", "author", "creator", "publisher", "provider"):
        _take_organisation(node.get(key), metadata)
    if article:
        _take_publisher(node.get("publisher"), metadata)
    body = text_of(node.get("articleBody"))
    if body and not metadata.body:
        metadata.body = body
    metadata.language = metadata.language or language_tag(text_of(node.get("inLanguage")))


def _take_organisation(value: Any, metadata: Metadata) -> None:
    for each in value if isinstance(value, list) else [value]:
        kinds = _strings(each.get("@type")) if isinstance(each, dict) else []
        name = body_name(text_of(each) or "")
        if name and "Person" not in kinds and (is_body(name) or kinds):
            metadata.agencies.append((name, "json-ld"))


def _take_publisher(value: Any, metadata: Metadata) -> None:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and (name := text_of(each.get("name"))):
            medium = "NewsMediaOrganization" in _strings(each.get("@type"))
            metadata.publishers.append((html.unescape(name), medium))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _microdata_dates(root: Any) -> Iterator[tuple[str, str]]:
    for element in _PUBLISHED(root):
        text = element.get("content") or element.get("datetime") or element.text_content()
        yield one_line(text)[:100], "microdata"


def canonical_url(root: Any, named: dict[str, str], address: str | None) -> str | None:
    """The address that a page gives for itself, else the one it was fetched from, tidied."""
    links = root.xpath('//link[translate(@rel, "CANOIL", "canoil")="canonical"]/@href')
    base = address or next(iter(root.xpath("//base/@href")), None) or named.get("og:url")
    for candidate in (*links[:1], named.get("og:url"), named.get("dc.identifier"), address):
        absolute = tidy_url(candidate, base)
        if absolute and (split_address(absolute).path.strip("/") or split_address(absolute).query):
            return absolute
    return tidy_url(address, None)


def tidy_url(address: str | None, base: str | None) -> str | None:
    """An absolute http address without fragment, session and tracking parameters; else None."""
    if not address:
        return None
    whole = join_address(base, clean(address).strip())
    if not is_web_address(whole):
        return None
    parts = split_address(whole)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if not _is_idle(key)]
    text = parts.query if len(kept) == len(query) else urlencode(kept)
    path = re.sub(r"(?i);jsessionid=[^/?#]*", "", parts.path)
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, text, ""))


def _is_idle(parameter: str) -> bool:
    return is_idle_parameter(parameter) or _REFERRING.fullmatch(parameter) is not None


def _language(root: Any, named: dict[str, str]) -> str | None:
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    names = ("content-language", "dc.language", "dcterms.language", "og:locale", "language")
    texts = (stated, *map(named.get, names))
    return next((tag for text in texts if (tag := language_tag(text))), None)


def _translations(root: Any, metadata: Metadata) -> tuple[Translation, ...]:
    found: dict[str, Translation] = {}
    for link in root.xpath("//link[@hreflang][@href]"):
        tag = language_tag(link.get("hreflang"))
        address = tidy_url(link.get("href"), metadata.url)
        if tag and tag != "x-default" and address and address != metadata.url:
            found.setdefault(tag, Translation(tag, address))
    own = (metadata.language or "").split("-")[0]
    return tuple(each for tag, each in found.items() if tag.split("-")[0] != own)


def says_list(metadata: Metadata) -> bool:
    """Whether structured data call the page a collection and nothing on it an article."""
    return bool(metadata.kinds & _LISTS) and not says_article(metadata)


def says_archive(metadata: Metadata) -> bool:
    """Whether the publishing system calls the page one that lists others."""
    return bool(metadata.kinds & _ARCHIVES)


def says_standing(metadata: Metadata) -> bool:
    """Whether structured data call the page a vacancy, a service or the like, and no article."""
    return bool(metadata.kinds & _STANDING) and not says_article(metadata)


def says_article(metadata: Metadata) -> bool:
    """Whether structured data call the page an article, a report or the like."""
    return any(map(_ARTICLES.search, metadata.kinds - _LISTS - _STANDING))
