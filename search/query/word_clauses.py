"""The clauses that queries of words are made of: a word in any field and language, or a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoosh.query import Phrase, Query

from index.release import Agency
from search.query.boolean_queries import any_of
from search.query.combined_fields import CombinedFields
from search.query.ranked_by import RankedBy
from search.query.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words are looked for, in which languages' stems, and whether any of them will do."""

    fields: tuple[str, ...] = ("headline", "body")
    languages: tuple[str, ...] = ("en",)
    any_word: bool = False
    statistics: Statistics | None = None
    agencies: tuple[Agency, ...] = ()
    agency_forms: tuple[str, ...] = ()


def terms_of_word(scope: Scope, *stems: str, share: float = 1.0) -> list[Query]:
    """The stems of one word, in all its languages or spellings: one clause, or none.

    :param share: what the word counts for.
    """
    return [word_clause(scope.fields, scope, *stems).times(share)] if stems else []


def word_clause(fields: Sequence[str], scope: Scope, *terms: str) -> CombinedFields:
    """Any of the terms of one word in any of the fields."""
    statistics = scope.statistics
    own, fields = tuple(dict.fromkeys(terms)), tuple(fields)
    if statistics is None:
        return CombinedFields(fields, own)
    held = (statistics.held(fields, own) or own) if len(own) > 1 else own
    return CombinedFields(fields, held, statistics.idf(fields, held) or 1.0)


def stems_phrase(scope: Scope, ways: Sequence[Sequence[str]], slop: int = 1) -> Query:
    """A phrase, by its stems in each language, in any field. It scores what its words do."""
    unique = dict.fromkeys(map(tuple, ways))
    together = any_of(
        [Phrase(field, [*way], slop=slop, boost=0.0) for way in unique for field in scope.fields]
    )
    words = any_of(
        [word_clause(scope.fields, scope, *stems) for stems in zip(*unique, strict=True)]
    )
    return RankedBy(together, words)
