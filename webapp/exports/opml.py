"""The feeds of several searches as OPML 2.0, which feed readers import."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from webapp.exports.atom import NOT_XML
from webapp.presenters.anchor import Anchor

MEDIA_TYPE = "text/x-opml"


def opml(title: str, feeds: Iterable[Anchor], pages: Iterable[str]) -> bytes:
    """The list as UTF-8 XML, in the order given.

    :param feeds: name and whole address of each Atom feed. `pages`: whole addresses of their pages.
    """
    root = etree.Element("opml", version="2.0")
    heading = etree.SubElement(etree.SubElement(root, "head"), "title")
    heading.text = NOT_XML.sub("", title)
    body = etree.SubElement(root, "body")
    for feed, page in zip(feeds, pages, strict=True):
        outline = {"type": "rss", "text": feed.text, "xmlUrl": feed.href, "htmlUrl": page}
        etree.SubElement(body, "outline", {n: NOT_XML.sub("", v) for n, v in outline.items()})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written
