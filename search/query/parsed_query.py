"""A search as it was read: its query, its notices, and which of its words stand where."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh.query import Query

from search.query.lexemes import Lexeme
from search.results import Notice


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A plain word of the search, with its place in `ParsedQuery.text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """What stands between two spaces at the top of a search, brackets and quotes kept whole.

    `role`: wanted, filter or unwanted. `query` is what it asks for, also where it is unwanted.
    """

    role: str
    query: Query
    lexemes: tuple[Lexeme, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A search as it was read. `query` holds prefixes, patterns and near-words as typed.

    `text` is the cleaned text; `words` are its plain words (no operators, nothing excluded), which
    a spelling suggestion may replace, as those of its phrases in `quoted`; `items` are the parts
    that `query` asks for together.
    """

    query: Query
    notices: tuple[Notice, ...]
    text: str
    words: tuple[TypedWord, ...] = ()
    items: tuple[Item, ...] = ()
    quoted: tuple[TypedWord, ...] = ()
