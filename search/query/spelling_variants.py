"""Words that others write otherwise: `labor` for `labour`, `Mueller` for `Müller`, `Sen. Wu`.

In German the stemmer makes `Mueller` and `Müller` one. Abbreviations stay apart from what they
stand for: `dept`, the 57th most frequent word of public query lists, is held by 291 of the Senate's
releases, `department` by 26,300; and `911` is the number of an ambulance, not the day `9/11`.
Plurals of another stem stay apart, too: of the Department of Justice's releases 750 say `child`,
and 1,262 either that or `children`, by which a count would be half as large again as stems say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoosh.query import Query

from index.text.folding import fold
from search.query.as_written import with_stems
from search.query.known_words import other_spelling
from search.query.lexemes import CLOSING
from search.query.statistics import Statistics
from search.query.term_queries import is_plain, spellings_query, word_stems
from search.query.word_clauses import Scope

MIN_CAPITALS = 4
"""Letters of an acronym that may be taken for a plural; `GPS`, `DOS` and `UAS` are left alone."""

_BEFORE_PLACES = {
    one: other
    for pair in (("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort"))
    for one, other in (pair, pair[::-1])
}
"""What names of places begin with; by themselves `st` is a street, and `ft` feet."""
_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "pres": "president",
    "prof": "professor",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
}
_SHORT_TITLES = {title: short for short, title in _TITLES.items()}
"""Before a name in capitals alone: `general election`, of which each one more phrase is looked for,
would take 0.3 % more calls of 223 searches."""
_VERSUS = {
    one: tuple(other for other in ("v", "vs", "versus") if other != one)
    for one in ("v", "vs", "versus")
}
"""What stands between the parties of a case; `V.` is an initial."""
_COUNTED = (  # noqa: SIM905
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st"}
_ORDINALS = {
    one: (other,)
    for number, word in enumerate(_COUNTED, start=1)
    for one, other in (
        (f"{number}{_ENDINGS.get(number, 'th')}", word),
        (word, f"{number}{_ENDINGS.get(number, 'th')}"),
    )
    if one not in ("first", "second", "third")
}
"""Before a word alone: of the Senate's releases 321 have `14th`, mostly days, and 61 `fourteenth`.
The first three in words are more often no numbers (`first responders`, `second home`)."""
_ACRONYM = re.compile(r"([B-DF-HJ-NP-TV-XZ]{1,4}[A-Z])(s?)")
"""Capitals of which the stemmer takes no plural: it leaves an s behind letters without a vowel."""
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,4}")
_DESIGNATION = re.compile(r"([A-Z]{1,3})-?(\d{1,3})(s?)")
"""What aircraft, roads and the like are called, `F-22`."""
_BRACKETED = re.compile(r"(\d{1,4})\(([A-Za-z])\)")
_FRACTION = re.compile(r"([1-9])/([2-8])")
MIN_SPELT_OUT = 6
"""Letters of a word that may have an umlaut in two letters; of the Senate's releases one says
`Loew`, and 6,815 `low`."""
_SPELT_OUT = re.compile(r"(?<=[b-z])ae|oe|(?<![aäeq])ue", re.IGNORECASE)
"""Umlauts as they are typed where a keyboard has none."""
_WITHOUT_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def in_other_ways(text: str, query: Query, scope: Scope) -> tuple[Query, str]:
    """The query of a typed word, or of it in all ways in which releases have it, and another one.

    :returns: beside the query the way that is to be told, empty where there is none.
    """
    word, statistics = text.rstrip(CLOSING), scope.statistics
    if statistics is None:
        return query, ""
    if not word.isalpha():
        return with_stems(query, [*_without_signs(word)], scope), ""
    spelt = _with_umlauts(word, statistics) if _SPELT_OUT.search(word) else ()
    others = [each for each in (*_other_words(word), *spelt) if statistics.holds(fold(each))]
    stems = [*_in_other_number(word)]
    if not (others or stems):
        return query, ""
    whole = spellings_query((word, *others), scope) if others else query
    told = others[0] if others and whole != query else ""
    return with_stems(whole, stems, scope), told


def read_as_plural(word: str, scope: Scope) -> str:
    """The word that one in capitals is taken for the plural of: `aid` of `AIDS`.

    Empty where releases do not have it; they keep no capitals by which the two could be told apart.
    """
    if len(word) < MIN_CAPITALS or word[-1] != "S":
        return ""
    singular = word_stems(word, scope.languages[:1])[0]
    exact = tuple([f"{field}_exact" for field in scope.fields])
    held = scope.statistics is not None and scope.statistics.held(exact, (singular,))
    return singular if held and fold(word) == f"{singular}s" else ""


def _without_signs(word: str) -> Iterator[str]:
    """`fbis` for `F.B.I.`, `f22s` for `F-22`, `401k` for `401(k)`, and `½` for `1/2`."""
    designation, bracketed = _DESIGNATION.fullmatch(word), _BRACKETED.fullmatch(word)
    if designation:
        letters, number, plural = designation.groups()
        yield f"{letters}{number}{'' if plural else 's'}".lower()
    elif bracketed:
        yield from (f"{bracketed[1]}{bracketed[2]}{ending}".lower() for ending in ("", "s"))
    elif _FRACTION.fullmatch(word):
        yield word.replace("/", "\u2044")
    elif _INITIALS.fullmatch(word):
        yield from _in_other_number(word.replace(".", ""))


def pair_in_other_ways(first: str, second: str) -> tuple[str, ...]:
    """Two words of which the first is written otherwise before the second: `saint Louis` for
    `St. Louis`, `vs Wade` for `v. Wade`, `fourteenth Amendment` for `14th Amendment`."""
    bare = first.rstrip(".")
    title = bare.lower()
    others = _VERSUS.get(bare) or _ORDINALS.get(title)
    if others is None:
        other = _BEFORE_PLACES.get(title) or _TITLES.get(title)
        if other is None and second[:1].isupper():
            other = _SHORT_TITLES.get(title)
        others = (other,) if other else ()
    if not (others and second.replace("-", "").isalpha()):
        return ()
    return tuple([f"{other} {second}" for other in others])


def _other_words(word: str) -> Iterator[str]:
    """The word as Britain or America spells it, and as it is written without umlauts."""
    other = other_spelling(fold(word)) if is_plain(word) else None
    if other is not None:
        yield other
    if not word.isascii() and word.translate(_WITHOUT_UMLAUTS) != word:
        yield word.translate(_WITHOUT_UMLAUTS)


def _with_umlauts(word: str, statistics: Statistics) -> Iterator[str]:
    """`Göteborg` for the name `Goeteborg`, which no release has; in folded texts, `Goteborg`.

    A word in small letters may be a slip, `scheduel`, and is offered another spelling.
    """
    if word.istitle() and len(word) >= MIN_SPELT_OUT and not statistics.holds(fold(word)):
        yield _SPELT_OUT.sub(lambda vowels: vowels[0][0], word)


def _in_other_number(word: str) -> Iterator[str]:
    """`smes` for `SME`, `mp` for `MPs`: two letters and an s are too often another word (`GPS`)."""
    acronym = _ACRONYM.fullmatch(word)
    if acronym and acronym[2]:
        yield acronym[1].lower()
    elif acronym and len(word) > 2:
        yield f"{word.lower()}s"
