"""Words as releases write them: accents that nobody typed, articles, points in large numbers.

A stemmer goes by accents: the French one makes `secur` of `sécurité`, and `securit` of `securite`.
And what a word is written with in one place is left out in another: `l'école`, `une école`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product
from typing import NamedTuple

from whoosh.query import Or, Query

from index.text.analysis import expand
from index.text.folding import fold
from index.text.stemming import tag_of
from search.query.accented_stems import accented_stems
from search.query.combined_fields import CombinedFields
from search.query.inflection import LANGUAGES, other_forms
from search.query.lexemes import Lexeme
from search.query.statistics import Statistics
from search.query.term_queries import form_query, phrase_words, spellings_query, word_query
from search.query.word_clauses import Scope, stems_phrase

MIN_SHARE = 0.01
"""Share of the releases from which a language is one that searches are written in. The word list of
each takes 0.4 to 1.3 s to read and 10 to 50 MB: 12,000 releases of the Senate, three of them in
Spanish and one taken for Czech, had read three lists before one search was corrected."""
ACCENTED = frozenset((
    "ar", "cs", "da", "es", "et", "fr", "ga", "hu", "it", "lt", "nb", "nl", "no", "pl", "pt", "ro",
    "sv", "tr",
))  # fmt: skip
"""Languages whose stemmers make other stems of 4 to 40 % of the accented ones among their 20,000
most frequent words, once the accents are left out (`wordfreq`): 21 % of the Spanish and Portuguese,
19 % of the French, 24 % of the Italian, 31 % of the Polish, 14 % of the Czech ones. Of the German,
Finnish, Greek, Russian, Serbian and Persian ones 0 to 2 %. Of Estonian and Irish there is no list;
their stemmers have accents in their rules."""
ELIDING = frozenset(("ca", "fr", "it"))
POINTED = frozenset(
    ("ca", "da", "de", "el", "es", "hr", "id", "it", "nl", "pt", "ro", "sl", "tr", "vi")
)
"""Languages that write points between the thousands of a number, as CLDR has it."""
ARABIC = "ar"
MIN_LETTERS = 3
"""Letters of a word without its article."""
MAX_WAYS = 50
"""Ways to write a phrase, of the stems that releases hold."""
FORM = 0.5
"""What a word counts as it is written, beside its stem."""

_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|(?:(?:d|n)e|a|da|su|que|co)ll|quest|sant)"
    r"['’‘ʼ`´](?=[^\W\d_]{2})",
    re.IGNORECASE,
)
"""What loses its last vowel before a word: `l'école`, `dell'isola`."""
_ARTICLE = re.compile("(?:[وف]?(?:ال|[بك]ال|لل))?(?=[\u0621-\u064a])")
"""`the` in Arabic, with what is written in one with it: and, by, as, for."""
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل", "ولل", "وبال")
_NUMBER = re.compile(
    r"(?P<whole>\d{4,12}|\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+)(?P<part>,\d{1,2})?"
)
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
"""A fraction as these languages write it. The other way round `2.5` would find `Articles 2, 5`: in
628 of the Swiss releases, where 231 have the number."""
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")


class Writing(NamedTuple):
    """Of the languages that searches of an index are written in, those that have accents which
    their stemmers go by, those with articles written in one with their words, those with points
    in large numbers, and those without a stemmer whose endings are known. `placed`: whether words
    stand beside `NEAR`, which asks for stems. `seldom`: whether only few releases are in a language
    with such accents, which are looked for where no release has the word otherwise."""

    accented: tuple[str, ...] = ()
    eliding: tuple[str, ...] = ()
    pointed: tuple[str, ...] = ()
    unstemmed: tuple[str, ...] = ()
    placed: bool = False
    seldom: bool = False

    def written(self, word: str, query: Query, scope: Scope) -> Query:
        """The query of a typed word, or of it in all ways in which releases write it."""
        if self.unstemmed:
            query = with_stems(query, self._inflected(word), scope)
        if self.placed:
            return with_stems(query, self._accented(word), scope)
        elided = _ELIDED.match(word) if self.eliding else None
        if elided is not None:
            whole = word_query(word, replace(scope, any_word=False))  # no release for its article
            bare = word_query(word[elided.end() :], replace(scope, languages=self.eliding))
            return Or([each for each in (whole, bare) if each is not None])
        large = _NUMBER.fullmatch(word) if self.pointed else None
        if large is not None:
            number = word_query(_otherwise_grouped(large["whole"]) + (large["part"] or ""), scope)
            return query if number is None else Or([query, number])
        decimal = _DECIMAL.fullmatch(word) if self.pointed else None
        if decimal is not None:
            number = word_query(word.replace(",", "."), scope)
            return query if number is None else Or([query, number])
        if not (self.accented or (self.seldom and _is_nowhere(query, scope))):
            return query
        if ARABIC in self.accented and _ARABIC_WORD.fullmatch(word):
            query = _in_arabic(word, query, scope)
        form = form_query(word, scope)
        return query if form is None else Or([query, form.times(FORM)])

    def phrase(self, text: str, query: Query | None, scope: Scope, slop: int) -> Query | None:
        """The query of a phrase, or of it with whatever accents its words may have."""
        ways = [way for language in self.accented for way in _ways(text, language, scope)]
        return query if query is None or not ways else Or([query, stems_phrase(scope, ways, slop)])

    def _inflected(self, word: str) -> list[str]:
        folded = fold(word).replace("״", "")  # a Hebrew abbreviation is a word
        return [
            each + tag_of(language)
            for language in self.unstemmed
            for each in other_forms(folded, _primary(language))
        ]

    def _accented(self, word: str) -> list[str]:
        return [stem for language in self.accented for stem in accented_stems(word, language)]


PLAIN, SELDOM = Writing(), Writing(seldom=True)


def writing_of(
    languages: Collection[str], statistics: Statistics | None, lexemes: Sequence[Lexeme]
) -> Writing:
    """How words of a search are written in an index that has these languages."""
    possible = _that_matter(tuple(languages))
    if not possible or statistics is None:
        return PLAIN
    fewest = MIN_SHARE * statistics.documents
    common = [tag for tag in possible if statistics.frequency("language", tag) >= fewest]
    if not common:
        return SELDOM if _are_accented(possible) else PLAIN
    kinds = ACCENTED, ELIDING, POINTED, LANGUAGES
    accented, eliding, pointed, unstemmed = (
        tuple([tag for tag in common if _primary(tag) in kind]) for kind in kinds
    )
    placed = any(each.kind == "near" for each in lexemes)
    seldom = not accented and _are_accented(possible)
    return Writing(accented, eliding, pointed, unstemmed, placed, seldom)


def with_stems(query: Query, stems: Sequence[str], scope: Scope) -> Query:
    """The query of a word, or of it with those of more stems that releases have: one clause."""
    statistics = scope.statistics
    held = statistics.held(scope.fields, tuple(stems)) if statistics and stems else ()
    if statistics is None or not held:
        return query
    plain = isinstance(query, CombinedFields) and query.fields == scope.fields
    terms = tuple(dict.fromkeys((*query.terms, *held) if plain else held))
    whole = CombinedFields(scope.fields, terms, statistics.idf(scope.fields, terms) or 1.0)
    return whole if plain else Or([query, whole])


def _is_nowhere(query: Query, scope: Scope) -> bool:
    """Whether no release has any stem of a word."""
    statistics = scope.statistics
    if statistics is None or not isinstance(query, CombinedFields):
        return False
    return statistics.idf(query.fields, query.terms) == 0.0


@lru_cache(maxsize=64)
def _that_matter(languages: tuple[str, ...]) -> tuple[str, ...]:
    kinds = ACCENTED | ELIDING | POINTED | LANGUAGES
    return tuple(tag for tag in languages if _primary(tag) in kinds)


@lru_cache(maxsize=64)
def _are_accented(languages: tuple[str, ...]) -> bool:
    return any(_primary(tag) in ACCENTED for tag in languages)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _ways(text: str, language: str, scope: Scope) -> list[list[str]]:
    """The stems of a phrase with whatever accents; none where it has them as they were typed."""
    places = [_stems_in_phrase(raw, language, scope) for raw in phrase_words(text)]
    as_typed = [stem for place in places for stem in place[0]]
    if all(len(place) == 1 for place in places):
        return []
    ways = [[*chain.from_iterable(way)] for way in islice(product(*places), MAX_WAYS)]
    return [way for way in ways if way != as_typed]


def _stems_in_phrase(raw: str, language: str, scope: Scope) -> list[tuple[str, ...]]:
    """What may stand for a word of a phrase: the stems of its parts, or another that is held."""
    own = tuple([part.term.stem for part in expand(raw, language).parts])
    statistics, others = scope.statistics, accented_stems(raw, language) if len(own) == 1 else ()
    held = statistics.held(scope.fields, others) if statistics and others else ()
    return list(dict.fromkeys([own, *((stem,) for stem in held)]))


def _in_arabic(word: str, query: Query, scope: Scope) -> Query:
    """An Arabic word with its article, by its stem, and without, as it stands.

    The stemmer takes the first letter of وزير for `and`, and leaves it behind an article; what it
    makes of وزارة, a ministry, it also makes of a visit.
    """
    bare = _ARTICLE.sub("", word, count=1)
    if len(bare) < MIN_LETTERS:
        return query
    whole = spellings_query((word, *(f"{each}{bare}" for each in _ARTICLES)), scope)
    form = form_query(bare, scope) if bare != word else None
    return whole if form is None else Or([whole, form.times(FORM)])


def _otherwise_grouped(number: str) -> str:
    """A large number with points between its thousands, or without those that it has."""
    plain = re.sub(r"\D", "", number)
    return plain if "." in number else f"{int(plain):,}".replace(",", ".")
