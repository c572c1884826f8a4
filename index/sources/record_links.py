"""Records that name others of the same answer by kind and id: what they name, put in their place.

JSON:API keeps them in `included`, Contentful in `includes`; Sanity's documents stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.sources.issuers import is_body

MAX_DEPTH = 4
"""Records that are put into one another: a release, its paragraphs, what they refer to."""
MAX_PLACED = 20_000
"""Records that are put somewhere, all together: each may be named by many."""

_Key = tuple[str, str]


def with_linked(whole: Any) -> Any:
    """An answer with the records that others name in the places of the names; else as it is."""
    whole = with_terms(whole)
    known = _known(whole)
    if not known:
        return whole
    linker = _Linker(known)
    if isinstance(whole, list):
        return [linker.placed(each, 0) for each in whole]
    beside = {key: value for key, value in whole.items() if key not in ("included", "includes")}
    return {key: linker.placed(value, 0) for key, value in beside.items()}


def with_terms(whole: Any) -> Any:
    """Posts of WordPress with the names of the terms that they are filed under, by kind; a category
    that is a body is where a post is from."""
    if isinstance(whole, list):
        return [with_terms(each) if isinstance(each, dict) else each for each in whole]
    embedded = whole.get("_embedded") if isinstance(whole, dict) else None
    groups = embedded.get("wp:term") if isinstance(embedded, dict) else None
    named: dict[str, list[str]] = {}
    for group in groups if isinstance(groups, list) else ():
        for each in group if isinstance(group, list) else ():
            if _has_text(each, "taxonomy", "name"):
                named.setdefault(each["taxonomy"], []).append(each["name"])
    bodies = [name for name in named.get("category", ()) if is_body(name)]
    return {**({"source": bodies} if bodies else {}), **whole, **named} if named else whole


def _known(whole: Any) -> dict[_Key, dict[str, Any]]:
    """The records that others may name, by kind and id."""
    if isinstance(whole, list):
        return {("", each["_id"]): each for each in whole if _has_text(each, "_id", "_type")}
    if not isinstance(whole, dict):
        return {}
    listed = whole.get("included")
    known = {
        (each["type"], each["id"]): each
        for each in (listed if isinstance(listed, list) else ())
        if _has_text(each, "type", "id")
    }
    groups = whole.get("includes")
    for group in groups.values() if isinstance(groups, dict) else ():
        for each in group if isinstance(group, list) else ():
            system = each.get("sys") if isinstance(each, dict) else None
            if isinstance(system, dict) and _has_text(system, "type", "id"):
                known[system["type"], system["id"]] = each
    return known


def _has_text(value: Any, *keys: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in keys)


class _Linker:
    """Puts records in the places of their names, so many and so deep."""

    def __init__(self, known: Mapping[_Key, dict[str, Any]]) -> None:
        self._known = known
        self._left = MAX_PLACED

    def placed(self, value: Any, depth: int, nesting: int = 0) -> Any:
        """A value with the records that it names."""
        if nesting > 4 * MAX_DEPTH or not isinstance(value, dict | list):
            return value
        if isinstance(value, list):
            return [self.placed(each, depth, nesting + 1) for each in value]
        named = self._known.get(_name_of(value)) if depth < MAX_DEPTH else None
        if named is not None and self._left > 0:
            self._left -= 1
            return self.placed(_of_record(named), depth + 1, 0)
        found = {key: self.placed(each, depth, nesting + 1) for key, each in value.items()}
        return _with_relations(found)


def _name_of(value: Mapping[str, Any]) -> _Key:
    """Kind and id of the record that a value names, where it does nothing else."""
    if isinstance(value.get("_ref"), str):
        return ("", value["_ref"])
    system = value.get("sys")
    if isinstance(system, dict) and system.get("type") == "Link" and len(value) == 1:
        return (str(system.get("linkType")), str(system.get("id")))
    if _has_text(value, "type", "id") and set(value) <= {"type", "id", "meta"}:
        return (value["type"], value["id"])
    return ("", "")


def _of_record(record: dict[str, Any]) -> dict[str, Any]:
    """What a named record says, without its own names of kinds."""
    fields = record.get("attributes", record.get("fields"))
    relations = record.get("relationships")
    own = fields if isinstance(fields, dict) else record
    found = {
        key.removeprefix("field_"): value
        for key, value in own.items()
        if key not in ("_id", "_type", "_rev")
    }
    return {**_related(relations), **found}


def _with_relations(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose attributes hold what its relationships name."""
    attributes, relations = record.get("attributes"), record.get("relationships")
    if not (isinstance(attributes, dict) and isinstance(relations, dict)):
        return record
    rest = {key: value for key, value in record.items() if key != "relationships"}
    return {**rest, "attributes": {**_related(relations), **attributes}}


def _related(relations: Any) -> dict[str, Any]:
    """What relationships name, by their names; without what was not found."""
    if not isinstance(relations, dict):
        return {}
    held = {key: value.get("data") for key, value in relations.items() if isinstance(value, dict)}
    return {key: value for key, value in held.items() if value and not _is_name(value)}


def _is_name(value: Any) -> bool:
    first = value[0] if isinstance(value, list) else value
    return isinstance(first, dict) and _name_of(first) != ("", "")
