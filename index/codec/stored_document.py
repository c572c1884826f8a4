"""A document's stored fields as bytes: JSON with long texts behind it.

Bytes of two documents laid end to end are those of one that has the fields of both. So what is
known early of a document is encoded once, and what is settled later is put in front of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

LONG_TEXT = 200
"""Characters from which a text is left out of the JSON: both reading and writing it are quicker."""
PACKED = "_packed"
"""Key under which a document, as `add_document` takes it, brings its `StoredParts`."""

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_decode = json.JSONDecoder().raw_decode  # does not look for white space around, as `loads` does
_KINDS = "\0kinds"
"""Stands for all fields of a document with values that JSON would change."""


def encode(fields: dict[str, Any]) -> bytes:
    """Fields with values of many kinds, as bytes for `decode`; bytes, tuples, days and times too.

    :raises TypeError: for a value of a kind that the format has no form for.
    """
    return encode_plain(fields if _is_plain(fields) else {_KINDS: _packed(fields)})


def encode_plain(fields: dict[str, Any]) -> bytes:
    """Fields with values that JSON gives back as they are, as bytes for `decode`.

    Long texts stand behind the JSON as they are, which holds null for them, and names them.
    """
    long = [
        (name, value)
        for name, value in fields.items()
        if type(value) is str and len(value) >= LONG_TEXT
    ]
    if not long:
        return _encoder.encode(fields).encode("utf-8", "surrogatepass")
    places = [(name, len(text)) for name, text in long]
    head = _encoder.encode([fields | dict.fromkeys([name for name, _ in long]), places])
    return "".join([head, *(text for _, text in long)]).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> dict[str, Any]:
    """What `encode` was given; of several documents end to end, the fields of all."""
    return opened(data)[0]


class StoredParts(NamedTuple):
    """A document in its two parts, which a segment stores apart: all JSON, and all long texts."""

    head: bytes
    texts: bytes


def opened(data: bytes) -> tuple[dict[str, Any], StoredParts]:
    """What `decode` gives, and the document in its two parts."""
    text = data.decode("utf-8", "surrogatepass")
    found: list[dict[str, Any]] = []
    heads: list[str] = []
    texts: list[str] = []
    at = 0
    while at < len(text):
        each, end = _decode(text, at)
        heads.append(text[at:end])
        at = end
        if type(each) is list:
            each, places = each
            at += _fill(each, places, text, end)
        texts.append(text[end:at])
        found.append(each)
    head = "".join(heads).encode("utf-8", "surrogatepass")
    # As a rule only the last has texts: what is left, which need not be made into bytes again.
    only_last = not any(texts[:-1])
    behind = data[len(head) :] if only_last else "".join(texts).encode("utf-8", "surrogatepass")
    return _as_one(found), StoredParts(head, behind)


def joined(parts: StoredParts) -> bytes:
    """The document as `opened` was given it: each JSON with its own texts behind it."""
    if not parts.texts:
        return parts.head
    text = parts.head.decode("utf-8", "surrogatepass")
    texts = parts.texts.decode("utf-8", "surrogatepass")
    pieces: list[str] = []
    at = place = 0
    while at < len(text):
        each, end = _decode(text, at)
        size = sum([size for _, size in each[1]]) if type(each) is list else 0
        pieces += text[at:end], texts[place : place + size]
        at, place = end, place + size
    return "".join(pieces).encode("utf-8", "surrogatepass")


def decode_parts(
    head: bytes, texts: Callable[[], bytes], without: Collection[str] = ()
) -> dict[str, Any]:
    """The fields of a document in two parts; the second is asked for where a text of it is wanted.

    :param without: fields of which no text is wanted; they are empty.
    """
    text = head.decode("utf-8", "surrogatepass")
    found: list[dict[str, Any]] = []
    long: list[tuple[dict[str, Any], list[tuple[str, int]]]] = []
    at = 0
    while at < len(text):
        each, at = _decode(text, at)
        if type(each) is list:
            each, places = each
            long.append((each, places))
        found.append(each)
    if {name for _, places in long for name, _ in places}.difference(without):
        behind, place = texts().decode("utf-8", "surrogatepass"), 0
        for each, places in long:
            place += _fill(each, places, behind, place)
    fields = _as_one(found)
    for name in without:
        if name in fields:
            fields[name] = ""
    return fields


def _fill(fields: dict[str, Any], places: list[tuple[str, int]], text: str, start: int) -> int:
    """Put the long texts that stand behind each other from a place on into fields; how long all
    are together."""
    at = start
    for name, size in places:
        fields[name] = text[at : at + size]
        at += size
    return at - start


def _as_one(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of all; the last of those of one name."""
    fields = found[0] if found else {}
    for more in found[1:]:
        fields |= more
    return fields | _unpacked(fields.pop(_KINDS)) if _KINDS in fields else fields


def stored_parts(document: Mapping[str, Any], names: Iterable[str]) -> StoredParts:
    """The stored fields of a document that `add_document` would take, or those it brings packed.

    As for Whoosh, `_stored_NAME` is what is stored of a field instead of its value.

    :param names: the stored fields of the schema.
    """
    packed = document.get(PACKED)
    if packed is not None:
        return packed  # type: ignore[no-any-return]
    values = ((name, document.get(f"_stored_{name}", document.get(name))) for name in names)
    return parts_of({name: plain(value) for name, value in values if value is not None})


def parts_of(fields: dict[str, Any]) -> StoredParts:
    """Fields as `encode` takes them, in two parts."""
    return opened(encode(fields))[1]


def plain(value: Any) -> Any:
    """The value; of a text that knows more than its characters, only these."""
    return str(value) if isinstance(value, str) else value


def _packed(value: Any) -> list[Any]:
    """A value as its kind and what JSON keeps of it."""
    kind = type(value)
    if _is_plain(value):
        return ["json", value]
    if kind in (list, tuple, set, frozenset):
        return [kind.__name__, [_packed(each) for each in value]]
    if kind is dict:
        return ["dict", [[_packed(key), _packed(each)] for key, each in value.items()]]
    if kind is bytes:
        return ["bytes", value.hex()]
    if kind in (datetime, date, time):
        return [kind.__name__, value.isoformat()]
    if kind in (Decimal, complex):
        return [kind.__name__, str(value)]
    raise TypeError(f"a value of the kind {kind.__qualname__} cannot be stored: {value!r}")


def _unpacked(packed: list[Any]) -> Any:
    name, kept = packed
    if name == "json":
        return kept
    if name == "dict":
        return {_unpacked(key): _unpacked(each) for key, each in kept}
    if name in _SEQUENCES:
        return _SEQUENCES[name](map(_unpacked, kept))
    return _READ[name](kept)


_SEQUENCES: dict[str, Callable[[Iterable[Any]], Any]] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset,
}  # fmt: skip
_READ: dict[str, Callable[[str], Any]] = {
    "bytes": bytes.fromhex, "datetime": datetime.fromisoformat, "date": date.fromisoformat,
    "time": time.fromisoformat, "Decimal": Decimal, "complex": complex,
}  # fmt: skip


def _is_plain(value: Any) -> bool:
    """Whether JSON gives the value back as it is."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float or value is None:
        return True
    if kind is list:
        return all(map(_is_plain, value))
    if kind is dict:
        return all(type(key) is str and _is_plain(each) for key, each in value.items())
    return False
