"""The same spans as `search.show.spans.full_spans`, without analysing the whole text.

A text is searched for strings that every word of a wanted term begins with
(`search.show.prefixes`). Around each such place the one raw token is cut out and expanded as the
index did, which decides. What such a search cannot see at all is looked at wherever it stands:
words with letters beyond a to z. Where that would not be exact either, `spans` gives None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase

from index.text.analysis import RAW_TOKEN, Token, expand
from index.text.scripts import UNSPACED
from search.show.prefixes import beginnings, suffixes_alone, unspaced_pattern
from search.show.spans import (
    MAX_PHRASE_STARTS,
    PhraseWanted,
    Span,
    Wanted,
    by_stem,
    phrase_run,
    spans_of,
)

MAX_BEGINNINGS = 16
"""Strings to search one text for; more are cut shorter, until they are few."""
MIN_BEGINNING = 6
"""Characters up to which strings that were cut are let grow again."""
MAX_FOREIGN = 300
"""Letters beyond a to z in one text up to which the words around them are looked at one by one."""
MAX_REMEMBERED = 20_000
"""Raw tokens whose spans one finder keeps."""
_NEAR = 200
"""Characters behind a phrase's first word in which other words rule out the phrase."""

_ASCII = bytes(range(128))
_LETTERS = frozenset(ascii_lowercase)
_APART = frozenset('\n\t\r\v\f()[]{}"“”«»/:;!?…—–*<>=|_%$#@+~^\\')
"""Characters that no raw token holds."""
_BLANKS = frozenset(" \u00a0\u2009\u202f")
"""Those that a raw token holds between digits alone."""
_JOINTS = ("'", "’", "‐", "‑", "-")
_JOINT = "['’‐‑-]?"
_THOUSAND = "[ ,\u00a0\u2009\u202f]?"
_UNSPACED = re.compile(rf"[{UNSPACED}]")


class Finder:
    """Finds what a query wants of one field in texts of one language's stems."""

    def __init__(self, wanted: Wanted, language: str) -> None:
        self._wanted = wanted
        self._language = language
        self._known: dict[str, list[Span]] = {}
        self._terms = _Needles([*wanted.stems, *wanted.exacts, *wanted.characters])
        self._phrases = [_PhraseNeedles(phrase) for phrase in wanted.phrases]
        able = self._terms.able and all(each.able for each in self._phrases)
        self._able = able and suffixes_alone(language)

    def spans(self, text: str) -> list[Span] | None:
        """All spans, in order; None where only an analysis of the whole text can tell."""
        foreign = _foreign_letters(text) if self._able else None
        if foreign is None:
            return None
        view = View(text)
        found: set[Span] = set()
        if self._terms:
            self._add_terms(text, sorted({*self._terms.places(view), *foreign}), found)
        for needles in self._phrases:
            places = needles.places(view, foreign)
            if places is None:
                return None
            self._add_phrase(text, places, needles.phrase, found)
        return sorted(found)

    def _add_terms(self, text: str, places: list[int], found: set[Span]) -> None:
        known, done = self._known, 0
        for at in places:
            if at < done:
                continue
            match = _token_at(text, at, done)
            if match is None:
                continue
            start, done = match.span()
            raw = match[0] + (match[1] or "")
            spans = known.get(raw)
            if spans is None:
                spans = list(spans_of(expand(raw, self._language), done - start, self._wanted))
                if len(known) < MAX_REMEMBERED:
                    known[raw] = spans
            for low, high, clause in spans:
                found.add(Span(start + low, start + high, clause))

    def _add_phrase(
        self, text: str, places: list[int], phrase: PhraseWanted, found: set[Span]
    ) -> None:
        done = 0
        for at in places:
            if at < done:
                continue
            match = _token_at(text, at, done)
            if match is None:
                continue
            done = match.end()
            here = list(_in_reach(text, match.start(), phrase, self._language))
            in_reach = by_stem(here, phrase.words)
            for first in in_reach[phrase.words[0]]:
                if first.start < done:
                    found.update(phrase_run(first, phrase, in_reach))


