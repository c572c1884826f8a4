"""Plain text under lines that name its fields (`Title: ...`, `【标题】...`): its release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.as_page import markup_of, read_as_page
from index.sources.forms.paragraphs import paragraphs
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.sources.record_draft import draft_of
from index.sources.record_fields import place_among
from index.text.cleaning import clean

MAX_FIELDS = 30
"""Lines above a text that name its fields."""
_FIELD = re.compile(
    r"(?::|#\+)?(?:【([^\W\d_][^】\n]{0,40})】[:：]?|([^\W\d_【][^:：\n]{0,40})[:：])[ \t]*"
    r"([^\n]{0,2000})(?:\n|\Z)"
)
_TITLED = re.compile(
    r"\A(?:([=\-~#*^`'\"+])\1{2,200}\n)?[ \t]?([^\n]{3,300})\n([=\-~#*^`'\"+])\3{2,300}\n\n"
    r"(?=:[A-Za-z][\w -]{0,40}:[ \t])"
)
"""A headline of reStructuredText above a list of fields."""
_BESIDE = ("date", "agency", "url", "language", "id")
"""Fields of which one at least stands beside the headline."""


def _recognise(opened: Opened) -> bool:
    fields, text = _parted(opened.text)
    told = any(place_among(field, name) is not None for field in _BESIDE for name in fields)
    return told and bool(text.strip()) and _names_headline(fields)


def _names_headline(fields: dict[str, str]) -> bool:
    return any(place_among("headline", name) is not None and fields[name] for name in fields)


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The fields on top of a text, and the text: below an empty line, or behind its own name."""
    text = _TITLED.sub(r"Title: \2\n", text.lstrip("\ufeff\r\n").replace("\r\n", "\n"))
    fields: dict[str, str] = {}
    place = 0
    for _ in range(MAX_FIELDS):
        field = _FIELD.match(text, place)
        if field is None:
            break
        name, value = (field[1] or field[2]).strip(), field[3].strip()
        if place_among("body", name) is not None and _names_headline(fields):
            return fields, text[field.start(3) :]
        fields.setdefault(name, value)
        place = field.end()
    return (fields, text[place:]) if text[place : place + 1] == "\n" else ({}, text)


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    fields, text = _parted(opened.text)
    document = opened.document
    record = {**fields, "body": "text"}
    draft = draft_of(
        record, document.name, "plain-text", document.url, tuple(options.mapping.items())
    )
    if isinstance(draft, Draft):
        draft = replace(draft, body=_body(draft.headline, text, document))
    yield draft


def _body(headline: str, text: str, document: Document) -> str:
    """The text without what stands below it on a page: whom to call, about the body."""
    parts = paragraphs(clean(text))
    page = markup_of([headline, *parts], range(1))
    read = (each for each in read_as_page(page, document, "plain-text") if isinstance(each, Draft))
    return next((each.body for each in read if each.body), "\n\n".join(parts))


READER = DocumentReader(name="plain text under its fields", recognise=_recognise, read=_read)
