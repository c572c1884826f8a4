"""What every word with a given term must begin with, so that it can be looked for as it stands.

The stems of the index are no words: `happi` stands for `happy` and `happiness`. But
the English stemmer changes little before a word's end, so each stem gives a few short strings one
of which every word of it begins with. `None` says that a term has no such strings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from index.text.analysis import stemmer_of
from index.text.scripts import character_table

HAN = "\u25cb\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Inside of a character class: the unspaced characters that fold one by one."""

_HAN_ONLY = re.compile(rf"[{HAN}]+")
_PLAIN = re.compile(r"[a-z0-9.&]+")
_COMPATIBLE = [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]


def suffixes_alone(language: str) -> bool:
    """Whether `beginnings` holds for the stems of a language: English ones, or none at all."""
    return stemmer_of(language) in ("english", None)


@lru_cache(maxsize=4096)
def beginnings(stem: str) -> tuple[str, ...] | None:
    """Strings in lower case, one of which begins every word that has the stem.

    The English stemmer (Porter2, Snowball) only cuts, but for these: a last y becomes i (`happi`),
    an e is added (`hop-ing` -> `hope`, `-ency` -> `-ence`), `-bility` becomes `-ble` and then
    `-bl`, `skies` becomes `sky`, and `dying` becomes `die`, as all words with one letter there.
    """
    if not _PLAIN.fullmatch(stem):
        return None
    if not stem.isalpha():
        return (stem,)
    if stem == "sky":
        return ("sk",)
    if stem.endswith("ie"):
        return stem[:-1], stem[:-2] + "y"
    if stem.endswith("i"):
        return stem, stem[:-1] + "y"
    if stem.endswith(("e", "bl")):
        return (stem[:-1] or stem,)
    return (stem,)


def unspaced_pattern(term: str) -> re.Pattern[str] | None:
    """A pattern for the characters of a folded term, whichever variants of them a text uses.

    None for scripts whose characters do not fold one by one.
    """
    if not _HAN_ONLY.fullmatch(term):
        return None
    variants = _variants()
    return re.compile("".join(f"[{char}{variants.get(char, '')}]" for char in term))


def first_characters(term: str) -> str | None:
    """All characters that a text may use for the first one of an unspaced term.

    None for scripts whose characters do not fold one by one.
    """
    if not _HAN_ONLY.match(term):
        return None
    return term[0] + _variants().get(term[0], "")


@cache
def _variants() -> dict[str, str]:
    """Folded character -> all others that fold to it."""
    table = character_table()
    found: dict[str, str] = {}
    for code, to in table.items():
        found[to] = found.get(to, "") + chr(code)
    for code in _COMPATIBLE:
        char = unicodedata.normalize("NFKC", chr(code))
        to = char.translate(table)
        if char != chr(code):
            found[to] = found.get(to, "") + chr(code)
    return found
