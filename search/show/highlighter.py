"""Highlighted headlines, bodies and snippets: text is escaped first, marks are put in after.

What is marked are the very terms that the query looked for, found as the index found them; so
stems, compounds, days, prefixes and near-words mark what they matched. Phrases are marked as
phrases, and their words not elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

from index.release import Release
from search.query.combined_fields import CombinedFields
from search.query.positional import GapPhrase
from search.query.ranked_by import RankedBy
from search.show import fragments
from search.show.finder import Finder
from search.show.fragments import Fragments
from search.show.repeated_headline import after_headline
from search.show.spans import FieldPhrase, FieldQuery, Span, find_spans

MAX_ANALYSED = 200_000
"""Characters of a text that are looked at for marks and snippets."""

_LEAVES, _BRANCHES = (Term, Phrase, Prefix, Wildcard), (And, Or)


class Highlighter:
    """Highlights what one query (its prefixes and near-words expanded) matches in releases.

    :param check: is called again and again, and raises when this takes too long.
    """

    def __init__(self, query: Query, check: Callable[[], None] | None = None) -> None:
        headline, body = _field_queries(query)
        self._body = FieldHighlighter(body, check)
        self._headline = self._body if headline == body else FieldHighlighter(headline, check)

    def headline(self, release: Release) -> str:
        """The whole headline, escaped, with `<mark>`."""
        return self._headline.whole(release.headline, release.language)

    def body(self, release: Release) -> str:
        """The whole body, escaped, with `<mark>` in its first `MAX_ANALYSED` characters."""
        return self._body.whole(release.body, release.language)

    def snippets(self, release: Release) -> Fragments:
        """Up to `fragments.MAX_FRAGMENTS` fragments of the body with marks, or its opening.

        A line that repeats the headline is none of it.
        """
        return self._body.snippets(release.body, release.language, release.headline)


class FieldHighlighter:
    """Highlights what a query looks for in one field, in texts of any language."""

    def __init__(self, query: FieldQuery, check: Callable[[], None] | None = None) -> None:
        self._query = query
        self._check = check
        self._finders: dict[str, Finder] = {}

    def whole(self, text: str, language: str) -> str:
        """The whole text as HTML, marked in its first `MAX_ANALYSED` characters."""
        return fragments.marked(text, self._spans(text, language))

    def snippets(self, text: str, language: str, headline: str = "") -> Fragments:
        """Fragments of the text as HTML with marks, or its opening."""
        text = fragments.single_spaced(text)
        begin = after_headline(text, headline)
        found = fragments.cut_fragments(text, self._spans(text, language), begin)
        return found if found.shown else fragments.opening(text, begin)

    def _spans(self, text: str, language: str) -> Sequence[Span]:
        if not self._query:
            return []
        finder = self._finders.get(language)
        if finder is None:
            finder = self._finders[language] = Finder(self._query, language, self._check)
        text = text[:MAX_ANALYSED]
        spans = finder.spans(text)
        return find_spans(text, self._query, language, self._check) if spans is None else spans


def _field_queries(query: Query) -> tuple[FieldQuery, FieldQuery]:
    """What a query looks for in headlines, and what in bodies."""
    fields = {"headline": FieldQuery(), "body": FieldQuery()}
    # Clauses are numbered for each field by itself, so that both mostly look for the same.
    numbers: dict[str, dict[int, int]] = {"headline": {}, "body": {}}
    for clause, leaves in enumerate(_clauses(query)):
        for leaf in leaves:
            name = leaf.fieldname.removesuffix("_exact")
            if name in fields:
                number = numbers[name].setdefault(clause, len(numbers[name]))
                _add_leaf(fields[name], leaf, number)
    return fields["headline"], fields["body"]


def _add_leaf(query: FieldQuery, leaf: Query, clause: int) -> None:
    if isinstance(leaf, Phrase):
        gaps = leaf.gaps if isinstance(leaf, GapPhrase) else ()
        query.phrases.append(FieldPhrase(tuple(leaf.words), leaf.slop, clause, gaps))
    elif isinstance(leaf, Prefix):
        query.prefixes.setdefault(leaf.text, clause)
    elif isinstance(leaf, Wildcard):
        query.patterns.setdefault(leaf.text, clause)
    elif leaf.fieldname.endswith("_exact"):
        query.exacts.setdefault(leaf.text, clause)
    else:
        query.stems.setdefault(leaf.text, clause)


def _clauses(query: Query) -> Iterator[list[Query]]:
    """Terms and phrases that a match may hold, without what the query excludes.

    The expansions of one prefix or near-word come together.
    """
    if isinstance(query, _LEAVES):
        yield [query]
    elif isinstance(query, CombinedFields):
        yield list(query.subqueries)
    elif isinstance(query, RankedBy):
        yield from _clauses(query.a)
    elif isinstance(query, _BRANCHES):
        for child in query.subqueries:
            yield from _clauses(child)
    elif isinstance(query, AndMaybe):
        yield from _clauses(query.a)
        yield from _clauses(query.b)
    elif isinstance(query, AndNot):
        yield from _clauses(query.a)
    elif isinstance(query, ConstantScoreQuery):
        yield [leaf for leaves in _clauses(query.child) for leaf in leaves]
