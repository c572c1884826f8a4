"""Fiscal years that a search types, `FY2009` or `fiscal year 2009`, and how else they are said.

Of the Senate's releases 229 say `FY2009` or `FY 2009`, and 285 others `fiscal year 2009` or `FY09`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoosh.query import Or, Query

from search.query.lexemes import Lexeme, joined_runs
from search.query.term_queries import phrase_query, words_query
from search.query.word_clauses import Scope

_FISCAL_YEAR = re.compile(
    r"(?:FY[\s'’-]{0,2}|fiscal (?:years? )?)(?P<year>(?:19|20)\d\d)|FY[\s'’-]{0,2}(?P<short>\d\d)",
    re.IGNORECASE,
)
_MOST = 3
"""Words of a fiscal year: `fiscal year 2009`."""
_APART = 4
"""Positions from the word to its year: `fiscal years 2007, 2008 and 2009`."""


def joined_fiscal_years(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Plain words that are a fiscal year together become one lexeme."""
    return joined_runs(lexemes, _MOST, "fiscal-year", _is_fiscal_year)


def fiscal_year_query(text: str, scope: Scope) -> Query:
    """Documents that say a fiscal year in any way; where any word will do, any of its words, too.

    Of the last two figures alone it says what `FY` before them does.
    """
    queries = [phrase_query(each, scope) for each in _ways(text)]
    for word in ("fiscal year", "FY"):
        queries.append(phrase_query(f"{word} {_year_in(text)}", scope, slop=_APART))
    if scope.any_word:
        queries.append(words_query(text, scope))
    return Or([each for each in queries if each is not None])


def _is_fiscal_year(text: str) -> bool:
    return _FISCAL_YEAR.fullmatch(text) is not None


def _ways(text: str) -> Iterator[str]:
    year = _year_in(text)
    for each in (year, year[2:]):
        yield f"FY{each}"
        yield f"FY {each}"
    yield f"fiscal {year}"
    yield f"{year} fiscal year"


def _year_in(text: str) -> str:
    """The year of a text that is a fiscal year: `2009` of `FY09`, `1998` of `FY98`."""
    found = _FISCAL_YEAR.fullmatch(text)
    if found is None:
        raise ValueError(text)
    short = found["short"]
    return found["year"] or f"{'20' if short < '50' else '19'}{short}"
