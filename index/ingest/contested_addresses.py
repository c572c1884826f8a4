"""Contested addresses: whether two texts under one address are two releases or versions of one.

Pages state a shared `og:url`, items of a feed link to a list, records carry the address of a site:
such an address identifies none of the releases that claim it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from index.same_text import letters_of
from index.stores.fingerprint import EXCERPTS
from index.text.folding import fold

NEAR_DAYS = 2
"""Days apart that a page and the feed that names it may say they are from."""
ALIKE = 0.5
"""Share of the shorter text's runs of words that stand in the other, from which it is a version."""
WHOLE = 600
"""Characters from which a text is whole: summaries that feeds show have less, 500 as a rule."""
HEADLINES_ALIKE = 0.5
"""Share of the shorter headline's words that the other has, from which a feed's item is its page:
feeds shorten headlines, put `News:` before them, and describe in a summary of its own words."""
RUN = 4
"""Words of a run; of a text without spaces, twice as many characters."""
LONGEST_MEAN = 9
"""Letters of a text's words, on average, up to which it has spaces between them."""
LOOKED_AT = 20_000
"""Characters of a text that are compared."""


def are_different(one: Mapping[str, Any], other: Mapping[str, Any], *, same_document: bool) -> bool:
    """Whether two records (`Release.to_stored`) with different words are two releases.

    In one document they are one only under the same headline and day. Elsewhere a page may have
    been corrected, a feed may show an excerpt under a shorter headline and a neighbouring day; two
    whole texts of two days that are not alike are two bulletins under one headline.
    """
    same_headline = letters_of(one["headline"]) == letters_of(other["headline"])
    apart = _days_apart(one.get("date"), other.get("date"))
    if same_document:
        return not same_headline or bool(apart)
    alike = overlap(str(one["body"]), str(other["body"])) >= ALIKE
    if apart is not None and apart > NEAR_DAYS:
        return not (same_headline and alike)
    if apart and same_headline and min(len(str(each["body"])) for each in (one, other)) >= WHOLE:
        return not alike
    return not (same_headline or alike or _is_item_of(one, other))


def overlap(one: str, other: str, run: int = RUN) -> float:
    """Share of the runs of words of the shorter text that the other has, 0.0 to 1.0."""
    runs, others = sorted((_runs(one, run), _runs(other, run)), key=len)
    return len(runs & others) / len(runs) if runs else 1.0


def _is_item_of(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one of two records is an item of a feed and the other its page, by the headlines."""
    if (one.get("source") in EXCERPTS) == (other.get("source") in EXCERPTS):
        return False
    return overlap(str(one["headline"]), str(other["headline"]), run=1) >= HEADLINES_ALIKE


def _runs(text: str, run: int) -> set[str]:
    words = re.findall(r"\w+", fold(text[:LOOKED_AT]))
    if sum(map(len, words)) > LONGEST_MEAN * len(words):  # no spaces between them
        letters, size = "".join(words), 2 * run
        return {letters[at : at + size] for at in range(max(1, len(letters) - size + 1))}
    return {" ".join(words[at : at + run]) for at in range(max(1, len(words) - run + 1)) if words}


def _days_apart(one: Any, other: Any) -> int | None:
    """Days between two whole dates, None where one of them is not known so closely."""
    if not (isinstance(one, str) and isinstance(other, str) and len(one) == len(other) == 10):
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
