"""The matches that came here last as a JSON Feed, version 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from index.release import UNATTRIBUTED
from search.results import Hit
from webapp.exports.feed_entries import Feed, entry_id
from webapp.exports.moments import moment, stated_moment
from webapp.presenters.copy_lines import copies_in_words
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.paths import web_link

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"


def json_feed(links: Links, hits: Iterable[Hit], feed: Feed) -> str:
    """The hits as a JSON Feed in the order given. A release without a date has none here."""
    found = {
        "version": VERSION,
        "title": feed.title,
        **({"description": feed.note} if feed.note else {}),
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        **({"next_url": feed.next_url} if feed.next_url else {}),
        "language": feed.language,
        "items": [_item(links, hit) for hit in hits],
    }
    return json.dumps(found, ensure_ascii=False)


def _item(links: Links, hit: Hit) -> dict[str, Any]:
    release = hit.release
    headline = wording.headline(links.language, release)
    item: dict[str, Any] = {
        "id": entry_id(release),
        "url": links.root + links.release(release),
        "external_url": web_link(release.url),
        "title": headline,
        "content_html": "".join(f"<p>{text}</p>" for text in (hit.snippets or [escape(headline)]))
        + "".join(f"<p>{escape(text)}</p>" for text in copies_in_words(links, hit)),
        "date_published": stated_moment(hit),
        "date_modified": moment(hit.arrived),
        "language": None if release.language == "und" else release.language,
    }
    if release.agency.slug != UNATTRIBUTED.slug:
        url = links.root + links.agency(release.agency)
        item["authors"] = [{"name": release.agency.name, "url": url}]
        item["tags"] = [release.agency.name]
    return {name: value for name, value in item.items() if value is not None}
