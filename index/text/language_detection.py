"""Which language a text is in: by script, words, or a model.

Many scripts are one language's, and English is known by its commonest words. For the rest there is
`py3langid` (M. Lui and T. Baldwin, "langid.py", ACL 2012), restricted to languages of governments.
It is loaded when first asked: 0.6 s and 120 MB in each process that meets such a text, then 0.2 ms;
or before it is, by `model_in_memory`, for all processes of a large run at once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from index.text.non_ascii import foreign_in
from index.text.scripts import character_table

SAMPLE = 1_500
"""Characters of a text that are looked at."""
UNKNOWN = "und"

MODEL_SAMPLE = 600
"""Characters that the model is given: 200 µs, where `SAMPLE` takes 580."""
MODEL_LETTERS = 20
"""Letters of a Latin text below which the model is not asked: it would guess."""
SURE, CONTRARY = 0.5, 0.8
"""Probabilities from which the model's answer is taken, and beats a declared language."""
CONTRARY_LETTERS, NEIGHBOUR_LETTERS = 60, 150
"""Letters of a Latin text from which it belies what is declared, and of any that belies a
neighbour."""
OTHER_SCRIPT_LETTERS = 15
"""The same of a text in another script than Latin, which tells sooner."""

LANGUAGES = (
    "af am ar as az be bg bn bs ca cs cy da de dz el en es et eu fa fi fo fr fy ga gd gl gu ha he "
    "hi hr ht hu hy id ig is it ka kk km kn ku ky lb lo lt lv mg mk ml mn mr ms mt my ne nl nn no "
    "om or pa pl ps pt ro ru rw se si sk sl sn so sq sr st sv sw ta te tg th tk tl tr tt ug uk ur "
    "uz vi xh yo zu"
)
"""Languages in which governments publish and that the model knows: the answers that it may give."""
_ONE_TAG = {"nb": "no", "nn": "no", "tl": "fil", "iw": "he", "in": "id", "mo": "ro", "sh": "sr"}
"""Tags that mean one language to a reader, and old ones."""
_ALIKE = (
    ("bs", "hr", "sr"), ("da", "no"), ("id", "ms"), ("xh", "zu"), ("st", "tn", "nso"),
    ("en", "fil"),
)  # fmt: skip
"""Languages whose texts hold the same words: what is declared is believed."""
_NEIGHBOURS = (
    ("da", "no", "sv"), ("cs", "sk", "pl"), ("es", "gl", "pt", "ca"), ("hi", "mr", "ne"),
    ("be", "ru", "uk", "bg", "mk", "sr"), ("af", "nl", "fy"), ("az", "tr", "tk"), ("sl", "hr"),
    ("kk", "ky", "tt", "uz"), ("fa", "ps", "ku", "ug", "ur"), ("ga", "gd"), ("de", "lb"),
)  # fmt: skip
"""Languages that a short text does not tell apart."""

_NAMES = {
    "english": "en", "eng": "en", "french": "fr", "fra": "fr", "german": "de", "deu": "de",
    "italian": "it", "ita": "it", "spanish": "es", "spa": "es", "portuguese": "pt", "por": "pt",
    "chinese": "zh", "zho": "zh", "chi": "zh", "tc": "zh-Hant", "sc": "zh-Hans", "cht": "zh-Hant",
    "chs": "zh-Hans", "gb": "zh-Hans", "big5": "zh-Hant", "cn": "zh-Hans", "jp": "ja", "kr": "ko",
}  # fmt: skip
_TRADITIONAL = re.compile(r"zh[-_](.*[-_])?(hant|hk|tw|mo)\b|yue\b", re.IGNORECASE)
_SIMPLIFIED = re.compile(r"zh[-_](.*[-_])?(hans|cn|sg|my)\b", re.IGNORECASE)

_SCRIPTS = {
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]"),
    "Kana": re.compile("[\u3040-\u30ff]"),
    "Hangul": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "Devanagari": re.compile("[\u0900-\u097f]"),
    "Latin": re.compile("[\u00c0-\u024f]"),
}
# A character of these scripts says as much as a short word does.
_HAN_WEIGHT = 4
_ASCII = re.compile("[\x00-\x7f]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_SMALL_LETTERS_ONLY = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalpha() else 32
    for code in range(256)
)
_ONE_LANGUAGE = {
    "Kana": "ja", "Hangul": "ko", "Greek": "el", "Hebrew": "he", "Thai": "th",
}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_END, _FEW_WORDS = 300, 3
"""Characters at each end of a text, and words in them that only English has, by which it is known
to be in English. Of 98,180 releases (Senate, Justice, Switzerland) the whole sample says the same
of each that these find."""
_NO_LANGUAGE = ("und", "mul", "zxx")
_ENGLISH_ALONE, _SHARED, _NOT_ENGLISH = 1, 2, 3

