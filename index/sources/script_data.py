"""Releases as data in a script: `var releases = [...]`, `export default {...}`, `callback({...})`.

The data is read as JSON, and nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from index.errors import UnreadableError
from index.sources import records
from index.sources.draft import Draft, Refusal
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.sources.record_fields import place_among

_COMMENT = (
    r"(?:\s++|//[^\n]{0,500}+\n|/\*(?:[^*]|\*(?!/)){0,5000}+\*/|['\"]use strict['\"];?){0,50}+"
)
_BEFORE = re.compile(
    rf"\ufeff?{_COMMENT}(?:(?:export )?(?:var|let|const) [\w$]{{1,100}} ?= ?|export default |"
    r"[\w$][\w$.]{0,200}(?:\[[\"'\w.-]{1,100}\])? ?(?:= ?|\())(?=[\[{])"
)
_KEY = re.compile(r'"([^"\\\n]{1,60})"\s{0,20}:')


def holds_records(head: bytes) -> bool:
    """Whether a script begins with data that names a headline and a text."""
    text = head.decode("utf-8", "replace")
    if not _BEFORE.match(text):
        return False
    names = set(_KEY.findall(text))
    return all(
        any(place_among(field, name) is not None for name in names)
        for field in ("headline", "body")
    )


def _recognise(opened: Opened) -> bool:
    return _BEFORE.match(opened.text[:20_000]) is not None


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal]:
    before = _BEFORE.match(opened.text)
    start = before.end() if before else 0
    try:
        _, end = json.JSONDecoder().raw_decode(opened.text, start)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            f"is a script whose data is no JSON ({str(error)[:100]}); "
            "save the data as JSON, with its names between double quotes"
        ) from error
    document = replace(opened.document, data=b"")
    yield from records.read(opened.text[start:end], document, options.mapping)


READER = DocumentReader(name="data in a script", recognise=_recognise, read=_read)
