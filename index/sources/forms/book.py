"""EPUB books: each chapter is a page, read as one that a site would have."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from index.errors import UnreadableError
from index.sources.containers.members import shown
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.package import form_of, parts_of, xml_of
from index.sources.reader import DocumentReader, Opened, ReadOptions

FORM = "an EPUB book"
MAX_CHAPTERS = 10_000
"""Chapters of one book."""
_CONTAINER = "META-INF/container.xml"
_PAGES = (".xml", ".opf", ".xhtml", ".html", ".htm")
_ADVICE = "save it as PDF, or its chapters as HTML"


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    parts = parts_of(opened, options.limits, _PAGES)
    container = xml_of(parts, _CONTAINER)
    root = container.find(".//{*}rootfile") if container is not None else None
    path = root.get("full-path", "") if root is not None else ""
    package = xml_of(parts, path)
    if package is None:
        raise UnreadableError(f"is an EPUB book without a list of its chapters; {_ADVICE}")
    count = 0
    for name in _chapters(package, posixpath.dirname(path))[:MAX_CHAPTERS]:
        if name in parts:
            count += 1
            where = f"{opened.document.name}!{shown(name)}"
            yield Document(name=where, data=parts[name], content_type="text/html")
    if not count:
        raise UnreadableError(f"is an EPUB book without chapters that are read; {_ADVICE}")


def _chapters(package: Any, folder: str) -> list[str]:
    """The names of the chapters in their order, without the table of contents."""
    items = {
        each.get("id"): posixpath.normpath(posixpath.join(folder, unquote(each.get("href", ""))))
        for each in package.iter("{*}item")
        if "nav" not in each.get("properties", "").split()
    }
    named = (each.get("idref") for each in package.iter("{*}itemref"))
    return [items[each] for each in named if each in items]


READER = DocumentReader(
    name="EPUB book", recognise=lambda opened: form_of(opened) == FORM, read=_read, binary=True
)
