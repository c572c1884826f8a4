"""Stems: what the inflections of a word share, in the language of the text that it stands in.

A stem says of which language it is (`veteran@es`), so that no stem meets a text of another one:
the Spanish stem of `canada` is `can`. English is said by nothing: so folders opened with stock
Whoosh answer as they did. Languages that are not stemmed share a tag, since they share their
analysis. Words with digits are not stemmed, and mean the same in all languages.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import Stemmer

STEMMERS = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hu": "hungarian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "bs": "serbian", "hr": "serbian",
    "sv": "swedish", "tr": "turkish", "und": "english", "zh": "english",
}  # fmt: skip
"""Primary language subtag to Snowball algorithm; other languages are not stemmed.

Bosnian, Croatian and Serbian share one, as they share most words, so that none is lost where one is
taken for another; it writes Cyrillic letters as Latin ones. Left are Catalan, where `París` would
find `pare` and `paraules` (of 20,000 frequent words 15 % share a stem of up to three letters with
three others, 4 to 7 % of the Czech, Polish, Serbian, Spanish and Russian ones), Armenian and
Basque, which do alike; Hindi, Nepali and Tamil, whose vowel signs are no letters to `stem_of`."""

STEMMED_LATER = frozenset(
    ("czech", "estonian", "irish", "lithuanian", "persian", "polish", "serbian")
)
"""Algorithms that came with format 6 of an index: in earlier ones their words stand unstemmed."""

LANGUAGES = (*{algorithm: tag for tag, algorithm in STEMMERS.items()}.values(), "mul")
"""A language for each analysis that there is."""

MARK = "@"
"""What stands between a stem and its language; no word holds it."""
_UNSTEMMED = f"{MARK}mul"
_TAGS = {"english": ""} | {
    algorithm: MARK + language
    for language, algorithm in reversed(STEMMERS.items())
    if algorithm != "english"
}


@lru_cache(maxsize=256)
def stemmer_of(language: str) -> str | None:
    """The Snowball algorithm for a language tag, or None where words stay as they are."""
    return STEMMERS.get(language.split("-")[0].lower())


@lru_cache(maxsize=256)
def tag_of(language: str) -> str:
    """What the stems of a language end with: nothing, or `MARK` and the tag of its stemmer."""
    algorithm = stemmer_of(language)
    return _UNSTEMMED if algorithm is None else _TAGS[algorithm]


def stem_languages(languages: Collection[str]) -> tuple[str, ...]:
    """One language for each stemmer that the languages use; English where there is none."""
    return _of_each_stemmer(tuple(languages))


@lru_cache(maxsize=64)
def _of_each_stemmer(languages: tuple[str, ...]) -> tuple[str, ...]:
    by_stemmer: dict[str | None, str] = {}
    for language in sorted(languages):
        by_stemmer.setdefault(stemmer_of(language), language)
    return tuple(by_stemmer.values()) or ("en",)


def untagged(stem: str) -> str:
    """A stem without its language."""
    return stem.partition(MARK)[0]


def stem_of(word: str, language: str) -> str:
    """The stem of a word in small letters, without its language; words with digits stay whole."""
    algorithm = stemmer_of(language)
    if algorithm is None or not word.isalpha():
        return word
    return str(_stemmer(algorithm).stemWord(word))


def stems(words: list[str], language: str) -> list[str]:
    """The stems of words in plain small letters and digits, with their language."""
    algorithm, tag = stemmer_of(language), tag_of(language)
    stemmed = words if algorithm is None else _stemmer(algorithm).stemWords(words)
    pairs = zip(stemmed, words, strict=True)
    return [stem + tag if word.isalpha() else word for stem, word in pairs]


_local = threading.local()
_NO_CACHE = 0
"""PyStemmer keeps 10,000 words for each stemmer if not told otherwise: of each thread and language,
3 MB that no cache counted, to save 0.2 of 0.4 microseconds a word."""


def _stemmer(algorithm: str) -> Any:
    """This thread's stemmer: one keeps state while it works, so threads do not share them."""
    stemmers: dict[str, Any] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm, _NO_CACHE)
    return stemmers[algorithm]
