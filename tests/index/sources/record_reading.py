"""What is read of records: drafts of a text, or the one of a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from index.sources import records
from index.sources.draft import Document, Draft, Refusal
from index.sources.record_fields import NO_MAPPING

DOCUMENT = Document(name="day.data", data=b"")


def drafts(text: str, mapping: Mapping[str, str] = NO_MAPPING) -> list[Draft]:
    found = list(records.read(text, DOCUMENT, mapping))
    assert [each for each in found if isinstance(each, Refusal)] == []
    return [each for each in found if isinstance(each, Draft)]


def one(record: Mapping[str, Any], mapping: Mapping[str, str] = NO_MAPPING) -> Draft:
    (draft,) = drafts(json.dumps(record), mapping)
    return draft
