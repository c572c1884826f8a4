"""Which field of somebody else's record is the headline, the date, the agency, and so on."""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.text.language_detection import LANGUAGES, normal_tag

_NAMES: dict[str, list[str]] = {
    field: names.split()
    for field, names in json.loads(
        pathlib.Path(__file__).with_name("record_fields.json").read_text("utf-8")
    ).items()
}
_SAYS_NOTHING = frozenset(_NAMES.pop("words that say nothing"))
"""Words of a field's name that leave open what it holds: what the record is and in which form, that
it was issued, what stands between words, kinds of a field as full-text engines have them behind its
name."""
DAY_PARTS = tuple(frozenset(_NAMES.pop(f"{part} by itself")) for part in ("year", "month", "day"))
"""What columns are called that hold the year, the month and the day by themselves."""
FIELDS: dict[str, tuple[str, ...]] = {field: tuple(names) for field, names in _NAMES.items()}
"""Our field -> names of others for it, best first, compared in lower case without `_`, `-`, space.

The operator's own mapping comes before all of these; behind them come names that are one of these
among words of `_SAYS_NOTHING` (`news_title`, `html_url`, `issuingAgency`, `title_t`).
"""
_BESIDE = ("date", "agency", "url", "id")
"""Fields of which one at least stands beside headline and text where a table holds releases."""
_RANKS = {
    field: {name: place for place, name in enumerate(names)} for field, names in FIELDS.items()
}
_OF_THE_RECORD = frozenset(("created", "createdat", "createddate", "datecreated", "creationdate"))
"""When somebody made the record: behind all that may be the day of the release."""
_EXACT = ("id", "language")
"""Fields whose names are taken as they stand: an `issue_number` is the same for many releases."""

WEAK_AGENCY = (
    "from", "source", "sourcename", "author", "authors", "creator", "publisher", "provider",
    "creditline", "byline", "sourcehostname", "sitename",
)  # fmt: skip
"""Names that may hold a person or a medium as well as a body."""
CONTAINERS = frozenset(
    ("details", "data", "attributes", "fields", "source", "properties", "links", "item", "article",
     "release", "node", "document", "record", "result", "metadata", "meta", "embedded")
)  # fmt: skip
"""Objects inside a record whose fields count as the record's own, one level deep."""
_VALUE_KEYS = (
    "rendered", "value", "name", "full_name", "fullName", "title", "label", "href", "url", "text",
    "#text", "_text", "$oid", "@value", "content", "html", "en", "date", "$date", "$numberLong",
    "fields", "attributes", "data", "select", "start",
)  # fmt: skip
_SLUG = re.compile(r"[a-z\d]+(?:[-_][a-z\d]+)*")
"""A name for addresses, beside which CKAN has the one for readers as the title."""
_TEXT_KEYS = (
    "rendered", "processed", "value", "text", "#text", "_text", "@value", "content", "body", "html",
    "root", "document", "blocks", "children", "paragraphs", "items", "data", "en", "name", "title",
    "label", "json", "rich_text",
)  # fmt: skip
"""The same in an object that is a text, or a part of one."""
_LANGUAGES = frozenset((*LANGUAGES.split(), "zh"))
_KIND_KEYS = ("nodeType", "_type", "type")
_BLOCKS = frozenset(("block", "paragraph", "heading", "header", "heading-1", "heading-2", "quote"))
_RUNS = frozenset(("text", "span", "link", "autolink", "hyperlink", "entry-hyperlink", "linebreak"))
MAX_NESTING = 6
"""Objects and lists inside one field that are looked into."""
MAX_EDITED = 24
"""The same in a text that an editor keeps as blocks: a list in a list takes six."""

SPARE = "spare"
"""Stands in a plan for all places of a record: some hold none of our fields."""

FieldMapping = tuple[tuple[str, str], ...]
"""Fields of a release, each with the name that records give it (`--map`)."""
NO_MAPPING: Mapping[str, str] = {}
Path = tuple[str, ...]
Plan = dict[str, tuple[Path, ...]]


def plan(record: Mapping[str, Any], mapping: FieldMapping) -> Plan:
    """Where each of our fields may stand in a record of this shape, best first; and the `SPARE`."""
    paths: list[Path] = []
    for key, value in record.items():
        if isinstance(value, dict) and bare(key) in CONTAINERS:
            paths.extend((key, inner) for inner in value)
        else:
            paths.append((key,))
    return _plan(tuple(paths), mapping)


@lru_cache(maxsize=256)
def _plan(paths: tuple[Path, ...], mapping: FieldMapping) -> Plan:
    made: Plan = {}
    for name in FIELDS:
        places = {path: place_among(name, path[-1]) for path in paths}
        known = [path for path in paths if places[path] is not None]
        known.sort(key=lambda path: (places[path] or 0, len(path)))
        own = [tuple(theirs.split(".")) for ours, theirs in mapping if ours == name]
        exact = [(theirs,) for ours, theirs in mapping if ours == name]
        made[name] = tuple(dict.fromkeys([*exact, *own, *known]))
    made[SPARE] = paths
    return made


@lru_cache(maxsize=4096)
def place_among(field: str, key: str) -> int | None:
    """Where a name stands among those of a field, best first; None for none of them."""
    rank = _RANKS[field]
    place = rank.get(bare(key))
    if place is not None and field == "date" and bare(key) in _OF_THE_RECORD:
        return place + 2 * len(rank)
    if place is not None or field in _EXACT:
        return place
    place = rank.get(_telling(key))
    if place is None:
        place = _place_in_compound(rank, bare(key))
    return None if place is None else len(rank) + place