_COMMON_WORDS: dict[str, str] = json.loads(
    Path(__file__).with_name("common_words.json").read_text("utf-8")
)


def language_of(stated: str | None, text: str) -> str:
    """BCP 47 tag: the stated one where the text does not belie it, else the detected one.

    Chinese is `zh-Hant` or `zh-Hans`; other languages are their primary subtag; `und` when unknown.
    """
    tag = normal_tag(stated)
    if tag is None:
        return detect(text)
    sample = text[:SAMPLE]
    if tag == "zh":
        return chinese_script(sample)
    script = _script(sample)
    east_asian = script in ("Han", "Kana", "Hangul")
    if script is not None and east_asian != (tag.split("-")[0] in ("zh", "ja", "ko")):
        return detect(text)
    return _unless_contrary(tag, script, sample)


def _unless_contrary(tag: str, script: str | None, sample: str) -> str:
    """The declared language, unless the text is surely in another one that is not much like it."""
    if script == "Han":
        return _unless_contrary_han(tag, sample)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if tag == "en" and script == "Latin" and is_clearly_english(sample):
        return tag
    common = by_common_words(sample) if script == "Latin" else UNKNOWN
    letters = len(_LETTER.findall(sample))
    enough = CONTRARY_LETTERS if script == "Latin" else OTHER_SCRIPT_LETTERS
    if letters < enough or (common == tag and not any(tag in group for group in _NEIGHBOURS)):
        return tag
    found, probability = _by_model(sample)
    near = letters < NEIGHBOUR_LETTERS and _together(found, tag, _NEIGHBOURS)
    if probability < CONTRARY or near or _together(found, tag, _ALIKE):
        return tag
    return found


def _unless_contrary_han(tag: str, sample: str) -> str:
    """The declared language of a text in Chinese characters alone: Japanese and Korean are not
    written so at length, and most characters that one Chinese script alone has are of that one."""
    if not tag.startswith("zh"):
        long = len(_SCRIPTS["Han"].findall(sample)) >= CONTRARY_LETTERS
        return chinese_script(sample) if long and tag in ("ja", "ko") else tag
    traditional, simplified = _telling(sample)
    other, own = (simplified, traditional) if tag == "zh-Hant" else (traditional, simplified)
    enough = other >= OTHER_SCRIPT_LETTERS and other >= CONTRARY * (other + own)
    return chinese_script(sample) if enough else tag


