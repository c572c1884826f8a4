"""Forms of a word in languages without a stemmer: `лікарню` for `лікарня`, `escoles` for `escola`.

Endings stand in groups: a word that has one of a group is looked for with the others too. What is
made so and is no word is in no release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.text.folding import fold

MIN_STEM = 3
"""Letters before an ending."""

_GROUPS = {
    "bg": """
        - ът ъта а и ите / - ът ове овете а / - ят я и ите / - я ят ища ищата / ър ърът ъра ри рите
        а ата и ите о / я ята и ите / о ото а ата / е ето а ата / - та и ите / к кът ка ци ците
        - ия ият а ата о ото и ите / ен ния ният на ната но ното ни ните
        ски ския ският ска ската ско ското ските
    """,
    "ca": """
        - s a es / e es / ca ques / ca ces / ga gues / ja ges / gua gues / qua ques / - os / o ons
        a ans ana anes / e ens ena enes / i ins ina ines / o ons ona ones
        s sos / s ssos / at ats ada ades / it its ida ides / ut uts uda udes
    """,
    "uk": """
        а и і у ою о ам ами ах / я і ю ею є ь ям ями ях / ня ні ню нею ень ням нями нях
        ія ії ію ією ій іям іями іях / - а у ові ом і и ів ам ами ах
        ь я ю еві єві ем єм і ів ям ями ях / й я ю єві єм ї їв ям ями ях / о а у ом і ам ами ах
        ння нню нням нні нь ннями ннях / ість ості істю остей остям остями остях
        ець ця цю цем цеві ці ців цям цями цях / ок ка ку ком кові ки ків кам ками ках
        ка ки ку кою ці ок кам ками ках / ь і ю ей ям ями ях
        ий ого ому им ім а ої ій у ою е і их ими о / ній нього ньому нім ня ньої ню нє ні ніх німи
    """,
}
"""Endings of nouns and adjectives, each group with those that the same word has."""
HEBREW = "he"
LANGUAGES = frozenset((*_GROUPS, HEBREW))
"""Languages whose words are found in other forms so."""

_ARTICLES = "ה", "וה"
_WRITTEN_IN_ONE = (*_ARTICLES, "ו", "ב", "ל", "וב", "ול", "שה", "מה")
"""Hebrew for the, and, in, to, that, from; of those that begin many other words (מ, ש, כ) none."""
_ARTICLE = re.compile("ו?ה(?=[א-ת]{3})")
_WORD_OF = {
    "bg": re.compile("[а-я]{3,}"),
    "ca": re.compile("[a-z]{3,}"),
    "uk": re.compile("[а-щьюяєіїґ]{3,}"),
    HEBREW: re.compile("[א-ת]{2,}"),
}


@lru_cache(maxsize=4096)
def other_forms(word: str, language: str) -> tuple[str, ...]:
    """Other forms that a folded word may have in one of `LANGUAGES`."""
    if not _WORD_OF[language].fullmatch(word):
        return ()
    made = _in_hebrew(word) if language == HEBREW else _with_other_endings(word, language)
    return tuple(dict.fromkeys(each for each in made if each != word))


def _with_other_endings(word: str, language: str) -> Iterator[str]:
    for group in _groups(language):
        for ending in group:
            stem = word.removesuffix(ending)
            if len(stem) >= MIN_STEM and len(stem) + len(ending) == len(word):
                yield from (stem + other for other in group)


def _in_hebrew(word: str) -> Iterator[str]:
    """A word without its article, and with what is written in one with it."""
    bare = _ARTICLE.sub("", word, count=1)
    yield bare
    before = _WRITTEN_IN_ONE if len(bare) >= MIN_STEM else _ARTICLES
    yield from (each + bare for each in before)


@lru_cache(maxsize=len(_GROUPS))
def _groups(language: str) -> tuple[tuple[str, ...], ...]:
    lines = _GROUPS[language].replace("\n", " / ").split("/")
    groups = (tuple(fold(each.strip("-")) for each in line.split()) for line in lines)
    return tuple(group for group in groups if group)
