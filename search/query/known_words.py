"""Words and names at large: how common a word is in a language, and whether it is a name.

Kept lists, read when first asked: those of `wordfreq`, and `census_names.txt.xz`, the 91,910 first
names and surnames that the census of the United States published of 1990, in the public domain. And
the 1,730 words of `breame` that are spelt in one way in Britain and in another in America. And
`rare_words.txt.xz`, English words that look like slips of others.

Speer (2022), `wordfreq`: words met at least once in 100 million, from seven kinds of text. A
language is kept as two arrays, 10 MB for English, and takes 0.4 s to read once in a process.
"""

from __future__ import annotations

import lzma
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from breame.data.spelling_constants import AMERICAN_ENGLISH_SPELLINGS, BRITISH_ENGLISH_SPELLINGS
from numpy.typing import NDArray

from index.text.folding import fold

MAX_BYTES = 24
"""Bytes of a word that is kept; longer ones are unknown."""
UNKNOWN = 0.0

_TWO_WAYS = ("adviser", "advisor"), ("protester", "protestor")
_SPELT_IN_TWO_WAYS = {
    one + end: other + end
    for pair in _TWO_WAYS
    for one, other in (pair, pair[::-1])
    for end in ("", "s")
}
"""Words that `breame` lacks, since neither spelling is of one country."""

_CENSUS = Path(__file__).with_name("census_names.txt.xz")
_RARE_WORDS = Path(__file__).with_name("rare_words.txt.xz")
"""9,519 words, as `stoat` and `zither`: those of Webster's dictionary of 1934 (`web2`, in the
public domain) and their usual inflections, of a Zipf value from 1.5 to 3, that are one letter from
a word twenty times as frequent, and that codespell does not list as slips. Of 155 rare words typed
over 72,623 releases 6 were corrected without them; a slip in a hundred is such a word by chance."""
_loading = threading.Lock()


class _WordList(NamedTuple):
    """Words in bytes, (n,) S24 in order, and their Zipf values in hundredths, (n,) uint16."""

    words: NDArray[np.bytes_]
    zipf: NDArray[np.uint16]


def zipf_of(word: str, languages: Iterable[str]) -> float:
    """The highest Zipf value of a folded word in these languages: log10 of how often it is met in a
    thousand million words (van Heuven et al. 2014); 0 where no list has it.

    :param languages: tags; of those without a list nothing is known.
    """
    return max((_zipf(word, tag.split("-")[0].lower()) for tag in languages), default=UNKNOWN)


def other_spelling(word: str) -> str | None:
    """The British spelling of a folded American word, or the other way round; None for most."""
    british: str | None = AMERICAN_ENGLISH_SPELLINGS.get(word)
    american: str | None = BRITISH_ENGLISH_SPELLINGS.get(word)
    return british or american or _SPELT_IN_TWO_WAYS.get(word)


def is_census_name(word: str) -> bool:
    """Whether a folded word is a surname or first name of the census."""
    with _loading:
        return word.encode() in _names()


def is_rare_word(word: str, languages: Iterable[str]) -> bool:
    """Whether a folded word is a rare one of these languages, however like a frequent one; of
    English alone that is known."""
    if not any(tag.split("-")[0].lower() == "en" for tag in languages):
        return False
    with _loading:
        return word.encode() in _rare_words()


def load_lists() -> None:
    """Read the names, and the words of English, now: 16 MB that processes forked later share."""
    with _loading:
        _names()
        _rare_words()
        _read("en")


def _zipf(word: str, language: str) -> float:
    listed = _word_list(language)
    if listed is None:
        return UNKNOWN
    encoded = np.bytes_(word.encode())
    at = int(np.searchsorted(listed.words, encoded))
    if at == len(listed.words) or listed.words[at] != encoded:
        return UNKNOWN
    return int(listed.zipf[at]) / 100


def _word_list(language: str) -> _WordList | None:
    with _loading:
        return _read(language)


@cache
def _names() -> frozenset[bytes]:
    return frozenset(lzma.decompress(_CENSUS.read_bytes()).split())


@cache
def _rare_words() -> frozenset[bytes]:
    return frozenset(lzma.decompress(_RARE_WORDS.read_bytes()).split())


@cache
def _read(language: str) -> _WordList | None:
    """The list of a language, read by a thread of its own.

    A search may take so much of its thread's time: in an index of 25 languages the first one with a
    misspelt word was stopped over their lists.
    """
    with ThreadPoolExecutor(1) as reader:
        return reader.submit(_from_file, language).result()


def _from_file(language: str) -> _WordList | None:
    import wordfreq  # 16 MB that only a doubtful word needs

    path = wordfreq.available_languages("best").get(language)
    if path is None:
        return None
    values: dict[bytes, int] = {}
    for centibels, words in enumerate(wordfreq.read_cBpack(path)):
        for word in words:
            encoded = (word if word.isascii() else fold(word)).encode()
            if len(encoded) <= MAX_BYTES:
                values.setdefault(encoded, max(900 - centibels, 1))
    encoded_words = np.array(list(values), dtype=f"S{MAX_BYTES}")
    order = np.argsort(encoded_words)
    return _WordList(encoded_words[order], np.array(list(values.values()), np.uint16)[order])
