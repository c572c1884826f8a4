"""Text analysis: one place for tokens and their terms, for documents and queries alike.

A text is cut into *raw tokens* by one regular expression, and every raw token expands, by itself,
into terms: `expand` is a pure function of the raw token and the language, so a bulk indexer may
keep its results in a dictionary. Three kinds of term come out:

- `exact`: the folded word (case, width, diacritics, variant characters) as somebody may type it;
- `stem`: its stem in the language of the text, which the fields `headline` and `body` hold;
- terms of two characters for scripts written without spaces, in overlapping pairs, and each
  character by itself; `--MM-DD` for a month with a day, however it was written. These have no exact
  form, nor have words that a sign makes others (`c++`, `.net`) and the numbers of Chinese numerals
  (`2025` for 二零二五); they stand beside the plain word.

A compound (`co-ordinate`, `R&D`, `O'Brien`) gives its parts at positions of their own and the
whole, joined, at the position of the first, so `coordinate` and `co-ordinate` meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import getsizeof
from typing import NamedTuple

from index.bounded_cache import Cache
from index.text.folding import POLYTONIC, fold
from index.text.months import day_of_year, day_term
from index.text.normal_form import normal_form
from index.text.raw_tokens import (
    APOSTROPHES,
    JOINERS,
    JOINT,
    LETTER,
    LINKS,
    PLAIN_JOINTS,
    POINT,
    THOUSANDS,
    raw_token_in,
)
from index.text.scripts import OPTIONAL_MARKS, SPELLINGS, UNSPACED_RUN
from index.text.stemming import stem_of, tag_of
from index.text.terms_beside import terms_beside

MAX_TERM = 100
"""Characters of a term; the rest of a longer word is not searchable."""
MAX_PARTS = 4
"""Parts of a compound up to which the joined whole is a term as well."""

_PIECE = re.compile(rf"{LETTER}+")
_CONTRACTED = ("'ll", "'d", "'re")
"""What makes other words of those before it: `ill` found 17 releases of 263 that hold `I'll`."""
_PARTY_STATE = re.compile(r"[dri]-[a-z]{2}")
"""How members of Congress are cited: `D-RI` is no stem of `dry`, `R-ID` not the word `rid`."""
DECADE = re.compile(rf"((?:\d\d)?\d0)[{APOSTROPHES}][sS]\Z", re.ASCII)
"""`1990's` and `90's`, which others write `1990s`."""
_NO_SOUND = re.compile(f"[{APOSTROPHES}{LINKS}{JOINERS}-]")
_ISO_DAY = re.compile(r"\d{4}-(\d\d)-(\d\d)\Z")
_OPTIONAL_MARK = re.compile(f"[{OPTIONAL_MARKS}]")
_VIRAMA = "\u094d"
_NASAL = re.compile(
    f"(?:ङ{_VIRAMA}(?=[क-घ])|ञ{_VIRAMA}(?=[च-झ])|ण{_VIRAMA}(?=[ट-ढ])|न{_VIRAMA}(?=[त-ध])"
    f"|म{_VIRAMA}(?=[प-भ]))"
)
"""A nasal before a consonant of its row, which Hindi also writes as a point: `हिन्दी`, `हिंदी`."""
_POINT_ABOVE = "\u0902"

WORDS_BYTES = 8 << 20
"""Bytes of raw tokens with what they stand for that a process keeps: some 10,000 words."""
_TERM_BYTES, _WORD_BYTES = 150, 400
"""What each term of them takes beside its letters, and each of them beside its terms. A test holds
that `tracemalloc` measures no more than is counted."""
words_cache = Cache(WORDS_BYTES, _WORD_BYTES)
"""Raw tokens by language, short ones only, with what they stand for."""


class Term(NamedTuple):
    """A term as the index holds it; `exact` is empty where no exact form is kept."""

    stem: str
    exact: str


class Part(NamedTuple):
    """A term with the characters of its raw token that it covers."""

    term: Term
    start: int
    end: int


class Expansion(NamedTuple):
    """What a raw token stands for: `parts` at positions of their own, `extras` at the first's."""

    parts: tuple[Part, ...]
    extras: tuple[Term, ...]

    @property
    def nbytes(self) -> int:
        """Bytes that it takes, and the raw token that it stands beside."""
        if len(self.parts) == 1 and not self.extras:  # nearly always
            stem, exact = self.parts[0].term
            return _TERM_BYTES + (getsizeof(stem) + getsizeof(exact)) * 3 // 2
        terms = [*(part.term for part in self.parts), *self.extras]
        letters = sum(getsizeof(each) for term in terms for each in term)
        return _TERM_BYTES * len(terms) + letters * 3 // 2


