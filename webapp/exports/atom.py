"""The Atom feed of a search (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from lxml import etree

from index.release import UNATTRIBUTED
from search.results import Hit
from webapp.exports.feed_entries import Feed, entry_id
from webapp.exports.moments import moment, stated_moment
from webapp.presenters.copy_lines import copies_in_words
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.paths import web_link

ATOM = "http://www.w3.org/2005/Atom"

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_NOT_URI = re.compile(r"[\s<>\"{}|\\^`]")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_feed(links: Links, hits: Iterable[Hit], feed: Feed) -> bytes:
    """The hits as an Atom feed in the order given, as UTF-8 XML.

    `published` is when a release was issued, where that is known; `updated` when its text came
    here as it is.
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set(_XML_LANGUAGE, feed.language)
    _add(root, "id", feed.page_url)
    _add(root, "title", feed.title)
    if feed.note:
        _add(root, "subtitle", feed.note)
    _add(root, "updated", moment(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.feed_url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    if feed.next_url:
        _add(root, "link", rel="next", type="application/atom+xml", href=feed.next_url)
    _add(root, "generator", "Dateline")
    for hit in hits:
        _add_entry(root, links, hit)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return body


def _add_entry(parent: Any, links: Links, hit: Hit) -> None:
    release = hit.release
    entry = _add(parent, "entry")
    if _LANGUAGE.match(release.language) and release.language != "und":
        entry.set(_XML_LANGUAGE, release.language)
    _add(entry, "id", entry_id(release))
    _add(entry, "title", wording.headline(links.language, release))
    page_url = links.root + links.release(release)
    _add(entry, "link", rel="alternate", type="text/html", href=page_url)
    if hit.changes:
        changes = links.root + links.changes(release.id)
        _add(entry, "link", rel="related", type="text/html", href=changes)
    source = web_link(release.url)
    if source and not _NOT_URI.search(source):
        _add(entry, "link", rel="via", href=source)
    _add(_add(entry, "author"), "name", release.agency.name)
    if release.agency.slug != UNATTRIBUTED.slug:
        _add(entry, "category", term=release.agency.slug, label=release.agency.name)
    stated = stated_moment(hit)
    if stated:
        _add(entry, "published", stated)
    _add(entry, "updated", moment(hit.arrived))
    said = [*hit.snippets, *map(escape, copies_in_words(links, hit))]
    _add(entry, "summary", " ".join(said), type="html")


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{ATOM}}}{tag}")
    for name, value in attributes.items():
        element.set(name, NOT_XML.sub("", value))
    if text is not None:
        element.text = NOT_XML.sub("", text)
    return element
