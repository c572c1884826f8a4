"""The entries of a sitemap (sitemaps.org 0.9), with Google's news extension, and its parts."""

from __future__ import annotations

from lxml import etree

from index.collect.listing import MAX_ENTRIES, ListedItem, Listing, seconds_of, web_address

_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Bytes that stand before the first tag: white space and the mark of an encoding."""


def sitemap_listing(data: bytes, url: str) -> Listing | None:
    """What a sitemap names, in XML or a line each; None for what is none.

    Where some entries have the news extension, these are the releases, and the others are left out.
    """
    if not data.lstrip(_BEFORE_XML).startswith(b"<"):
        return _lines(data, url)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or not isinstance(root.tag, str):
        return None
    kind = etree.QName(root).localname.lower()
    if kind == "sitemapindex":
        named = sorted(_children(root, "sitemap"), key=lambda part: _text(part, "lastmod"))
        parts = [_text(part, "loc") for part in reversed(named)]
        return Listing(
            entries=(),
            more=tuple(page for part in parts if part and (page := web_address(url, part))),
        )
    if kind != "urlset":
        return None
    found = [(_entry(each, url), _is_news(each)) for each in _children(root, "url")[:MAX_ENTRIES]]
    news = any(is_news for _, is_news in found)
    entries = tuple(each for each, is_news in found if each and is_news >= news)
    return Listing(entries=entries, whole=not parser.error_log)


def _lines(data: bytes, base: str) -> Listing | None:
    """A sitemap of plain lines, an address each; nothing else stands in one."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    places = [line for line in lines if line]
    if not places or not all(place.startswith(("http://", "https://")) for place in places):
        return None
    urls = (web_address(base, place) for place in places[:MAX_ENTRIES])
    return Listing(entries=tuple(ListedItem(url=url, key=url) for url in urls if url))


def _entry(element: etree._Element, base: str) -> ListedItem | None:
    place = _text(element, "loc")
    url = web_address(base, place) if place else None
    if url is None:
        return None
    changed = _text(element, "lastmod")
    issued = _text(element, "publication_date") or changed
    return ListedItem(url=url, key=place, changed=changed or issued, issued=seconds_of(issued))


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [
        each
        for each in element.iterchildren()
        if isinstance(each.tag, str) and etree.QName(each).localname.lower() == name
    ]


def _is_news(element: etree._Element) -> bool:
    return bool(_children(element, "news"))


def _text(element: etree._Element, name: str) -> str:
    for each in element.iter():
        if isinstance(each.tag, str) and etree.QName(each).localname.lower() == name:
            return (each.text or "").strip()
    return ""
