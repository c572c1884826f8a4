"""The words of an index on a cluster: for spellings, completion, near-words and patterns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from heapq import nlargest
from typing import Any

from index.cluster.client import Client
from index.cluster.words import words_index
from index.schema import EXACT_FIELDS
from search.cluster.translation import QueryDsl
from search.query.frequent_words import most_frequent_first
from search.query.vocabulary import MAX_SCANNED, edit_distance

PAGE = 10_000
"""Words of one request."""

Word = Mapping[str, Any]


class ClusterDictionary:
    """`search.query.spelling.SpellingDictionary` and `search.query.expansion.FieldWords`.

    :param side_by_side: in how many documents a word stands right behind another.
    """

    def __init__(
        self, client: Client, side_by_side: Callable[[str, str], int] = lambda *_: 0
    ) -> None:
        self._client = client
        self._side_by_side = side_by_side
        self._known: dict[str, Word] = {}

    def look_up(self, words: Collection[str]) -> None:
        """Ask for some words at once that will be asked about one by one."""
        if words:
            self._known |= {each: dict.fromkeys(EXACT_FIELDS, 0) for each in words}
            list(self._found({"terms": {"word": list(words)}}))

    def documents(self, word: str) -> int:
        """How many documents hold a word, in the field where it is most frequent."""
        return max(int(self._counts(word)[field]) for field in EXACT_FIELDS)

    def in_headlines(self, word: str) -> bool:
        """Whether any headline holds it."""
        return bool(self._counts(word)["headline_exact"])

    def near(self, word: str, edits: int, over: int) -> Iterator[tuple[int, str]]:
        """Words at most so many edits away, with their distance, in more than `over` documents."""
        found = list(self._found(_fuzzy(word, edits, 0)))
        for field in EXACT_FIELDS:
            yield from _nearest(found, field, word, edits, over)

    def side_by_side(self, first: str, second: str) -> int:
        """In how many documents the second word stands right behind the first."""
        return self._side_by_side(first, second)

    def beginning(self, prefixes: Collection[str], limit: int) -> Iterator[tuple[str, int]]:
        """Words with any of these beginnings, with their documents, most frequent first, of as many
        by letters; of each field the first `limit`."""
        counts: dict[str, int] = {}
        each_of = [{"prefix": {"word": prefix}} for prefix in sorted(prefixes)]
        found = list(self._found({"bool": {"should": each_of}}, 2 * limit))
        for field in EXACT_FIELDS:
            for each in [each for each in found if each[field]][:limit]:
                counts[each["word"]] = counts.get(each["word"], 0) + each[field]
        return most_frequent_first(counts)

    def beginning_with(self, field: str, prefix: str, most: int) -> tuple[list[str], bool]:
        """Words that begin so, the `most` frequent at most, and whether there are others."""
        return _most_frequent(self._found({"prefix": {"word": prefix}}), field, most)

    def like(self, field: str, pattern: str, most: int) -> tuple[list[str], bool]:
        """Words that a pattern of letters, `?` and `*` fits, in the same way."""
        escaped = pattern.replace("\\", "\\\\")
        return _most_frequent(self._found({"wildcard": {"word": escaped}}), field, most)

    def near_to(self, field: str, word: str, edits: int) -> list[tuple[int, str]]:
        """Words of the same first letter, at most so many edits away, with their distance."""
        return list(_nearest(self._found(_fuzzy(word, edits, 1)), field, word, edits, 0))

    def frequency(self, field: str, word: str) -> int:
        """How many documents hold a word."""
        return int(self._counts(word)[field])

    def _counts(self, word: str) -> Word:
        if word not in self._known:
            self.look_up([word])
        return self._known[word]

    def _found(self, query: QueryDsl, most: int = MAX_SCANNED) -> Iterator[Word]:
        """The words, in the order of their bytes."""
        after: list[Any] | None = None
        seen = 0
        while seen < most:
            size = min(PAGE, most - seen)
            body = {"size": size, "query": query, "sort": [{"word": "asc"}]}
            more = {} if after is None else {"search_after": after}
            found = self._client.search(body | more, words_index(self._client.address.name))
            hits = found["hits"]["hits"]
            for hit in hits:
                word = hit["_source"]
                self._known[word["word"]] = word
                yield word
            if len(hits) < size:
                return
            seen += len(hits)
            after = hits[-1]["sort"]


def _fuzzy(word: str, edits: int, prefix: int) -> QueryDsl:
    about = {
        "value": word,
        "fuzziness": edits,
        "prefix_length": prefix,
        "transpositions": True,
        "rewrite": "constant_score",  # else the nearest fifty alone
    }
    return {"fuzzy": {"word": about}}


def _nearest(
    found: Iterator[Word] | list[Word], field: str, word: str, edits: int, over: int
) -> Iterator[tuple[int, str]]:
    for each in found:
        if each[field] > over:
            distance = edit_distance(word, each["word"], edits)
            if distance is not None:
                yield distance, each["word"]


def _most_frequent(found: Iterator[Word], field: str, most: int) -> tuple[list[str], bool]:
    counts = {each["word"]: each[field] for each in found if each[field]}
    if len(counts) <= most:
        return list(counts), False
    return nlargest(most, counts, key=counts.__getitem__), True
