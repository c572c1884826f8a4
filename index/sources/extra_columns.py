"""Extra columns: what a record holds beside the fields of a release, kept under its own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.release import Column
from index.sources.html_text import plain_line
from index.sources.record_fields import Path, text_of
from index.text.cleaning import clean, clean_line

MAX_COLUMNS = 40
"""Extra columns of one record; the widest open-data records that we have hold 24 fields in all."""
MAX_VALUES = 100
"""Values of one of them."""
MAX_NAME = 80
"""Characters of a column's name."""
MAX_VALUE = 1_000
"""Characters of a value: a longer one is a text, and stands in the field that it was cut from."""
MAX_MARKUP = 10 * MAX_VALUE
"""Characters of a value with its markup; a longer one is not looked into."""
_EXPORTED = frozenset(("content_hash", "first_indexed"))
"""Keys that only our own export has together: what it says besides is made anew."""
_OWN = "extra"
"""Under which our own export has the extra columns."""


def extra_columns(
    record: Mapping[str, Any], paths: Iterable[Path]
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns at these places with their values, and what a report should say of others.

    A value is one line of plain text; what holds no text, or an object without a name, is none.
    """
    found: list[Column] = []
    notes: list[str] = []
    for name, value in _columns(record, paths):
        texts = list(_texts(value)) if name else []
        short = [text for text in texts if len(text) <= MAX_VALUE][:MAX_VALUES]
        if len(short) < len(texts):
            notes.append(f"of its column {name} only {len(short):,} of {len(texts):,} values "
                         f"are kept: {MAX_VALUES} of at most {MAX_VALUE:,} characters")  # fmt: skip
        if short:
            found.append(Column(name, tuple(dict.fromkeys(short))))
    if len(found) > MAX_COLUMNS:
        notes.append(f"of its {len(found)} extra columns the first {MAX_COLUMNS} are kept")
    return tuple(found[:MAX_COLUMNS]), tuple(notes)


def _columns(record: Mapping[str, Any], paths: Iterable[Path]) -> Iterator[tuple[str, Any]]:
    if record.keys() >= _EXPORTED:
        own = record.get(_OWN)
        for name, value in own.items() if isinstance(own, dict) else ():
            yield _named(name), value
        return
    for path in paths:
        held: Any = record
        for key in path:
            held = held.get(key) if isinstance(held, dict) else None
        if held is not None:
            yield _named(".".join(path)), held


@lru_cache(maxsize=1 << 10)
def _named(name: str) -> str:
    return clean_line(name)[:MAX_NAME]


def _texts(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else (value,):
        text = text_of(each)
        if text and len(text) > MAX_MARKUP:
            yield text
            continue
        if text and (line := _line(text)):
            yield line


@lru_cache(maxsize=1 << 10)
def _line(text: str) -> str:
    """A value on a line; many releases share a topic and an office."""
    return plain_line(clean(text))
