"""A page as a row of blocks: the lines that a reader sees, each with the element it stands in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import lxml.html

from index.sources.html_text import BLOCKS, MAX_DEPTH, MAX_HTML, SKIPPED

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])


class Block(NamedTuple):
    """A line of a page; `linked` is how many of its characters stand in links, `links` how many
    links, and `element` the innermost block element around it."""

    text: str
    element: Any
    linked: int
    links: int


def parse(text: str) -> Any | None:
    """The root of an HTML page, None where there is nothing to parse."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:MAX_HTML].replace("\x00", ""))
    try:
        root = lxml.html.document_fromstring(text)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    return root if isinstance(root.tag, str) else None  # a lone comment is no page


def one_line(text: str) -> str:
    """White space folded, invisible characters such as soft hyphens left out."""
    return " ".join(text.translate(_INVISIBLE).split())


def blocks(root: Any) -> list[Block]:
    """The lines of an element in reading order, hidden ones left out."""
    reader = _Reader()
    reader.walk(root, root, False, 0)
    reader.flush(root)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.words: list[str] = []
        self.linked = 0
        self.links = 0

    def flush(self, element: Any) -> None:
        text = one_line("".join(self.words))
        if text:
            self.found.append(Block(text, element, min(self.linked, len(text)), self.links))
        self.words.clear()
        self.linked = self.links = 0

    def walk(self, element: Any, around: Any, in_link: bool, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in SKIPPED or depth > MAX_DEPTH or is_hidden(element):
            return
        block = tag in BLOCKS
        if block:
            self.flush(around)
            around = element
        elif tag == "br":
            self.flush(around)
        if tag == "a" and element.get("href"):
            in_link = True
            self.links += 1
        self.add(element.text, in_link)
        for child in element:
            self.walk(child, around, in_link, depth + 1)
            self.add(child.tail, in_link)
        if block:
            self.flush(around)

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.words.append(text)
            self.linked += len(text.strip()) if in_link else 0


def is_hidden(element: Any) -> bool:
    """Whether the page itself says that an element is not to be seen."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
