"""Loosening: nothing holds all the words, so releases that hold most of their weight are shown.

A search is taken apart into units: words, the words of phrases and of brackets, runs of an unspaced
script cut into their words. A unit weighs its idf among the releases that pass the filters, so that
words which nothing holds cannot be missed. Filters and what is excluded stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from whoosh.query import And, Every, NullQuery, Or, Query

from index.text.folding import fold
from search.query.and_not import Without
from search.query.at_least import AtLeast
from search.query.lexemes import SAID_IN_WAYS, Lexeme
from search.query.parsed_query import Item, ParsedQuery
from search.query.ranked_by import RankedBy
from search.query.word_parts import run_pairs, tells_alone, word_parts

MAX_UNITS = 40
"""Units that are looked at: a headline of the Senate's has 31 words at most in 99 of 100."""
MAX_NEAR_WORDS = 5
"""Words of near pairs that are looked for apart where none holds them so: fifty took 20 ms."""
SHARE = 0.5
"""Part of the weight of the known units that a release must hold. Measured over 500 headlines
that were looked for in the bodies alone of 12,694 releases: a reciprocal rank of 0.66 at 0.34, at
0.5 and at 0.65, where the median of releases shown is 209, 27 and 7."""
RARE = 1_000
"""Words in fewer than one in so many releases weigh alike: a misprint that one release happens to
share must not outweigh all else. It costs those 500 nothing (0.66 with it and without)."""
_SCALE = 1000
"""Weights are whole thousandths, so that every engine adds them up alike."""


class Unit(NamedTuple):
    """A part of a search that a release may lack; `text` is all of it as typed, with its signs.

    One that is a `bonus` weighs nothing: a phrase or near pair, whose words are units too, or the
    number of a compound. One `in_pairs` is a
    word of an unspaced script that no release holds as it stands: `query` finds most of its pairs.
    """

    text: str
    query: Query
    typed: str
    field: str | None = None
    bonus: bool = False
    in_pairs: bool = False


@dataclass(frozen=True, slots=True)
class Looser:
    """A looser search, the units that it is of, and those that no release here holds, as typed.

    `any_unit` is looser still: releases that hold any unit, where none holds most of the weight.
    Without units both match nothing. `scope_empty`: the filters alone let nothing through, so that
    no word can be missed.
    """

    most: Query
    any_unit: Query
    units: tuple[Unit, ...]
    unknown: tuple[str, ...]
    scope_empty: bool = False


