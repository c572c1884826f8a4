"""Records that hold one release in several languages -> a record for each of these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.sources.record_fields import CONTAINERS, bare, place_among
from index.text.language_detection import LANGUAGES, normal_tag

_KNOWN = frozenset((*LANGUAGES.split(), "zh"))
_SUFFIXED = re.compile(r"(.*[^\W_])(?:[_-]([a-z]{2}|[A-Z]{2})|([A-Z][a-z]))")
"""`title_en`, `title-EN`, `titleEn`."""
Languages = dict[str, dict[str, Any]]
"""A language -> a field -> what it holds in that language."""


def in_languages(record: Any) -> list[Any]:
    """The record, or one for each language in which it has a headline, where it has several.

    `{"title": {"en": …, "fr": …}}` and `{"title_en": …, "title_fr": …}` say so.
    """
    if not isinstance(record, dict):
        return [record]
    tags = _languages_of_headline(record)
    return [_in_language(record, tag) for tag in tags] or [record]


def _languages_of_headline(record: Mapping[str, Any]) -> list[str]:
    for place in _objects(record):
        for name, value in place.items():
            if place_among("headline", name) is not None and _is_by_language(value):
                return [tag for tag, text in value.items() if text]
        for name, texts in _suffixed(place).items():
            if place_among("headline", name) is not None:
                return [tag for tag, text in texts.items() if text]
    return []


def _objects(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The record, and the objects in it whose fields count as its own."""
    yield record
    yield from (v for k, v in record.items() if isinstance(v, dict) and bare(k) in CONTAINERS)


def _is_by_language(value: Any) -> bool:
    return isinstance(value, dict) and len(value) > 1 and all(map(_is_language, value))


@lru_cache(maxsize=1 << 10)
def _is_language(key: str) -> bool:
    tag = normal_tag(key) if re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?", key) else None
    return tag is not None and tag.split("-")[0] in _KNOWN


def _suffixed(record: Mapping[str, Any]) -> Languages:
    """Fields that have a column for each of several languages: name -> language -> value."""
    found: Languages = {}
    for key, value in record.items():
        parts = _parts(key)
        if parts is not None:
            found.setdefault(parts[0], {})[parts[1]] = value
    counts = Counter({name: len(texts) for name, texts in found.items()})
    return {name: texts for name, texts in found.items() if counts[name] > 1}


@lru_cache(maxsize=1 << 12)
def _parts(key: str) -> tuple[str, str] | None:
    match = _SUFFIXED.fullmatch(key)
    suffix = (match[2] or match[3]) if match else ""
    return (match[1], suffix.lower()) if match and _is_language(suffix) else None


def _in_language(record: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """The record as it is in one language, which it says."""
    suffixed = _suffixed(record)
    made: dict[str, Any] = {}
    for key, value in record.items():
        parts = _parts(key)
        if parts is None or parts[0] not in suffixed:
            made[key] = _value_in(key, value, tag)
        elif parts[1] == tag:
            made[parts[0]] = value
    return {**made, "language": tag}


def _value_in(key: str, value: Any, tag: str) -> Any:
    if _is_by_language(value):
        return value.get(tag)
    inside = isinstance(value, dict) and bare(key) in CONTAINERS
    return _without_language(_in_language(value, tag)) if inside else value


def _without_language(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "language"}
