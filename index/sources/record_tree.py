"""Releases in a tree of JSON, an answer or what a page keeps as data: their list, or the one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from index.sources.record_fields import (
    FIELDS,
    FieldMapping,
    first,
    is_block,
    plan,
    texts_at,
    whole_text_of,
)

MAX_OBJECTS = 5_000
"""Objects and lists of a tree that are looked at."""
MIN_TEXT = 100
"""Characters of a text from which it is that of a release: descriptions of sites, pictures or parts
of a program have fewer."""
MAX_DEPTH = 24
"""Objects and lists in one another that are looked into; states of pages have up to twelve."""

MAX_LOOKED_AT = 50
"""Objects of a list that tell what it holds."""

LISTS = ("items", "releases", "results", "records", "data", "documents", "docs", "entries", "hits",
          "articles", "news", "rows", "response", "value")  # fmt: skip
"""What interfaces call the list of their answers, best first."""


class _Found(NamedTuple):
    """An object with a headline and a text, the objects around it, whether it has a date, and how
    long its text is."""

    record: Mapping[str, Any]
    around: tuple[Mapping[str, Any], ...]
    dated: bool
    length: int


def release_inside(tree: Any, mapping: FieldMapping = ()) -> dict[str, Any] | None:
    """The object with a headline, a date and the longest text, with what the objects around it say
    of it, the date for instance; one with its own goes first.

    What stands in a list beside others of its kind is no release by itself: it is one of those that
    a list shows. What has no date is a site's description, or an error.
    """
    found = list(_objects(tree, mapping, (), _ObjectsLeft()))
    if not found:
        return None
    best = max(reversed(found), key=lambda each: (each.dated, each.length))  # of equal ones inmost
    record = _completed(best, mapping)
    return record if first(record, plan(record, mapping)["date"]) is not None else None


def list_inside(
    whole: Mapping[str, Any], mapping: FieldMapping = (), depth: int = 0
) -> list[Any] | None:
    """The longest list of objects in an answer of an interface (`results`, `data.items`).

    One of releases goes before those of other things: the names of columns, pages of releases.
    """
    keys = sorted(whole, key=lambda key: LISTS.index(key) if key in LISTS else len(LISTS))
    lists: list[list[Any]] = [whole[key] for key in keys if is_list_of_records(whole[key])]
    longest = max(lists, key=lambda each: (_holds_releases(each, mapping), len(each)), default=None)
    if longest is not None and _holds_releases(longest, mapping):
        return longest
    inner = (whole[key] for key in keys if isinstance(whole[key], dict) and depth < 3)
    lower = [list_inside(each, mapping, depth + 1) for each in inner]
    deeper = [each for each in lower if each is not None]
    found = next((each for each in deeper if _holds_releases(each, mapping)), None)
    found = found or lists_in_pages(longest or [], mapping, depth)
    if found is not None:
        return found
    empty = any(key in LISTS and whole[key] == [] for key in keys)
    return longest or next(iter(deeper), [] if empty else None)


def lists_in_pages(
    pages: list[Any], mapping: FieldMapping = (), depth: int = 0
) -> list[Any] | None:
    """The releases of answers that stand one after the other in a list, each with its own list."""
    if depth >= 3 or _holds_releases(pages, mapping):
        return None
    inner = [list_inside(page, mapping, depth + 1) for page in pages if isinstance(page, dict)]
    found = [each for part in inner if part and _holds_releases(part, mapping) for each in part]
    return found or None


def _holds_releases(listed: list[Any], mapping: FieldMapping) -> bool:
    return any(is_listed(each, mapping) for each in listed[:MAX_LOOKED_AT])


def is_listed(record: Any, mapping: FieldMapping = ()) -> bool:
    """Whether a record is a release in a list, if only by headline and date, no office or topic."""
    if not isinstance(record, dict):
        return False
    places = plan(record, mapping)
    told = first(record, places["body"]) or first(record, places["date"])
    return bool(told and first(record, places["headline"]))


def is_list_of_records(value: Any) -> bool:
    """Whether a value is a list of objects, none of them a part of a text."""
    some = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    return some and not is_block(value[0])


class _ObjectsLeft:
    """How many objects and lists may still be looked at."""

    def __init__(self) -> None:
        self._left = MAX_OBJECTS

    def take(self) -> bool:
        """Whether there is one more; it is taken."""
        self._left -= 1
        return self._left >= 0


def _objects(
    tree: Any,
    mapping: FieldMapping,
    around: tuple[Mapping[str, Any], ...],
    left: _ObjectsLeft,
    depth: int = 0,
) -> Iterator[_Found]:
    if not isinstance(tree, dict | list) or depth > MAX_DEPTH or not left.take():
        return
    if isinstance(tree, list):
        parts = (list(_objects(each, mapping, around, left, depth + 1)) for each in tree)
        held = [part for part in parts if part]
        yield from held[0] if len(held) == 1 else ()
    else:
        found = _release(tree, mapping, around)
        if found is not None:
            yield found
        for value in map(_parsed, tree.values()):
            if isinstance(value, dict | list):
                yield from _objects(value, mapping, (*around, tree), left, depth + 1)


def _parsed(value: Any) -> Any:
    """What a text holds that is itself JSON, as answers kept inside others are."""
    if not (isinstance(value, str) and value[:1] in ("{", "[") and value[-1:] in ("}", "]")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _release(
    record: Mapping[str, Any], mapping: FieldMapping, around: tuple[Mapping[str, Any], ...]
) -> _Found | None:
    places = plan(record, mapping)
    if not first(record, places["headline"]):
        return None
    _, text = next(texts_at(record, places["body"], whole_text_of), (None, ""))
    dated = first(record, places["date"]) is not None
    return _Found(record, around, dated, len(text)) if len(text) >= MIN_TEXT else None


def _completed(found: _Found, mapping: FieldMapping) -> dict[str, Any]:
    """The object with the fields that it lacks from the nearest object around it that has them."""
    record = dict(found.record)
    for field in FIELDS:
        if first(record, plan(record, mapping)[field]) is not None:
            continue
        for outer in reversed(found.around):
            own = {key: value for key, value in outer.items() if not isinstance(value, dict | list)}
            places = plan(own, mapping)[field]
            if first(own, places) is not None:
                record.update((path[0], own[path[0]]) for path in places if path[0] in own)
                break
    return record
