"""Text analysis: one place for folding, tokens and stems, for documents and queries alike.

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
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from sys import getsizeof
from typing import NamedTuple

from index.bounded_cache import Cache
from index.text.months import CHINESE_DAY, chinese_day_term, day_of_year, day_term
from index.text.non_ascii import foreign_in, joins
from index.text.normal_form import normal_form
from index.text.numerals import chinese_numbers
from index.text.scripts import SPELLINGS, UNSPACED, UNSPACED_RUN, folding_table
from index.text.stemming import stem_of, tag_of

MAX_TERM = 100
"""Characters of a term; the rest of a longer word is not searchable."""
MAX_PARTS = 4
"""Parts of a compound up to which the joined whole is a term as well."""

_HEBREW_POINTS = r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_ARABIC_POINTS = r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_MARKS = rf"\u0300-\u036f{_HEBREW_POINTS}{_ARABIC_POINTS}\u0900-\u0963\u0966-\u0dff"
_APOSTROPHES = "'’‘ʻʼʽʾʿ`´"
"""Signs that stand inside a word: `O’Brien`, `Hawaiʻi`, `Qurʾān`, and as a poor keyboard writes
them."""
_JOINERS = "\u200c\u200d"
"""What Persian, Indic scripts and emoji are spelt with, though nobody sees it."""
LETTER = rf"(?:[^\W_{UNSPACED}{_APOSTROPHES}]|[{_MARKS}])"
_LINKS = "\u2010\u2011\u05be\u05f3\u05f4\u00b7"
"""Hyphens, that of Hebrew and its signs of abbreviation, and the dot of `col·lecció`."""
JOINT = f"[{_APOSTROPHES}{_LINKS}&＆{_JOINERS}-]"
PLAIN_JOINTS = str.maketrans(f"’‘ʻʼʽʾʿ`´＆{_LINKS}{_JOINERS}", "'" * 9 + "&" + "-" * 8)
"""For `str.translate`: a raw token so changed expands to the same terms."""
_NARROW_THOUSANDS = " ,\u00a0\u2009\u202f\u066c"
THOUSANDS = f"[{_NARROW_THOUSANDS}，]"
WIDE = "[，０-９]"
"""The wide comma parts the thousands of wide digits; between others, as in `12，300`, it is that of
a list."""
POINT = "[.．]"

_PIECE = re.compile(rf"{LETTER}+")
_CONTRACTED = ("'ll", "'d", "'re")
"""What makes other words of those before it: `ill` found 17 releases of 263 that hold `I'll`."""
_PARTY_STATE = re.compile(r"[dri]-[a-z]{2}")
"""How members of Congress are cited: `D-RI` is no stem of `dry`, `R-ID` not the word `rid`."""
_SIGNED_WORD = re.compile(
    r"(?:(?<=[\s(/\"“])|\A)(?:(?P<letter>[A-Za-z]{1,2}(?:\+\+|\#))(?![A-Za-z+#])"
    r"|\.(?P<name>[A-Za-z]{2,5})(?!\w|\.\w))"
)
"""Words that a sign makes others: `C++`, `F#`, `.NET`."""
_SIGN = (re.compile(r"\.(?=[A-Za-z]{2})"), re.compile("#"), re.compile(r"\+\+"))
"""What such a word begins or ends with; patterns that begin with a literal are quick to find."""
_NO_SOUND = re.compile(f"[{_APOSTROPHES}{_LINKS}{_JOINERS}-]")
_ISO_DAY = re.compile(r"\d{4}-(\d\d)-(\d\d)\Z")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of writing around, often of all that follows: elements do that."""
_UNSEEN = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_DIRECTIONS}"
    + "".join(chr(code) for code in _INVISIBLE if chr(code) not in _JOINERS)
    + "]"
)
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
"""Katakana of half the width, as old machines wrote it: the same letters, a voiced one as two."""
_ONE_WAY = re.compile("[\u2126\u212a\u212b\uf900-\ufaff\U0002f800-\U0002fa1f]+")
"""Characters of names and units that NFC would make other ones: ideographs for compatibility."""
_ASCII_CONTROL = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_NUKTAS = r"\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc"
_POINTS = re.compile(f"[{_HEBREW_POINTS}{_ARABIC_POINTS}{_NUKTAS}]")
_ACCENT = re.compile(
    r"(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+"
    rf"|[{_HEBREW_POINTS}{_ARABIC_POINTS}{_NUKTAS}]"
)
_POLYTONIC = re.compile(r"[\u1f00-\u1fff]")
_IOTA_BELOW = "\u0345"
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʻʼʽʾʿ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−─", "-"),
    }
)

