"""The one release in a tree of JSON: in an answer of an interface, in what a page keeps as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from index.sources.record_fields import FIELDS, first, plan, texts_at, whole_text_of

MAX_OBJECTS = 5_000
"""Objects of a tree that are looked at."""
MAX_DEPTH = 24
"""Objects and lists in one another that are looked into; states of pages have up to twelve."""

Mapped = tuple[tuple[str, str], ...]


class _Found(NamedTuple):
    """An object with a headline and a text, the objects around it, whether it has a date, and how
    long its text is."""

    record: Mapping[str, Any]
    around: tuple[Mapping[str, Any], ...]
    dated: bool
    length: int


def release_inside(tree: Any, mapping: Mapped = ()) -> dict[str, Any] | None:
    """The object with a headline and the longest text, with what the objects around it say of it.

    One with a date goes first. What stands in a list beside others of its kind is no release by
    itself: it is one of those that a list shows.
    """
    found = list(_objects(tree, mapping, (), _Budget()))
    if not found:
        return None
    best = max(reversed(found), key=lambda each: (each.dated, each.length))  # of equal ones inmost
    return _completed(best, mapping)


class _Budget:
    """How many objects may still be looked at."""

    def __init__(self) -> None:
        self._left = MAX_OBJECTS

    def take(self) -> bool:
        """Whether there is one more; it is taken."""
        self._left -= 1
        return self._left >= 0


def _objects(
    tree: Any, mapping: Mapped, around: tuple[Mapping[str, Any], ...], budget: _Budget
) -> Iterator[_Found]:
    if len(around) > MAX_DEPTH:
        return
    if isinstance(tree, list):
        parts = (list(_objects(each, mapping, around, budget)) for each in tree)
        held = [part for part in parts if part]
        yield from held[0] if len(held) == 1 else ()
    elif isinstance(tree, dict) and budget.take():
        found = _release(tree, mapping, around)
        if found is not None:
            yield found
        for value in tree.values():
            if isinstance(value, dict | list):
                yield from _objects(value, mapping, (*around, tree), budget)


def _release(
    record: Mapping[str, Any], mapping: Mapped, around: tuple[Mapping[str, Any], ...]
) -> _Found | None:
    places = plan(record, mapping)
    if not first(record, places["headline"]):
        return None
    _, text = next(texts_at(record, places["body"], whole_text_of), (None, ""))
    dated = first(record, places["date"]) is not None
    return _Found(record, around, dated, len(text)) if text else None


def _completed(found: _Found, mapping: Mapped) -> dict[str, Any]:
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
