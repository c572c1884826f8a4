"""OpenDocument texts (.odt): the release that one holds; tables (.ods) are handed on."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree

from index.errors import UnreadableError
from index.sources.draft import Draft, Refusal
from index.sources.forms import open_document_table
from index.sources.forms.as_page import read_marked
from index.sources.forms.package import attribute_of, form_of, parts_of, property_of, xml_of
from index.sources.reader import DocumentReader, Opened, ReadOptions

FORM = "an OpenDocument file"
_TEXT_TYPES = (b"application/vnd.oasis.opendocument.text",)
_META = "meta.xml"
MAX_DEPTH = 100
"""Nested elements that are followed."""
MAX_SPACES = 1_000
"""Spaces that one element may stand for."""
_BLOCKS = {"list": "ul", "list-item": "li", "table": "table", "table-row": "tr", "table-cell": "td"}
_DROPPED = frozenset(
    ("annotation", "tracked-changes", "note", "frame", "forms", "sequence-decls",
     "bibliography-mark", "soft-page-break")
)  # fmt: skip


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    parts = parts_of(opened, options.limits)
    kind = parts.get("mimetype", b"")
    root = xml_of(parts, "content.xml")
    if kind.startswith(open_document_table.TYPE) and root is not None:
        yield from open_document_table.read_tables(root, opened, options)
        return
    if not kind.startswith(_TEXT_TYPES):
        raise UnreadableError(
            "is an OpenDocument presentation or drawing, which is not read; save it as PDF"
        )
    body = root.find(".//{*}body/{*}text") if root is not None else None
    if body is None:
        raise UnreadableError("holds no text; open it in LibreOffice and save it anew")
    titles = _styles_of_titles(root)
    yield from read_marked(
        "".join(_markup(body, titles, 0)),
        opened.document,
        "odt",
        title=property_of(parts, _META, "title"),
        author=property_of(parts, _META, "initial-creator"),
        changed=property_of(parts, _META, "creation-date"),
    )


def _styles_of_titles(root: etree._Element | None) -> frozenset[str]:
    """Names of the styles that are `Title`, or made of it for one paragraph."""
    found = {"Title"}
    for style in root.iter("{*}style") if root is not None else ():
        if attribute_of(style, "parent-style-name") == "Title":
            found.add(attribute_of(style, "name"))
    return frozenset(found)


def _markup(element: etree._Element, titles: frozenset[str], depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name in ("h", "p"):
            yield _block(child, name, titles)
        elif name in _BLOCKS:
            yield f"<{_BLOCKS[name]}>{''.join(_markup(child, titles, depth + 1))}</{_BLOCKS[name]}>"
        elif name not in _DROPPED:
            yield from _markup(child, titles, depth + 1)


def _block(element: etree._Element, name: str, titles: frozenset[str]) -> str:
    level = attribute_of(element, "outline-level")
    is_title = attribute_of(element, "style-name") in titles
    tag = "h1" if is_title else f"h{level}" if name == "h" and level in "123456" else "p"
    return f"<{tag}>{''.join(_inline(element, 0))}</{tag}>"


def _inline(element: etree._Element, depth: int) -> Iterator[str]:
    yield html.escape(element.text or "")
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "s":
            count = attribute_of(child, "c")
            yield " " * min(int(count) if count.isdecimal() else 1, MAX_SPACES)
        elif name == "tab":
            yield " "
        elif name == "line-break":
            yield "<br>"
        elif name and name not in _DROPPED and depth < MAX_DEPTH:
            yield from _inline(child, depth + 1)
        yield html.escape(child.tail or "")


READER = DocumentReader(
    name="OpenDocument text",
    recognise=lambda opened: form_of(opened) == FORM,
    read=_read,
    binary=True,
)
