"""HTML -> plain text that keeps blocks, lists and tables, marked as `Release` describes."""

from __future__ import annotations

import html
import re
from typing import Any

import lxml.html

MAX_HTML = 20_000_000
"""Characters of one HTML text that are read; what follows is dropped."""
MAX_DEPTH = 200
"""Nested elements that are followed; deeper ones give their text without structure."""

MAX_NESTED = 6
"""Levels of lists in lists that are kept; items of deeper ones stand on the last."""
MAX_CELL = 1_500
"""Characters of a cell of a data table; a longer one is a column of the page."""

MAX_ATTRIBUTES = 1_000
"""Attributes of one tag; libxml2 compares each with all before it, and 40,000 took 9 s a page."""
_MAY_BE_CROWDED = re.compile(r"<[a-zA-Z][^<]{10000}")
_OPENING = re.compile(r"<[a-zA-Z][^\s<>/]*((?:[^<>\"']+|\"[^\"]*\"|'[^']*')*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED_NAMES = (
    "audio button canvas embed head iframe input label link map math meta noscript object option "
    "rp "
    "rt script select style svg template textarea title video"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
SKIPPED = frozenset(_SKIPPED_NAMES.split())
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|table|tr|td|th|h[1-6]|img|blockquote|font|"
    r"section|article|figure|sup|sub|hr|center|body|html|pre|iframe|script)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_WHITE = re.compile(r"\s+")
_SPACE = re.compile(r"[^\S\n\v]+")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\s*\S")
MIN_COLUMNS = 2
"""Lines with a gap in them from which preformatted text is a table in columns; else its lines are
those of a letter, and as good as any."""
HEADING_MARKS = {
    "h1": "\f",
    "h2": "\f",
    "h3": "\f\f",
    "h4": "\f\f\f",
    "h5": "\f\f\f",
    "h6": "\f\f\f",
}
QUOTE_MARK, PREFORMATTED_MARK, HEADER_MARK = "\f\t", "\f\v", "\f"
"""What a line begins with, as `Release` describes."""
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """A text that may be HTML, plain or plain with entities, as blocks of plain text."""
    if "<" in text and _TAG.search(text):
        return html_text(text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        if "<" in text and _TAG.search(text):  # HTML that was escaped once more
            return html_text(text)
    return tidy(text)


def plain_line(text: str) -> str:
    """The same for a headline or a name: one line, white space folded."""
    if "<" in text or "&" in text:
        text = plain(text)
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """A line of a parsed page that had been escaped twice: it would show `Fish &amp; Chips`."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def element_line(element: Any) -> str:
    """All text of an element of lxml, as it is written, on one line."""
    return " ".join(element.text_content().split())


def without_crowded_tags(markup: str) -> str:
    """Markup whose tags have so many attributes as can be read in time; others have none."""
    return _OPENING.sub(_uncrowded, markup) if _MAY_BE_CROWDED.search(markup) else markup


def _uncrowded(tag: re.Match[str]) -> str:
    attributes = len(re.findall(r"[\s/]+", _QUOTED.sub("", tag[1]))) if len(tag[1]) > 5_000 else 0
    return tag[0] if attributes <= MAX_ATTRIBUTES else tag[0][: tag.start(1) - tag.start()]


def tidy(text: str) -> str:
    """Plain text without indents (a leading tab would mark a list) and with single empty lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = "\n".join(map(str.strip, text.split("\n")))
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip()


def html_text(markup: str) -> str:
    """The text of an HTML fragment or page; of a damaged one, what can be read of it."""
    markup = without_crowded_tags(markup[:MAX_HTML].replace("\x00", ""))
    if not markup.strip():
        return ""
    try:
        root = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return tidy(re.sub(r"<[^<>]*>", " ", markup))
    return element_text(root)


def element_text(element: Any) -> str:
    """The text of an lxml element: blocks parted by an empty line, items and rows on lines."""
    writer = _Writer()
    writer.walk(element, 0)
    return writer.text()


class _Writer:
    """Collects the lines of a block until something ends the block."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.lines: list[str] = []  # of a list or table that is under way
        self.words: list[str] = []
        self.quoted = 0

    def text(self) -> str:
        self.end_list()
        return "\n\n".join(self.blocks)

    def end_block(self, mark: str = "") -> None:
        """Closes the running text; with the mark of an item it joins those before it."""
        text = "".join(self.words)
        self.words.clear()
        for part in re.split(r"\n[^\S\n]*\n\s*", text):
            lines = (_SPACE.sub(" ", line).strip() for line in part.split("\n"))
            part = "\n".join(line for line in lines if line)
            if not part:
                continue
            if mark:
                self.lines.append(mark + part.replace("\n", " "))
            else:
                self.flush()
                self.blocks.append(_quoted(part) if self.quoted else part)

    def heading(self, mark: str) -> None:
        """Closes the running text as a subheading."""
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.flush()
            self.blocks.append(mark + text)

    def preformatted(self, text: str) -> None:
        """Takes text whose white space counts: as it is where it stands in columns."""
        for part in re.split(r"\n[^\S\n]*\n\s*?(?=\S|[^\S\n])", text.strip("\n")):
            if len(_COLUMNS.findall(part)) < MIN_COLUMNS:
                self.words.append(part)
                self.end_block()
                continue
            lines = re.sub(r"[\v\f]", " ", part).expandtabs().split("\n")
            self.flush()
            self.blocks.append("\n".join(PREFORMATTED_MARK + line.rstrip() for line in lines))

    def flush(self) -> None:
        if self.lines:
            self.blocks.append("\n".join(self.lines))
            self.lines.clear()

    def end_list(self) -> None:
        self.end_block()
        self.flush()

    def walk(self, element: Any, depth: int, mark: str = "") -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in SKIPPED:
            return
        if depth > MAX_DEPTH:
            self.words.append(" ".join(element.itertext()))
            return
        if tag == "br":
            self.words.append("\n")
        elif tag == "pre":
            self.end_block(mark)
            if mark:
                self.words.append(element.text_content())
                self.end_block(mark)
            else:
                self.preformatted(element.text_content())
        elif tag == "table" and is_data_table(element):
            self.end_list()
            self.rows(element)
        else:
            self.inside(element, tag, depth, mark)

    def inside(self, element: Any, tag: str, depth: int, mark: str) -> None:
        block = tag in BLOCKS
        inner = mark
        if tag in ("ul", "ol", "menu"):
            self.end_block(mark)
            if not mark:
                self.flush()
        elif tag == "li":
            self.end_block(mark)
            parent = element.getparent()
            inner = mark[: MAX_NESTED - 1]
            inner += "\v" if parent is not None and parent.tag == "ol" else "\t"
        elif block:
            self.end_block(mark)
        self.quoted += tag == "blockquote"
        self.add(element.text)
        for child in element:
            self.walk(child, depth + 1, inner)
            self.add(child.tail)
        if tag in HEADING_MARKS and not mark:
            self.heading(HEADING_MARKS[tag])
        elif block:
            self.end_block(inner)
        self.quoted -= tag == "blockquote"
        if tag in ("ul", "ol", "menu") and not mark:
            self.flush()

    def add(self, text: str | None) -> None:
        if text:
            self.words.append(_WHITE.sub(" ", text))

    def rows(self, table: Any) -> None:
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            words = [" ".join(_words(cell).split()) for cell in cells]
            heads = len(cells) > 1 and all(cell.tag == "th" for cell in cells)
            if any(words):
                line = "\t".join(word or "–" for word in words).strip()
                self.lines.append(HEADER_MARK * heads + line)
        self.flush()


def _quoted(text: str) -> str:
    return "\n".join(QUOTE_MARK + line for line in text.split("\n"))


def is_data_table(table: Any) -> bool:
    """Whether a table holds data: two columns at least, and cells that are no columns of a page."""
    rows = list(table.iter("tr"))
    if not rows or table.find(".//table") is not None or table.find(".//form") is not None:
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or max(len(row) for row in rows) < 2:
        return False
    if any(cell.find(f".//{tag}") is not None for cell in cells for tag in ("h1", "h2")):
        return False
    return max(len(cell.text_content()) for cell in cells) < MAX_CELL


def _words(cell: Any) -> str:
    inner = _Writer()
    inner.walk(cell, 0)
    return re.sub(r"[\t\v\f]", " ", inner.text())
