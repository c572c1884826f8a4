"""Writing systems: which are written without spaces, and which characters are one to a searcher."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Insides of character classes: Han with its zero ○ and 々; and that with kana, Hangul, Thai, Lao,
# Burmese, Khmer.
HAN = "\u25cb\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
UNSPACED = (
    f"{HAN}\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u1100-\u11ff\uac00-\ud7af\u0e01-\u0e3a\u0e40-\u0e4e"
    "\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3"
)
UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
"""One for all who look for such characters: to compile so many ranges takes 1.2 ms each time."""

HEBREW_POINTS = r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
ARABIC_POINTS = r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_NUKTAS = r"\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc"
OPTIONAL_MARKS = f"{HEBREW_POINTS}{ARABIC_POINTS}{_NUKTAS}"
"""Marks above and below letters that few write: a word is the same without them."""

# Hong Kong and Japanese forms, and those of names, that the tables of OpenCC leave apart.
_VARIANTS = {
    "衞": "卫", "裏": "里", "著": "着", "羣": "群", "証": "证", "鷄": "鸡", "恒": "恒", "峯": "峰",
    "牀": "床", "綫": "线", "説": "说", "啓": "启", "温": "温", "粧": "妆", "枱": "台", "檯": "台",
    "週": "周", "菸": "烟", "煙": "烟", "臺": "台", "颱": "台", "脚": "脚", "癡": "痴", "葯": "药",
    "○": "零", "〇": "零", "戸": "户", "喺": "喺", "邨": "村", "滙": "汇", "囯": "国", "国": "国",
    "髙": "高", "﨑": "崎", "濵": "滨", "浜": "滨", "邉": "边", "栁": "柳", "冨": "富", "嶋": "岛",
    "嶌": "岛", "桒": "桑", "𠮷": "吉", "槙": "槇", "豊": "丰", "伝": "传",
    "靑": "青", "淸": "清", "鄕": "乡", "擧": "举", "鑛": "矿", "鬭": "斗", "澁": "涩", "奬": "奖",
}  # fmt: skip


_SAME_LETTERS = {
    # Latin letters that are no other letter with an accent, as people without them type them.
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "ɛ": "e", "ɔ": "o", "ŋ": "n", "ɲ": "n", "ɓ": "b",
    "ƙ": "k", "ƴ": "y", "ɣ": "g", "ƒ": "f", "ʋ": "v",
    # Letters of Arabic script as Arabic, Persian and Urdu write them; what draws words out.
    "ی": "ي", "ى": "ي", "ے": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ة": "ه", "ٱ": "ا",
    "ـ": "", "ё": "е",
}  # fmt: skip
"""Letters in small, after accents are taken away -> what they are to a searcher."""
_IDEOGRAPHS = 0x3400
"""The first ideograph that has another form."""
_DIGITS = range(0x660, 0xABFA)
"""From the digits of Arabic to those of Meitei: all of the first plane, but for wide ones."""

SPELLINGS = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ـ": "", "ё": "е"})
"""For `str.translate`: other spellings of letters that stemmers know in one of them."""


class _FoldingTable(dict[int, str]):
    """Characters as they come: the whole table takes 40 ms, for which no alphabet needs to wait."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _SAME_LETTERS.get(character)
        if folded is None and code in _DIGITS:
            folded = str(unicodedata.decimal(character, "")) or None
        if folded is None:
            chinese = code >= _IDEOGRAPHS or character in _VARIANTS
            folded = character_table().get(code, character) if chinese else character
        self[code] = folded
        return folded


@cache
def folding_table() -> dict[int, str]:
    """A table for `str.translate`: `character_table`, letters of other alphabets, and digits."""
    return _FoldingTable()


@cache
def character_table() -> dict[int, str]:
    """A table for `str.translate` that makes Traditional, Simplified and variant characters one.

    One character becomes one character, so offsets stay. Source of the pairs: OpenCC's `t2s`, and
    its `jp2t` for the characters that only Japanese writes (`広` for 廣).
    """
    import opencc  # takes 6 ms, which no search in an alphabet needs

    japanese = [chr(code) for code in range(0x4E00, 0xA000) if not _in_chinese(chr(code))]
    old = opencc.OpenCC("jp2t").convert("\n".join(japanese))
    codes = [*range(_IDEOGRAPHS, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(map(chr, codes))).split("\n")
    table = {code: to for code, to in zip(codes, simplified, strict=True) if to != chr(code)}
    table.update({ord(variant): to for variant, to in _VARIANTS.items() if variant != to})
    reformed = zip(japanese, old.translate(table).split("\n"), strict=True)
    table.update({ord(new): to for new, to in reformed if new != to and ord(new) not in table})
    return table


def _in_chinese(character: str) -> bool:
    """Whether the standards of China or Taiwan have a character: `芸` is 藝 in Japanese alone."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return bool(character.encode("big5", "ignore"))
    return True
