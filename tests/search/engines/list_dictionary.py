"""The words of releases in a plain list, for spellings, completions and scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from search.query.frequent_words import most_frequent_first
from search.query.vocabulary import edit_distance
from tests.search.engines.list_documents import TEXTS, Document


class ListDictionary:
    """`SpellingDictionary` over documents; `matching` says how many a typed text finds."""

    def __init__(self, documents: Sequence[Document], matching: Callable[[str], int]) -> None:
        self._documents = documents
        self._matching = matching
        self._frequencies = {
            field: Counter(term for each in documents for term in each.terms[field])
            for field in TEXTS
        }

    def documents(self, word: str) -> int:
        """Documents that hold a word, in the field where most do."""
        return max(self.frequency("headline_exact", word), self.frequency("body_exact", word))

    def in_headlines(self, word: str) -> bool:
        """As `SpellingDictionary`."""
        return self.frequency("headline_exact", word) > 0

    def near(self, word: str, edits: int, over: int) -> Iterator[tuple[int, str]]:
        """As `SpellingDictionary`."""
        for field in ("headline_exact", "body_exact"):
            for other in self.words(field):
                distance = edit_distance(word, other, edits)
                if distance is not None and self.frequency(field, other) > over:
                    yield distance, other

    def side_by_side(self, first: str, second: str) -> int:
        """As `SpellingDictionary`."""
        return self._matching(f'"{first} {second}"')

    def beginning(self, prefixes: Collection[str], limit: int) -> Iterator[tuple[str, int]]:
        """As `SpellingDictionary`."""
        found: Counter[str] = Counter()
        for field in ("headline_exact", "body_exact"):
            words = [each for each in self.words(field) if each.startswith(tuple(prefixes))]
            for word in words[:limit]:
                found[word] += self.frequency(field, word)
        return most_frequent_first(found)

    def frequency(self, field: str, term: str) -> int:
        """Documents that hold a term."""
        if field in ("id", "alias", "site"):
            return sum(term in each.terms[field] for each in self._documents)
        return self._frequencies[field][term]

    def words(self, field: str) -> list[str]:
        """All terms of a field, in their order."""
        return sorted(self._frequencies[field])
