"""What `search.show.marks` does, by the compiled loops.

A text's raw tokens are walked once. Those that may hold something wanted, as far as their letters
tell (`search.show.prefixes`), are expanded as the index did, which decides; the kernel keeps what a
raw token gave in a dictionary of ours, as numbers (`search/kernel/spans.c` says which).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from index.text.analysis import MAX_TERM, expand, stemmer_of
from index.text.scripts import UNSPACED
from search.show.fragments import MAX_SNIPPETS, MAX_STARTS, SNIPPET_LENGTH
from search.show.marks import MAX_ANALYSED, Marks, opening
from search.show.prefixes import beginnings, first_characters, suffixes_alone
from search.show.spans import MAX_PHRASE_STARTS, PhraseWanted, Wanted, term_span

MAX_REMEMBERED = 20_000
"""Raw tokens whose spans one finder keeps."""

_BITS = 0x10000
_DAY = "--"
_UNSPACED = re.compile(f"[{UNSPACED}]")
_NO_LETTERS = str.maketrans("", "", ".&")


class CompiledMarks(Marks):
    """Texts marked by the compiled loops; those that they cannot do, in Python."""

    def __init__(self, kernel: Any, wanted: Wanted) -> None:
        super().__init__(wanted)
        self._kernel = kernel
        self._compiled: dict[str, CompiledFinder] = {}

    def whole(self, text: str, language: str) -> str:
        """The whole text as HTML."""
        spans = self._spans(text, language)
        html: str | None = None if spans is None else self._kernel.marked(text, spans)
        return super().whole(text, language) if html is None else html

    def snippets(self, text: str, language: str) -> tuple[str, ...]:
        """Stretches of the text as HTML, or its opening."""
        spaced: str | None = self._kernel.single_spaced(text)
        spans = None if spaced is None else self._spans(spaced, language)
        if spaced is None or spans is None:
            return super().snippets(text, language)
        limits = SNIPPET_LENGTH, MAX_SNIPPETS, MAX_STARTS
        found: tuple[str, ...] | None = self._kernel.snippets(spaced, spans, *limits)
        if found is None:
            return super().snippets(text, language)
        return found or opening(spaced)

    def _spans(self, text: str, language: str) -> bytes | None:
        if not self._wanted:
            return b""
        finder = self._compiled.get(language)
        if finder is None:
            finder = self._compiled[language] = self._compiled_finder(language)
        return finder.spans(text[:MAX_ANALYSED])

    def _compiled_finder(self, language: str) -> CompiledFinder:
        """One for each stemmer."""
        for known, finder in self._compiled.items():
            if stemmer_of(known) == stemmer_of(language):
                return finder
        return CompiledFinder(self._kernel, self._wanted, language)


class CompiledFinder:
    """Finds what a query wants of one field in texts of one language's stems."""

    def __init__(self, kernel: Any, wanted: Wanted, language: str) -> None:
        self._kernel = kernel
        terms = [*wanted.stems, *wanted.exacts, *wanted.characters]
        terms += [word for phrase in wanted.phrases for word in phrase.words]
        self._able = not any(term.startswith(_DAY) for term in terms)
        words = dict.fromkeys(word for phrase in wanted.phrases for word in phrase.words)
        stems = {word: number for number, word in enumerate(words)}
        self._known = _Known(wanted, stems, language)
        begins = _beginnings(terms) if suffixes_alone(language) else None
        self._sought = kernel.make_sought(
            begins or [],
            _characters(terms),
            begins is None,
            array("i", chain.from_iterable(_numbers(each, stems) for each in wanted.phrases)),
            len(stems),
            MAX_PHRASE_STARTS,
        )

    def spans(self, text: str) -> bytes | None:
        """All spans, in order, as int32 numbers; None where only Python can tell."""
        if not self._able:
            return None
        found: bytes | None = self._kernel.find_spans(text, self._sought, self._known)
        return found


class _Known(dict[str, bytes]):
    """What raw tokens give, found out as they are asked for."""

    def __init__(self, wanted: Wanted, stems: dict[str, int], language: str) -> None:
        super().__init__()
        self._wanted = wanted
        self._stems = stems
        self._language = language

    def __missing__(self, raw: str) -> bytes:
        parts, extras = expand(raw, self._language)
        places = [(extra, 0, 0, len(raw)) for extra in extras]
        places += [(term, offset, start, end) for offset, (term, start, end) in enumerate(parts)]
        spans, stems = [], []
        for (stem, exact), offset, start, end in places:
            span = term_span(stem, exact, start, end, self._wanted)
            if span is not None:
                spans.append(span)
            if stem in self._stems:
                stems += [self._stems[stem], offset, start, end]
        if len(spans) > 1:
            spans = sorted(set(spans))
        found = array("i", [len(parts), len(spans), *chain.from_iterable(spans), *stems]).tobytes()
        if len(self) < MAX_REMEMBERED:
            self[raw] = found
        return found


def _beginnings(terms: Iterable[str]) -> list[bytes] | None:
    """Letters and digits with one of which every word begins that has one of the terms.

    Terms aside that only words with letters beyond ASCII have: the kernel takes all such words.
    None where all words are to be looked at.
    """
    kept: set[str] = set()
    for term in terms:
        for begin in beginnings(term) or ():
            letters = begin if begin.isalnum() else begin.translate(_NO_LETTERS)
            kept.add(letters[:MAX_TERM])
    if "" in kept:
        return None
    result: list[str] = []
    for word in sorted(kept):
        if not result or not word.startswith(result[-1]):
            result.append(word)
    return [word.encode("ascii") for word in result]


def _characters(terms: Iterable[str]) -> bytes:
    """A bit for each unspaced character that a wanted term may begin with; empty for none."""
    unspaced = [term for term in terms if not term.isascii() and _UNSPACED.search(term)]
    if not unspaced:
        return b""
    bits = bytearray(_BITS // 8)
    for term in unspaced:
        first = first_characters(term)
        if first is None:
            return b"\xff" * (_BITS // 8)
        for code in filter(_BITS.__gt__, map(ord, first)):
            bits[code >> 3] |= 1 << (code & 7)
    return bytes(bits)


def _numbers(phrase: PhraseWanted, stems: dict[str, int]) -> Iterator[int]:
    yield from (phrase.slop, phrase.clause, len(phrase.words))
    yield from (stems[word] for word in phrase.words)
