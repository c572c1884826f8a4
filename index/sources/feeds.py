"""RSS, Atom, JSON Feed and XML messages -> a draft for every item."""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import feedparser

from index.addresses import join_address, split_address
from index.dates.day_order import order_in
from index.dates.resolution import FoundDate, read_date
from index.identity import canonical_address
from index.sources.draft import Document, Draft, Refusal, attempt, group_refusals
from index.sources.export_items import why_no_release
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.html_text import plain, plain_line
from index.sources.issuers import body_name, is_body
from index.sources.message_xml import is_message_xml, read_messages
from index.sources.page.title_lines import is_generic, title_parts
from index.sources.record_dates import as_written
from index.sources.record_draft import language_tag
from index.text.analysis import fold

MAX_FEED = 100_000_000
"""Characters of a feed."""
MAX_ITEMS = 100_000
"""Items of one feed; it is said that the rest is left out."""
MAX_ITEM = 5_000_000
"""Characters of one item's text; what follows is dropped."""

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|channel)\b([^>]{0,2000})", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_DOCTYPE_BEGUN = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)(\w*;?)")
_NUMBERED = re.compile(r"&#([xX][0-9a-fA-F]+|\d+);", re.ASCII)
MAX_DIGITS = 20
"""Of a reference to a character by its number; Python reads no number of more than 4,300."""
_BASE = re.compile(r"""(?<=\s)xml:base\s?=\s?(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""")
_SURROGATE = re.compile("[\ud800-\udfff]")
MAX_PERSON = 1_000
"""Characters of a person's or body's name in a feed: feedparser looks for a mail address in it, in
time that grows with the square of its length."""
_LONG_PERSON = re.compile(
    r"(<(?:\w+:)?(?:author|creator|contributor|publisher|owner|name|email|managingeditor|webmaster)"
    rf"\b[^<>]{{0,500}}>\s*(?:<!\[CDATA\[)?[^<\]]{{{MAX_PERSON}}})[^<\]]+",
    re.IGNORECASE,
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_DATES = (
    "published",
    "issued",
    "dcterms_issued",
    "dcterms_created",
    "created",
    "updated",
    "modified",
)
_NEWS_FROM = re.compile(
    r"(?i)^(?:(?:the|all|latest|recent|new) )*(?:(?:press|news|media) (?:releases?|statements?"
    r"|notes?)|news|announcements|statements|updates|feed|rss)(?: feed| and \w+)?"
    r" (?:from|of|by|for) (?:the )?"
)
_FEED_WORD = re.compile(
    r"(?i) (?:(?:press|news|media) (?:releases?|room|feed)|newsroom|news|rss|feed|updates)$"
)
_LINK_ON = re.compile(
    r"(?is)<a\s(?=[^>]{0,500}href\s{0,9}=\s{0,9}[\"']([^\"'>]{1,500})[\"'])[^>]{0,900}>"
    r"[^<]{1,60}</a>(?:\s|&nbsp;|[\[\].…]|</?(?:p|div|span|br|em|strong)\b[^<>]{0,90}>){0,20}\Z"
)
"""A link at the end of an item's text: `Read more`."""
MAX_LINK_ON = 1_500
"""Characters at the end of a text in which such a link stands."""
MAX_NOTICE = 50
"""Characters of `The post … appeared first on ….` beside the titles of item and feed: English has
29 of them, French 38."""
_NUMBERED_ONLY = re.compile(r"[\W_]*\d{0,6}[\W_]*")


_HTML_ROOTS = frozenset(
    ["html", "head", "title", "meta", "link", "base", "script", "style", "body", "main", "div", "p",
     "h1"]
)  # fmt: skip
"""What an HTML page may begin with, which may leave `<html>` and `<head>` out."""


def recognise(text: str) -> bool:
    """Whether a text is a feed or a message in XML, by its content."""
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        return bool(_JSON_FEED.search(head))
    if not head.startswith("<"):
        return False
    head = re.sub(
        r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[<]*(?:\[.*?\])?\s*>", "", head, flags=re.DOTALL
    )
    root = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", head)
    if root is None or root[1].lower() in _HTML_ROOTS:
        return False
    return root[1].lower() in ("rss", "feed", "rdf", "channel") or is_message_xml(text)


def read(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """Every item of a feed; one without items, or that cannot be read, is one refusal.

    An item whose text is only its beginning is a release all the same. No address is opened and
    no entity that the document defines itself is expanded.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if len(text) > MAX_FEED:
        yield Refusal(document.name, f"the feed has more than {MAX_FEED:,} characters")
    elif text.startswith("{"):
        yield from group_refusals(_read_json_feed(text, document))
    elif not _is_xml_feed(text):
        yield from read_messages(without_doctype(text), document)
    else:
        yield from group_refusals(_read_xml_feed(text, document))


def parsed_feed(text: str) -> Any:
    """A feed in XML as feedparser reads it, within our limits; nothing in it is opened."""
    text = _BASE.sub(_real_base, _of_real_characters(text))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _LONG_PERSON.sub(r"\1", without_doctype(text)))
    return feedparser.parse(
        text.encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _real_base(match: re.Match[str]) -> str:
    """An `xml:base`, if it is an address: with another feedparser takes every link for none."""
    return match[0] if any(split_address(match[1] or match[2])) else ""


def _of_real_characters(text: str) -> str:
    """Text whose references by number are to characters; feedparser raises at others.

    Halves of a character beyond 16 bits (`&#55357;&#56832;`), as some systems write, are joined.
    """
    text = _NUMBERED.sub(_numbered, text)
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _numbered(match: re.Match[str]) -> str:
    digits = match[1].lower()
    if len(digits) > MAX_DIGITS:
        return "\ufffd"
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    if number > sys.maxunicode:
        return "\ufffd"
    return chr(number) if 0xD800 <= number <= 0xDFFF else match[0]


def without_doctype(text: str) -> str:
    """XML without its document type, so that no entity of its own can be expanded.

    The names that HTML has (`&nbsp;`) become their characters, other ones plain text.
    """
    begun = _DOCTYPE_BEGUN.search(text)
    declared = _DOCTYPE.match(text, begun.start()) if begun else None
    if declared is not None:
        text = text[: declared.start()] + text[declared.end() :]
    parts = _CDATA.split(text)
    return "".join(
        part if part.startswith("<![CDATA[") else _NAMED_ENTITY.sub(_entity, part) for part in parts
    )


def _entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0]) if match[1].endswith(";") else match[0]
    return character if character != match[0] else "&amp;" + match[1]


def _is_xml_feed(text: str) -> bool:
    root = _ROOT.search(re.sub(r"<!--.*?-->", "", text[:20_000], flags=re.DOTALL))
    return root is not None


def _read_xml_feed(text: str, document: Document) -> Iterator[Draft | Refusal]:
    feed = parsed_feed(text)
    if not feed.entries:
        problem = feed.get("bozo_exception") if feed.get("bozo") else None
        reason = (
            "the feed cannot be read as XML"
            if problem
            else "the feed holds no items; open its address in a browser"
        )
        yield Refusal(document.name, reason)
        return
    channel = _Channel(feed, document)
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{document.name}, item {number}"
        if number > MAX_ITEMS:
            yield Refusal(
                where, f"the feed has more than {MAX_ITEMS:,} items; the rest is left out"
            )
            return
        yield attempt(partial(_draft, entry, channel, where), where)


class _Channel:
    """What a feed says of all its items."""

    def __init__(self, feed: Any, document: Document) -> None:
        about = feed.feed
        self.form = "atom" if str(feed.get("version", "")).startswith("atom") else "rss"
        self.base = _web(about.get("link")) or document.url or ""
        self.language = language_tag(about.get("language"))
        author = next(_bodies([about.get("dc_publisher"), *_authors(about)]), None)
        # Atom (RFC 4287, 4.2.1): the feed's author is that of entries without one. The editor that
        # RSS names answers for the feed, so that name only suggests an issuer.
        self.stated_agency = author if self.form == "atom" else None
        self.title = plain_line(str(about.get("title") or ""))
        self.weak_agency = author or named_in_title(str(about.get("title") or ""))
        guids = Counter(str(entry.get("id") or "").strip() for entry in feed.entries)
        self.day_first = order_in(
            str(entry[name]) for entry in feed.entries for name in _DATES if name in entry
        )
        self.repeated = {guid for guid, count in guids.items() if count > 1}


def _draft(entry: Any, channel: _Channel, where: str) -> Draft | Refusal:
    other = _other_than_release(entry)
    if other:
        return Refusal(where, other)
    headline = plain_line(str(entry.get("title") or ""))
    body = _without_notice(_body(entry), headline, channel.title)
    if not headline and not body:
        return Refusal(where, "the item has neither headline nor text")
    guid = str(entry.get("id") or "").strip()
    link = str(entry.get("link") or "").strip()
    agency = _agency(entry) or channel.stated_agency
    url = absolute(link, channel.base) or _web(guid)
    draft = Draft(
        headline=headline,
        body=body,
        form=channel.form,
        id=None if guid in channel.repeated else stable_identity(guid, link),
        url=url,
        language=language_tag(entry.get("language") or _content_language(entry))
        or channel.language,
        dates=_dates(entry, channel),
        stated_agency=agency,
        stated_agency_rule="feed-author" if agency else "",
        weak_agency=channel.weak_agency,
    )
    return as_hong_kong(draft)


def _other_than_release(entry: Any) -> str | None:
    """What an item in the export of a publishing system is (WordPress, Blogger), where it is no
    release that was published."""
    terms = [str(tag.get("term") or "") for tag in entry.get("tags", ())]
    kind = str(entry.get("wp_post_type") or "") or next(
        (term.partition("/kind#")[2] for term in terms if "/kind#" in term), ""
    )
    state = "draft" if entry.get("app_draft") == "yes" else str(entry.get("wp_status") or "")
    return why_no_release(kind, state)


def stable_identity(guid: str, link: str) -> str | None:
    """A guid that identifies an item by itself: no address (the address does that), no counter."""
    if (
        not guid
        or guid == link
        or _web(guid)
        or ("/" in guid and not guid.startswith(("tag:", "urn:")))
    ):
        return None
    return None if _NUMBERED_ONLY.fullmatch(guid) or re.search(r"\s", guid) else guid


def absolute(link: str, base: str) -> str | None:
    """The address of an item; a relative one is joined to the feed's own."""
    if not link:
        return None
    return _web(join_address(base, re.sub(r"\s", "%20", link.strip())))


def _web(address: Any) -> str | None:
    text = str(address or "").strip()
    parts = split_address(text)
    return text if parts.scheme in ("http", "https") and parts.netloc else None


def _body(entry: Any) -> str:
    """The longest of an item's texts: the content where there is one, else the description."""
    texts = [str(each.get("value") or "") for each in entry.get("content", ())]
    texts.extend(str(entry.get(name) or "") for name in ("summary", "description", "subtitle"))
    link = str(entry.get("link") or "").strip()
    whole = [_without_link_on(text[:MAX_ITEM], link) for text in dict.fromkeys(texts)]
    return max((plain(text) for text in whole if text.strip()), key=len, default="")


def _without_link_on(text: str, link: str) -> str:
    """A text without the words at its end that lead to the page of its item."""
    found = _LINK_ON.search(text, max(0, len(text) - MAX_LINK_ON))
    target = html.unescape(found[1]).strip() if found else ""
    if (
        found is None
        or not link
        or (canonical_address(target) or target) != (canonical_address(link) or link)
    ):
        return text
    shorter = text[: found.start()]
    return shorter if plain(shorter) else text


def _without_notice(body: str, headline: str, title: str) -> str:
    """A text without its last line where that says, in whatever language, in which feed the item
    appeared: it has the item's title, the feed's or a part of it, and few other words."""
    text, _, last = body.rpartition("\n")
    folded = fold(last)
    sites = [fold(part) for part in (title, *title_parts(title)) if part]
    site = max((each for each in sites if each in folded), key=len, default="")
    if not (text and headline and site) or fold(headline) not in folded:
        return body
    other = len(last) - len(headline) - len(site)
    return text.rstrip() if other <= MAX_NOTICE else body


def _content_language(entry: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    return detail.get("language")


def _dates(entry: Any, channel: _Channel) -> tuple[FoundDate, ...]:
    for name in _DATES:
        if name in entry:
            found = read_date(
                as_written(plain_line(str(entry[name]))),
                "feed",
                day_first=channel.day_first,
                language=channel.language,
            )
            if found is not None:
                return (found,)
    return ()


def _agency(entry: Any) -> str | None:
    """An item's author or publisher, where that is a body and no person."""
    names = [entry.get("dc_publisher"), entry.get("publisher"), *_authors(entry)]
    return next(_bodies(names), None)


def _authors(holder: Any) -> list[Any]:
    return [holder.get("author"), *(each.get("name") for each in holder.get("authors", ()))]


def _bodies(names: Iterable[Any]) -> Iterator[str]:
    for name in names:
        stated = body_name(str(name)) if name else None
        if stated and is_body(stated):
            yield stated


def named_in_title(title: str) -> str | None:
    """The body, or else the one thing, that a feed's title names beside `News` and the like."""
    line = _NEWS_FROM.sub("", plain_line(re.sub(r"<[^<>]*>", "", title)))
    parts = [part for part in title_parts(line) if not is_generic(part, set())]
    parts = [_without_feed_words(part) for part in parts]
    names = [name for part in parts if (name := body_name(part))]
    bodies = [name for name in names if is_body(name)]
    return bodies[0] if bodies else names[0] if len(names) == 1 else None


def _without_feed_words(part: str) -> str:
    """A part of a title without the `News` or `RSS feed` at its end, one word after the other."""
    while (shorter := _FEED_WORD.sub("", part).rstrip()) != part:
        part = shorter
    return part


def _read_json_feed(text: str, document: Document) -> Iterator[Draft | Refusal]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        yield Refusal(document.name, "the feed is not readable as JSON")
        return
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield Refusal(document.name, "the feed holds no items; open its address in a browser")
        return
    for number, item in enumerate(items[:MAX_ITEMS], start=1):
        where = f"{document.name}, item {number}"
        if not isinstance(item, dict):
            yield Refusal(where, "the item is not an object with named fields")
        else:
            yield attempt(partial(_json_draft, item, feed, document, where), where)


def _json_draft(
    item: dict[str, Any], feed: dict[str, Any], document: Document, where: str
) -> Draft | Refusal:
    body = max(
        (
            plain(_text(item.get(name))[:MAX_ITEM])
            for name in ("content_html", "content_text", "summary")
        ),
        key=len,
    )
    headline = plain_line(_text(item.get("title")))
    if not headline and not body:
        return Refusal(where, "the item has neither headline nor text")
    link = _text(item.get("url")) or _text(item.get("external_url"))
    found = (
        read_date(_text(item[name]), "feed")
        for name in ("date_published", "date_modified")
        if item.get(name)
    )
    agency = _json_agency(item) or _json_agency(feed)
    draft = Draft(
        headline=headline,
        body=body,
        form="json-feed",
        id=stable_identity(_text(item.get("id")), link),
        url=absolute(link, _text(feed.get("home_page_url")) or document.url or "")
        or _web(item.get("id")),
        language=language_tag(_text(item.get("language")) or _text(feed.get("language"))),
        dates=tuple(date for date in found if date is not None)[:1],
        stated_agency=agency,
        stated_agency_rule="feed-author" if agency else "",
        weak_agency=named_in_title(_text(feed.get("title"))),
    )
    return as_hong_kong(draft)


def _json_agency(holder: dict[str, Any]) -> str | None:
    authors = holder.get("authors")
    several = authors if isinstance(authors, list) else []
    for author in [*several, holder.get("author")]:
        name = body_name(_text(author.get("name"))) if isinstance(author, dict) else None
        if name and is_body(name):
            return name
    return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
