"""What the lexemes of a search mean beside others: brackets, capitals, days, `U S`, limits."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest

from index.text.analysis import MAX_TERM
from index.text.folding import fold
from index.text.months import FIRST_IN_WORDS, named_day
from index.text.raw_tokens import raw_token_in
from search.query.amounts import joined_amounts
from search.query.capitals import in_capitals
from search.query.fiscal_years import joined_fiscal_years
from search.query.lexemes import WILDCARDS, Lexeme
from search.query.lexer import Reader, narrows
from search.query.notices import notice
from search.query.term_queries import YEAR, is_plain
from search.request import SearchRequest
from search.results import Notice

MAX_WORDS = 100
"""Words of a search, those of phrases and pairs of unspaced scripts counted one by one."""
MAX_DEPTH = 20
"""Brackets inside brackets."""
MAX_INEXACT = 10
"""Words with `*`, `?` or `~` of a search; later ones are read as plain words."""
MAX_INITIALS = 3
"""Letters beside `&` up to which `R & D` is read as `R&D`."""

_LINKS = (["day", "of"], ["of"], ["de"])
"""What stands between a day and its month in English, and in Spanish and Portuguese."""
_LINK_ENDS = {each[-1] for each in _LINKS}
_WORDS_ALONE = re.compile(
    rf"(?!.*\b(?i:{'|'.join(FIRST_IN_WORDS)})\b)[A-Z]?[a-z]+(?: [A-Z]?[a-z]+)*"
)
"""A text without operator, sign, number or initial: a third of what lexing another one takes."""
_DIGIT = re.compile(r"\d")
_FISCAL = re.compile(r"\bf(?:y|iscal\b)", re.IGNORECASE)
_WORD = re.compile(r"\S+")


def lex(request: SearchRequest, facets: tuple[str, ...] = ()) -> tuple[Reader, list[Lexeme]]:
    """The lexemes of a request, brackets balanced, with its cleaned text and what was left out.

    :param facets: names of the index's own facets, which are fields as well.
    """
    reader = Reader(request, facets)
    if len(reader.text) <= MAX_TERM and _WORDS_ALONE.fullmatch(reader.text):
        words = _WORD.finditer(reader.text)
        return reader, [Lexeme("word", word[0], *word.span()) for word in words]
    lexemes = in_capitals(list(reader.lexemes()), reader)
    if "BUT" in reader.text:
        lexemes = _without_but(lexemes)
    lexemes = _days(_initials(_limited(_balanced(lexemes, reader), reader), reader))
    if _DIGIT.search(reader.text):
        lexemes = joined_amounts(lexemes)
        if _FISCAL.search(reader.text):
            lexemes = joined_fiscal_years(lexemes)
    return reader, lexemes


def without_question_marks(
    lexemes: list[Lexeme], holds: Callable[[str], bool]
) -> tuple[list[Lexeme], list[Notice]]:
    """`?slip?` is the word where releases hold it, not a pattern: texts lose their quotes so."""
    read, notices = [], []
    for each in lexemes:
        bare = each.text.strip("?")
        if each.pattern and is_plain(bare) and holds(fold(bare)):
            start = each.start + each.text.index(bare)
            notices.append(notice("operator-unknown", each.text))
            read.append(Lexeme("word", bare, start, start + len(bare), field=each.field))
        else:
            read.append(each)
    return read, notices


def _without_but(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`BUT NOT` is one operator elsewhere; in small letters the first is a word as any other."""
    following = [each.kind == "not" and each.text == "NOT" for each in lexemes[1:]]
    pairs = zip_longest(lexemes, following)
    return [each for each, is_not in pairs if not (is_not and each.text == "BUT")]


def _balanced(lexemes: list[Lexeme], reader: Reader) -> list[Lexeme]:
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
            start = opened.pop()
            # What stands behind a bracket is known before what is in it is read.
            lexemes[start] = lexemes[start]._replace(boost=lexeme.boost)
        elif lexeme.kind == "close":
            drop.add(index)
            reader.say("bracket-unmatched")
    if opened:
        reader.say("bracket-unmatched")
    drop.update(opened)
    return [lexeme for index, lexeme in enumerate(lexemes) if index not in drop]


