"""Marked headlines, snippets and lead-ins: text is escaped first, marks are put in after.

What is marked are the very terms that the query looked for, found as the index found them; so
stems, compounds, days, prefixes and near-words mark what they matched. Phrases are marked as
phrases, and their words not elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.query import And, AndNot, ConstantScoreQuery, Or, Phrase, Query, Term

from index.release import Release
from index.text import STEMMERS
from search.passages import (
    MAX_SNIPPETS,
    SNIPPET_LENGTH,
    cut,
    lead_in,
    marked,
    single_spaced,
    windows,
)
from search.quick_spans import Finder
from search.spans import PhraseWanted, Span, Wanted, full_spans

MAX_ANALYSED = 200_000
"""Characters of a body that are looked at for marks and snippets."""

__all__ = ["MAX_ANALYSED", "MAX_SNIPPETS", "SNIPPET_LENGTH", "Marker", "marked"]


class Marker:
    """Marks what one query (its prefixes and near-words expanded) matches in releases."""

    def __init__(self, query: Query) -> None:
        self._wanted = {"headline": Wanted(), "body": Wanted()}
        self._finders: dict[tuple[str, str | None], Finder] = {}
        for clause, (leaves, expanded) in enumerate(_clauses(query)):
            for leaf in leaves:
                self._want(leaf, clause, expanded=expanded)

    def headline(self, release: Release) -> str:
        """The whole headline, escaped, with `<mark>`."""
        return marked(release.headline, self._spans("headline", release))

    def body(self, release: Release) -> str:
        """The whole body, escaped, with `<mark>` in its first `MAX_ANALYSED` characters."""
        return marked(release.body, self._spans("body", release))

    def snippets(self, release: Release) -> tuple[str, ...]:
        """Up to `MAX_SNIPPETS` stretches of the body with marks, or the opening of the body."""
        text = single_spaced(release.body)
        spans = self._spans_in(text, "body", release.language)
        shown = windows(text, spans)
        if not shown:
            opening = lead_in(text)
            return (opening,) if opening else ()
        return tuple(cut(text, window, spans) for window in shown)

    def _want(self, leaf: Query, clause: int, *, expanded: bool) -> None:
        name = leaf.fieldname.removesuffix("_exact")
        if name not in self._wanted:
            return
        wanted = self._wanted[name]
        if isinstance(leaf, Phrase):
            wanted.phrases.append(PhraseWanted(tuple(leaf.words), leaf.slop, clause))
        elif leaf.fieldname == name and expanded:
            wanted.characters.setdefault(leaf.text, clause)
        elif leaf.fieldname == name:
            wanted.stems.setdefault(leaf.text, clause)
        else:
            wanted.exacts.setdefault(leaf.text, clause)

    def _spans(self, name: str, release: Release) -> list[Span]:
        text = release.headline if name == "headline" else release.body
        return self._spans_in(text, name, release.language)

    def _spans_in(self, text: str, name: str, language: str) -> list[Span]:
        wanted = self._wanted[name]
        if not wanted:
            return []
        text = text[:MAX_ANALYSED]
        quick = self._finder(name, language).spans(text)
        return full_spans(text, wanted, language) if quick is None else quick

    def _finder(self, name: str, language: str) -> Finder:
        """One for each field and stemmer."""
        key = name, STEMMERS.get(language.split("-")[0].lower())
        if key not in self._finders:
            self._finders[key] = Finder(self._wanted[name], language)
        return self._finders[key]


def _clauses(query: Query) -> Iterator[tuple[list[Query], bool]]:
    """Terms and phrases that a match may hold, without what the query excludes.

    The expansions of one prefix or near-word come together, and with True.
    """
    if isinstance(query, Term | Phrase):
        yield [query], False
    elif isinstance(query, And | Or):
        for child in query.subqueries:
            yield from _clauses(child)
    elif isinstance(query, AndNot):
        yield from _clauses(query.a)
    elif isinstance(query, ConstantScoreQuery):
        yield [leaf for leaves, _ in _clauses(query.child) for leaf in leaves], True
