"""A document's stored fields as bytes: JSON with long texts behind it.

Bytes of two documents laid end to end are those of one that has the fields of both. So what is
known early of a document is encoded once, and what is settled later is put in front of it.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Mapping
from typing import Any

LONG_TEXT = 200
"""Characters from which a text is left out of the JSON: both reading and writing it are quicker."""
PACKED = "_packed"
"""Key under which a document, as `add_document` takes it, brings its stored fields as bytes."""

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_decode = json.JSONDecoder().raw_decode  # does not look for white space around, as `loads` does
_PICKLE = b"\x80"


def encode(fields: dict[str, Any]) -> bytes:
    """Fields with values of any kind, as bytes for `decode`.

    A pickle if JSON would change a value, which cannot be put together with others.
    """
    return encode_plain(fields) if _is_plain(fields) else pickle.dumps(fields, 2)


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
    if data[:1] == _PICKLE:
        # As safe as the table of contents beside it, which Whoosh keeps as a pickle.
        return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301
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
        fields |= found
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
