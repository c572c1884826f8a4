"""Words that some write as one and others as two: `website` and `web site`, told by the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from index.text.analysis import fold

MIN_WORD = 6
"""Letters of a word that may be two."""
MIN_HALF = 3
"""Letters of each of the two; prefixes in `_PREFIXES` have fewer."""
FEW = 5
"""Releases up to which a joined word is believed, whether or not any release has it apart."""
TIMES = 50
"""How many times more releases may hold the word joined than side by side. Of the Senate's 3,000
most frequent words 24 are found to be two (`firefighters`, `website`); pairs of another meaning
(`for ward`, `land mark`, `state ment`) stand there by chance, less than a thousandth as often."""
MAX_KEPT = 10_000
"""Answers that are kept for an index."""

_PREFIXES = ("co",)
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


KnownWords = dict[str, tuple[str, str] | bool | None]
"""Of a word the two that it is, or None; of two words whether they are one."""


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """What an index says of words written as one or two.

    :param documents: how many releases hold a folded word.
    :param together: how many hold two words side by side.
    :param known: answers of before, of the same index.
    """

    documents: Callable[[str], int]
    together: Callable[[str, str], int]
    known: KnownWords = field(default_factory=dict)

    def as_one(self, first: str, second: str) -> str | None:
        """The word that two neighbouring words are when written as one, if they are the same."""
        first, second = fold(first), fold(second)
        if not _may_be_halves(first, second):
            return None
        key = f"{first} {second}"
        if key not in self.known:
            whole = self.documents(first + second)
            self._keep(key, whole > 0 and self._are_one(whole, self.together(first, second)))
        return first + second if self.known[key] else None

    def as_two(self, word: str) -> tuple[str, str] | None:
        """The two words that a word is when written apart, if releases have it so."""
        word = fold(word)
        if len(word) < MIN_WORD or not (word.isascii() and word.isalpha()):
            return None
        if word not in self.known:
            self._keep(word, self._best_cut(word))
        halves = self.known[word]
        return halves if isinstance(halves, tuple) else None

    def _best_cut(self, word: str) -> tuple[str, str] | None:
        """The cut whose two words stand side by side most often, if often enough."""
        cuts = [(word[:at], word[at:]) for at in range(2, len(word) - MIN_HALF + 1)]
        possible = [
            halves
            for halves in cuts
            if _may_be_halves(*halves) and all(map(self.documents, halves))
        ]
        counted = [(self.together(*halves), halves) for halves in possible]
        apart, halves = max(counted, default=(0, None))
        return halves if apart and self._are_one(self.documents(word), apart) else None

    def _are_one(self, whole: int, apart: int) -> bool:
        return whole <= max(FEW, TIMES * apart)

    def _keep(self, key: str, answer: tuple[str, str] | bool | None) -> None:
        if len(self.known) >= MAX_KEPT:
            self.known.clear()
        self.known[key] = answer


def _may_be_halves(first: str, second: str) -> bool:
    both = first + second
    if not (both.isascii() and both.isalpha()) or len(both) < MIN_WORD or len(second) < MIN_HALF:
        return False
    if len(first) < MIN_HALF and first not in _PREFIXES:
        return False
    plain = {first, second, second.removesuffix("s")}  # as stems are
    return not plain & _FUNCTION_WORDS
