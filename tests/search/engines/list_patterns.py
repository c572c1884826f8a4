"""What patterns, ranges and near-words match of a document in a list, each looked at by itself."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from whoosh import query as q

from search.query.vocabulary import edit_distance
from tests.search.engines.list_documents import Document


def fits(query: q.Query, word: str) -> bool:
    """Whether a prefix, a pattern or a near-word stands for a word."""
    if isinstance(query, q.Wildcard):
        return fnmatchcase(word, query.text)
    if isinstance(query, q.Prefix):
        return word.startswith(query.text)
    return word[0] == query.text[0] and edit_distance(query.text, word, query.maxdist) is not None


def _any_word(query: q.Query, each: Document) -> bool:
    return any(fits(query, word) for word in each.terms[query.fieldname])


def _range(query: q.NumericRange, each: Document) -> bool:
    return bool(query.start <= getattr(each, query.fieldname) <= query.end)


MATCHES: dict[type, Callable[[q.Query, Document], bool]] = {
    q.Prefix: _any_word,
    q.Wildcard: _any_word,
    q.FuzzyTerm: _any_word,
    q.NumericRange: _range,
    q.Every: lambda *_: True,
    type(q.NullQuery): lambda *_: False,
}