_ASCII_FOLDED = bytes(code + 32 if 65 <= code <= 90 else code for code in range(256)).replace(
    b"`", b"'"
)
_FOREIGN = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
_SHORT = 4
"""Characters beyond ASCII that stand alone, most often quotes and dashes: few and frequent."""
_FEW = 24
"""Different characters beyond ASCII up to which each is replaced by itself in a whole text."""


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


def clean(text: str) -> str:
    """Text as documents keep it: as it is written, composed (NFC), without control characters.

    Gone is what neither spells nor shows anything: soft hyphens, marks of direction, lone
    surrogates. Katakana of half the width become those of the full. What NFC would make another
    character (`神` of a name) stays.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        if "\n" not in text and text.isprintable():
            return text
        return text.encode("ascii").translate(None, _ASCII_CONTROL).decode("ascii")
    if all(map(_is_clean, foreign_in(text))):
        data = text.encode()
        kept = data.translate(None, _ASCII_CONTROL)
        return text if len(kept) == len(data) else kept.decode()
    return _composed(text)


def clean_line(text: str) -> str:
    """A cleaned text on one line, with one space for each run of white space."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=1 << 14)
def _is_clean(character: str) -> bool:
    """Whether a character beyond ASCII stays as it is beside any other for which this holds."""
    return not joins(character) and _composed(character) == character


def _composed(text: str) -> str:
    text = _HALF_WIDTH.sub(_widened, _UNSEEN.sub("", text))
    if unicodedata.is_normalized("NFC", text) or not _ONE_WAY.search(text):
        return normal_form("NFC", text)
    kept = iter([*_ONE_WAY.findall(text), ""])
    parts = _ONE_WAY.split(text)
    return "".join(normal_form("NFC", part) + next(kept) for part in parts)


def _widened(match: re.Match[str]) -> str:
    return normal_form("NFKC", match[0])


