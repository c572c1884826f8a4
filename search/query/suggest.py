"""Did-you-mean and completion from the unstemmed words of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from whoosh.reading import IndexReader

from index.release import Agency
from index.text.analysis import RAW_TOKEN, fold
from search.query.parser import Reading, TypedWord
from search.query.vocabulary import words_near

FEW_HITS = 2
"""Documents up to which a word counts as rare enough to be a misspelling."""
MIN_LETTERS = 4
"""Letters that a word needs for a suggestion."""
TIMES_MORE = 10
"""How many times more frequent than a rare word its suggestion must be."""
MAX_SUGGESTIONS = 8
MAX_COMPLETED = 20_000
"""Words of the index that are looked at for one completion."""

_FIELDS = ("headline_exact", "body_exact")


class Speller:
    """Suggestions from one generation of an index. Not shared between threads."""

    def __init__(self, reader: IndexReader, agencies: Sequence[Agency]) -> None:
        self._reader = reader
        self._agencies = tuple(agencies)

    def corrections(self, reading: Reading) -> Iterator[str]:
        """The whole search with its misspelt words replaced, best first; nothing if none is.

        The caller takes the first that finds something.
        """
        options = [(word, self._options(word)) for word in reading.words]
        wrong = [(word, found) for word, found in options if found]
        for choice in range(max([len(found) for _, found in wrong], default=0)):
            text = reading.text
            for word, found in reversed(wrong):
                better = _cased(word.text, found[min(choice, len(found) - 1)])
                text = text[: word.start] + better + text[word.end :]
            yield text

    def _options(self, word: TypedWord) -> list[str]:
        """Likelier words: nearest first, then most frequent."""
        folded = fold(word.text)
        if not self._open_to_correction(word.text, folded):
            return []
        own = self._documents(folded)
        if own > FEW_HITS:
            return []
        most = 1 if len(folded) < 6 else 2
        near = {
            (distance, -documents, other)
            for field in _FIELDS
            for distance, other in words_near(self._reader, field, folded, most, own * TIMES_MORE)
            if distance and (documents := self._documents(other))
        }
        return [other for _, _, other in sorted(near)[:3]]

    def _open_to_correction(self, typed: str, folded: str) -> bool:
        """Not for acronyms, digits, compounds, short words, agencies, names in headlines."""
        if len(folded) < MIN_LETTERS or not folded.isalpha() or not typed.isascii():
            return False
        if typed.isupper() or folded in _words_of(self._agencies):
            return False
        named = typed[0].isupper() and self._reader.doc_frequency("headline_exact", folded) > 0
        return not named

    def _documents(self, word: str) -> int:
        return max(int(self._reader.doc_frequency(field, word)) for field in _FIELDS)

    def complete(self, prefix: str, limit: int = MAX_SUGGESTIONS) -> tuple[str, ...]:
        """Words that begin with the last word typed, most frequent first, after what precedes."""
        match = re.search(r"[^\s\"()]+\Z", prefix[-200:])
        start = fold(match[0]) if match else ""
        if not start or limit < 1:
            return ()
        before = prefix[: len(prefix) - len(match[0])] if match else ""
        counts: dict[str, int] = {}
        for field in _FIELDS:
            for number, found in enumerate(self._reader.expand_prefix(field, start)):
                if number >= MAX_COMPLETED:
                    break
                text = found.decode("utf-8") if isinstance(found, bytes) else found
                counts[text] = counts.get(text, 0) + self._reader.doc_frequency(field, text)
        best = sorted(counts, key=lambda text: (-counts[text], text))[:limit]
        return tuple(before + text for text in best)


@lru_cache(maxsize=4)
def _words_of(agencies: tuple[Agency, ...]) -> frozenset[str]:
    """The words of agencies' names."""
    names = " ".join(f"{agency.slug} {agency.name}" for agency in agencies)
    return frozenset(fold(match[0]) for match in RAW_TOKEN.finditer(names))


def _cased(typed: str, better: str) -> str:
    capital = re.match(r"[A-Z][a-z]", typed)
    return better.capitalize() if capital else better
