"""Stems of a word typed without its accents: of `securite` those of `sécurité`, too.

A stemmer knows an ending by its accents. Terms with positions are stems, so that in a phrase and
beside `NEAR` a word can be met by these alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from index.text.analysis import expand
from index.text.folding import fold

ENDING = 6
"""Letters at the end of a word that are tried with accents: stemmers go by these."""
MAX_ACCENTS = 2
"""Letters of these that have one at a time, as both of the Spanish `pequeñín`."""

_ACCENTS = {
    "cs": "aá cč dď eéě ií nň oó rř sš tť uúů yý zž",
    "da": "aå eé oø",
    "es": "aá eé ií nñ oó uúü",
    "et": "aä oöõ uü sš zž",
    "fr": "aàâ cç eéèê iîï oô uùû",
    "ga": "aá eé ií oó uú",
    "hu": "aá eé ií oóöő uúüű",
    "it": "aà eèé iì oò uù",
    "lt": "aą cč eęė iį sš uųū zž",
    "nb": "aå oø",
    "nl": "eéë iï oóö uü",
    "no": "aå oø",
    "pl": "aą cć eę lł nń oó sś zżź",
    "pt": "aáâãà cç eéê ií oóôõ uú",
    "ro": "aăâ iî sș tț",
    "sv": "aåä oö eé",
    "tr": "cç gğ iı oö sş uü",
}
"""Language -> letters, each with what it may be with an accent."""


@lru_cache(maxsize=4096)
def accented_stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a plain word in all the ways in which the language may write its end."""
    accents = _accents(language.partition("-")[0].lower())
    plain = fold(word)
    if not accents or not plain.isalpha():
        return ()
    parts = (expand(each, language).parts for each in _with_accents(plain, accents))
    return tuple(dict.fromkeys(each[0].term.stem for each in parts if len(each) == 1))


def _with_accents(word: str, accents: dict[str, str]) -> Iterator[str]:
    yield word
    first = max(1, len(word) - ENDING)
    places = [at for at in range(first, len(word)) if word[at] in accents]
    choices = [(at, accent) for at in places for accent in accents[word[at]]]
    for count in range(1, MAX_ACCENTS + 1):
        for chosen in combinations(choices, count):
            letters = list(word)
            for at, accent in chosen:
                letters[at] = accent
            yield "".join(letters)


@lru_cache(maxsize=len(_ACCENTS))
def _accents(language: str) -> dict[str, str]:
    return {each[0]: each[1:] for each in _ACCENTS.get(language, "").split()}