class Token(NamedTuple):
    """A term in its place: position in the text, and the characters `start` to `end` it covers."""

    stem: str
    exact: str
    position: int
    start: int
    end: int


def tokens(text: str, language: str = "en") -> Iterator[Token]:
    """All terms of a text by ascending position; extras come before the part they stand beside.

    :param language: a BCP 47 tag; it picks the stemmer, and only that.
    """
    beside = terms_beside(text)
    position = 0
    before = ("", 0, 0)
    for match in raw_token_in(text).finditer(text):
        start, end = match.span()
        following: str | None = match[1]
        raw = match[0] if following is None else match[0] + following
        expansion = expand(raw, language)
        if not expansion.parts:
            continue
        first = expansion.parts[0].term.exact
        day = day_term(before[0], first)
        if day is not None:
            yield Token(day, "", before[1], before[2], end)
        if start in beside:
            term, low, high = beside[start]
            yield Token(term, "", position, low, high)
        for extra in expansion.extras:
            yield Token(*extra, position, start, end)
        for step, part in enumerate(expansion.parts):
            yield Token(*part.term, position + step, start + part.start, start + part.end)
        before = (first if len(expansion.parts) == 1 else "", position, start)
        position += len(expansion.parts)


def raw_tokens(text: str) -> tuple[list[str], dict[int, str]]:
    """The raw tokens of a text as `expand` takes them, and `terms_beside` by a token's number."""
    beside = terms_beside(text)
    raws: list[str] = []
    terms = {}
    for match in raw_token_in(text).finditer(text):
        if match.start() in beside:
            terms[len(raws)] = beside[match.start()][0]
        following: str | None = match[1]
        raws.append(match[0] if following is None else match[0] + following)
    return raws, terms


def expand(raw: str, language: str) -> Expansion:
    """The terms of one match of `raw_token` (with the following character, if group 1 saw one).

    None for marks that stand on no letter.
    """
    if len(raw) > MAX_TERM:
        return _expansion(raw, language)
    key = language, raw
    found: Expansion | None = words_cache.get(key)
    if found is None:
        found = _expansion(raw, language)
        words_cache.put(key, found)
    return found


def _expansion(raw: str, language: str) -> Expansion:
    if raw.isascii() and raw.isalpha():  # nearly all: what follows looks ten times as long
        return _single(raw, raw, language)
    if UNSPACED_RUN.match(raw):
        return _characters(raw)
    if raw[0].isdecimal() and not _PIECE.fullmatch(raw) and not re.search(JOINT, raw):
        return _single(re.sub(THOUSANDS, "", raw), raw, language)
    pieces = [piece for piece in _PIECE.finditer(raw) if any(map(str.isalnum, piece[0]))]
    if not pieces:
        return Expansion((), ())
    if "." in raw or "．" in raw:
        return _single(re.sub(POINT, "", raw), raw, language)
    decade = DECADE.match(raw)
    if decade is not None:
        return _single(f"{decade[1]}s", raw, language)
    if len(pieces) > 1 and raw[-2] in APOSTROPHES and fold(raw[-1]) == "s":
        pieces.pop()
    if len(pieces) == 1:
        return _single(pieces[0][0], pieces[0][0], language)
    parts = (Part(_term(piece[0], language), *piece.span()) for piece in pieces)
    extras = (extra for extra in _extras(raw, pieces, language) if extra.stem)
    return Expansion(tuple(part for part in parts if part.term.stem), tuple(extras))


