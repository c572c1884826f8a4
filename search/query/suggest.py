"""Did-you-mean and completion: from a vocabulary of unstemmed words, whichever engine keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from index.release import Agency
from index.text.analysis import RAW_TOKEN, fold
from search.query.parser import ParsedQuery, TypedWord

SUGGEST_UP_TO = 10
"""Matches up to which another spelling is looked for."""
FEW_HITS = 2
"""Documents up to which a word counts as rare enough to be a misspelling."""
MIN_LETTERS = 4
"""Letters that a word needs for a suggestion."""
TIMES_MORE = 10
"""How many times more frequent than a rare word its suggestion must be."""
MAX_SUGGESTIONS = 8
MAX_COMPLETED = 20_000
"""Words of the index that are looked at for one completion."""


class SpellingDictionary(Protocol):
    """The words of an index as they are written, folded."""

    def documents(self, word: str) -> int:
        """How many documents hold a word, in the field where it is most frequent."""

    def in_headlines(self, word: str) -> bool:
        """Whether any headline holds it."""

    def near(self, word: str, edits: int, over: int) -> Iterable[tuple[int, str]]:
        """Words at most so many edits away, with their distance, in more than `over` documents."""

    def beginning(self, prefix: str, limit: int) -> Mapping[str, int]:
        """Words that begin so, the first `limit` of each field, with their documents."""


def better_spelling(
    corrections: Iterable[str], total: int, count: Callable[[str], int]
) -> str | None:
    """The first correction that finds more than `total` under the same filters."""
    return next((text for text in corrections if count(text) > total), None)


def corrections(
    parsed: ParsedQuery, vocabulary: SpellingDictionary, agencies: Sequence[Agency]
) -> Iterator[str]:
    """The whole search with its misspelt words replaced, best first; nothing if none is."""
    protected = _words_of(tuple(agencies))
    options = [(word, _likelier(word, vocabulary, protected)) for word in parsed.words]
    wrong = [(word, found) for word, found in options if found]
    for choice in range(max([len(found) for _, found in wrong], default=0)):
        text = parsed.text
        for word, found in reversed(wrong):
            better = _cased(word.text, found[min(choice, len(found) - 1)])
            text = text[: word.start] + better + text[word.end :]
        yield text


def completions(
    prefix: str, vocabulary: SpellingDictionary, limit: int = MAX_SUGGESTIONS
) -> tuple[str, ...]:
    """Words that begin with the last word typed, most frequent first, after what precedes."""
    match = re.search(r"[^\s\"()]+\Z", prefix[-200:])
    start = fold(match[0]) if match else ""
    if match is None or not start or limit < 1:
        return ()
    before = prefix[: len(prefix) - len(match[0])]
    counts = vocabulary.beginning(start, MAX_COMPLETED)
    best = sorted(counts, key=lambda text: (-counts[text], text))[:limit]
    return tuple(before + text for text in best)


def _likelier(
    word: TypedWord, vocabulary: SpellingDictionary, protected: frozenset[str]
) -> list[str]:
    """Likelier words: nearest first, then most frequent."""
    folded = fold(word.text)
    if folded in protected or not _open_to_correction(word.text, folded, vocabulary):
        return []
    own = vocabulary.documents(folded)
    if own > FEW_HITS:
        return []
    edits = 1 if len(folded) < 6 else 2
    near = {
        (distance, -documents, other)
        for distance, other in vocabulary.near(folded, edits, own * TIMES_MORE)
        if distance and (documents := vocabulary.documents(other))
    }
    return [other for _, _, other in sorted(near)[:3]]


def _open_to_correction(typed: str, folded: str, vocabulary: SpellingDictionary) -> bool:
    """Not for acronyms, digits, compounds, short words, names in headlines."""
    if len(folded) < MIN_LETTERS or not folded.isalpha() or not typed.isascii():
        return False
    if typed.isupper():
        return False
    return not (typed[0].isupper() and vocabulary.in_headlines(folded))


@lru_cache(maxsize=4)
def _words_of(agencies: tuple[Agency, ...]) -> frozenset[str]:
    """The words of agencies' names."""
    names = " ".join(f"{agency.slug} {agency.name}" for agency in agencies)
    return frozenset(fold(match[0]) for match in RAW_TOKEN.finditer(names))


def _cased(typed: str, better: str) -> str:
    capital = re.match(r"[A-Z][a-z]", typed)
    return better.capitalize() if capital else better
