"""Plain text: a headline, a date, and the text of one release."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sources.draft import Draft, Refusal
from index.sources.forms.as_page import NO_HEADLINE, dated, markup_of, read_as_page
from index.sources.forms.opening_lines import first_headline, whole_headline
from index.sources.forms.paragraphs import paragraphs
from index.sources.page.blocks import width
from index.sources.page.date_lines import is_date_line
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.text.cleaning import clean

MIN_TEXT = 80
"""Letters of a plain text that can be a release, as `width` counts them: below, it is a note or a
list, unless its second line is a date."""
_DATE_LINE = 1
"""Which of the lines that hold something says the date of a release of few words."""
MAX_TEXT = 4_000_000
"""Characters of a plain text."""
_MARKUP = re.compile(r"^\s*(?:[<{\[]|\\documentclass\b|-----BEGIN )")
"""How markup, data, a program's text and what is encrypted begin."""


def _recognise(opened: Opened) -> bool:
    if _MARKUP.match(opened.text[:1_000]):
        return False
    letters = "".join(filter(str.isalpha, opened.text[:4_000]))
    return width(letters) >= MIN_TEXT or _is_dated(opened.text)


def _is_dated(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) > _DATE_LINE + 1 and is_date_line(lines[_DATE_LINE], None)


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal]:
    name = opened.document.name
    if len(opened.text) > MAX_TEXT:
        yield Refusal(name, f"is a plain text of more than {MAX_TEXT:,} characters; split it")
        return
    text = clean(opened.text)
    parts = paragraphs(text)
    headline = first_headline(parts)
    if headline is None:
        yield Refusal(name, NO_HEADLINE)
        return
    page = markup_of(parts, whole_headline(parts, headline, text))
    yield from dated(read_as_page(page, opened.document, "plain-text"), opened.document)


READER = DocumentReader(name="plain text", recognise=_recognise, read=_read)
