"""HAR, what a browser recorded of a session (HTTP Archive 1.2): the pages among its answers."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from index.errors import UnreadableError
from index.sources.containers.members import shown
from index.sources.containers.warc import PAGE_TYPES
from index.sources.draft import Document, Draft, Refusal
from index.sources.reader import DocumentReader, Opened, ReadOptions

MAX_ANSWERS = 100_000
"""Answers of one recording."""
_BEGINS = re.compile(r"\ufeff?\s*\{\s*\"log\"\s*:\s*\{")
_OF_HAR = re.compile(r'"(?:creator|entries|pages|browser)"\s*:')


def _recognise(opened: Opened) -> bool:
    head = opened.text[:20_000]
    return _BEGINS.match(head) is not None and _OF_HAR.search(head) is not None


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    try:
        log = json.loads(opened.text.lstrip("\ufeff"))["log"]
        entries = log["entries"] if isinstance(log["entries"], list) else []
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(
            f"is a recording of a browser (HAR) that is damaged ({str(error)[:100]}); "
            "save it anew, with content"
        ) from error
    count = 0
    for entry in entries[:MAX_ANSWERS]:
        page = _page(entry, opened.document)
        if page is not None:
            count += 1
            yield page
    if not count:
        yield Refusal(
            opened.document.name,
            "is a recording of a browser (HAR) without the text of a page; save it with content",
        )


def _page(entry: Any, document: Document) -> Document | None:
    """The page that was answered; None where it is none, or its text was not kept."""
    try:
        answer, url = entry["response"], str(entry["request"]["url"])
        content = answer["content"]
        kind, text = str(content.get("mimeType") or ""), content.get("text")
    except (KeyError, TypeError, AttributeError):
        return None
    if answer.get("status") != 200 or not PAGE_TYPES.match(kind) or not isinstance(text, str):
        return None
    data = (
        _decoded(text) if content.get("encoding") == "base64" else text.encode("utf-8", "replace")
    )
    return Document(
        name=f"{document.name}!{shown(url)}",
        data=data,
        url=url if url.startswith(("http://", "https://")) else None,
        content_type=kind if content.get("encoding") == "base64" else "text/html; charset=utf-8",
        fetched_at=_moment(entry.get("startedDateTime")),
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _moment(stated: Any) -> str | None:
    match = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z\Z", str(stated))
    return f"{match[1]}Z" if match else None


READER = DocumentReader(name="recording of a browser (HAR)", recognise=_recognise, read=_read)