class PlainWords(NamedTuple):
    """What a raw token of ASCII stands for: words, each with the offset of its position.

    `parts`: how many positions it takes; `day`: a `--MM-DD` term at the first, or None.
    """

    words: tuple[tuple[str, int], ...]
    parts: int
    day: str | None = None


def plain_words(raw: str) -> PlainWords:
    """The terms of `expand` for a raw token of ASCII in small letters, before they are stemmed."""
    if raw.isalnum():
        return PlainWords(((raw[:MAX_TERM], 0),), 1)
    if "." in raw or "," in raw or " " in raw:
        if raw[0].isdecimal():
            return PlainWords(((raw.replace(",", "").replace(" ", "")[:MAX_TERM], 0),), 1)
        return PlainWords(((raw.replace(".", "")[:MAX_TERM], 0),), 1)
    raw = whole = raw.replace("`", "'")
    decade = DECADE.match(raw)
    if decade is not None:
        return PlainWords(((f"{decade[1]}s", 0),), 1)
    pieces = raw.replace("&", "-").replace("'", "-").split("-")
    if len(pieces) > 1 and raw.endswith("'s"):
        pieces.pop()
        whole = raw[:-2]
    words = [(piece[:MAX_TERM], offset) for offset, piece in enumerate(pieces)]
    if len(pieces) == 1:
        return PlainWords(tuple(words), 1)
    if len(pieces) <= MAX_PARTS and _is_joined(whole):
        words.insert(0, (whole.replace("'", "").replace("-", "")[:MAX_TERM], 0))
    iso = _ISO_DAY.match(raw)
    day = day_of_year(int(iso[1]), int(iso[2])) if iso else None
    return PlainWords(tuple(words), len(pieces), day)


def stem(word: str, language: str) -> str:
    """The folded stem of a word, with its language unless no language stems such words."""
    word = word[:MAX_TERM]
    if not word.isascii() and POLYTONIC.search(word):  # casefold takes some apart
        word = fold(word)
    word = word.casefold()
    if not word.isascii():
        word = _OPTIONAL_MARK.sub("", word.translate(SPELLINGS))
        if not tag_of(language):  # the English stemmer knows ASCII alone: `Ørsted` and `Orsted`
            word = fold(word)
    folded = fold(stem_of(word, language))
    return folded + tag_of(language) if folded and word.isalpha() else folded


def _characters(raw: str) -> Expansion:
    """A pair, and beside it its first character; or the last character of a run."""
    pair, first = fold(raw), fold(raw[0])
    beside = (Term(first, ""),) if first != pair else ()
    return Expansion((Part(Term(pair, ""), 0, len(raw)),), beside)


def _single(word: str, raw: str, language: str) -> Expansion:
    term = _term(word, language)
    return Expansion((Part(term, 0, len(raw)),) if term.stem else (), ())


def _term(word: str, language: str) -> Term:
    if not word.isascii():
        word = normal_form("NFKC", word).replace("l·", "l").replace("L·", "L")  # ŀ, Ŀ
        if _VIRAMA in word:  # not in `fold`, by which agencies have their addresses
            word = _NASAL.sub(_POINT_ABOVE, word)
    return Term(stem(word, language), fold(word[:MAX_TERM]))


def _extras(raw: str, pieces: list[re.Match[str]], language: str) -> Iterator[Term]:
    whole = raw[: pieces[-1].end()]
    if len(pieces) <= MAX_PARTS and _is_joined(fold(whole.translate(PLAIN_JOINTS))):
        yield _term(_NO_SOUND.sub("", whole), language)
    iso = _ISO_DAY.match(raw)
    day = day_of_year(int(iso[1]), int(iso[2])) if iso else None
    if day is not None:
        yield Term(day, "")


def _is_joined(compound: str) -> bool:
    """Whether a folded compound means the same when written as one word."""
    return not (compound.endswith(_CONTRACTED) or _PARTY_STATE.fullmatch(compound))
