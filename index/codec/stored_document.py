"""A document's stored fields as bytes: JSON with long texts behind it.

Bytes of two documents laid end to end are those of one that has the fields of both. So what is
known early of a document is encoded once, and what is settled later is put in front of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

LONG_TEXT = 200
"""Characters from which a text is left out of the JSON: both reading and writing it are quicker."""
PACKED = "_packed"
"""Key under which a document, as `add_document` takes it, brings its stored fields as bytes."""

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
    text = data.decode("utf-8", "surrogatepass")
    fields: dict[str, Any] = {}
    at = 0
    while at < len(text):
        found, at = _decode(text, at)
        if type(found) is list:
            found, places = found
            for name, size in places:
                found[name] = text[at : at + size]
                at += size
        fields = fields | found if fields else found
    if _KINDS in fields:
        fields |= _unpacked(fields.pop(_KINDS))
    return fields


def stored_bytes(document: Mapping[str, Any], names: Iterable[str]) -> bytes:
    """The stored fields of a document that `add_document` would take, or those it brings as bytes.

    As for Whoosh, `_stored_NAME` is what is stored of a field instead of its value.

    :param names: the stored fields of the schema.
    """
    packed = document.get(PACKED)
    if packed is not None:
        return packed  # type: ignore[no-any-return]
    values = ((name, document.get(f"_stored_{name}", document.get(name))) for name in names)
    return encode({name: plain(value) for name, value in values if value is not None})


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
