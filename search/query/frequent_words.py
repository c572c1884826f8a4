"""The most frequent words that begin with a prefix, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from index.codec.terms import FieldTerms

FIRST_LOOK, FURTHER = 16, 8
"""Words of each dictionary that are looked at first, and times as many then. Over 72,623 releases
the first look is enough for four completions of any letter and of any two."""


class WordRange(NamedTuple):
    """The words `first` to `last` of a segment's dictionary of a field."""

    terms: FieldTerms
    first: int
    last: int

    def most_frequent(self, most: int) -> tuple[dict[str, int], int]:
        """So many words with their documents, and how many any other word has at the most."""
        counts = self.terms.document_frequencies[self.first : self.last]
        rest = len(counts) - most
        if rest <= 0:
            places, unseen = np.arange(len(counts)), 0
        else:
            places = np.argpartition(counts, rest)[rest:]
            unseen = int(counts[places].min())
        words = [each.decode() for each in self.terms.terms_of(places + self.first)]
        return dict(zip(words, counts[places].tolist(), strict=True)), unseen

    def documents(self, word: str) -> int:
        """How many documents hold a word; 0 for one that is not of the range."""
        encoded = word.encode("utf-8", "surrogatepass")
        number = self.terms.lower_bound(encoded, self.first, self.last)
        if number < self.last and self.terms.term(number) == encoded:
            return int(self.terms.document_frequencies[number])
        return 0


def by_frequency(ranges: Sequence[WordRange]) -> Iterator[tuple[str, int]]:
    """Words with their documents in all ranges together, most first, of as many by their letters.

    Only the heads of the ranges are looked at for as long as no other word can be among those that
    are asked for: the threshold algorithm of Fagin, Lotem and Naor (2003), "Optimal aggregation
    algorithms for middleware", Journal of Computer and System Sciences 66.
    """
    given, looked_at = 0, FIRST_LOOK
    while True:
        heads = [each.most_frequent(looked_at) for each in ranges]
        unseen = sum(most for _, most in heads)
        counts = {
            word: sum(
                head[word] if word in head else each.documents(word)
                for each, (head, _) in zip(ranges, heads, strict=True)
            )
            for word in set().union(*(head for head, _ in heads))
        }
        sure = {word: count for word, count in counts.items() if count > unseen}
        yield from islice(most_frequent_first(sure), given, None)
        if not unseen:
            return
        given, looked_at = len(sure), looked_at * FURTHER


def most_frequent_first(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Words with their documents, most first, of as many by their letters."""
    return iter(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
