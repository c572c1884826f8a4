"""Spans found by the compiled loops: only tokens that may match, by their letters, are analysed.

The stems of the index are no words: `happi` stands for `happy` and `happiness`. But the English
stemmer changes little before a word's end, so each stem gives a few prefixes one of which every
word of it begins with. The loops (`index/kernel/text_walk.pxi`, `spans.pxi`) walk a text once and
ask for the raw tokens that begin so; these are expanded as the index did, which decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cache, lru_cache

from index.kernel import loop
from index.text.analysis import MAX_TERM, Part, expand
from index.text.characters import character_classes
from index.text.numerals import chinese_numbers
from index.text.scripts import HAN, UNSPACED_RUN, character_table
from index.text.stemming import MARK, stemmer_of, tag_of
from search.show.multi_token_spans import beside_spans, stands_beside
from search.show.phrase_spans import Span, spans_of
from search.show.spans import FieldQuery

MAX_REMEMBERED = 20_000
"""Raw tokens whose matches one finder keeps."""
MAX_PREFIX = 8
"""Letters of a prefix; what begins so and does not match is told apart by its expansion."""

_CHARACTERS = 0x10000
_COMPATIBLE = [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
_BLANK = re.compile(r"[*?]")
_PLAIN = re.compile(r"[a-z0-9.&]+")
_NO_LETTERS = str.maketrans("", "", ".&")


_TokenMatches = tuple[int, tuple[Span, ...], tuple[tuple[str, int, int, int], ...]]
"""What a raw token gives: `find_spans` of `index/kernel/spans.pxi` says what the numbers are."""

_NONE: _TokenMatches = (1, (), ())


class Finder:
    """Finds what a query looks for in one field, in texts of one stemmer."""

    def __init__(
        self, query: FieldQuery, language: str, check: Callable[[], None] | None = None
    ) -> None:
        self._language = language
        self._check = check
        self._beside = {each: at for each, at in query.stems.items() if stands_beside(each)}
        if self._beside:
            plain = {each: at for each, at in query.stems.items() if each not in self._beside}
            query = replace(query, stems=plain)
        phrases = [each for each in query.phrases if _all_in_language(each.words, language)]
        stems = {word for phrase in phrases for word in phrase.words}
        terms = _in_language({*query.stems, *query.exacts, *stems}, language)
        self._able = not any(map(stands_beside, [*query.exacts, *stems]))
        # Numbers may be written in Chinese numerals, of several raw tokens.
        self._numbers = {each: at for each, at in query.stems.items() if each.isdecimal()}
        self._phrases_count = any(stem.isdecimal() for stem in stems)
        self.remembered = _Matches(query, stems, language)
        self._phrases = tuple(phrases)
        make_filter = loop("TokenFilter")
        self._filter = make_filter and make_filter(
            _prefixes(terms, _beginnings(query)) if changes_suffixes_alone(language) else None,
            _first_characters(terms),
            character_classes(),
            bool(stems),
            self.remembered.ending,
        )

    def spans(self, text: str) -> list[Span] | None:
        """What `search.show.spans.find_spans` gives; None where no loop can tell."""
        find = loop("find_spans")
        if find is None or self._filter is None or not self._able:
            return None
        if self._phrases_count and any(chinese_numbers(text)):
            return None
        found = find(text, self._filter, self.remembered)
        if found is None:
            return None
        spans: list[Span]
        spans, places = found
        wanted = self._beside if text.isascii() else self._beside | self._numbers
        if not places and not wanted:
            return spans
        more = spans_of(self._phrases, places, self._check)
        beside = beside_spans(text, wanted, self._language) if wanted else ()
        return sorted(set(spans).union(beside, more))


class _Matches(dict[str, _TokenMatches]):
    """What raw tokens give, found out as they are asked for."""

    def __init__(self, query: FieldQuery, stems: set[str], language: str) -> None:
        super().__init__()
        self._query = query
        self._stems = stems
        self._language = language
        # `*ing` looks at all words of a text, whose stems took half of the time.
        self._by_letters = not (query.stems or stems)
        self._endings = _endings(query)

    @property
    def ending(self) -> bytes:
        """With which every word of ASCII's letters alone ends that gives anything, where there is
        one for all: of the words of a text the loop passes over the others."""
        only = self._endings[0] if len(self._endings) == 1 and self._by_letters else ""
        return only.encode("ascii") if only.isascii() and only.isalpha() and only.islower() else b""

    def __missing__(self, raw: str) -> _TokenMatches:
        if self._by_letters and raw.isascii() and raw.isalpha() and len(raw) <= MAX_TERM:
            word = raw.lower()
            clause = self._query.clause_of(word) if word.endswith(self._endings) else None
            return self._kept(raw, _NONE if clause is None else (1, ((0, len(raw), clause),), ()))
        parts, extras = expand(raw, self._language)
        if len(parts) == 1 and not extras:  # nearly always: a third of what follows takes
            ((stem, exact), start, end) = parts[0]
            span = self._query.span(stem, exact, start, end)
            placed = ((stem, 0, start, end),) if stem in self._stems else ()
            return self._kept(raw, (1, (span,) if span else (), placed))
        end = 1 if UNSPACED_RUN.match(raw) else len(raw)
        beside = [Part(extra, 0, end) for extra in extras] if extras else ()
        spans, stems = set(), []
        for at, ((stem, exact), start, end) in enumerate((*beside, *parts), -len(beside)):
            span = self._query.span(stem, exact, start, end)
            if span is not None:
                spans.add(span)
            if stem in self._stems:
                stems.append((stem, max(at, 0), start, end))
        return self._kept(raw, (len(parts), tuple(sorted(spans)), tuple(stems)))

    def _kept(self, raw: str, found: _TokenMatches) -> _TokenMatches:
        if len(self) < MAX_REMEMBERED:
            self[raw] = found
        return found


def _in_language(terms: Iterable[str], language: str) -> list[str]:
    """The terms that a text of a language may hold, without their languages."""
    own = (term.removesuffix(tag_of(language)) for term in terms)
    return [term for term in own if MARK not in term]


def _all_in_language(terms: Collection[str], language: str) -> bool:
    """Whether a text of a language may hold all of the terms, so not one of another's stems.

    `of NEAR/5 the` is 64 phrases, of which English has two.
    """
    return len(_in_language(terms, language)) == len(terms)


def changes_suffixes_alone(language: str) -> bool:
    """Whether `stem_prefixes` holds for the stems of a language: English ones, or none at all."""
    return stemmer_of(language) in ("english", None)


def _beginnings(query: FieldQuery) -> list[str]:
    """How words begin that are looked for by their letters; an empty one for any beginning."""
    return [*query.prefixes, *(_BLANK.split(pattern)[0] for pattern in query.patterns)]


def _endings(query: FieldQuery) -> tuple[str, ...]:
    """How words end that are looked for by their letters alone; an empty one for any end."""
    if query.exacts or query.prefixes:
        return ("",)
    return tuple(_BLANK.split(pattern)[-1] for pattern in query.patterns)


def _prefixes(terms: Iterable[str], beginnings: Iterable[str]) -> list[bytes] | None:
    """Letters and digits with one of which every word begins that has one of the terms.

    Terms aside that only words with letters beyond ASCII have: the loops ask for all such words.
    None where all words are to be looked at.
    """
    kept: set[str] = set()
    for beginning in beginnings:
        if not (beginning.isalnum() and beginning.isascii()):
            return None
        kept.add(beginning[:MAX_PREFIX])
    for term in terms:
        for prefix in stem_prefixes(term) or ():
            letters = prefix if prefix.isalnum() else prefix.translate(_NO_LETTERS)
            kept.add(letters[:MAX_PREFIX])
    return None if "" in kept else [prefix.encode("ascii") for prefix in kept]


@lru_cache(maxsize=4096)
def stem_prefixes(stem: str) -> tuple[str, ...] | None:
    """Strings in lower case, one of which begins every word that has the stem; None if none does.

    The English stemmer (Porter2, Snowball) only cuts, but for these: a last y becomes i (`happi`),
    an e is added (`hop-ing` -> `hope`, `-ency` -> `-ence`), `-bility` becomes `-ble` and then
    `-bl`, `skies` becomes `sky`, and `dying` becomes `die`, as all words with one letter there.
    """
    if not _PLAIN.fullmatch(stem):
        return None
    if not stem.isalpha():
        return (stem,)
    if stem == "sky":
        return ("sk",)
    if stem.endswith("ie"):
        return stem[:-1], stem[:-2] + "y"
    if stem.endswith("i"):
        return stem, stem[:-1] + "y"
    if stem.endswith(("e", "bl")):
        return (stem[:-1] or stem,)
    return (stem,)


def _first_characters(terms: Iterable[str]) -> bytes:
    """A bit for each unspaced character that one of the terms may begin with; empty for none."""
    unspaced = [term for term in terms if not term.isascii() and UNSPACED_RUN.search(term)]
    if not unspaced:
        return b""
    bits = bytearray(_CHARACTERS // 8)
    for term in unspaced:
        if not re.match(f"[{HAN}]", term):  # others do not fold one by one
            return b"\xff" * (_CHARACTERS // 8)
        for code in map(ord, term[0] + _variants().get(term[0], "")):
            if code < _CHARACTERS:
                bits[code >> 3] |= 1 << (code & 7)
    return bytes(bits)


@cache
def _variants() -> dict[str, str]:
    """Folded character -> all others that fold to it."""
    table = character_table()
    found: dict[str, str] = {}
    for code, to in table.items():
        found[to] = found.get(to, "") + chr(code)
    for code in _COMPATIBLE:
        char = unicodedata.normalize("NFKC", chr(code))
        to = char.translate(table)
        if char != chr(code):
            found[to] = found.get(to, "") + chr(code)
    return found
