"""Known items: a pasted address, number, id or file name of a release -> the query for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from whoosh.query import Or, Query, Term

from index.identity import canonical_address, id_of_address
from index.text.analysis import clean

MIN_DIGITS = 6
"""Digits of a bare number that is looked up as a release's: shorter ones are years and amounts."""

MAX_ADDRESS = 2_000
"""Characters of a search that may be an address: more than browsers agree on."""

_FIELDS = ("id", "alias")
_AROUND = " \t\n<>()[],;"
_NUMBER = re.compile(r"\d+\Z")
_TELLING = re.compile(r"[\d/._-]")


def known_item(text: str, holding: Callable[[str, str], int]) -> Query | None:
    """The query for the release that a whole search names; None where it names none.

    :param holding: how many releases have a term in a field.
    """
    if len(text) > MAX_ADDRESS:
        return None
    typed = clean(text).strip(_AROUND).rstrip(_AROUND + ".")
    if not _TELLING.search(typed) or any(map(str.isspace, typed)):
        return None
    if _NUMBER.match(typed) and len(typed) < MIN_DIGITS:
        return None
    keys = dict.fromkeys(map(clean, _keys(typed)))  # an address may spell what no text holds
    found = [Term(field, key) for key in keys for field in _FIELDS if holding(field, key)]
    if not found:
        return None
    return found[0] if len(found) == 1 else Or(found)


def _keys(typed: str) -> Iterator[str]:
    """What the release may be filed under: `index.schema` has the other side."""
    yield typed
    yield typed.lower()
    address = typed if "://" in typed else f"https://{typed}"
    if "/" in typed and canonical_address(address) is not None:
        yield id_of_address(address)
