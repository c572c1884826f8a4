"""Which legacy encoding reads best: how common its characters are in what it makes of the bytes.

A wrong multi-byte reading gives characters spread over the whole code space, a right one gives
every other character from the few hundred that every text is made of; a wrong single-byte reading
puts capitals and signs inside words. Statistical detectors use the same facts but need
longer texts and seconds for pages; ours is the judge for encodings of government sites, and
charset-normalizer only where none of them reads well.
"""

from __future__ import annotations

import codecs
import json
import re
from functools import lru_cache
from pathlib import Path

from index.text.language_detection import detect as detect_language

SAMPLE = 40_000
"""Bytes of a document that are judged."""
CONVINCING = 0.35
"""Score from which a reading is believed; a declared one is believed from half of it."""

_WHATWG = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "big5": "big5hkscs", "cp950": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
    "hz": "hz",
}  # fmt: skip
"""Names that documents use for the larger encodings in use (WHATWG Encoding Standard, 4.2)."""

_CHARACTERS: dict[str, str] = json.loads(
    Path(__file__).with_name("common_characters.json").read_text("utf-8")
)
"""By script, the characters that texts are mostly made of."""

_COMMON = {
    "big5hkscs": frozenset(_CHARACTERS["han"] + "，。、：；「」（）　《》"),
    "gb18030": frozenset(_CHARACTERS["han"] + "，。、：；“”（）　《》"),
    "cp932": frozenset(
        _CHARACTERS["han"] + "、。「」（）　・" + "".join(map(chr, range(0x3041, 0x30FD)))
    ),
    "cp949": frozenset(_CHARACTERS["hangul"]),
    "cp1251": frozenset(_CHARACTERS["cyrillic"]),
    "cp1253": frozenset(_CHARACTERS["greek"]),
    "cp1256": frozenset(_CHARACTERS["arabic"]),
    "cp1255": frozenset(_CHARACTERS["hebrew"]),
    "cp874": frozenset(_CHARACTERS["thai"]),
}
for _same, _codec in (
    ("euc_jp", "cp932"), ("iso2022_jp", "cp932"), ("koi8_r", "cp1251"), ("koi8_u", "cp1251"),
    ("iso8859_5", "cp1251"), ("cp866", "cp1251"), ("iso8859_7", "cp1253"),
    ("iso8859_6", "cp1256"), ("iso8859_8", "cp1255"),
):  # fmt: skip
    _COMMON[_same] = _COMMON[_codec]
_EAST_ASIAN = frozenset(("big5hkscs", "gb18030", "cp932", "euc_jp", "iso2022_jp", "cp949"))
_LATIN = (
    "cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "cp850", "cp437", "cp852",
    "mac_roman",
)  # fmt: skip
_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), "cp1250"),
    **dict.fromkeys(("et", "lv", "lt"), "cp1257"),
    **dict.fromkeys(("tr", "az"), "cp1254"),
    "vi": "cp1258",
}

_OUTSIDE = re.compile("[\ufffd\ue000-\uf8ff\x80-\x9f]")
_TORN = re.compile(r"[a-zà-öø-ÿа-яα-ω][A-ZÀ-ÖØ-ÞА-ЯΑ-Ω](?=[a-zà-öø-ÿа-яα-ω])")
_FALLING = re.compile(r"[a-zа-џα-ώ](?=[A-ZА-ЯЂ-ЏΑ-Ω])")
_TWO_SCRIPTS = re.compile(r"[A-Za-z](?=[\xa1-\U0010ffff])|(?<=[\xa1-\U0010ffff])[A-Za-z]")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[¡-©«-´¶-¹»-¿×÷„‚”‡‰‹›™](?=[^\W\d_])|[¹³¿¡](?=[a-z])")
_IN_LATIN_WORD = re.compile(r"[A-Za-z][\u0100-\U0010ffff](?=[A-Za-z \r\n.,])")
MOST_IN_WORDS = 0.4
"""Share of East Asian characters behind a Latin letter from which they are those of a Latin text:
of the texts of the tests it is 0.43 to 1 in code pages of DOS, and none in East Asian ones."""
_LATIN_RARE = frozenset("ÐðÞþ¦¤¬¨¸ŠŒ¼½¾¥ţđĐŢ")


