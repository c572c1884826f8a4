"""The entries of a feed: RSS, Atom and JSON Feed, with the page on which it goes on."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from typing import Any

from index.collect.listing import MAX_ENTRIES, ListedItem, Listing, seconds_of, web_address
from index.release import printable
from index.sources.feed_items import absolute
from index.sources.feed_xml import parsed_feed
from index.sources.feeds import recognise

_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
"""What a feed ends with; one that was cut short does not."""
_GOES_ON = ("next", "prev-archive")
"""What a feed calls the page with its older entries: RFC 5005, sections 3 and 4."""


def feed_listing(text: str, url: str) -> Listing | None:
    """What a feed names; None for a text that is no feed."""
    text = text.lstrip("\ufeff \t\r\n")
    if not recognise(text):
        return None
    return _json_feed(text, url) if text.startswith("{") else _xml_feed(text, url)


def _xml_feed(text: str, url: str) -> Listing | None:
    feed = parsed_feed(text)
    if not feed.get("version") and not feed.entries:
        return None
    base = absolute(str(feed.feed.get("link") or ""), url) or url
    entries = (_entry(entry, base) for entry in feed.entries[:MAX_ENTRIES])
    links = feed.feed.get("links") or ()
    more = [str(link.get("href") or "") for link in links if link.get("rel") in _GOES_ON]
    return Listing(
        entries=tuple(entry for entry in entries if entry is not None),
        more=tuple(page for each in more if each and (page := web_address(url, each))),
        form="feed",
        whole=_END.search(text[-2_000:]) is not None,
    )


def _entry(entry: Any, base: str) -> ListedItem | None:
    guid = str(entry.get("id") or "").strip()
    link = absolute(str(entry.get("link") or ""), base) or absolute(guid, "")
    key = guid or _hash(str(entry.get("title") or ""), str(entry.get("summary") or ""))
    times = ("published_parsed", "updated_parsed")
    issued = next((entry[name] for name in times if name in entry), None)
    return ListedItem(
        url=link,
        key=key,
        changed=next((str(entry[name]) for name in ("updated", "published") if name in entry), ""),
        issued=_seconds(issued),
    )


def _seconds(time: Any) -> float | None:
    try:
        return float(calendar.timegm(time)) if time else None
    except (ValueError, OverflowError):
        return None


def _json_feed(text: str, url: str) -> Listing | None:
    try:
        feed = json.loads(text)
        items = feed.get("items") or []
    except (ValueError, RecursionError, AttributeError):
        return None
    if not isinstance(items, list):
        return None
    more = absolute(_text(feed, "next_url"), url)
    return Listing(
        entries=tuple(_json_entry(item, url) for item in items if isinstance(item, dict)),
        more=(more,) if more else (),
        form="feed",
    )


def _json_entry(item: dict[str, Any], url: str) -> ListedItem:
    changed = _text(item, "date_modified") or _text(item, "date_published")
    return ListedItem(
        url=absolute(_text(item, "url"), url) or absolute(_text(item, "id"), ""),
        key=_text(item, "id") or _hash(json.dumps(item, sort_keys=True)),
        changed=changed,
        issued=seconds_of(_text(item, "date_published") or changed),
    )


def _text(record: dict[str, Any], name: str) -> str:
    """A field as text; JSON can write halves of characters, which no file and no request takes."""
    return printable(str(record.get(name) or ""))


def _hash(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:32]
