"""Records whose texts stand in a list, an object for each language: in fields, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.sources.record_fields import bare, is_language, place_among

MAX_DEPTH = 4
"""Objects and lists in one another in which such records are looked for; an answer has three."""
_TAG_KEYS = frozenset(("language", "lang", "locale", "langcode", "languagecode", "languagescode"))
_OF_THE_OBJECT = frozenset(("id", "status", "sort"))
"""What an object of such a list has of its own, beside texts."""


def with_translations(value: Any, depth: int = 0) -> Any:
    """A value whose records have their texts in every language in their own fields.

    Directus and others keep `translations` so; a record with a headline of its own is left.
    """
    if depth > MAX_DEPTH:
        return value
    if isinstance(value, list):
        return [with_translations(each, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    name = next((key for key in value if _are_translations(value[key])), None)
    if name is None or any(_is_headline(key) for key, held in value.items() if held):
        return {key: with_translations(held, depth + 1) for key, held in value.items()}
    rest = {key: held for key, held in value.items() if key != name}
    return {**rest, **_by_language(value[name])}


def _are_translations(value: Any) -> bool:
    """Whether each object of a list states its language and has a headline and a text: offices that
    a release links to have languages and titles too."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and _tag(each) and any(map(_is_headline, each))
               and any(map(_is_text, each)) for each in value)  # fmt: skip


def _is_headline(name: str) -> bool:
    return place_among("headline", name) is not None


def _is_text(name: str) -> bool:
    return place_among("body", name) is not None


def _tag(each: Mapping[str, Any]) -> str:
    tags = (held for key, held in each.items() if bare(key) in _TAG_KEYS)
    return next((tag for tag in tags if isinstance(tag, str) and is_language(tag)), "")


def _by_language(listed: list[dict[str, Any]]) -> dict[str, Any]:
    names = dict.fromkeys(
        key
        for each in listed
        for key in each
        if bare(key) not in _TAG_KEYS and bare(key) not in _OF_THE_OBJECT
    )
    if len(listed) == 1:
        return {**{key: listed[0][key] for key in names}, "language": _tag(listed[0])}
    return {key: {_tag(each): each.get(key) for each in listed} for key in names}
