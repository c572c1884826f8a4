"""RSS, Atom, JSON Feed and XML messages -> a draft for every item."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from index.dates.day_order import order_in
from index.dates.resolution import FoundDate, read_date
from index.identity import canonical_address
from index.sources.cut_xml import CUT_SHORT, is_cut_short, of_whole_items
from index.sources.draft import Damage, Document, Draft, Refusal, attempt, group_refusals
from index.sources.export_items import why_no_release
from index.sources.feed_items import (
    MAX_ITEM,
    MAX_ITEMS,
    absolute,
    first_body,
    named_in_title,
    rest_left_out,
    stable_identity,
    stated_address,
)
from index.sources.feed_xml import parsed_feed, without_doctype
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.html_text import plain, plain_line
from index.sources.issuers import is_body
from index.sources.json_feed_items import is_json_feed, read_json_feed
from index.sources.message_xml import is_message_xml, read_messages
from index.sources.page.title_lines import title_parts
from index.sources.record_dates import as_written
from index.sources.record_draft import language_tag
from index.text.folding import fold

MAX_FEED = 100_000_000
"""Characters of a feed."""

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|channel)\b([^>]{0,2000})", re.IGNORECASE)
_DATES = (
    "published",
    "issued",
    "dcterms_issued",
    "dcterms_created",
    "created",
    "updated",
    "modified",
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


_HTML_ROOTS = frozenset(
    ["html", "head", "title", "meta", "link", "base", "script", "style", "body", "main", "div", "p",
     "h1"]
)  # fmt: skip
"""What an HTML page may begin with, which may leave `<html>` and `<head>` out."""


def recognise(text: str) -> bool:
    """Whether a text is a feed or a message in XML, by its content."""
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        return is_json_feed(head)
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
        yield from group_refusals(read_json_feed(text, document))
    elif not _is_xml_feed(text):
        yield from read_messages(without_doctype(text), document)
    else:
        yield from group_refusals(_read_xml_feed(text, document))


def _is_xml_feed(text: str) -> bool:
    root = _ROOT.search(re.sub(r"<!--.*?-->", "", text[:20_000], flags=re.DOTALL))
    return root is not None


def _read_xml_feed(text: str, document: Document) -> Iterator[Draft | Refusal]:
    if is_cut_short(text):
        yield Damage(document.name, CUT_SHORT)
        text = of_whole_items(text)
        if not text:
            return
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
            yield rest_left_out(where)
            return
        yield attempt(partial(_draft, entry, channel, where), where)


class _Channel:
    """What a feed says of all its items."""

    def __init__(self, feed: Any, document: Document) -> None:
        about = feed.feed
        self.form = "atom" if str(feed.get("version", "")).startswith("atom") else "rss"
        self.base = stated_address(about.get("link")) or document.url or ""
        self.language = language_tag(about.get("language"))
        author = first_body([about.get("dc_publisher"), *_authors(about)])
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
    url = absolute(link, channel.base) or stated_address(guid)
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
        weak_agency=_named_source(entry) or channel.weak_agency,
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
    return first_body([entry.get("dc_publisher"), entry.get("publisher"), *_authors(entry)])


def _named_source(entry: Any) -> str | None:
    """The body in the title of the feed that an item was taken over from."""
    source = entry.get("source") or {}
    name = named_in_title(str(source.get("title") or source.get("value") or ""))
    return name if name and is_body(name) else None


def _authors(holder: Any) -> list[Any]:
    return [holder.get("author"), *(each.get("name") for each in holder.get("authors", ()))]