class View:
    """A text with what searching it needs: in lower case, and without the joints of compounds.

    Both are ASCII, `?` standing for other characters, so that places in `low` are the text's.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = text.encode("ascii", "replace").decode("ascii").lower()
        self.joined: str | None = None
        joints = [joint for joint in _JOINTS if joint in text]
        if joints:
            for joint in joints:
                text = text.replace(joint, "")
            self.joined = text.encode("ascii", "replace").decode("ascii").lower()


class _Needles:
    """Strings and patterns that find some terms; `able` is False where there can be none."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.able = True
        self._patterns: list[re.Pattern[str]] = []
        strings: set[str] = set()
        for term in terms:
            begins, pattern = beginnings(term), unspaced_pattern(term)
            if begins is not None:
                strings.update(begins)
            elif pattern is not None:
                self._patterns.append(pattern)
            elif term.isascii() or _UNSPACED.search(term):
                self.able = False
            # Any other term stands only where there are foreign letters.
        self._words = few(strings)
        self._acronyms = {_as_acronym(word) for word in self._words if word[:2].isalnum()}
        self._any = bool(terms)

    def __bool__(self) -> bool:
        return self._any

    def places(self, view: View) -> list[int]:
        """Where a raw token or a part of one begins that may be wanted; unordered."""
        found: list[int] = []
        low, joined = view.low, view.joined
        for word in self._words:
            _find_starts(low, word, found)
            repeats, apart, with_thousands = _spellings(word)
            if joined is not None and (repeats or joined.count(word) != low.count(word)):
                found += [match.start() for match in apart.finditer(view.text)]
            if with_thousands is not None:
                found += [match.start() for match in with_thousands.finditer(view.text)]
        for acronym in self._acronyms:
            _find_starts(low, acronym, found)
        for pattern in self._patterns:
            found += _overlapping(pattern, view.text)
        return found


class _PhraseNeedles:
    """What finds the places where a phrase may begin."""

    def __init__(self, phrase: PhraseWanted) -> None:
        self.phrase = phrase
        self._first = _Needles(phrase.words[:1])
        self._second = _Needles(phrase.words[1:2])
        self.able = self._first.able and self._second.able
        self._run = _run_pattern(phrase)

    def places(self, view: View, foreign: list[int]) -> list[int] | None:
        """The places, ascending; None if its first word is so frequent that a limit holds."""
        text, slop = view.text, self.phrase.slop
        if self._run is not None:
            many = len(text) > MAX_PHRASE_STARTS < len(self._first.places(view))
            return None if many else _overlapping(self._run, text)
        starts = sorted({*self._first.places(view), *foreign})
        if len(starts) > MAX_PHRASE_STARTS:
            return None
        following = sorted({*self._second.places(view), *foreign}) if starts else []
        return [at for at in starts if _may_follow(view.low, at, following, slop)]


def few(strings: Iterable[str]) -> list[str]:
    """Strings of which one begins each of those given: `MAX_BEGINNINGS` at the most, if it can."""
    kept = set(strings)
    if len(kept) > MAX_BEGINNINGS:
        size = max(_alike(min(kept), max(kept)), 1)
        while size < MIN_BEGINNING and len({word[: size + 1] for word in kept}) <= MAX_BEGINNINGS:
            size += 1
        kept = {word[:size] for word in kept}
    result: list[str] = []
    for word in sorted(kept):
        if not result or not word.startswith(result[-1]):
            result.append(word)
    return result


