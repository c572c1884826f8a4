"""Completion: words of an index that somebody may be about to type, usual slips righted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile
from string import ascii_lowercase

from index.text.analysis import stem
from index.text.folding import fold
from search.query.frequent_words import most_frequent_first
from search.query.known_words import zipf_of
from search.query.spelling import (
    COMMON,
    FEW_HITS,
    MAX_LETTERS,
    MIN_LETTERS,
    VOWELS,
    SpellingDictionary,
)

MAX_SUGGESTIONS = 8
"""Words that are offered."""
SHORTEST_HALF = 3
"""Letters of each half of a word that two words make."""
RARELY_BEGUN = 20
"""Documents of the most frequent word that begins so, up to which a slip is thought of: 11 of the
Senate's 72,623 begin with `recieve`."""
NOISE = 100
"""How many times the documents of a word another must have for it to be a slip of that one. Of the
Senate's words, `hurricaneas` has a 3,029th of those of `hurricane`, `afghan` a 23rd of those of
`afghanistan`."""
MAX_COMPLETED = 20_000
"""Words of the index that are looked at for one completion."""


def completions(
    prefix: str, vocabulary: SpellingDictionary, limit: int = MAX_SUGGESTIONS
) -> tuple[str, ...]:
    """Words that begin with the last word typed, most frequent first, after what precedes.

    One of each English stem, none that only stands for two words with a hyphen between them, and no
    rare slip of a frequent one. Where none or few begin so, words that begin nearly so too.
    """
    match = re.search(r"[^\s\"()]+\Z", prefix[-200:])
    start = fold(match[0]) if match else ""
    if match is None or not start or limit < 1:
        return ()
    before = prefix[: len(prefix) - len(match[0])]
    words = vocabulary.beginning((start,), MAX_COMPLETED)
    most = next(words, None)
    if most is not None:
        words = chain([most], words)
    documents = most[1] if most else 0
    if documents <= RARELY_BEGUN and MIN_LETTERS <= len(start) <= MAX_LETTERS:
        likelier = _beginning_nearly(start, documents * NOISE, vocabulary)
        words = most_frequent_first({**dict(words), **likelier})
    told = islice(_telling(words, vocabulary), limit)
    return tuple(before + text for text in told)


def _beginning_nearly(start: str, over: int, vocabulary: SpellingDictionary) -> dict[str, int]:
    """Words that begin so but for a usual slip, or differ in a letter, in more than `over`
    documents."""
    over = max(over, FEW_HITS)
    near = {word for _, word in vocabulary.near(start, 1, over)}
    slips = vocabulary.beginning(set(_usual_slips(start)), MAX_COMPLETED)
    found = dict(takewhile(lambda pair: pair[1] > over, slips))
    return found | {word: vocabulary.documents(word) for word in near - found.keys()}


def _usual_slips(start: str) -> Iterator[str]:
    """The beginnings that this one may stand for: a letter left out or doubled, neighbours swapped,
    a vowel for another."""
    for at, letter in enumerate(start):
        before, behind = start[:at], start[at + 1 :]
        if at:
            yield from (before + other + letter + behind for other in ascii_lowercase)
            yield before[:-1] + letter + before[-1] + behind
            if before[-1] == letter:
                yield before + behind
        if letter in VOWELS:
            yield from (before + other + behind for other in VOWELS if other != letter)


def _telling(words: Iterable[tuple[str, int]], vocabulary: SpellingDictionary) -> Iterator[str]:
    """The first word of each stem, without noise and those that two words beside each other make.

    :param words: with their documents, the most frequent first.
    """
    stems: set[str] = set()
    before: list[tuple[str, int]] = []
    for word, documents in words:
        root = stem(word, "en")
        noise = _is_noise(word, documents, before)
        before.append((word, documents))
        if not noise and root not in stems and not _is_joined(word, documents, vocabulary):
            stems.add(root)
            yield word


def _is_noise(word: str, own: int, before: Iterable[tuple[str, int]]) -> bool:
    """Whether hardly any document has a word, beside one that begins as it does: a slip of that
    one, or that one cut short or run into the next (`hurrica`, `hurricaneas`).

    :param before: more frequent words with their documents, the most frequent first.
    """
    frequent = takewhile(lambda pair: pair[1] >= own * NOISE, before)
    return any(
        own <= FEW_HITS or word.startswith(each) or each.startswith(word) for each, _ in frequent
    )


def _is_joined(word: str, own: int, vocabulary: SpellingDictionary) -> bool:
    """Whether a word is made of two that stand side by side wherever it stands: `obamalugar`."""
    if len(word) < 2 * SHORTEST_HALF or not word.isascii() or not word.isalpha():
        return False
    documents = vocabulary.documents
    halves = ((word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1))
    joined = any(
        all(documents(half) >= own for half in pair) and vocabulary.side_by_side(*pair) >= own
        for pair in halves
    )
    return joined and zipf_of(word, ("en",)) < COMMON  # `healthcare` is a word, whoever parts it
