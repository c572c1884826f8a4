"""Bytes of any encoding, declared rightly, wrongly or not at all -> text."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from index.sources.encoding.charsets import detect, known_codec
from index.sources.encoding.mojibake import repair

HEAD = 4096
"""Bytes at the start of a document in which it may declare its encoding."""
MAX_STRAY = 0.4
"""Stray bytes for each multi-byte sequence up to which a text is still called UTF-8. Of 237 texts
in 24 other encodings none has fewer than 1.25; one with a paragraph of others has 0.2."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(rb"""<html[^>]{0,400}?\blang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.IGNORECASE)
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


class Decoded(NamedTuple):
    """A text, the Python name of the encoding it was in, and what the operator should know."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; it never raises, and says in `note` what it doubts or mended.

    In this order: a byte order mark; UTF-8 where the bytes are valid in it, whatever is declared;
    the declared encoding, by transport (`declared`) or by the document, where the text reads
    well in it; the encoding in which it reads best; last, windows-1252 with replacements. Text
    that went through UTF-8 twice is mended where that is certain.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark) :], codec)
    if data.isascii() and b"\x1b$" not in data:
        return _wide(data) or Decoded(data.decode("ascii"), "utf-8")
    wide = _wide(data)
    if wide is not None:
        return wide
    try:
        return (
            _mended(Decoded(data.decode("utf-8"), "utf-8"))
            if b"\x1b$" not in data
            else _any(data, declared)
        )
    except UnicodeDecodeError:
        return _mended(_nearly_utf8(data) or _any(data, declared))


def declared_in(data: bytes) -> str | None:
    """The encoding that an XML declaration or a `<meta>` at the start of a document names."""
    match = _DECLARATION.search(data[:HEAD])
    return (match[1] or match[2]).decode("ascii") if match else None


def _whole(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd")
    note = f"{lost} characters were not valid {codec} and are lost" if lost else None
    return _mended(Decoded(text, codec, note))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark: every second byte of Latin text is zero."""
    head = data[:HEAD]
    if head.count(0) * 10 < len(head) * 3 or len(data) < 4:
        return None
    if head.count(0) * 10 > len(head) * 6:
        codec = "utf-32-be" if head[0] == 0 else "utf-32-le"
    else:
        codec = "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return _whole(data, codec)


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few stray bytes, each taken for windows-1252; None where strays are many."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    if stray > MAX_STRAY * len(_SEQUENCE.findall(data)):
        return None
    mended = re.sub(
        "[\udc80-\udcff]",
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"),
        text,
    )
    return Decoded(mended, "utf-8", f"{stray} bytes were not valid UTF-8 and read as windows-1252")


def _any(data: bytes, declared: str | None) -> Decoded:
    names = [name for name in (declared, declared_in(data)) if name]
    language = _LANGUAGE.search(data[:HEAD])
    found = detect(
        data,
        [codec for codec in map(known_codec, names) if codec],
        language[1].decode("ascii").lower() if language else None,
    )
    text = data.decode(found, "replace")
    notes = []
    if names and known_codec(names[0]) != found:
        notes.append(f"declared as {names[0]} but reads as {found}")
    lost = text.count("\ufffd")
    if lost:
        notes.append(f"{lost} characters were not valid {found} and are lost")
    return Decoded(text, found, "; ".join(notes) or None)


def _mended(decoded: Decoded) -> Decoded:
    text, note = repair(decoded.text)
    notes = [each for each in (decoded.note, note) if each]
    return Decoded(text, decoded.encoding, "; ".join(notes) or None)