def known_codec(name: str) -> str | None:
    """The codec of this Python for a declared name, in its widest form, or None."""
    try:
        found = codecs.lookup(name.strip().lower().replace("x-", "", 1)).name
    except (LookupError, ValueError):
        return None
    if not _decodes(found):
        return None
    return _WHATWG.get(found, found.replace("-", "_") if found.startswith("iso") else found)


def detect(data: bytes, declared: list[str], language: str | None = None) -> str:
    """The codec in which bytes that are no UTF-8 read best; those declared come first in doubt.

    :param language: what the document says of its language; it chooses between Latin code pages.
    """
    sample = data[:SAMPLE]
    if b"\x1b$" in sample:
        return "iso2022_jp"
    scores = {codec: score(sample, codec) for codec in _COMMON if codec != "iso2022_jp"}
    best = max(scores, key=lambda codec: (scores[codec], codec in declared))
    for codec in declared:
        if codec in scores and scores[codec] >= max(CONVINCING / 2, scores[best] - 0.1):
            return codec
    if scores[best] >= CONVINCING:
        return _superset(sample, best)
    return _latin(sample, declared, language)


@lru_cache(maxsize=8)
def score(sample: bytes, codec: str) -> float:
    """From about -3 to 1: how much the non-ASCII part of the bytes looks like text in `codec`."""
    text = sample.decode(codec, "replace")
    high = re.sub(r"[\x00-\x7f]+", "", text)
    if not high:
        return 0.0
    common = _COMMON[codec]
    good = sum(1 for char in high if char in common)
    bad = len(_OUTSIDE.findall(high)) * 3
    if codec not in _EAST_ASIAN:
        bad += len(_FALLING.findall(text)) * 2 + len(_TWO_SCRIPTS.findall(text))
    elif len(_IN_LATIN_WORD.findall(text)) > MOST_IN_WORDS * len(high):
        bad += len(high)
    return (good - bad) / len(high)


def _superset(sample: bytes, codec: str) -> str:
    """Of two code pages that read a sample alike, the one that reads all of it."""
    for wider, narrower in (("cp1253", "iso8859_7"), ("cp1256", "iso8859_6"), ("koi8_u", "koi8_r")):
        if codec == narrower and score(sample, wider) >= score(sample, narrower):
            return wider
    return codec


def _latin(sample: bytes, declared: list[str], language: str | None) -> str:
    hinted = _BY_LANGUAGE.get(language or "")
    candidates = dict.fromkeys([*(c for c in declared if c not in _COMMON), hinted, *_LATIN])
    costs = {codec: _latin_cost(sample, codec) for codec in candidates if codec}
    best = min(costs, key=lambda codec: costs[codec])
    if not (declared or language) and list(costs.values()).count(costs[best]) > 1:
        # Code pages of one alphabet read alike; the language shows in any of them.
        native = _BY_LANGUAGE.get(detect_language(sample.decode(best, "replace")))
        best = native if native and costs[native] == costs[best] else best
    if costs[best] > 0.5:
        from charset_normalizer import (
            from_bytes,  # 17 ms, for what UTF-8 and our tables do not read
        )

        guess = from_bytes(sample).best()
        return (guess and known_codec(guess.encoding)) or "cp1252"
    return best


def _latin_cost(sample: bytes, codec: str) -> float:
    """Signs, capitals and rare letters inside words, per non-ASCII character."""
    text = sample.decode(codec, "replace")
    high = [char for char in text if char > "\x7f"]
    rare = sum(1 for char in high if char in _LATIN_RARE or _OUTSIDE.match(char))
    torn = len(_TORN.findall(text)) + len(_SIGN_IN_WORD.findall(text))
    return (rare + torn) / max(1, len(high))


def _decodes(codec: str) -> bool:
    """False for codecs that are no character encodings (`base64`, `rot13`) or refuse odd bytes."""
    try:
        b"\x80".decode(codec, "replace")  # `undefined` refuses all, and Python what is no text
    except (LookupError, UnicodeError):
        return False
    return codec not in ("idna", "punycode")