def _alike(one: str, other: str) -> int:
    """Characters that two strings begin with both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _as_acronym(word: str) -> str:
    return ".".join([*word[:2], ""])


def _find_starts(low: str, word: str, found: list[int]) -> None:
    """Where the word stands in the text and no letter before it."""
    at = low.find(word)
    while at >= 0:
        if at == 0 or low[at - 1] not in _LETTERS:
            found.append(at)
        at = low.find(word, at + 1)


def _overlapping(pattern: re.Pattern[str], text: str) -> list[int]:
    found = []
    match = pattern.search(text)
    while match:
        found.append(match.start())
        match = pattern.search(text, match.start() + 1)
    return found


@lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[bool, re.Pattern[str], re.Pattern[str] | None]:
    """Whether its end is also its beginning; it with joints inside; a number with its thousands."""
    repeats = any(word.startswith(word[at:]) for at in range(1, len(word)))
    letters = [re.escape(letter) for letter in word]
    number = len(word) > 1 and word[0].isdecimal()
    return (
        repeats,
        re.compile(_JOINT.join(letters), re.IGNORECASE),
        re.compile(_THOUSAND.join(letters)) if number else None,
    )


def _run_pattern(phrase: PhraseWanted) -> re.Pattern[str] | None:
    """For overlapping pairs of an unspaced script: the characters of them all."""
    words = phrase.words
    chained = all(len(word) == 2 for word in words) and all(
        one[1] == next_one[0] for one, next_one in pairwise(words)
    )
    if phrase.slop != 1 or not chained:
        return None
    return unspaced_pattern(words[0] + "".join(word[1] for word in words[1:]))


def _may_follow(low: str, at: int, following: list[int], slop: int) -> bool:
    """Whether one of the places follows so closely that fewer than `slop` words lie between.

    Each stretch with a letter between white space is a word at least.
    """
    place = bisect_right(following, at)
    if place == len(following):
        return False
    next_at = following[place]
    between = low[at : min(next_at, at + _NEAR)]
    stretches = between.split()[1:]
    if stretches and not between[-1].isspace():
        stretches.pop()
    return sum(not _LETTERS.isdisjoint(each) for each in stretches) < slop


def _token_at(text: str, at: int, floor: int) -> re.Match[str] | None:
    """The raw token that covers a place, if any does.

    :param floor: where an earlier token ended, or 0: tokens before it are not looked at.
    """
    start = at
    while start > floor:
        char = text[start - 1]
        if char in _APART or (char > "\u0dff" and _UNSPACED.match(char)):
            break
        if char in _BLANKS and not (text[start].isdecimal() and text[start - 2].isdecimal()):
            break
        start -= 1
    match = RAW_TOKEN.match(text, start)
    if match is not None and match.end() > at:
        return match
    later = (match for match in RAW_TOKEN.finditer(text, start) if match.end() > at)
    return next((match for match in later if match.start() <= at), None)


def _in_reach(text: str, start: int, phrase: PhraseWanted, language: str) -> Iterator[Token]:
    """The tokens from a raw token on, as far as a phrase can reach that begins in it."""
    position, last = 0, None
    for match in RAW_TOKEN.finditer(text, start):
        begin, end = match.span()
        expansion = expand(match[0] + (match[1] or ""), language)
        for extra in expansion.extras:
            yield Token(*extra, position, begin, end)
        for step, part in enumerate(expansion.parts):
            yield Token(*part.term, position + step, begin + part.start, begin + part.end)
        position += len(expansion.parts)
        if last is None:
            last = position - 1 + phrase.slop * (len(phrase.words) - 1)
        if position > last:
            return


def _foreign_letters(text: str) -> list[int] | None:
    """Where letters beyond a to z and the unspaced scripts stand; None if they are many."""
    if text.isascii():
        return []
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    others = rest.decode("utf-8", "surrogatepass")
    foreign = [char for char in set(others) if _is_foreign(char)]
    if sum(map(others.count, foreign)) > MAX_FOREIGN:
        return None
    return [at for char in foreign for at in _every(char, text)]


@lru_cache(maxsize=1 << 15)
def _is_foreign(char: str) -> bool:
    # Of the joints the wide ＆ alone leaves a trace in a term, an & that is looked for as it is.
    letter = RAW_TOKEN.fullmatch(char) is not None and not _UNSPACED.match(char)
    return letter or char == "＆"


def _every(char: str, text: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)
