"""Marked headlines, snippets and lead-ins: text is escaped first, marks are put in after.

What is marked are the very terms that the query looked for, found as the index found them; so
stems, compounds, days, prefixes and near-words mark what they matched. Phrases are marked as
phrases, and their words not elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.query import And, AndNot, ConstantScoreQuery, Or, Phrase, Query, Term

from index.release import Release
from search.show.characters import marking_kernel
from search.show.compiled_marks import CompiledMarks
from search.show.fragments import MAX_SNIPPETS, SNIPPET_LENGTH, marked
from search.show.marks import MAX_ANALYSED, Marks
from search.show.spans import PhraseWanted, Wanted

__all__ = ["MAX_ANALYSED", "MAX_SNIPPETS", "SNIPPET_LENGTH", "Marker", "marked"]

_LEAVES, _BRANCHES = (Term, Phrase), (And, Or)


class Marker:
    """Marks what one query (its prefixes and near-words expanded) matches in releases."""

    def __init__(self, query: Query) -> None:
        self._wanted = {"headline": Wanted(), "body": Wanted()}
        self._numbers: dict[str, dict[int, int]] = {"headline": {}, "body": {}}
        for clause, (leaves, expanded) in enumerate(_clauses(query)):
            for leaf in leaves:
                self._want(leaf, clause, expanded=expanded)
        headline, body = self._wanted.values()
        self._body = _marks(body)
        self._headline = self._body if headline == body else _marks(headline)

    def headline(self, release: Release) -> str:
        """The whole headline, escaped, with `<mark>`."""
        return self._headline.whole(release.headline, release.language)

    def body(self, release: Release) -> str:
        """The whole body, escaped, with `<mark>` in its first `MAX_ANALYSED` characters."""
        return self._body.whole(release.body, release.language)

    def snippets(self, release: Release) -> tuple[str, ...]:
        """Up to `MAX_SNIPPETS` stretches of the body with marks, or the opening of the body."""
        return self._body.snippets(release.body, release.language)

    def _want(self, leaf: Query, clause: int, *, expanded: bool) -> None:
        name = leaf.fieldname.removesuffix("_exact")
        if name not in self._wanted:
            return
        # Numbered for each field by itself, so that both mostly want the same.
        numbers, wanted = self._numbers[name], self._wanted[name]
        clause = numbers.setdefault(clause, len(numbers))
        if isinstance(leaf, Phrase):
            wanted.phrases.append(PhraseWanted(tuple(leaf.words), leaf.slop, clause))
        elif leaf.fieldname == name and expanded:
            wanted.characters.setdefault(leaf.text, clause)
        elif leaf.fieldname == name:
            wanted.stems.setdefault(leaf.text, clause)
        else:
            wanted.exacts.setdefault(leaf.text, clause)


def _marks(wanted: Wanted) -> Marks:
    kernel = marking_kernel()
    return Marks(wanted) if kernel is None else CompiledMarks(kernel, wanted)


def _clauses(query: Query) -> Iterator[tuple[list[Query], bool]]:
    """Terms and phrases that a match may hold, without what the query excludes.

    The expansions of one prefix or near-word come together, and with True.
    """
    if isinstance(query, _LEAVES):
        yield [query], False
    elif isinstance(query, _BRANCHES):
        for child in query.subqueries:
            yield from _clauses(child)
    elif isinstance(query, AndNot):
        yield from _clauses(query.a)
    elif isinstance(query, ConstantScoreQuery):
        yield [leaf for leaves, _ in _clauses(query.child) for leaf in leaves], True
