"""PDF documents with a text layer: the release that one holds."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from index.dates.date_strings import read_date
from index.errors import UnreadableError
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.as_page import NO_HEADLINE, markup_of, read_as_page
from index.sources.forms.opening_lines import OPENING, first_headline, may_be_headline
from index.sources.forms.paragraphs import join_lines
from index.sources.reader import DocumentReader, Opened, ReadOptions, needed
from index.text.cleaning import clean_line
from index.text.folding import fold

FORM = "a PDF document"
MAX_PAGES = 200
"""Pages of a PDF that are read: a release has few, a report of hundreds is none."""
EDGE_LINES = 4
"""Lines at the top and the bottom of a page among which heads and feet are looked for."""
REPEATED = 0.6
"""Part of the pages on which a line stands that is a head or a foot."""
MAX_NUMBER = 60
"""Characters that the number of a page has at the most, with the rules and words around it."""
GAP = 1.45
"""Times the usual distance of lines from which on the next one begins a paragraph."""
FULL = 0.6
"""Part of the longest line from which on a line goes on in the next one."""
LARGER = 1.08
"""Times the size of the text from which on a line is set larger than it."""
MIN_LETTERS = 25
"""Letters a page has on the whole, below which there is no text layer: a scan's stamp has few."""
MAX_UNKNOWN = 0.2
"""Part of the letters without a meaning from which on a text layer cannot be read."""

_NUMBER = re.compile(
    r"(?i)\W*(?:page|seite|p\.|第)?\s*\d{1,3}\s*(?:(?:/|of|von|de|頁|页)\s*\d*\s*頁?)?\W*"
)
_PRINTED = re.compile(
    r"(?i)(?:file|https?)://\S+\s+\d+/\d+|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d\b.*"
)
"""What browsers print over and under a page."""
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_SHAPES = re.compile("[\u2e80-\u2fd5\ufb00-\ufb06]+")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _Line(NamedTuple):
    """A line of a page: its text, its size in points, and how high it stands."""

    text: str
    size: float
    height: float
    page: int


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal]:
    pypdf = needed("pypdf", FORM)
    document = opened.document
    pages, properties, unread = _pages(pypdf, opened)
    letters = sum(str.isalpha(each) for page in pages for line in page for each in line.text)
    if letters < MIN_LETTERS * max(1, len(pages)):
        raise UnreadableError(
            "is a PDF without a text layer (a scan, or letters that are only shapes); have its "
            "text recognised (for example: ocrmypdf IN.pdf OUT.pdf) and index the result"
        )
    lines = _without_edges(pages)
    everything = "\n".join(line.text for line in lines)
    if len(_UNKNOWN.findall(everything)) > MAX_UNKNOWN * len(everything):
        raise UnreadableError(
            "is a PDF whose letters have no meaning, only shapes; have its text recognised "
            "(for example: ocrmypdf --force-ocr IN.pdf OUT.pdf) and index the result"
        )
    yield from _release(lines, properties, document)
    if unread:
        yield Refusal(f"{document.name}, page {MAX_PAGES + 1} and later", "is left out (a limit)")


def _release(
    lines: list[_Line], properties: dict[str, str], document: Document
) -> Iterator[Draft | Refusal]:
    groups = _paragraphs(lines)
    parts = [join_lines([line.text for line in group]) for group in groups]
    headline = _headline(groups, parts, properties.get("title", "")) or first_headline(parts)
    if headline is None:
        yield Refusal(document.name, NO_HEADLINE)
        return
    yield from read_as_page(
        markup_of(parts, headline),
        document,
        "pdf",
        author=properties.get("author", ""),
        changed=properties.get("made", ""),
    )


def _headline(groups: list[list[_Line]], parts: list[str], title: str) -> range | None:
    """The opening paragraphs that are the title among the properties, else those set largest."""
    wanted = fold(title)
    for number, part in enumerate(parts[:OPENING]):
        if len(wanted) > 8 and may_be_headline(part) and fold(part) == wanted:
            return range(number, number + 1)
    text = Counter(round(line.size, 1) for group in groups for line in group)
    usual = max(text, key=lambda size: (text[size], size))
    sizes = [group[0].size for group in groups[:OPENING]]
    usable = [number for number, _ in enumerate(sizes) if may_be_headline(parts[number])]
    best = max(usable, key=lambda number: (sizes[number], -number), default=None)
    if best is None or sizes[best] < LARGER * usual:
        return None
    stop = best + 1
    while (
        stop < len(sizes) and abs(sizes[stop] - sizes[best]) < 0.2 and may_be_headline(parts[stop])
    ):
        stop += 1
    return range(best, stop)


