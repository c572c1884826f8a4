"""What people type -> lexemes: words, phrases, brackets and operators, with notices.

Never raises: what cannot be used is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.text.analysis import MAX_TERM, RAW_TOKEN, clean, fold
from index.text.months import day_term
from search.query.notices import notice
from search.query.term_queries import is_plain
from search.request import SearchRequest
from search.results import Notice

MAX_QUERY = 1_000
"""Characters of a search; the rest is left out."""
MAX_WORDS = 100
"""Words of a search, those of phrases and pairs of unspaced scripts counted one by one."""
MAX_DEPTH = 20
"""Brackets inside brackets."""
MAX_SLOP = 20
"""The largest distance in `"a b"~distance`."""
MAX_INEXACT = 10
"""Words with `*` or `~` of a search; later ones are read as plain words."""
MIN_PREFIX = 2
"""Letters before `*`."""

FIELDS = ("headline", "body", "agency", "date", "language")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』﹁﹂﹃﹄＂〝〞〟", '"'))
_SIGNS = str.maketrans("（）：｜＊～＝＋　０１２３４５６７８９", "():|*~=+ 0123456789")
_DASHES = "-‐‑‒–—−－"
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE)
_SLOP = re.compile(r"~(\d{1,4})")
_CHUNK = re.compile(r"[^\s()\"|]+")
_MODIFIED = re.compile(r"[=*~]")
_OPERATORS = {"OR": "or", "AND": "and", "NOT": "not", "&&": "and"}
_SUFFIX = re.compile(r"(?:(?P<star>\*+)|~(?P<edits>\d?))\Z")


class Lexeme(NamedTuple):
    """One piece of a search. `kind`: word, phrase, day, open, close, or, and, not.

    `start` and `end` are its place in the cleaned text; `field` is the name typed before it.
    """

    kind: str
    text: str
    start: int
    end: int
    field: str | None = None
    exact: bool = False
    prefix: bool = False
    edits: int = 0
    slop: int = 1


def lex(request: SearchRequest) -> tuple[str, list[Lexeme], list[Notice]]:
    """The cleaned text of a request, its lexemes (brackets balanced), and what was left out."""
    reader = _Lexer(request)
    lexemes = _days(_limited(_balanced(list(reader.lexemes()), reader), reader))
    return reader.text, lexemes, reader.notices


class _Lexer:
    """The text, and the notices that reading it gave."""

    def __init__(self, request: SearchRequest) -> None:
        self.request = request
        self.notices: list[Notice] = []
        text = clean(request.text[: MAX_QUERY * 4])
        if len(text) > MAX_QUERY or len(request.text) > MAX_QUERY * 4:
            self.say("query-cut", MAX_QUERY)
        self.text = text[:MAX_QUERY]
        self.signs = self.text.translate(_QUOTES).translate(_SIGNS)

    def say(self, code: str, *values: object, undo: str | None = None) -> None:
        """Add a notice, once; `undo` is the text that takes the reading back."""
        undone = None if undo is None else self.request.changed(text=undo)
        made = notice(code, *values, undo=undone)
        if made not in self.notices:
            self.notices.append(made)

    def lexemes(self) -> Iterator[Lexeme]:
        """All lexemes from left to right; brackets and operators as they come."""
        at = 0
        while at < len(self.signs):
            char = self.signs[at]
            if char.isspace():
                at += 1
                continue
            dashes = self._dashes(at)
            if dashes:
                at += dashes
                if at < len(self.signs) and not self.signs[at].isspace():
                    yield Lexeme("not", "-", at - dashes, at)
                else:
                    self.say("ignored", self.text[at - dashes : at])
                continue
            made = self._lexeme(at)
            at = made.end
            if made.kind != "none":
                yield made

    def _dashes(self, at: int) -> int:
        end = at
        while end < len(self.signs) and self.signs[end] in _DASHES:
            end += 1
        return end - at

    def _lexeme(self, at: int) -> Lexeme:
        char = self.signs[at]
        if char in "()":
            return Lexeme("open" if char == "(" else "close", char, at, at + 1)
        if char == "|":
            end = at + (2 if self.signs[at : at + 2] == "||" else 1)
            return Lexeme("or", "|", at, end)
        field = _FIELD.match(self.signs, at)
        if field is not None:
            return self._fielded(field)
        if char == '"':
            return self._phrase(at, at, exact=False)
        if char == "=" and self.signs[at + 1 : at + 2] == '"':
            return self._phrase(at + 1, at, exact=True)._replace(start=at)
        return self._word(at)

    def _fielded(self, field: re.Match[str]) -> Lexeme:
        name, after = field[1].lower(), field.end()
        following = self.signs[after : after + 1]
        if not following or following.isspace() or following in ")|":
            self.say("field-empty", field[1])
            return Lexeme("word", field[1], field.start(), after)
        if following == "(":
            return Lexeme("open", "(", field.start(), after + 1, field=name)
        if name == "date" and following == "[":
            made = self._date_range(after)
        elif following == '"' or (following == "=" and self.signs[after + 1 : after + 2] == '"'):
            quote = after + (following == "=")
            made = self._phrase(quote, after, exact=following == "=")
        else:
            made = self._word(after, plain=name in ("agency", "date", "language"))
        if made.kind == "none":
            return made
        return made._replace(field=name, start=field.start())

    def _date_range(self, at: int) -> Lexeme:
        closing = self.signs.find("]", at)
        end = len(self.signs) if closing < 0 else closing + 1
        return Lexeme("word", self.text[at:end], at, end)

    def _phrase(self, quote: int, start: int, *, exact: bool) -> Lexeme:
        closing = self.signs.find('"', quote + 1)
        if closing < 0:
            self.say("quote-unmatched")
            return Lexeme("none", "", start, quote + 1)
        inside = self.text[quote + 1 : closing]
        slop = _SLOP.match(self.signs, closing + 1)
        end = slop.end() if slop else closing + 1
        distance = min(max(int(slop[1]), 1), MAX_SLOP) if slop else 1
        if not RAW_TOKEN.search(inside):
            self.say("ignored", self.text[start:end])
            return Lexeme("none", "", start, end)
        if "*" in inside:
            self.say("wildcard-ignored", self.text[start:end])
        return Lexeme("phrase", inside, start, end, exact=exact, slop=distance)

    def _word(self, at: int, *, plain: bool = False) -> Lexeme:
        match = _CHUNK.match(self.signs, at)
        if match is None:
            return Lexeme("none", "", at, at + 1)
        start, end = match.span()
        typed = match[0]
        if plain:
            return Lexeme("word", self.text[start:end], start, end)
        if typed in _OPERATORS:
            return Lexeme(_OPERATORS[typed], typed, start, end)
        if not is_plain(typed) and not RAW_TOKEN.search(typed):
            self.say("ignored", self.text[start:end])
            return Lexeme("none", "", start, end)
        return self._modified(Lexeme("word", self.text[start:end], start, end), typed)

    def _modified(self, word: Lexeme, typed: str) -> Lexeme:
        if not _MODIFIED.search(typed):
            return word
        exact = typed.startswith("=") and len(typed) > 1
        suffix = _SUFFIX.search(typed)
        core = typed[int(exact) : suffix.start() if suffix else None]
        word = word._replace(text=core, exact=exact)
        if suffix and suffix["edits"] is not None:
            edits = self._edits(core, int(suffix["edits"] or 1))
            word = word._replace(edits=edits)
        return self._starred(word, typed, trailing=bool(suffix and suffix["star"]))

    def _starred(self, word: Lexeme, typed: str, *, trailing: bool) -> Lexeme:
        core = word.text
        if core.startswith("*"):
            core = core.lstrip("*")
            self.say("wildcard-leading", typed, core + "*" * trailing)
        if "*" in core:
            core, trailing = core.split("*")[0], True
            self.say("wildcard-inside", typed, core + "*")
        if trailing and len(fold(core)) < MIN_PREFIX and core.isascii():
            trailing = False
            self.say("wildcard-short", typed, MIN_PREFIX)
        return word._replace(text=core, prefix=trailing)

    def _edits(self, core: str, wanted: int) -> int:
        letters = len(fold(core))
        allowed = min(wanted, 0 if letters < 3 else 1 if letters < 6 else 2)
        if allowed < wanted:
            self.say("fuzzy-narrowed", core, wanted, allowed)
        return allowed


def _balanced(lexemes: list[Lexeme], reader: _Lexer) -> list[Lexeme]:
    """Without brackets that have no partner, and without those deeper than `MAX_DEPTH`."""
    drop: set[int] = set()
    opened: list[int] = []
    for index, lexeme in enumerate(lexemes):
        if lexeme.kind == "open":
            opened.append(index)
        elif lexeme.kind == "close" and opened:
            if len(opened) > MAX_DEPTH:
                reader.say("brackets-too-deep", MAX_DEPTH)
                drop |= {opened[-1], index}
            opened.pop()
        elif lexeme.kind == "close":
            drop.add(index)
            reader.say("bracket-unmatched")
    if opened:
        reader.say("bracket-unmatched")
    drop.update(opened)
    return [lexeme for index, lexeme in enumerate(lexemes) if index not in drop]


def _limited(lexemes: list[Lexeme], reader: _Lexer) -> list[Lexeme]:
    """The lexemes that hold the first `MAX_WORDS` words; brackets stay, so they stay balanced."""
    kept: list[Lexeme] = []
    words = inexact = 0
    for lexeme in lexemes:
        if lexeme.kind not in ("word", "phrase"):
            kept.append(lexeme)
            continue
        _say_if_cut(lexeme, reader)
        inexact += lexeme.prefix or lexeme.edits > 0
        if inexact > MAX_INEXACT and (lexeme.prefix or lexeme.edits):
            reader.say("inexact-cut", MAX_INEXACT)
            lexeme = lexeme._replace(prefix=False, edits=0)
        ends = _token_ends(lexeme.text)
        room = MAX_WORDS - words
        words += len(ends)
        if len(ends) > room:
            reader.say("words-cut", MAX_WORDS)
            if room <= 0:
                continue
            lexeme = lexeme._replace(text=lexeme.text[: ends[room - 1]], prefix=False)
        kept.append(lexeme)
    return kept


def _token_ends(text: str) -> list[int]:
    if is_plain(text):
        return [len(text)]
    return [match.end() for match in RAW_TOKEN.finditer(text)]


def _say_if_cut(lexeme: Lexeme, reader: _Lexer) -> None:
    if len(lexeme.text) <= MAX_TERM:
        return
    for match in RAW_TOKEN.finditer(lexeme.text):
        if len(match[0]) > MAX_TERM:
            reader.say("word-cut", match[0][:20], MAX_TERM)


def _days(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Two neighbouring plain words that name a day (`November 26`) become one lexeme."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        last = joined[-1] if joined else None
        if last and _plain(last) and _plain(lexeme) and last.field == lexeme.field:
            day = day_term(_bare(last.text), _bare(lexeme.text))
            if day is not None:
                text = f"{last.text} {lexeme.text}"
                joined[-1] = last._replace(kind="day", text=text, end=lexeme.end)
                continue
        joined.append(lexeme)
    return joined


def _plain(lexeme: Lexeme) -> bool:
    typed_alone = lexeme.field in (None, "headline", "body")
    unchanged = not (lexeme.exact or lexeme.prefix or lexeme.edits)
    return lexeme.kind == "word" and typed_alone and unchanged


def _bare(word: str) -> str:
    """The only word in the text, folded, or an empty string."""
    if is_plain(word):
        return fold(word)
    found = RAW_TOKEN.findall(word)
    match = RAW_TOKEN.search(word)
    return fold(match[0]) if match and len(found) == 1 else ""
