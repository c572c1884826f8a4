"""Records that hold one release in several languages -> a record for each of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.sources.record_fields import CONTAINERS, bare, is_language, place_among

_SUFFIXED = re.compile(r"(.*[^\W_])(?:[_-]([a-z]{2}|[A-Z]{2})|([A-Z][a-z]))")
"""`title_en`, `title-EN`, `titleEn`."""
_UNSTATED = ""
"""The language of `title` beside `title_fr`."""
_TAG_KEYS, _HELD_KEYS = ("language", "lang", "locale"), ("value", "text", "content")
"""What `[{"language": "en", "value": …}]` calls the two."""
TextsByLanguage = dict[str, Any]
"""What a field holds, by language."""


def in_languages(record: Any) -> list[Any]:
    """The record, or one for each language in which it has a headline, where it has several.

    `{"title": {"en": …, "fr": …}}` and `{"title_en": …, "title_fr": …}` say so. Where the text is
    in one language only, that is the record's.
    """
    if not isinstance(record, dict):
        return [record]
    headlines = _texts_of(record, "headline")
    if not headlines:
        return [record]
    bodies = _texts_of(record, "body")
    tags = [tag for tag in headlines if tag in bodies] or list(headlines)[:1]
    return [_in_language(record, tag) for tag in tags]


def _texts_of(record: Mapping[str, Any], field: str) -> TextsByLanguage:
    """What the first field of a kind that is there in several languages holds in each."""
    for place in _objects(record):
        fields = {name: texts for name, value in place.items() if (texts := _by_language(value))}
        for name, texts in (fields | _suffixed(place)).items():
            if place_among(field, name) is not None:
                return {tag: text for tag, text in texts.items() if text}
    return {}


def _objects(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The record, and the objects in it whose fields count as its own."""
    yield record
    yield from (v for k, v in record.items() if isinstance(v, dict) and bare(k) in CONTAINERS)


def _by_language(value: Any) -> TextsByLanguage | None:
    """What a value holds in each language, if it is an object or a list of that."""
    if isinstance(value, list) and len(value) > 1:
        value = dict(filter(None, map(_stated, value)))
    if not isinstance(value, dict) or len(value) < 2:
        return None
    return value if all(map(is_language, value)) else None


def _stated(each: Any) -> tuple[str, Any] | None:
    """The language that an object states, with what it holds in it."""
    if not isinstance(each, dict):
        return None
    tag = next((each[key] for key in _TAG_KEYS if isinstance(each.get(key), str)), None)
    held = next((each[key] for key in _HELD_KEYS if key in each), None)
    return None if tag is None else (tag, held)


def _suffixed(record: Mapping[str, Any]) -> dict[str, TextsByLanguage]:
    """Fields that have a column for each of several languages, one without a name perhaps."""
    found: dict[str, TextsByLanguage] = {}
    for key, value in record.items():
        parts = _parts(key)
        if parts is not None:
            found.setdefault(parts[0], {})[parts[1]] = value
    unstated = {name: {_UNSTATED: record[name]} for name in found if name in record}
    whole = {name: unstated.get(name, {}) | texts for name, texts in found.items()}
    return {name: texts for name, texts in whole.items() if len(texts) > 1}


@lru_cache(maxsize=1 << 12)
def _parts(key: str) -> tuple[str, str] | None:
    match = _SUFFIXED.fullmatch(key)
    suffix = (match[2] or match[3]) if match else ""
    return (match[1], suffix.lower()) if match and is_language(suffix) else None


def _in_language(record: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """The record as it is in one language, which it says."""
    suffixed = _suffixed(record)
    made: dict[str, Any] = {}
    for key, value in record.items():
        name = (_parts(key) or (key,))[0]
        if name not in suffixed:
            made[key] = _value_in(key, value, tag)
        elif tag in suffixed[name]:
            made[name] = suffixed[name][tag]
    return made | ({"language": tag} if tag else {})


def _value_in(key: str, value: Any, tag: str) -> Any:
    texts = _by_language(value)
    if texts is not None:
        return texts.get(tag)
    inside = isinstance(value, dict) and bare(key) in CONTAINERS
    return _without_language(_in_language(value, tag)) if inside else value


def _without_language(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "language"}