def as_letters(text: str) -> str:
    """The letters of a text for the shapes that a PDF has in their place: ligatures (`ﬁ`), and the
    radicals of Chinese (`⽤`), which look as the characters do."""
    return _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _paragraphs(lines: list[_Line]) -> list[list[_Line]]:
    """Lines that follow each other closely, in one size; the others begin a paragraph."""
    steps = Counter(
        round(before.height - line.height)
        for before, line in pairwise(lines)
        if before.page == line.page and 0 < before.height - line.height < 4 * max(line.size, 1)
    )
    usual = steps.most_common(1)[0][0] if steps else 0
    widths: dict[float, int] = {}
    for line in lines:
        widths[round(line.size, 1)] = max(widths.get(round(line.size, 1), 0), len(line.text))
    groups: list[list[_Line]] = []
    for line in lines:
        full = groups and len(groups[-1][-1].text) >= FULL * widths[round(line.size, 1)]
        if full and _goes_on(groups[-1][-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(before: _Line, line: _Line, usual: float) -> bool:
    if abs(before.size - line.size) > 0.2:
        return False
    step = before.height - line.height
    if before.page == line.page and step > 0:
        return step <= GAP * max(min(usual, 1.6 * line.size), 1.1 * line.size)
    # On the next page or in the next column a sentence goes on that was not at its end.
    return before.text.rstrip()[-1:] not in '.!?:。！？：”"'


def _without_edges(pages: list[list[_Line]]) -> list[_Line]:
    """The lines of all pages without page numbers and what stands over or under most pages."""
    shapes = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    least = max(2, REPEATED * len(pages))
    kept: list[_Line] = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        for line in page:
            repeated = shapes[_shape(line)] >= least and kept
            short = len(line.text) <= MAX_NUMBER
            numbered = (short and _NUMBER.fullmatch(line.text)) or _PRINTED.fullmatch(line.text)
            if not (id(line) in edges and (repeated or numbered)):
                kept.append(line)
    return kept


def _edges(page: list[_Line]) -> list[_Line]:
    ordered = sorted(page, key=lambda line: line.height)
    return [*ordered[:EDGE_LINES], *ordered[-EDGE_LINES:]]


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "0", fold(line.text))


def _pages(pypdf: Any, opened: Opened) -> tuple[list[list[_Line]], dict[str, str], bool]:
    try:
        found = pypdf.PdfReader(io.BytesIO(opened.data))
        if found.is_encrypted and not found.decrypt(""):
            raise UnreadableError("is a PDF behind a password; save it without one")
        pages = [_lines(page, number) for number, page in enumerate(found.pages[:MAX_PAGES])]
        return pages, _properties(found), len(found.pages) > MAX_PAGES
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(
            f"is a damaged PDF ({type(error).__name__}); open it in a viewer and print it "
            "to a new PDF"
        ) from error


def _properties(found: Any) -> dict[str, str]:
    properties = found.metadata or {}
    made = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", str(properties.get("/CreationDate") or ""))
    day = "-".join(made.groups()) if made else ""
    return {
        "title": str(properties.get("/Title") or ""),
        "author": str(properties.get("/Author") or ""),
        "made": day if read_date(day, "pdf") else "",
    }


def _lines(page: Any, number: int) -> list[_Line]:
    """The lines of a page in the order in which they were written."""
    found: list[_Line] = []
    parts: list[tuple[str, float, float]] = []

    def end() -> None:
        text = clean_line(as_letters("".join(part[0] for part in parts)))
        if text:
            longest = max(parts, key=lambda part: len(part[0].strip()))
            found.append(_Line(text, longest[1], longest[2], number))
        parts.clear()

    def visit(text: str, page_matrix: Any, text_matrix: Any, _font: Any, size: float) -> None:
        for place, piece in enumerate(text.split("\n")):
            if place:
                end()
            if piece:
                parts.append((piece, *_set(page_matrix, text_matrix, size)))

    page.extract_text(visitor_text=visit)
    end()
    return found


def _set(page_matrix: Any, text_matrix: Any, size: float) -> tuple[float, float]:
    """Size in points and height above the foot of the page, from the two matrices of PDF."""
    scale = abs(page_matrix[3] or page_matrix[1]) * abs(text_matrix[3] or text_matrix[1])
    x, y = text_matrix[4], text_matrix[5]
    return abs(size) * scale, x * page_matrix[1] + y * page_matrix[3] + page_matrix[5]


READER = DocumentReader(
    name="PDF document",
    recognise=lambda opened: opened.data.startswith(b"%PDF-"),
    read=_read,
    binary=True,
)
