"""Words that some write as one and others as several: `website` and `web site`, told by the index.

So are `covid19` and `Covid 19`, `US` and `U S`, `PhD` and `Ph.D.`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.text.folding import fold
from search.query.lexemes import CLOSING
from search.query.spelling_variants import pair_in_other_ways

MIN_WORD = 6
"""Letters of a word that may be two."""
MIN_HALF = 3
"""Letters of each of the two; those in `_PREFIXES` and `KNOWN` have fewer."""
FEW = 5
"""Releases up to which a joined word is believed, whether or not any release has it apart."""
TIMES = 50
"""How many times more releases may hold the word joined than side by side. Of the Senate's 3,000
most frequent words 24 are found to be two (`firefighters`, `website`); pairs of another meaning
(`for ward`, `land mark`, `state ment`) stand there by chance, less than a thousandth as often."""
MAX_KEPT = 10_000
"""Answers that are kept for an index."""

_PREFIXES = frozenset("al bi co e el ex mc o x".split())  # noqa: SIM905
"""Beginnings that hardly are words, nor what an apostrophe leaves, as `re` of `they're` is."""
_MIN_WITH_PREFIX = 4
"""Letters of a word behind one of these, from which both may be one."""
KNOWN = frozenset(
    {("per", "cent"), ("on", "line"), ("on", "site")}
    | {("ph", "d"), ("e", "id"), ("t", "shirt"), ("co", "op"), ("wi", "fi")}
)
"""Two words, one of them a function word or very short, that others write as one; as are names
that begin with `Mc`."""
_FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905
        "a about above after again all also am among an and another any are as at away back be "
        "been before being below both but by can could did do does down each else ever every few "
        "for from had has have he her here hers him his how i if in into is it its just less many "
        "may me might more most much must my near no none nor not now of off on once one only "
        "onto or other our out over own per same shall she should since so some such than that "
        "the their them then there these they this those through time to too two under until up "
        "upon us very was way we well were what when where which while who whom whose why will "
        "with within without would yet you your able age ant ear end her his ion lie red sing son "
        "ten ted ton"
    ).split()
)
"""Words that stand beside any other, and endings that are words by chance."""
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?")
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_OF_A_MODEL = r"(?:(?<=\b[a-z])|(?<=\b[a-z]-))\d{2,3}[a-z]"
"""What stands behind the one letter of an aircraft or a road: `C130J`, `I-35W`."""
_LETTERS_AND_NUMBER = re.compile(
    rf"([a-z]+)-?({_NUMBER}|{_OF_A_MODEL})|({_NUMBER})-?([a-z]+)|((?:[a-z]\.){{2,}})(\d+)"
)
"""`covid19`, `PM2.5`, `I35W`, `5km`, `H.R.1234`."""
_CAPITALS = re.compile("[A-Z]{2,3}")
_RATE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)([A-Za-zµ]{1,3}/[A-Za-z]{1,3}\d?)")
"""`80km/h`, `5mg/l`."""
_OF_TWO_KINDS = re.compile(r"([A-Z]/[A-Z])-?(\d{1,3})(s?)")
"""`F/A-18`, of which there are several."""
_INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])|(?<=^[A-Z])(?=[A-Z][a-z])")
"""Where a word may be written as two: `PhD`, `WiFi`, `McDonald`, `OBrien`."""
_TELEPHONE = re.compile(r"(\d{3})([.-])(\d{3})\2(\d{4})")
"""What others write as `(202) 555-0100`, or with points, hyphens or a space."""
_TELEPHONE_DIGITS = re.compile(
    r"(?P<area>\d{3})?(?P<exchange>(?<=\d{3})\d{3}|(?<!\d)\d{4})(?P<line>\d{4})"
)
"""The same without spaces, and a number of Hong Kong, which others write `5550 1000`."""
_DOTTED = re.compile(r"[A-Za-z]{1,3}(?:\.[A-Za-z]{1,3})+\.?")


Answer = tuple[str, str] | bool | None
KnownWords = dict[str, Answer]
"""Of a word the two that it is, or None; of two words whether they are one; of a phrase (with a
space before it) whether releases hold it."""


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """What an index says of words written as one or as several.

    :param documents: how many releases hold a folded word.
    :param together: how many hold words side by side.
    :param known: answers of before, of the same index.
    """

    documents: Callable[[str], int]
    together: Callable[..., int]
    known: KnownWords = field(default_factory=dict)

    def as_one(self, first: str, second: str) -> str | None:
        """The word that two neighbouring words are when written as one, if they are the same."""
        first, second = _bare(first), _bare(second.rstrip(CLOSING))
        if _is_letters_and_number(first, second):
            return first + second if self._is_held(first + second) else None
        if not _may_be_halves(first, second):
            return None

        def are_one() -> bool:
            held = self.documents(first + second) > 0
            return held and self._are_one(first, second, self.together(first, second))

        return first + second if self._answer(f"{first} {second}", are_one) else None

    def as_several(self, word: str) -> list[str]:
        """The words that a word is when written apart, with spaces between, if releases have it so.

        Also what it is without the points in it.
        """
        word = word.rstrip(CLOSING)
        ways = [" ".join(two)] if (two := self.as_two(word)) else []
        ways += [each for each in _by_form(word) if self._stands(each, word)]
        return list(dict.fromkeys(map(fold, ways)))

    def as_two(self, word: str) -> tuple[str, str] | None:
        """The two words that a word is when written apart, if releases have it so."""
        word = fold(word)
        if len(word) < _MIN_WITH_PREFIX or not (word.isascii() and word.isalpha()):
            return None
        halves = self._answer(word, lambda: self._best_cut(word))
        return halves if isinstance(halves, tuple) else None

    def _best_cut(self, word: str) -> tuple[str, str] | None:
        """The cut whose two words stand side by side most often, if often enough."""
        cuts = [(word[:at], word[at:]) for at in range(1, len(word) - 1)]
        possible = [cut for cut in cuts if _may_be_halves(*cut) and self._may_be_one(*cut)]
        counted = [(self.together(*halves), halves) for halves in possible]
        apart, halves = max(counted, default=(0, ("", "")))
        return halves if apart and self._are_one(*halves, apart) else None

    def _may_be_one(self, first: str, second: str) -> bool:
        """Whether two words are one even if wherever the rarer one stands the other is beside it.

        That is looked up, where to count how often they stand so takes as long as a phrase.
        """
        most = self.documents(first) and min(self.documents(first), self.documents(second))
        return most > 0 and self._are_one(first, second, most)

    def _are_one(self, first: str, second: str, apart: int) -> bool:
        """Whether releases have two words as one; short ones stand side by side by chance."""
        if first == "mc" or (first, second.removesuffix("s")) in KNOWN:
            return True
        whole = self.documents(first + second)
        few = FEW if len(first + second) >= MIN_WORD else 0
        return whole <= max(few, TIMES * apart)

    def _is_held(self, typed: str) -> bool:
        """Whether releases hold a word of letters and digits: `pm2` of `pm2.5`."""
        return self.documents(typed.partition(".")[0]) > 0

    def _stands(self, text: str, word: str) -> bool:
        """Whether releases hold words side by side, not many times less often than as `word`.

        Of a single word whether they hold it. `FDA` with the few `F D A` took 2 ms more.
        """
        words = text.split()
        if len(words) < 2:
            return self.documents(fold(text)) > 0

        def stands() -> bool:
            apart = self.together(*words)
            return apart > 0 and self.documents(fold(word)) <= TIMES * apart

        return bool(self._answer(f" {text}", stands))

    def _answer(self, key: str, find: Callable[[], Answer]) -> Answer:
        """The answer of before, or the one that is found now; another thread may forget it."""
        try:
            return self.known[key]
        except KeyError:
            answer = find()
        if len(self.known) >= MAX_KEPT:
            self.known.clear()
        self.known[key] = answer
        return answer


def _bare(word: str) -> str:
    """A folded word, `H.R.` without its points."""
    return fold(word.replace(".", "") if _INITIALS.fullmatch(word) else word)


def _is_letters_and_number(first: str, second: str) -> bool:
    """`Covid` and `19`, `6` and `p.m.`; `I-95` is a road."""
    beside = {first, second} & _FUNCTION_WORDS - {"i", "am"}
    alike = first.isalpha() == second.isalpha()
    return not (alike or beside) and _LETTERS_AND_NUMBER.fullmatch(first + second) is not None


def _by_form(word: str) -> Iterator[str]:
    """Ways to write a word that its letters tell."""
    mixed = _LETTERS_AND_NUMBER.fullmatch(fold(word))
    if mixed:
        yield " ".join(each for each in mixed.groups() if each)
        if mixed[5]:
            yield word.replace(".", "")
        if mixed[1] and _CAPITALS.fullmatch(word[: len(mixed[1])]):
            yield " ".join((*mixed[1], mixed[2]))
    elif _CAPITALS.fullmatch(word):
        if word == "US" or word.lower() not in _FUNCTION_WORDS:
            yield " ".join(word)
    elif _DOTTED.fullmatch(word) and not _INITIALS.fullmatch(word):
        yield word.replace(".", "")
    elif word.isascii() and word.isalpha() and not word.islower():
        parted = _INNER_CAPITAL.sub(" ", word)
        if " " in parted:
            yield parted
    elif "-" in word and (pairs := pair_in_other_ways(*word.split("-", 1))):
        yield from pairs
    elif rate := _RATE.fullmatch(word):
        yield f"{rate[1]} {rate[2]}"
    elif model := _OF_TWO_KINDS.fullmatch(word):
        yield f"{model[1]} {model[2]}{'' if model[3] else 's'}"
    elif telephone := _TELEPHONE.fullmatch(word):
        area, between, exchange, line = telephone.groups()
        yield f"({area}) {exchange}-{line}" if between == "." else f"{area}.{exchange}.{line}"
        yield f"{area} {exchange}-{line}"
    elif digits := _TELEPHONE_DIGITS.fullmatch(word):
        area, exchange, line = digits["area"], digits["exchange"], digits["line"]
        if area:
            yield from (f"({area}) {exchange}-{line}", f"{area} {exchange}-{line}")
            yield from (f"{area}.{exchange}.{line}", f"{area}-{exchange}-{line}")
        else:
            yield f"{exchange} {line}"


def _may_be_halves(first: str, second: str) -> bool:
    both = first + second
    if (first, second.removesuffix("s")) in KNOWN:
        return True
    shortest = _MIN_WITH_PREFIX if first in _PREFIXES else MIN_WORD
    if not (both.isascii() and both.isalpha()) or len(both) < shortest:
        return False
    ends = {second, second.removesuffix("s")}  # as stems are
    if first in _PREFIXES:
        return len(second) >= MIN_HALF and not ends & _FUNCTION_WORDS
    least = min(len(first), len(second))
    return least >= MIN_HALF and not {first, *ends} & _FUNCTION_WORDS
