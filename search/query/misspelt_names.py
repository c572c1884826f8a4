"""Names of fields and agencies that were misspelt -> the search as it was meant: `agnecy:custms`.

They are offered, not put right: whoever types `agency:Heath` may mean an agency that is not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.facet_table import AGENCY, FacetValue, Listed
from index.release import Agency
from index.text.folding import fold
from search.query.filter_queries import MIN_BEGINNING
from search.query.lexer import FIELDS
from search.query.parsed_query import ParsedQuery
from search.query.spelling import is_usual_slip
from search.query.vocabulary import edit_distance

MIN_FIELD = 3
"""Letters of the name of a field that may be misspelt."""
SHORT, LONG = 4, 7
"""Letters from which a word may have one wrong letter, and two, as in `search.query.spelling`."""
ELSEWHERE = {
    **dict.fromkeys(("heading", "header", "subject", "allintitle"), "headline"),
    **dict.fromkeys(("author", "au", "byline", "source"), "agency"),
    **dict.fromkeys(("department", "dept", "ministry", "office"), "agency"),
    **dict.fromkeys(("content", "intext", "abstract", "ab"), "body"),
    **dict.fromkeys(("host", "domain", "inurl", "url"), "site"),
}
"""What fields like ours are called in other engines."""

_WORDS = re.compile(r"[^\W_]+")
_NO_FIELD = ("field-unknown", "field-left-out")
_UNKNOWN = ("agency-unknown", "facet-unknown")
_VALUE = '(?<=[:!-])(["“”„«»]?)({})(["“”„«»]?)'

Named = Agency | FacetValue


def rightly_named(
    parsed: ParsedQuery, agencies: Sequence[Agency], facets: Mapping[str, Listed]
) -> str | None:
    """The search with its misspelt names of fields, agencies and values of facets put right; None
    where it has none, or they are like nothing that is here."""
    text = parsed.text
    for each in parsed.notices:
        if each.code in _NO_FIELD:
            name, typed = each.values
            text = _with_field(text, name, typed, facets)
        elif each.code in _UNKNOWN:
            name, typed = (AGENCY.name, *each.values)[-2:]
            values = agencies if name == AGENCY.name else facets[name].values
            text = _with_value(text, typed, values)
    return text if text != parsed.text else None


def _with_field(text: str, name: str, typed: str, facets: Iterable[str]) -> str:
    better = _field_like(name.lower(), (*FIELDS, *facets))
    return text.replace(typed, better + typed[len(name) :], 1) if better else text


def _field_like(name: str, fields: Iterable[str]) -> str | None:
    """The field that a name is a slip of, or that other engines call so."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    most = _edits_of(name, shortest=MIN_FIELD)
    found = [(edit_distance(name, each, most), each) for each in fields] if most else []
    near = [(edits, not is_usual_slip(name, each), each) for edits, each in found if edits]
    return min(near)[-1] if near else None


def _with_value(text: str, typed: str, values: Sequence[Named]) -> str:
    """The text with the value of a filter put right, in quotation marks where it has spaces."""
    better = _value_like(typed, values)
    if better is None:
        return text
    quote = '"' if " " in better else ""
    place = re.compile(_VALUE.format(re.escape(typed)))
    return place.sub(lambda found: f"{found[1] or quote}{better}{found[3] or quote}", text, 1)


def _value_like(typed: str, values: Sequence[Named]) -> str | None:
    """What was typed with its words as the names of some values have them, the nearest ones; or
    the name that it is with the spaces left out."""
    words = _WORDS.findall(typed)
    found = [each for value in values for each in _in_words_of(value, words)]
    if found:
        better = iter(min(found)[-1])
        return _WORDS.sub(lambda _: next(better), typed)
    return next((each.name for each in values if _is_run_together(typed, each.name)), None)


def _in_words_of(value: Named, words: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
    """The words as a name has them, with their edits and its length; nothing where it does not."""
    named = _WORDS.findall(value.name)
    nearest = [min(_like(word, named), default=None) for word in words]
    near = [each for each in nearest if each is not None]
    edits = sum(each[0] for each in near)
    if edits and len(near) == len(words):
        yield edits, len(value.name), [each[1] for each in near]


def _like(typed: str, named: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Words of a name that a typed one may be, with its edits: itself where it begins one."""
    word = fold(typed)
    most = _edits_of(word, shortest=SHORT)
    for each in named:
        other = fold(each)
        if other == word or (len(word) >= MIN_BEGINNING and other.startswith(word)):
            yield 0, typed
            continue
        edits = edit_distance(word, other, most)
        if edits or _is_short_for(word, other):
            yield edits or 1, each


def _is_short_for(word: str, other: str) -> bool:
    """Whether a word is another one with letters left out of its middle: `dept`, `natl`."""
    if len(word) < SHORT or (word[0], word[-1]) != (other[0], other[-1]):
        return False
    left = iter(other)
    return all(letter in left for letter in word)


def _is_run_together(typed: str, name: str) -> bool:
    word, whole = fold(typed), fold(name).replace(" ", "")
    return edit_distance(word, whole, _edits_of(word, shortest=LONG)) is not None


def _edits_of(word: str, *, shortest: int) -> int:
    return (len(word) >= shortest) + (len(word) >= LONG)