def fold(text: str) -> str:
    """Text for comparing: width, case, diacritics, quotes, dashes and variants folded away.

    Traditional, Simplified and variant Chinese characters become one. The length may change.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    data = text.encode("utf-8", "surrogatepass").translate(_ASCII_FOLDED)
    folded = data.decode("utf-8", "surrogatepass")
    foreign = foreign_in(folded)
    if len(foreign) > _FEW or not all(map(_folds_alone, foreign)):
        return _FOREIGN.sub(_fold_match, folded)
    for character in foreign:
        folded = folded.replace(character, _fold_remembered(character))
    return folded


@lru_cache(maxsize=1 << 13)
def _folds_alone(character: str) -> bool:
    """Whether folding a character is to replace it, beside any other for which this holds, in any
    order: what it becomes is not changed again."""
    if joins(character) or _POLYTONIC.match(character):  # whose iotas change others
        return False
    again = (each for each in _fold_remembered(character) if not each.isascii())
    return all(not joins(each) and _fold_remembered(each) == each for each in again)


def _fold_match(match: re.Match[str]) -> str:
    return _fold_remembered(match[0]) if len(match[0]) <= _SHORT else _fold_foreign(match[0])


def _fold_foreign(text: str) -> str:
    """Characters beyond ASCII, with the one before them: no other can change what they become."""
    text = normal_form("NFKC", text.translate(_INVISIBLE))
    if _POLYTONIC.search(text):  # its iotas below are not written now; casefold makes letters
        text = normal_form("NFD", text).replace(_IOTA_BELOW, "")
    text = text.casefold()
    text = normal_form("NFC", _ACCENT.sub("", normal_form("NFD", text)))
    return text.translate(folding_table()).translate(_SAME)


_fold_remembered = lru_cache(maxsize=1 << 13)(_fold_foreign)


def raw_token_in(text: str) -> re.Pattern[str]:
    """What matches the raw tokens of a text, and of any part of it.

    Group 1 is set where a character of an unspaced script is followed by another one.
    """
    return _ascii_raw_token() if text.isascii() else raw_token()


@cache
def raw_token() -> re.Pattern[str]:
    """What a raw token is, in any text. To compile it takes 10 ms."""
    return _raw_token(LETTER, JOINT, f"[{UNSPACED}]")


@cache
def _ascii_raw_token() -> re.Pattern[str]:
    """The same for texts of ASCII, as most questions are: it is compiled in 1 ms."""
    return _raw_token("[A-Za-z0-9]", "['`&-]", "(?!)")


def _raw_token(letter: str, joint: str, unspaced: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.．,])\d{{1,3}}(?:(?:[{_NARROW_THOUSANDS}]\d|，[０-９])\d\d)+(?!\d)"
        rf"(?:{POINT}\d+)?"  # 1 200 or 1,200.50
        rf"|\d+(?:{POINT}\d+)+"  # 3.5
        rf"|(?:{letter}{POINT}){{2,}}{letter}?(?!{letter})"  # U.S., U.N
        rf"|{letter}+(?:{joint}{letter}+)*"  # words and compounds
        rf"|{unspaced}(?=({unspaced})?)"  # one character; the group sees the next
    )


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
    if not any(map(str.isalnum, raw)):
        return Expansion((), ())
    if "." in raw or "．" in raw:
        return _single(re.sub(POINT, "", raw), raw, language)
    pieces = [piece for piece in _PIECE.finditer(raw) if any(map(str.isalnum, piece[0]))]
    if len(pieces) > 1 and raw[-2] in _APOSTROPHES and fold(raw[-1]) == "s":
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
    if not word.isascii() and _POLYTONIC.search(word):  # casefold takes some apart
        word = fold(word)
    word = word.casefold()
    if not word.isascii():
        word = _POINTS.sub("", word.translate(SPELLINGS))
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


def terms_beside(text: str) -> dict[int, tuple[str, int, int]]:
    """Terms that no raw token gives by itself: `十一月二十六日`, `二零二五`, `C++`, `.NET`.

    :returns: by the start of the raw token whose position they take, each with its own span.
    """
    found: dict[int, tuple[str, int, int]] = {}
    for match in _signed_words(text):
        start = match.start() + (match["name"] is not None)
        found[start] = match[0].lower(), *match.span()
    if not text.isascii():
        for start, end, number in chinese_numbers(text):
            found[start] = number, start, end
    if "月" in text:
        for match in CHINESE_DAY.finditer(text):
            day = chinese_day_term(match)
            if day is not None:
                found[match.start()] = day, *match.span()
    return found


def _signed_words(text: str) -> Iterator[re.Match[str]]:
    """The matches of `_SIGNED_WORD`, tried where a sign stands: all places take ten times as long.

    A sign ends one word at the most, as what stands before a word is no letter.
    """
    dot, sharp, plus = _SIGN
    places = [match.start() for match in dot.finditer(text)]
    for sign in (sharp, plus) if "+" in text else (sharp,):
        for match in sign.finditer(text):
            places += range(max(match.start() - 2, 0), match.start())
    for place in places:
        if word := _SIGNED_WORD.match(text, place):
            yield word


def signed_word(text: str) -> str | None:
    """The term of a text that is one of `C++`, `F#` or `.NET` and nothing else, else None."""
    match = _SIGNED_WORD.fullmatch(text)
    return match[0].lower() if match else None
