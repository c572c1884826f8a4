"""A text with its headline, of whatever form, as a page, which is read as all pages are.

So what tells date lines, letterheads, labels and standing texts apart stands in one place.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import lxml.html

from index.sources.day_of_name import states_day
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.fields_in_table import fields_in_table
from index.sources.forms.opening_lines import (
    OPENING,
    is_headline_of,
    may_be_headline,
    running_text,
    whom_to_call,
)
from index.sources.html_text import element_line
from index.sources.issuers import is_body
from index.sources.page import webpage
from index.sources.record_draft import draft_of
from index.text.folding import fold

NO_DATE = (
    "is a text that states no date; write the headline on its first line, the date (14 March 2023) "
    "on the second, then the text"
)
NO_HEADLINE = (
    "no line of it is a headline; write the headline on its first line, the date on the second, "
    "then the text"
)


def read_as_page(
    markup: str, document: Document, form: str, *, author: str = "", changed: str = ""
) -> Iterator[Draft | Refusal]:
    """The release in the blocks of a text (HTML), with what its form says of it.

    :param author: who wrote it, as its properties say; only a body counts.
    :param changed: when its file was made; counts where it states no other date.
    """
    head = "".join(
        f'<meta name="{name}" content="{html.escape(value)}">'
        for name, value in (("author", author), ("lastmod", changed)) if value
    )  # fmt: skip
    page = f"<html><head>{head}</head><body><main>{markup}</main></body></html>"
    for each in webpage.read(page, document):
        yield replace(each, form=form) if isinstance(each, Draft) else each


def read_marked(
    markup: str,
    document: Document,
    form: str,
    *,
    title: str,
    author: str,
    changed: str,
    letterhead: str = "",
) -> Iterator[Draft | Refusal]:
    """The same for a text of an office program, whose headline may be marked in several ways.

    It is what has the style of a title or heading, else what equals the title among the
    properties, else the first bold paragraph, else the first that can be one.

    :param letterhead: what stands at the head of its sheets; only a body counts, as the author.
    """
    author = author if is_body(author) else letterhead
    root = lxml.html.fragment_fromstring(markup, create_parent="main")
    fields = fields_in_table(root)
    if fields:
        yield draft_of(fields, document.name, form, document.url)
        return
    opening = [each for each in root.iter("h1", "h2", "h3", "p") if element_line(each)][:OPENING]
    found = _headline_of(opening, title)
    if found is None:
        yield Refusal(document.name, NO_HEADLINE)
        return
    for heading in root.iter("h1"):
        heading.tag = "h2"
    found.tag = "h1"
    inner = lxml.html.tostring(root, encoding="unicode")
    yield from read_as_page(inner, document, form, author=author, changed=changed)


def _headline_of(opening: list[Any], title: str) -> Any | None:
    called = whom_to_call([element_line(each) for each in opening])
    others = [each for number, each in enumerate(opening) if number not in called]
    wanted = fold(title)
    texts = [element_line(each) for each in opening]
    _, text = running_text(texts, range(len(texts)))
    usable = [
        each
        for each in others
        if may_be_headline(element_line(each)) or is_headline_of(element_line(each), text)
    ]
    headings = (each for each in others if each.tag != "p")
    marked = (each for each in headings if is_headline_of(element_line(each), text, marked=True))
    named = (each for each in usable if wanted and fold(element_line(each)) == wanted)
    bold = (each for each in usable if _is_bold(each))
    return next((each for group in (marked, named, bold, usable) for each in group), None)


def _is_bold(paragraph: Any) -> bool:
    bold = "".join(element_line(each) for each in paragraph.iter("strong", "b"))
    return len(bold) >= 0.9 * len(element_line(paragraph))


def dated(found: Iterable[Draft | Refusal], document: Document) -> Iterator[Draft | Refusal]:
    """What states a date; a text that states none is as likely a note as a release."""
    for each in found:
        if isinstance(each, Refusal) or each.dates or states_day(each):
            yield each
        else:
            yield Refusal(document.name, NO_DATE)


def markup_of(parts: Sequence[str], headline: range) -> str:
    """Paragraphs as HTML; those of the range are the headline."""
    before = "".join(map(_paragraph, parts[: headline.start]))
    after = "".join(map(_paragraph, parts[headline.stop :]))
    title = " ".join(parts[headline.start : headline.stop])
    return f"{before}<h1>{html.escape(title)}</h1>{after}"


def _paragraph(part: str) -> str:
    return f"<p>{html.escape(part)}</p>"
