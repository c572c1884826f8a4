"""Text that was encoded, misread and encoded again: mended where certain, else reported."""

from __future__ import annotations

import codecs
import re

from index.sources.encoding.charsets import score

ROUNDS = 3
"""How many times over a text may have been misread."""
MIN_FOREIGN = 8
"""Misread sequences from which a text in another script than Latin is believed to be misread."""

# Bytes 0x80-0xBF as windows-1252 shows them, or as ISO 8859-1 (C1 controls) does.
_TAIL = bytes(range(0x80, 0xC0)).decode("latin-1") + "".join(
    bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in b"\x81\x8d\x8f\x90\x9d"
)
_SEQUENCE = re.compile(
    f"[\xc2-\xf4][{_TAIL}](?:(?<=[\xc2-\xdf].)|[{_TAIL}](?:(?<=[\xe0-\xef]..)|[{_TAIL}](?<=[\xf0-\xf4]...)))",
    re.DOTALL,
)
"""Two, three or four signs by the first of them; one class of signs in front is looked for fast."""
_BROKEN = re.compile("â€(?:[?\ufffd]|$)|Ã[?\ufffd]|ï¿½|Â(?=[ ,.]|$)")
_BROKEN_SIGNS = ("â€", "Ã", "ï¿½", "Â")
_WESTERN = re.compile(
    "[\x80-\xff\u0100-\u017f\u0192\u02c6\u02dc\u2000-\u206f\u20ac\u2122\u2212\ufb01\ufb02\ufeff]"
)
_DOUBTFUL = re.compile("[ÃÂ]\xa0|[\xc3-\xdf][«»“”’‘…–—\xa0®™]")
_RUN = re.compile("[^\x00-\x7f]{2,}")
MIN_IN_RUNS = 0.2
"""Share of the accented characters that stand side by side, from which a Western text may be a
misread East Asian one, where over half do; in Western languages one in twenty at most."""
_WESTERN_PAGE = re.compile("[\x00-\xff" + re.escape(_TAIL) + "]*")


def repair(text: str) -> tuple[str, str | None]:
    """The text with misread UTF-8 (`â€™`, `Ã©`) and misread Big5, GB, Shift_JIS set right.

    The second value says what was mended or looks misread and was left, None where nothing was.
    Sequences that a Western text may hold on purpose (`É»`) are left unless others prove the case.
    """
    if text.isascii():
        return text, None
    legacy = _misread_legacy(text)
    if legacy is not None:
        return legacy[0], f"read in the wrong encoding before; mended as {legacy[1]}"
    mended = 0
    for _ in range(ROUNDS):
        text, count = _round(text)
        mended += count
        if not count:
            break
    notes = [f"{mended} double-encoded sequences were mended"] if mended else []
    broken = any(sign in text for sign in _BROKEN_SIGNS)
    left = len(_BROKEN.findall(text)) if broken else 0
    if left:
        notes.append(f"{left} places look double-encoded beyond repair and were left")
    return text, "; ".join(notes) or None


def _round(text: str) -> tuple[str, int]:
    found = _SEQUENCE.findall(_not_ascii(text))
    if not found:
        return text, 0
    readings = {each: _undo(each) for each in set(found)}
    western = sum(1 for each in found if _is_western(each, readings[each]))
    certain = western or sum(1 for each in found if readings[each]) >= MIN_FOREIGN
    if not certain:
        return text, 0
    foreign = len(found) - western >= MIN_FOREIGN and _mostly_sequences(text, found)
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        reading = readings[match[0]]
        if reading is None or not (foreign or _WESTERN.fullmatch(reading)):
            return match[0]
        if _DOUBTFUL.fullmatch(match[0]) and western < 2 and not foreign:
            return match[0]
        count += 1
        return reading

    return _SEQUENCE.sub(replace, text), count


def _is_western(sequence: str, reading: str | None) -> bool:
    """Misread for certain: nobody writes it, and its reading is a sign of Western text."""
    return bool(reading and _WESTERN.fullmatch(reading) and not _DOUBTFUL.fullmatch(sequence))


def _mostly_sequences(text: str, found: list[str]) -> bool:
    high = sum(1 for char in text if char > "\x7f")
    return sum(map(len, found)) > 0.8 * high


def _not_ascii(text: str) -> str:
    """The lines that hold a sign which is not ASCII, as all signs of a sequence are.

    Most lines of most pages hold none: nine tenths of the time that looking for sequences took.
    """
    return "\n".join([line for line in text.split("\n") if not line.isascii()])


def _undo(sequence: str) -> str | None:
    try:
        return _misread_bytes(sequence).decode("utf-8")
    except UnicodeError:
        return None


def _misread_bytes(text: str) -> bytes:
    """The bytes that were misread as windows-1252, or as ISO 8859-1 where that has a sign for them.

    :raises UnicodeError: for signs of neither.
    """
    return text.encode("cp1252", _C1)


def _as_latin_1(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


_C1 = "dateline-latin-1"
codecs.register_error(_C1, _as_latin_1)


def _misread_legacy(text: str) -> tuple[str, str] | None:
    """East Asian text that somebody read as windows-1252 and saved as UTF-8 (`¡@¡@`)."""
    if not _WESTERN_PAGE.fullmatch(text):
        return None
    high = len(text) - len(text.encode("ascii", "ignore"))
    if high < 4 * MIN_FOREIGN or sum(map(len, _RUN.findall(text))) < MIN_IN_RUNS * high:
        return None
    try:
        data = _misread_bytes(text)
    except UnicodeError:
        return None
    codec = max(("big5hkscs", "gb18030", "cp932", "cp949"), key=lambda each: score(data, each))
    if score(data, codec) < 0.4:
        return None
    return data.decode(codec, "replace"), codec