def loosen(
    parsed: ParsedQuery,
    read: Callable[[str], ParsedQuery],
    count: Callable[[Query], int],
) -> Looser:
    """The looser search of one that finds nothing.

    :param read: how a part of the text reads by itself, all words wanted.
    :param count: documents that match a query under the request's filters.
    """
    documents = count(framed(Every(), parsed))
    if not documents:
        return Looser(NullQuery, NullQuery, (), (), scope_empty=True)
    known, unknown = _counted(_units(parsed, read), parsed, read, count)
    weights = [
        0 if _says_little(unit) else _weight(documents, max(holding, documents // RARE))
        for unit, holding in known
    ]
    if not any(weights):
        return Looser(NullQuery, NullQuery, (), tuple(dict.fromkeys(unknown)))
    queries = [unit.query for unit, _ in known]
    weighty = [query for query, weight in zip(queries, weights, strict=True) if weight]
    most = AtLeast(queries, weights, max(int(sum(weights) * SHARE), 1))
    return Looser(
        most=_ranked_as(parsed, framed(most, parsed)),
        any_unit=_ranked_as(parsed, framed(Or(weighty), parsed)),
        units=tuple(unit for unit, _ in known),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def framed(query: Query, parsed: ParsedQuery) -> Query:
    """A query under the filters of the text, and without what it excludes."""
    filters = [item.query for item in parsed.items if item.role == "filter"]
    unwanted = [item.query for item in parsed.items if item.role == "unwanted"]
    wanted = And([query, *filters]) if filters else query
    return Without(wanted, Or(unwanted)) if unwanted else wanted


def lacking(looser: Looser, held: Sequence[bool]) -> tuple[str, ...]:
    """What a release lacks, as typed: words that none holds, then others, each once.

    A phrase is named where its words are there and only their order is not.

    :param held: for each unit whether the release holds it.
    """
    units = zip(looser.units, held, strict=True)
    missing = [unit for unit, holds in units if unit.in_pairs or not holds]
    words = [*looser.unknown, *(unit.text for unit in missing if not unit.bonus)]
    apart = [unit.text for unit in missing if unit.bonus]
    apart = [phrase for phrase in apart if not any(word in phrase for word in words)]
    return tuple(dict.fromkeys([*words, *apart]))


def _ranked_as(parsed: ParsedQuery, query: Query) -> Query:
    """A query, ranked by the pairs and typed forms of the whole search too."""
    whole = parsed.query
    return RankedBy(query, whole.b) if isinstance(whole, RankedBy) else query


def _units(parsed: ParsedQuery, read: Callable[[str], ParsedQuery]) -> list[Unit]:
    """The units of all that is wanted, each once."""
    found = [
        unit
        for item in parsed.items
        if item.role == "wanted"
        for unit in _units_of(item, parsed.text, read)
    ]
    return list({fold(unit.text): unit for unit in reversed(found)}.values())[::-1]


def _units_of(item: Item, text: str, read: Callable[[str], ParsedQuery]) -> Iterator[Unit]:
    first, last = item.lexemes[0], item.lexemes[-1]
    typed = text[first.start : last.end]
    kinds = {lexeme.kind for lexeme in item.lexemes}
    if kinds == {"phrase"} and len(item.lexemes) == 1:
        yield Unit(typed, item.query, first.text, first.field, bonus=True)
        yield from _read_apart(first.text.split(), first.field, read)
    elif "near" in kinds <= {"near", "word", "phrase"} and len(item.lexemes) < 2 * MAX_NEAR_WORDS:
        yield Unit(typed, item.query, first.text, first.field, bonus=True)
        yield from _read_apart(_flattened(item.lexemes, text), first.field, read)
    elif len(item.lexemes) > 1 and kinds <= {
        "open",
        "close",
        "and",
        "word",
        "phrase",
        *SAID_IN_WAYS,
    }:
        yield from _read_apart(_flattened(item.lexemes, text), first.field, read)
    else:
        yield Unit(typed, item.query, first.text, first.field)


def _flattened(lexemes: Sequence[Lexeme], text: str) -> Iterator[str]:
    """The parts inside brackets and between ANDs and NEARs."""
    for lexeme in lexemes:
        if lexeme.kind not in ("open", "close", "and", "near"):
            yield text[lexeme.start : lexeme.end]


def _read_apart(
    parts: Iterable[str], field: str | None, read: Callable[[str], ParsedQuery]
) -> Iterator[Unit]:
    """Each part as a search of its own, in the field of the whole."""
    for part in parts:
        named = f"{field}:{part}" if field and not part.startswith(f"{field}:") else part
        parsed = read(named)
        for item in parsed.items:
            if item.role == "wanted":
                yield from _units_of(item, parsed.text, read)


def _counted(
    units: list[Unit],
    parsed: ParsedQuery,
    read: Callable[[str], ParsedQuery],
    count: Callable[[Query], int],
) -> tuple[list[tuple[Unit, int]], list[str]]:
    """The units with the number of documents that hold each; and those that none does.

    A unit that nothing holds gives way to its parts, where it has any: the words of a compound or
    of a run, more than half of the pairs of characters of such a word. One pair alone says nothing:
    of the Inland Revenue (稅務局) it found the Civil Service (公務員事務局).
    """
    whole = [item.query for item in parsed.items if item.role == "wanted"]
    known: dict[str, tuple[Unit, int]] = {}
    unknown: list[str] = []
    waiting = units[::-1]
    while waiting and len(known) + len(unknown) < MAX_UNITS:
        unit = waiting.pop()
        # What is all of the search nothing holds: 49 near pairs took half of their time again.
        holding = 0 if [unit.query] == whole else count(framed(unit.query, parsed))
        if holding or unit.bonus:
            known.setdefault(fold(unit.text), (unit, holding))
            continue
        parts = _parts(unit, read)
        pairs = run_pairs(unit.typed)
        if parts:
            waiting += parts[::-1]
        elif len(pairs) > 1:
            waiting.append(_in_pairs(unit, [*_read_apart(pairs, unit.field, read)]))
        else:
            unknown.append(unit.text)
    return list(known.values()), unknown


def _parts(unit: Unit, read: Callable[[str], ParsedQuery]) -> list[Unit]:
    """The parts of a unit that nothing holds, if any says something by itself."""
    parts = word_parts(unit.typed)
    dated = any(part.isdecimal() and not tells_alone(part) for part in parts)  # 11/09/2001
    telling = [part for part in parts if tells_alone(part) and not (dated and part.isdecimal())]
    if not telling or telling == [unit.typed]:
        return []
    others = _read_apart((part for part in parts if part not in telling), unit.field, read)
    return [
        *_read_apart(telling, unit.field, read),
        *(other._replace(bonus=True) for other in others),
    ]


def _in_pairs(unit: Unit, pairs: Sequence[Unit]) -> Unit:
    """A word as more than half of its pairs of characters."""
    wanted = AtLeast([pair.query for pair in pairs], [1] * len(pairs), len(pairs) // 2 + 1)
    return Unit(unit.text, wanted, "", unit.field, in_pairs=True)


def _says_little(unit: Unit) -> bool:
    """Whether what a unit asks for stands anywhere: of `S 3217` the S."""
    short = unit.typed.isascii() and unit.typed.isalnum() and not tells_alone(unit.typed)
    return unit.bonus or short


def _weight(documents: int, holding: int) -> int:
    """The idf of BM25 in thousandths, at least one of them."""
    return max(round(_SCALE * log(1 + (documents - holding + 0.5) / (holding + 0.5))), 1)
