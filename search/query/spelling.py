"""Did-you-mean: from a vocabulary of unstemmed words, whichever engine keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log10
from typing import Protocol

from index.release import Agency
from index.text.folding import fold
from index.text.raw_tokens import raw_token_in
from search.query.known_words import is_census_name, is_rare_word, zipf_of
from search.query.parsed_query import ParsedQuery, TypedWord

SUGGEST_UP_TO = 10
"""Matches up to which another spelling is looked for."""
FEW_HITS = 2
"""Documents up to which a word counts as rare enough to be a misspelling."""
MIN_LETTERS = 4
"""Letters that a word needs for a suggestion."""
MAX_LETTERS = 30
"""Letters that it has at most: longer ones are no words, and cost a look for every cut."""
TIMES_MORE = 10
"""How many times more frequent than a rare word its suggestion must be."""
MANY_TIMES_MORE = 1_000
"""The same for a word of up to `SUGGEST_UP_TO` documents: a slip that several releases share."""
COMMON = 3.0
"""Zipf value from which a word of a language is no misspelling, whatever the index holds. Of 40,979
misspellings of words this common that codespell lists, 20 are (`recieve` has 2.75)."""
LIKELIER = 1.3
"""Zipf value by which a correction must exceed a word that a frequency list has, a name mostly."""
MUCH_LIKELIER = 2.0
"""The same where the difference is no usual slip, as `thune` from `tune`."""
SWAPPED, LEFT_OUT, VOWEL = 1.2, 1.0, 0.5
"""In decades, how much likelier than other edits are neighbours swapped, a letter left out or
doubled, and a vowel for another. Tried over 1,200 slips of four kinds in words of 10,000 releases:
1,094 are righted so, 1,061 with 0.7 for each and none for a letter left out."""
OTHER_BEGINNING = 0.2
"""In decades, how much less likely another first letter is."""
MAX_WRONG = 4
"""Words of a search that are looked at for another spelling."""
MAX_TRIED = 4
"""Corrections of a search that are counted."""
MAX_WEIGHED = 6
"""Corrections of a word whose neighbours are looked at."""

VOWELS = frozenset("aeiouy")


class SpellingDictionary(Protocol):
    """The words of an index as they are written, folded."""

    def documents(self, word: str) -> int:
        """How many documents hold a word, in the field where it is most frequent."""

    def in_headlines(self, word: str) -> bool:
        """Whether any headline holds it."""

    def near(self, word: str, edits: int, over: int) -> Iterable[tuple[int, str]]:
        """Words at most so many edits away, with their distance, in more than `over` documents."""

    def side_by_side(self, first: str, second: str) -> int:
        """In how many documents the second word stands right behind the first."""

    def beginning(self, prefixes: Collection[str], limit: int) -> Iterator[tuple[str, int]]:
        """Words with any of these beginnings, with their documents, most frequent first, of as many
        by letters; of each field the first `limit`."""


def better_spelling(
    corrections: Iterable[str], total: int, count: Callable[[str], int]
) -> str | None:
    """The first correction that finds more than `total` under the same filters."""
    return next((text for text in corrections if count(text) > total), None)


def corrections(
    parsed: ParsedQuery,
    vocabulary: SpellingDictionary,
    agencies: Sequence[Agency],
    languages: Sequence[str],
) -> Iterator[str]:
    """The whole search with its misspelt words replaced, best first; nothing if none is.

    :param languages: those of the index, whose words at large are no misspellings.
    """
    speller = _Speller(vocabulary, _words_of(tuple(agencies)), tuple(languages))
    wrong: list[tuple[TypedWord, list[str]]] = []
    words = sorted((*parsed.words, *parsed.quoted), key=lambda word: word.start)
    for at, word in enumerate(words):
        found = speller.likelier(word, words[at - 1 : at], words[at + 1 : at + 2])
        wrong += [(word, found)] if found else []
    wrong = wrong[:MAX_WRONG]
    yield from speller.joined(parsed, [word for word, _ in wrong])
    for choice in range(min(max([len(found) for _, found in wrong], default=0), MAX_TRIED)):
        text = parsed.text
        for word, found in reversed(wrong):
            better = _cased(word.text, found[min(choice, len(found) - 1)])
            text = text[: word.start] + better + text[word.end :]
        yield text


@dataclass(frozen=True, slots=True)
class _Speller:
    """Which words are misspelt, and what they should be, by a vocabulary and by frequency lists."""

    vocabulary: SpellingDictionary
    protected: frozenset[str]
    languages: tuple[str, ...]

    def likelier(
        self, word: TypedWord, before: Sequence[TypedWord], after: Sequence[TypedWord]
    ) -> list[str]:
        """Likelier words or pairs of words, best first; none for what is a word or a name."""
        folded = fold(word.text)
        if not self._may_be_wrong(word.text, folded):
            return []
        own = self.vocabulary.documents(folded)
        beside = [fold(each.text) for each in before], [fold(each.text) for each in after]
        if own > SUGGEST_UP_TO:
            return []
        if is_census_name(folded):
            return self._namesake(folded, own, *beside)
        common = zipf_of(folded, self.languages)
        if common >= COMMON or (common and is_rare_word(folded, self.languages)):
            return []
        weighed = [
            (self._evidence(folded, other, distance), other)
            for distance, other in self._near(folded, own)
            if self._may_be_meant(word.text, folded, other, distance, common)
        ]
        best = sorted(set(weighed), reverse=True)[:MAX_WEIGHED]
        best = sorted([(e + self._in_context(o, *beside), o) for e, o in best], reverse=True)
        return [other for _, other in best] or self._parted(folded, own)

    def joined(self, parsed: ParsedQuery, wrong: Collection[TypedWord]) -> Iterator[str]:
        """The search with two neighbouring words as one, where the index has that word.

        :param wrong: the misspelt words, of which one is among the two, if there are any.
        """
        pairs = pairwise(parsed.words)
        for first, second in (pair for pair in pairs if not wrong or {*pair} & {*wrong}):
            whole = fold(first.text + second.text)
            between = parsed.text[first.end : second.start]
            if (
                between.isspace()
                and whole.isalpha()
                and self.vocabulary.documents(whole) > FEW_HITS
            ):
                better = _cased(first.text, whole)
                yield parsed.text[: first.start] + better + parsed.text[second.end :]

    def _may_be_wrong(self, typed: str, folded: str) -> bool:
        """Not acronyms, digits, compounds, short words, words of agencies, names in headlines."""
        if not MIN_LETTERS <= len(folded) <= MAX_LETTERS:
            return False
        if not (folded.isalpha() and folded.isascii()):
            return False
        if typed.isupper() or folded in self.protected:
            return False
        return not (typed[0].isupper() and self.vocabulary.in_headlines(folded))

    def _near(self, folded: str, own: int) -> Iterable[tuple[int, str]]:
        edits = 1 if len(folded) < 7 else 2
        times_more = TIMES_MORE if own <= FEW_HITS else MANY_TIMES_MORE
        over = max(own * times_more, FEW_HITS)
        return ((d, other) for d, other in self.vocabulary.near(folded, edits, over) if d)

    def _may_be_meant(
        self, typed: str, folded: str, other: str, distance: int, common: float
    ) -> bool:
        """Whether a near word can be what was meant by one that is a name or a slip.

        A frequency list holds names, and slips that many make: of these only slips as people make
        them, to a word that is much more common, count as slips; so of what has a capital.
        """
        if not other.isalpha():
            return False
        meant = zipf_of(other, self.languages)
        if distance > 1 and (meant < COMMON or folded[0] != other[0]):
            return False
        if not common and not typed[0].isupper():
            return True
        over = LIKELIER if is_usual_slip(folded, other) else MUCH_LIKELIER
        return distance == 1 and meant - common >= over

    def _evidence(self, folded: str, other: str, distance: int) -> float:
        """In decades: how common a word is here, less what its edits cost."""
        cost = 4.0 * (distance - 1) + OTHER_BEGINNING * (folded[0] != other[0])
        return log10(self.vocabulary.documents(other)) - cost + _ease(folded, other, distance)

    def _in_context(self, other: str, before: list[str], after: list[str]) -> float:
        """In decades: how often a word stands beside its neighbours in the search."""
        pairs = [(each, other) for each in before] + [(other, each) for each in after]
        return sum(log10(1 + self.vocabulary.side_by_side(*pair)) for pair in pairs)

    def _namesake(self, folded: str, own: int, before: list[str], after: list[str]) -> list[str]:
        """Names that differ in a letter from one that never stands beside its neighbours here, and
        do so in more than `SUGGEST_UP_TO` releases: `Hillary` for `Hillery Clinton`."""
        if self._in_context(folded, before, after):
            return []
        over = log10(1 + SUGGEST_UP_TO)
        near = [other for distance, other in self._near(folded, own) if distance == 1]
        weighed = [(self._in_context(other, before, after), other) for other in near]
        return [other for evidence, other in sorted(weighed, reverse=True) if evidence > over]

    def _parted(self, folded: str, own: int) -> list[str]:
        """Two words that were run together, side by side in the index."""
        documents = self.vocabulary.documents
        cuts = range(2, len(folded) - 1)
        halves = [(folded[:at], folded[at:]) for at in cuts]
        halves = [pair for pair in halves if all(documents(each) > FEW_HITS for each in pair)]
        counted = [(self.vocabulary.side_by_side(*pair), pair) for pair in halves]
        over = max(own * TIMES_MORE, FEW_HITS)
        best = sorted([each for each in counted if each[0] > over], reverse=True)
        return [" ".join(pair) for _, pair in best[:1]]


def is_usual_slip(one: str, other: str) -> bool:
    """Whether two words differ as slips mostly do: neighbours swapped, a letter doubled or not, a
    vowel for another.

    The kinds that Damerau (1964) and Pollock and Zamora (1984) count as the most frequent ones.
    """
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    first, second = one[start:], other[start:]
    while first and second and first[-1] == second[-1] and len(first) + len(second) > 2:
        first, second = first[:-1], second[:-1]
    if len(first) == len(second) == 2:
        return first == second[::-1]
    if {len(first), len(second)} == {0, 1} and start:
        return (first or second) == one[start - 1]
    if len(first) == len(second) == 1:
        return {first, second} <= VOWELS
    return False


def _ease(typed: str, meant: str, distance: int) -> float:
    """In decades: how much likelier an edit is than that of one certain letter to another.

    A letter can be left out in one way, and added or changed in 25: Kernighan, Church and Gale
    (1990) weigh corrections so.
    """
    if distance == 1 and len(typed) < len(meant):
        return LEFT_OUT
    if not is_usual_slip(typed, meant):
        return 0.0
    if len(typed) > len(meant):
        return LEFT_OUT
    return SWAPPED if sorted(typed) == sorted(meant) else VOWEL


@lru_cache(maxsize=4)
def _words_of(agencies: tuple[Agency, ...]) -> frozenset[str]:
    """The words of agencies' names."""
    names = " ".join(f"{agency.slug} {agency.name}" for agency in agencies)
    return frozenset(fold(match[0]) for match in raw_token_in(names).finditer(names))


def _cased(typed: str, better: str) -> str:
    capital = re.match(r"[A-Z][a-z]", typed)
    return better.capitalize() if capital else better
