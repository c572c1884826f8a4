"""JSON Feed -> a draft for every item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from index.dates.resolution import read_date
from index.sources.draft import Document, Draft, Refusal, attempt
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
from index.sources.hongkong.feed_text import as_hong_kong
from index.sources.html_text import plain, plain_line
from index.sources.record_draft import language_tag

_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def is_json_feed(text: str) -> bool:
    """Whether a text is a JSON Feed, by what it says that it is."""
    return _JSON_FEED.search(text) is not None


def read_json_feed(text: str, document: Document) -> Iterator[Draft | Refusal]:
    """Every item of a JSON Feed; one without items, or that cannot be read, is one refusal."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        yield Refusal(document.name, "the feed is not readable as JSON")
        return
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield Refusal(document.name, "the feed holds no items; open its address in a browser")
        return
    for number, item in enumerate(items, start=1):
        where = f"{document.name}, item {number}"
        if number > MAX_ITEMS:
            yield rest_left_out(where)
            return
        if not isinstance(item, dict):
            yield Refusal(where, "the item is not an object with named fields")
        else:
            yield attempt(partial(_draft, item, feed, document, where), where)


def _draft(
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
    agency = _agency(item) or _agency(feed)
    draft = Draft(
        headline=headline,
        body=body,
        form="json-feed",
        id=stable_identity(_text(item.get("id")), link),
        url=absolute(link, _text(feed.get("home_page_url")) or document.url or "")
        or stated_address(item.get("id")),
        language=language_tag(_text(item.get("language")) or _text(feed.get("language"))),
        dates=tuple(date for date in found if date is not None)[:1],
        stated_agency=agency,
        stated_agency_rule="feed-author" if agency else "",
        weak_agency=named_in_title(_text(feed.get("title"))),
    )
    return as_hong_kong(draft)


def _agency(holder: dict[str, Any]) -> str | None:
    several = holder.get("authors")
    several = several if isinstance(several, list) else []
    authors = (each for each in [*several, holder.get("author")] if isinstance(each, dict))
    return first_body(_text(author.get("name")) for author in authors)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
