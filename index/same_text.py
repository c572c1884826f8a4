"""Same text: a number that copies of a release share, whoever issued them and wherever they stand.

Two releases have it in common where their words are the same, signs, case and white space aside,
and so are the numbers in their headlines: an index of prices that differs in a figure is another
release. Headlines themselves may differ, as two offices name each other in the order of their
choice. Short texts are often formulas (`Air quality: good`), whose day is what they say: they are
the same with the same headline, on the same day.

A release that names the addresses of its other languages shares its number with these instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from index.identity import canonical_address
from index.text.folding import fold

NO_KEY = 0
"""The key of what is never the same as anything else."""
LONG = 250
"""Letters and digits from which a body says by itself what is said. Bodies of 123 to 141 that were
the same stood under headlines of other news (Swiss releases in English, 2000 to 2004); the shortest
that were copies had 330."""

_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_ASCII = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def text_key(headline: str, body: str, date: str | None) -> int:
    """The number, of 64 bits with a sign, that says what a release says; else `NO_KEY`."""
    words = _letters(body)
    if len(words) >= LONG:
        said = [*map(str.encode, _NUMBER.findall(fold(headline)))]
    elif date is not None and len(date) == len("2023-11-05"):
        said = [_letters(headline), date.encode()]
    else:
        return NO_KEY
    return _number(b"\0".join([words, *said]))


def news_key(url: str | None, translations: Iterable[str]) -> int:
    """The number that the languages of one release share: that of its own address and those of its
    translations, whichever of them is its own; `NO_KEY` for one that stands in no other language.

    :param translations: the addresses at which it stands in other languages.
    """
    addresses = {canonical_address(each) for each in (url or "", *translations)} - {None}
    if len(addresses) < 2 or not url:
        return NO_KEY
    return _number("\0".join(sorted(filter(None, addresses))).encode("utf-8", "surrogatepass"))


def letters_of(text: str) -> str:
    """The folded letters and digits of a text: what all ways to write a headline have in common."""
    return _SIGNS.sub("", fold(text))


def _number(said: bytes) -> int:
    digest = hashlib.blake2b(said, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _letters(text: str) -> bytes:
    """The folded letters and digits of a text, in UTF-8."""
    folded = text if text.isascii() else fold(text)
    if folded.isascii():  # as English with curly quotes is now: a third of the time
        return folded.encode("ascii").translate(_ASCII, _ASCII_SIGNS)
    return _SIGNS.sub("", folded).encode("utf-8", "surrogatepass")