def _together(one: str, other: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    return any(one in group and other in group for group in groups)


def normal_tag(stated: str | None) -> str | None:
    """`EN_us` -> `en`, `zh-HK` -> `zh-Hant`, `English` -> `en`; None for what is no tag."""
    stated = (stated or "").strip()
    if not stated:
        return None
    if _TRADITIONAL.match(stated):
        return "zh-Hant"
    if _SIMPLIFIED.match(stated):
        return "zh-Hans"
    primary = re.split(r"[-_]", stated.lower())[0]
    primary = _NAMES.get(primary, primary)
    primary = _ONE_TAG.get(primary, primary)
    usable = re.fullmatch(r"[a-z]{2,3}(-Han[ts])?", primary) is not None
    return primary if usable and primary not in _NO_LANGUAGE else None


def detect(text: str) -> str:
    """BCP 47 tag of the language of a text, `und` when neither script, words nor model tell."""
    sample = text[:SAMPLE]
    script = _script(sample)
    if script == "Han":
        return chinese_script(sample)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "Latin" and is_clearly_english(sample):
        return "en"
    common = by_common_words(sample) if script == "Latin" else UNKNOWN
    if common == "en" or (script == "Latin" and len(_LETTER.findall(sample)) < MODEL_LETTERS):
        return common
    found, probability = _by_model(sample)
    return found if probability >= SURE else common


def _by_model(sample: str) -> tuple[str, float]:
    """The model's answer and its probability; nothing for a text without letters."""
    if not _LETTER.search(sample):
        return UNKNOWN, 0.0
    words = " ".join(sample.split())  # not the blanks of a page's layout, which would fill it
    found, probability = language_model().classify(words[:MODEL_SAMPLE])
    return _ONE_TAG.get(found, found), float(probability)


@contextmanager
def model_in_memory() -> Iterator[None]:
    """Meanwhile the model is loaded, and processes that are forked share it."""
    language_model()
    try:
        yield
    finally:
        language_model.cache_clear()


@cache
def language_model() -> Any:
    """The model, loaded when it is first asked for."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(LANGUAGES.split())
    return model


def chinese_script(text: str) -> str:
    """`zh-Hant` or `zh-Hans` by characters that only one of them has; `zh` when there are none."""
    traditional, simplified = _telling(text)
    if traditional == simplified:
        return "zh"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _telling(text: str) -> tuple[int, int]:
    """How many characters only Traditional Chinese has, and only Simplified Chinese."""
    traditional, simplified = _telling_characters()
    counts = Counter(text)
    return (
        sum(number for each, number in counts.items() if each in traditional),
        sum(number for each, number in counts.items() if each in simplified),
    )


def _script(text: str) -> str | None:
    foreign_letters = len(text) - len(text.encode("ascii", "ignore"))
    if foreign_letters * 20 < len(text) and _ASCII_LETTER.search(text):
        return "Latin"
    foreign = _ASCII.sub("", text)
    counts = {name: len(pattern.findall(foreign)) for name, pattern in _SCRIPTS.items()}
    counts["Latin"] += len(_ASCII_LETTER.findall(text))
    if counts["Kana"] * 8 > counts["Han"] and counts["Kana"]:
        counts["Kana"] += counts["Han"]
    for name in ("Han", "Kana", "Hangul"):
        counts[name] *= _HAN_WEIGHT
    name = max(counts, key=lambda each: counts[each])
    return name if counts[name] else None


def is_clearly_english(sample: str) -> bool:
    """Whether a text begins and ends in English: most do, which takes a third of the time to see.

    One that changes its language halfway is looked at as a whole.
    """
    for end in (sample[:_END], sample[-_END:]):
        words = _words(end)
        own, _, strange = _counted(words)
        if own < _FEW_WORDS or own * 12 < len(words):
            return False
        if own <= 2 * strange and own <= 2 * len(_not_english().intersection(words)):
            return False
    return True


def by_common_words(text: str) -> str:
    """The language of a text in Latin script by its commonest words, else `und`."""
    words = _words(text)
    if _has_more_english(words):
        return "en"
    groups, languages = _groups_by_word()
    # Few groups of languages share a word: these are counted first, which takes half of the time.
    together = Counter(filter(None, map(groups.get, words)))
    counts: dict[str, int] = {}
    for group, count in together.items():
        for each in languages[group]:
            counts[each] = counts.get(each, 0) + count
    ranked = sorted(counts.items(), key=itemgetter(1), reverse=True)
    (found, best), (_, second) = (*ranked, (UNKNOWN, 0), (UNKNOWN, 0))[:2]
    enough = best >= 2 and best * 12 >= len(words) and best > second
    return found if enough else UNKNOWN


def _has_more_english(words: list[bytes]) -> bool:
    """Whether English alone has more of the words than all other languages together have without
    it: then none of them has as many as English. Half of the time of counting for each."""
    own, shared, strange = _counted(words)
    english = own + shared
    return own > strange and english >= 2 and english * 12 >= len(words)


def _counted(words: list[bytes]) -> tuple[int, int, int]:
    """How many of the words English alone has, English and others, and others alone."""
    found = list(filter(None, map(_sides().get, words)))
    own, strange = found.count(_ENGLISH_ALONE), found.count(_NOT_ENGLISH)
    return own, len(found) - own - strange, strange


@cache
def _not_english() -> frozenset[bytes]:
    """Common words that English has not; letters are left out, which are initials, too."""
    return frozenset(
        word for word, side in _sides().items() if side == _NOT_ENGLISH and len(word) > 1
    )


@cache
def _sides() -> dict[bytes, int]:
    """Common words, each with whether English alone has it, English and others, or others alone."""
    words = {tag: set(each.encode().split()) for tag, each in _COMMON_WORDS.items()}
    english = words.pop("en")
    others = set[bytes]().union(*words.values())
    return {
        **dict.fromkeys(english, _ENGLISH_ALONE),
        **dict.fromkeys(others, _NOT_ENGLISH),
        **dict.fromkeys(english & others, _SHARED),
    }


def _words(text: str) -> list[bytes]:
    """The runs of letters in small, in UTF-8: bytes are told apart more quickly."""
    if not text.isascii():
        text = text.lower()
        for sign in foreign_in(text):
            if not sign.isalnum() or sign.isdecimal():
                text = text.replace(sign, " ")
    return text.encode("utf-8", "surrogatepass").translate(_SMALL_LETTERS_ONLY).split()


@cache
def _groups_by_word() -> tuple[dict[bytes, int], tuple[tuple[str, ...], ...]]:
    """The number of the group of languages that a common word is of, from 1; the groups."""
    tags: dict[str, tuple[str, ...]] = {}
    for tag, words in _COMMON_WORDS.items():
        for word in words.split():
            tags[word] = (*tags.get(word, ()), tag)
    groups = ((), *dict.fromkeys(tags.values()))
    return {word.encode(): groups.index(of) for word, of in tags.items()}, groups


@cache
def _telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    table = character_table()
    traditional = frozenset(map(chr, table))
    return traditional, frozenset(table.values()) - traditional
