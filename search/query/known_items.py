"""Known items: a pasted address, number, id or file name of a release -> the query for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from whoosh.query import ConstantScoreQuery, Or, Query, Term

from index.identity import canonical_address, id_of_address
from index.text.cleaning import clean
from search.query.boolean_queries import any_of

MIN_DIGITS = 6
"""Digits of a bare number that means a release alone: shorter ones are years and amounts too."""
FIRST = 1_000.0
"""What the release that a shorter number names scores, which no words do: it comes first."""

MAX_ADDRESS = 2_000
"""Characters of a search that may be an address: more than browsers agree on."""

_FIELDS = ("id", "alias")
_AROUND = " \t\n<>()[],;"
_QUOTES = "\"'“”„‘’«»「」"
_NUMBER = re.compile(r"\d+\Z")
_TELLING = re.compile(r"[\d/._-]")


def known_item(text: str, holding: Callable[[str, str], int]) -> Query | None:
    """The query for the release that a whole search names; None where it names none.

    :param holding: how many releases have a term in a field.
    """
    if len(text) > MAX_ADDRESS:
        return None
    typed = clean(text).strip(_AROUND).rstrip(_AROUND + ".")
    if is_address(typed):
        typed = typed.strip(_QUOTES)
    if not _TELLING.search(typed) or any(map(str.isspace, typed)):
        return None
    keys = dict.fromkeys(map(clean, _keys(typed)))  # an address may spell what no text holds
    found = [Term(field, key) for key in keys for field in _FIELDS if holding(field, key)]
    return any_of(found) if found else None


def is_address(text: str) -> bool:
    """Whether a search of one word is an address, also between quotation marks, which make words of
    all else."""
    return "/" in text


def is_short_number(text: str) -> bool:
    """Whether a search is a number that may well be a year or an amount."""
    typed = clean(text).strip(_AROUND).rstrip(_AROUND + ".")
    return len(typed) < MIN_DIGITS and _NUMBER.match(typed) is not None


def first_of(item: Query, words: Query) -> Query:
    """What a search finds as words, with the release that it names before all."""
    return Or([words, ConstantScoreQuery(item, FIRST)])


def _keys(typed: str) -> Iterator[str]:
    """What the release may be filed under: `index.schema` has the other side."""
    yield typed
    yield typed.lower()
    address = typed if "://" in typed else f"https://{typed}"
    if "/" in typed and canonical_address(address) is not None:
        yield id_of_address(address)