def _limited(lexemes: list[Lexeme], reader: Reader) -> list[Lexeme]:
    """The lexemes that hold the first `MAX_WORDS` words; brackets stay, so they stay balanced."""
    kept: list[Lexeme] = []
    words = inexact = 0
    for lexeme in lexemes:
        if lexeme.kind not in ("word", "phrase"):
            kept.append(lexeme)
            continue
        _say_if_cut(lexeme, reader)
        starred = lexeme.kind == "phrase" and "*" in lexeme.text
        if lexeme.prefix or lexeme.pattern or lexeme.edits or starred:
            inexact += 1
            if inexact > MAX_INEXACT:
                reader.say("inexact-cut", MAX_INEXACT)
                lexeme = _plainly(lexeme)
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


def _plainly(lexeme: Lexeme) -> Lexeme:
    text = WILDCARDS.sub(" ", lexeme.text).strip()
    return lexeme._replace(text=text, prefix=False, pattern=False, edits=0)


def _token_ends(text: str) -> list[int]:
    if is_plain(text):
        return [len(text)]
    return [match.end() for match in raw_token_in(text).finditer(text)]


def _say_if_cut(lexeme: Lexeme, reader: Reader) -> None:
    if len(lexeme.text) <= MAX_TERM:
        return
    for match in raw_token_in(lexeme.text).finditer(lexeme.text):
        if len(match[0]) > MAX_TERM:
            reader.say("word-cut", match[0][:20], MAX_TERM)


def _initials(lexemes: list[Lexeme], reader: Reader) -> list[Lexeme]:
    """`U S A` becomes one lexeme, `U.S.A.`, and `R & D` becomes `R&D`."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        last = joined[-1] if joined else None
        if last and _plain(last) and _plain(lexeme) and last.field == lexeme.field:
            between = reader.text[last.end : lexeme.start].strip()
            made = None
            if between in ("&", "＆") and _short(last) and _short(lexeme):
                made = f"{last.text}&{lexeme.text}"
            elif not between:
                letters = [*last.text.rstrip(".").split("."), lexeme.text.rstrip(".")]
                if all(map(_is_initial, letters)):
                    made = ".".join(letters) + "."
            if made is not None:
                joined[-1] = last._replace(text=made, end=lexeme.end)
                continue
        joined.append(lexeme)
    return joined


def _is_initial(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isupper()


def _short(lexeme: Lexeme) -> bool:
    return is_plain(lexeme.text) and len(lexeme.text) <= MAX_INITIALS


def _days(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Plain words that name a day (`November 26`, `26th of November 2023`) become one lexeme."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        if joined and joined[-1].kind == "day" and _is_year_of(joined[-1], lexeme):
            text = f"{joined[-1].text} {_bare(lexeme.text)}"
            joined[-1] = joined[-1]._replace(text=text, end=lexeme.end)
            continue
        last = _before_link(joined) if joined and _plain(lexeme) else None
        if last and _plain(last) and last.field == lexeme.field:
            day = named_day(_bare(last.text), _bare(lexeme.text))
            if day is not None:
                text = f"{last.text} {lexeme.text}"
                made = last._replace(kind="day", text=text, end=lexeme.end)
                joined[joined.index(last) :] = [made]
                continue
        joined.append(lexeme)
    return joined


def _is_year_of(day: Lexeme, lexeme: Lexeme) -> bool:
    """Whether a plain word is the year of a day that has none yet."""
    same = _plain(lexeme) and lexeme.field == day.field and not YEAR.search(day.text)
    return same and YEAR.fullmatch(_bare(lexeme.text)) is not None


def _before_link(lexemes: list[Lexeme]) -> Lexeme:
    """The last lexeme, or the one before what links a day to its month and is not asked for."""
    if lexemes[-1].text in _LINK_ENDS:
        for link in _LINKS:
            before = lexemes[: -len(link)]
            if before and [each.text for each in lexemes[-len(link) :]] == link:
                return before[-1]
    return lexemes[-1]


def _plain(lexeme: Lexeme) -> bool:
    modified = (lexeme.exact, lexeme.prefix, lexeme.pattern, lexeme.edits, lexeme.boost != 1.0)
    return lexeme.kind == "word" and not narrows(lexeme.field) and not any(modified)


def _bare(word: str) -> str:
    """The only word in the text, folded, or an empty string."""
    if is_plain(word):
        return fold(word)
    found = raw_token_in(word).findall(word)
    match = raw_token_in(word).search(word)
    return fold(match[0]) if match and len(found) == 1 else ""
