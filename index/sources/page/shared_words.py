"""Words that a box shares with the text above it: of the same matter, or of the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from index.text.folding import fold

MIN_SHARED = 0.1
"""Share of the words of a box that the text above has where it goes on with that: of invented
pages 0.14 and more, notices of a page mostly none."""
STEM = 5
"""Letters by which two words are the same, and from which a word counts: endings differ."""

_WORD = re.compile(rf"[^\W\d_]{{{STEM},}}")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")


def words_of(lines: Iterable[str]) -> set[str]:
    """The words of lines by their first letters; of scripts without spaces pairs of letters."""
    text = fold(" ".join(lines))
    words = {word[:STEM] for word in _WORD.findall(_UNSPACED.sub(" ", text))}
    for run in _UNSPACED.findall(text):
        words.update(map("".join, pairwise(run)))
    return words


def shares_words(lines: Iterable[str], text: set[str], least: int = 1) -> bool:
    """Whether lines have enough words of a text, and `least` of them, to be of its matter."""
    own = words_of(lines)
    shared = len(own & text)
    return shared >= max(least, MIN_SHARED * len(own))
