"""Which field of somebody else's record is the headline, the date, the agency, and so on."""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

FIELDS: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in json.loads(
        pathlib.Path(__file__).with_name("record_fields.json").read_text("utf-8")
    ).items()
}
"""Our field -> names of others for it, best first, compared in lower case without `_`, `-`, space.

The operator's own mapping comes before all of these.
"""

WEAK_AGENCY = ("source", "sourcename", "author", "authors", "creator", "publisher")
"""Names that may hold a person or a medium as well as a body."""
CONTAINERS = frozenset(
    ("details", "data", "attributes", "fields", "source", "properties", "links", "item", "article",
     "release", "node", "document", "record", "result", "metadata", "meta")
)  # fmt: skip
"""Objects inside a record whose fields count as the record's own, one level deep."""
_VALUE_KEYS = (
    "rendered", "value", "name", "title", "label", "href", "url", "text", "#text", "_text", "$oid",
    "@value", "content", "html", "en",
)  # fmt: skip
MAX_NESTING = 6
"""Objects and lists inside one field that are looked into."""

SPARE = "spare"
"""Stands in a plan for all places of a record: some hold none of our fields."""

Path = tuple[str, ...]
Plan = dict[str, tuple[Path, ...]]


def plan(record: Mapping[str, Any], mapping: tuple[tuple[str, str], ...]) -> Plan:
    """Where each of our fields may stand in a record of this shape, best first; and the `SPARE`."""
    paths: list[Path] = []
    for key, value in record.items():
        if isinstance(value, dict) and bare(key) in CONTAINERS:
            paths.extend((key, inner) for inner in value)
        else:
            paths.append((key,))
    return _plan(tuple(paths), mapping)


@lru_cache(maxsize=256)
def _plan(paths: tuple[Path, ...], mapping: tuple[tuple[str, str], ...]) -> Plan:
    made: Plan = {}
    for name, aliases in FIELDS.items():
        rank = {alias: place for place, alias in enumerate(aliases)}
        known = [path for path in paths if bare(path[-1]) in rank]
        known.sort(key=lambda path: (rank[bare(path[-1])], len(path)))
        own = [tuple(theirs.split(".")) for ours, theirs in mapping if ours == name]
        exact = [(theirs,) for ours, theirs in mapping if ours == name]
        made[name] = tuple(dict.fromkeys([*exact, *own, *known]))
    made[SPARE] = paths
    return made


def first(record: Mapping[str, Any], paths: tuple[Path, ...]) -> str | None:
    """The best of these places' values."""
    return next((text for _, text in texts_at(record, paths)), None)


def texts_at(record: Mapping[str, Any], paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """The places that hold text, each with its text."""
    for path in paths:
        value: Any = record
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        text = value if isinstance(value, str) else text_of(value)
        if text and not text.isspace():
            yield path, text


def text_of(value: Any, depth: int = 0) -> str | None:
    """A value as text: a number's digits, an object's name, the first of a list."""
    if value is None or isinstance(value, bool) or depth > MAX_NESTING:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return next((text for each in value if (text := text_of(each, depth + 1))), None)
    if isinstance(value, dict):
        keys = (key for key in _VALUE_KEYS if key in value)
        return next((text for key in keys if (text := text_of(value[key], depth + 1))), None)
    return None


def is_gazetteer(value: Any) -> bool:
    """Whether a JSON value is a gazetteer: what `docs/gazetteers.md` requires of one is there."""
    if not isinstance(value, dict) or not isinstance(value.get("places"), list):
        return False
    bodies = value.get("bodies")
    named = bodies if isinstance(bodies, list) else []
    return any(isinstance(each, dict) and "slug" in each and "names" in each for each in named)


def as_date_text(text: str) -> str:
    """A date as it stands; Unix time in seconds or milliseconds becomes ISO 8601 in UTC."""
    if not re.fullmatch(r"\d{9,10}(?:\.\d+)?|1\d{12}", text):
        return text
    seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


_NOT_BARE = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """`date_published`, `datePublished`, `dc:Date Published` -> `datepublished`."""
    return _NOT_BARE.sub("", key.rsplit(":", 1)[-1].lower())
