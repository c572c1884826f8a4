"""Words that others write otherwise: `labor` for `labour`, `Mueller` for `Müller`, `St Louis`.

In German the stemmer makes `Mueller` and `Müller` one. Abbreviations stay apart from what they
stand for: `dept`, the 57th most frequent word of public query lists, is held by 291 of the Senate's
releases, `department` by 26,300; and `911` is the number of an ambulance, not the day `9/11`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoosh.query import Query

from index.text.analysis import fold
from index.text.stemming import stem_of
from search.query.as_written import with_stems
from search.query.known_words import other_spelling
from search.query.term_queries import is_plain, spellings_query
from search.query.word_clauses import Scope

_BEFORE_PLACES = {
    one: other
    for pair in (("st", "saint"), ("mt", "mount"), ("ft", "fort"))
    for one, other in (pair, pair[::-1])
}
"""What names of places begin with; by themselves `st` is a street, and `ft` feet."""
_ACRONYM = re.compile(r"([B-DF-HJ-NP-TV-XZ]{1,4}[A-Z])(s?)")
"""Capitals of which the stemmer takes no plural: it leaves an s behind letters without a vowel."""
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,4}")
_DECADE = re.compile(r"(\d{1,3}0)['’‘ʼ`´]s")
ENGLISH = "en"
_PLURALS = (
    "child children, man men, woman women, mouse mice, goose geese, foot feet, tooth teeth, "
    "ox oxen, louse lice, crisis crises, analysis analyses, thesis theses, "
    "hypothesis hypotheses, diagnosis diagnoses, prognosis prognoses, synthesis syntheses, "
    "synopsis synopses, parenthesis parentheses, oasis oases, "
    "phenomenon phenomena, bacterium bacteria, curriculum curricula, memorandum memoranda, "
    "referendum referenda, symposium symposia, appendix appendices, "
    "matrix matrices, vertex vertices, wife wives, knife knives, wolf wolves, shelf shelves, "
    "thief thieves, loaf loaves, calf calves, half halves, scarf scarves, wharf wharves, "
    "hoof hooves, stimulus stimuli, alumnus alumni"
)
"""Words whose plurals have other stems, and no meaning besides, as `lives` and `bases` have.

Without `index` and `criterion`: with `match=any` they took 0.0025 of nDCG@10 from cisi and
gave 0.0007 to cranfield and 0.0038 to adi; all others together change none by 0.0002."""
_NUMBERS = {
    written(one): other
    for each in _PLURALS.split(", ")
    for pair in (each.split(),)
    for one, other in (pair, pair[::-1])
    for written in (str, str.capitalize, str.upper)
}
_MEN = {"man": "men", "men": "man", "MAN": "men", "MEN": "man"}
_LEAST_BEFORE_MEN = 5
"""Letters of `fisherman` from which its end is that word; of `human` it is not."""
_CLOSING = ".,;:!?…"
_WITHOUT_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def in_other_ways(text: str, query: Query, scope: Scope) -> tuple[Query, str]:
    """The query of a typed word, or of it in all ways in which releases have it, and another one.

    :returns: beside the query the way that is to be told, empty where there is none.
    """
    word, statistics = text.rstrip(_CLOSING), scope.statistics
    if statistics is None:
        return query, ""
    if not word.isalpha():
        return with_stems(query, [*_without_signs(word)], scope), ""
    others = [each for each in _other_words(word) if statistics.holds(fold(each))]
    stems = [*_in_other_number(word)]
    if not (others or stems):
        return query, ""
    whole = spellings_query((word, *others), scope) if others else query
    told = others[0] if others and whole != query else ""
    return with_stems(whole, stems, scope), told


def _without_signs(word: str) -> Iterator[str]:
    """`FBIs` for `F.B.I.`, and `1990s` for `1990's`, which texts say of the year as well."""
    decade = _DECADE.fullmatch(word)
    if decade:
        yield f"{decade[1]}s"
    elif _INITIALS.fullmatch(word):
        yield from _in_other_number(word.replace(".", ""))


def other_number(word: str) -> str | None:
    """`children` for `child`, and the other way round, of small letters; None for most words."""
    if word[-3:] in _MEN and len(word) > _LEAST_BEFORE_MEN:
        return word[:-3] + _MEN[word[-3:]]
    return _NUMBERS.get(word)


def place_in_other_way(first: str, second: str) -> str | None:
    """Two words that may begin the name of a place, otherwise: `saint Louis` for `St. Louis`."""
    other = _BEFORE_PLACES.get(first.rstrip(".").lower())
    return f"{other} {second}" if other and is_plain(second) else None


def _other_words(word: str) -> Iterator[str]:
    """The word as Britain or America spells it, and as it is written without umlauts."""
    other = other_spelling(fold(word)) if is_plain(word) else None
    if other is not None:
        yield other
    if not word.isascii() and word.translate(_WITHOUT_UMLAUTS) != word:
        yield word.translate(_WITHOUT_UMLAUTS)


def _in_other_number(word: str) -> Iterator[str]:
    """English stems of the other number: `smes` for `SME`, `mp` for `MPs`, `children` for `child`.

    Two letters and an s are too often another word (`GPS`).
    """
    acronym = _ACRONYM.fullmatch(word)
    if acronym and acronym[2]:
        yield acronym[1].lower()
    elif acronym and len(word) > 2:
        yield f"{word.lower()}s"
    elif word in _NUMBERS or word[-3:] in _MEN:  # told without a call: of nearly all words neither
        other = other_number(word.lower())
        yield from () if other is None else (stem_of(other, ENGLISH),)
