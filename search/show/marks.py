"""The marks and snippets of one field's texts."""

from __future__ import annotations

from index.text.analysis import stemmer_of
from search.show.finder import Finder
from search.show.fragments import lead_in, marked, single_spaced, snippets
from search.show.spans import Span, Wanted, full_spans

MAX_ANALYSED = 200_000
"""Characters of a text that are looked at for marks and snippets."""


class Marks:
    """Marks what a query wants of one field, in texts of any language."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._finders: dict[str | None, Finder] = {}

    def whole(self, text: str, language: str) -> str:
        """The whole text as HTML, marked in its first `MAX_ANALYSED` characters."""
        return marked(text, self._found(text, language))

    def snippets(self, text: str, language: str) -> tuple[str, ...]:
        """Stretches of the text as HTML with marks, or its opening."""
        spaced = single_spaced(text)
        return snippets(spaced, self._found(spaced, language)) or opening(spaced)

    def _found(self, text: str, language: str) -> list[Span]:
        if not self._wanted:
            return []
        text = text[:MAX_ANALYSED]
        quick = self._finder(language).spans(text)
        return full_spans(text, self._wanted, language) if quick is None else quick

    def _finder(self, language: str) -> Finder:
        """One for each stemmer."""
        key = stemmer_of(language)
        if key not in self._finders:
            self._finders[key] = Finder(self._wanted, language)
        return self._finders[key]


def opening(text: str) -> tuple[str, ...]:
    """The opening of a single-spaced text, if it has any."""
    shown = lead_in(text)
    return (shown,) if shown else ()