def tells_a_release(names: Iterable[str]) -> bool:
    """Whether names of columns are those of a headline, a text and one field more."""
    named = [name for name in names if name]
    held = {
        field
        for field in ("headline", "body", *_BESIDE)
        if any(place_among(field, name) is not None for name in named)
    }
    return {"headline", "body"} < held


def first(record: Mapping[str, Any], paths: tuple[Path, ...]) -> str | None:
    """The best of these places' values."""
    return next((text for _, text in texts_at(record, paths)), None)


def texts_at(
    record: Mapping[str, Any],
    paths: tuple[Path, ...],
    text_in: Callable[[Any], str | None] | None = None,
) -> Iterator[tuple[Path, str]]:
    """The places that hold text, each with its text, as `text_in` finds it, else `text_of`."""
    text_in = text_in or text_of
    for path in paths:
        value: Any = record
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        text = value if isinstance(value, str) else text_in(value)
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
        titled = isinstance(value.get("title"), str) and _SLUG.fullmatch(str(value.get("name")))
        held = [value["title"]] if titled else _held(value, _VALUE_KEYS)
        if not held and len(value) > 1 and all(map(is_language, value)):
            held = list(value.values())
        return next((text for each in held if (text := text_of(each, depth + 1))), None)
    return None


@lru_cache(maxsize=1 << 10)
def is_language(key: Any) -> bool:
    """Whether a name of a field is the tag of a language: `en`, `fr_CA`."""
    usable = isinstance(key, str) and re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?", key)
    tag = normal_tag(key) if usable else None
    return tag is not None and tag.split("-")[0] in _LANGUAGES


def _held(value: Mapping[str, Any], keys: tuple[str, ...]) -> list[Any]:
    """What an object holds under some names, whose case does not matter where none has this one."""
    found = [value[key] for key in keys if key in value]
    if found or not value:
        return found
    other = {key.lower(): each for key, each in value.items()}
    return [other[key] for key in keys if key in other]


def whole_text_of(value: Any, depth: int = 0, *, runs: bool = False) -> str | None:
    """All text of a value, where `text_of` takes the first of a list; a number is none.

    Editors keep a text as blocks of runs, whatever they call them: Contentful, Portable Text,
    Strapi, Slate, Lexical, Editor.js.

    :param runs: pieces of no stated kind stand in one line.
    """
    if depth > MAX_EDITED:
        return None
    if isinstance(value, list):
        pieces = [(each, text) for each in value if (text := whole_text_of(each, depth + 1))]
        in_line = all(_is_run(each, otherwise=runs) for each, _ in pieces)
        return ("" if in_line else "\n\n").join([text for _, text in pieces]) or None
    if isinstance(value, dict):
        found = (
            whole_text_of(each, depth + 1, runs=each is value.get("children"))
            for each in _held(value, _TEXT_KEYS)
        )
        return next(filter(None, found), None)
    return value if isinstance(value, str) else None


def is_block(value: Any) -> bool:
    """Whether an object is a part of a text, by the kind it states."""
    return isinstance(value, dict) and _kind_of(value) in _BLOCKS


def _is_run(piece: Any, *, otherwise: bool) -> bool:
    """Whether a piece of a text stands in a line with its neighbours, by the kind it states."""
    if not isinstance(piece, dict):
        return False
    kind = _kind_of(piece)
    return kind in _RUNS if kind else otherwise


def _kind_of(piece: Mapping[str, Any]) -> str | None:
    """The kind that a piece of a text states; of objects of other sorts it may be a list."""
    return next((piece[key] for key in _KIND_KEYS if isinstance(piece.get(key), str)), None)


def is_gazetteer(value: Any) -> bool:
    """Whether a JSON value is a gazetteer: what `docs/gazetteers.md` requires of one is there."""
    if not isinstance(value, dict) or not isinstance(value.get("places"), list):
        return False
    bodies = value.get("bodies")
    named = bodies if isinstance(bodies, list) else []
    return any(isinstance(each, dict) and "slug" in each and "names" in each for each in named)


_NOT_BARE = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])")


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """`date_published`, `datePublished`, `dc:Date Published` -> `datepublished`."""
    return _NOT_BARE.sub("", key.rsplit(":", 1)[-1].lower())


_KINDS = sorted((word for word in _SAYS_NOTHING if len(word) > 4), key=len, reverse=True)
_KIND_BEFORE = re.compile(f"(?:{'|'.join([*_KINDS, 'news'])})+")
"""What may begin a compound (`Mitteilungstext`, `newsbody`)."""


def _place_in_compound(rank: Mapping[str, int], name: str) -> int | None:
    """Where what a compound tells stands among names: behind what says nothing, and an `s`."""
    kind = _KIND_BEFORE.match(name)
    rest = name[kind.end() :] if kind else ""
    return rank.get(rest, rank.get(rest.removeprefix("s")))


@lru_cache(maxsize=4096)
def _telling(key: str) -> str:
    """The words of a name that tell what it holds, as `bare` has them: at least the last one."""
    words = _NOT_BARE.split(_HUMP.sub(" ", key.rsplit(":", 1)[-1]).lower())
    return "".join([word for word in words if word not in _SAYS_NOTHING]) or words[-1]
