"""Function words: articles, pronouns, prepositions, question words, which say little of a subject.

They are neither required nor scored where a search has two other words; `=the` and quotes keep
them. The lists (`function_words.json`) hold the closed classes of each language, and no word that
could be what a release is about.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path

from index.text.folding import fold
from index.text.raw_tokens import raw_token_in
from search.query.joined_words import KNOWN
from search.query.lexemes import SAID_IN_WAYS, Lexeme
from search.query.lexer import narrows
from search.query.term_queries import is_plain

ENOUGH = 2
"""Other words from which on function words are left out."""


@cache
def function_words(language: str) -> frozenset[str]:
    """The function words of a language, folded; none where there is no list."""
    return _lists().get(language.split("-")[0].lower(), frozenset())


def left_out(lexemes: Sequence[Lexeme], languages: Collection[str]) -> list[Lexeme]:
    """The function words of a search that it does without, in the language that has most of them.

    A word between operators, with a sign, in quotes or in a field of its own is always meant, and
    so are all behind a filter, which may take them, and all in a search with brackets. So is one
    that others write together with the next (`per cent`), and an acronym (`WHO report on malaria`).
    """
    if len(lexemes) <= ENOUGH or any(each.kind == "open" for each in lexemes):
        return []
    filters = (at for at, each in enumerate(lexemes) if narrows(each.field))
    plain = [at for at in range(next(filters, len(lexemes))) if _stands_alone(lexemes, at)]
    in_capitals = all(each.text == each.text.upper() for each in lexemes)
    folded = {at: _bare(lexemes[at].text) for at in plain}
    meant = {at for at in plain if (folded[at], folded.get(at + 1)) in KNOWN}
    if not in_capitals:
        meant |= {at for at in plain if _is_acronym(lexemes[at].text)}
    by_language = [
        [at for at in plain if folded[at] in words and at not in meant]
        for words in _of_languages(tuple(languages))
    ]
    functional = max(by_language, key=len, default=[])
    others = {folded[at] for at in plain if at not in functional}
    others |= {
        each.text for each in lexemes if each.kind in ("phrase", *SAID_IN_WAYS) or each.exact
    }
    return [lexemes[at] for at in functional] if len(others) >= ENOUGH else []


@lru_cache(maxsize=64)
def _of_languages(languages: tuple[str, ...]) -> list[frozenset[str]]:
    """The lists of some languages, those of English first."""
    return [function_words(tag) for tag in sorted(languages, key=lambda tag: (tag != "en", tag))]


def _bare(text: str) -> str:
    """A word without signs around it, folded."""
    if is_plain(text):
        return text.lower()
    matches = list(raw_token_in(text).finditer(text))
    return fold(matches[0][0] if len(matches) == 1 else text)


def _is_acronym(text: str) -> bool:
    """Whether capitals alone say that a word is a name: `WHO`, `E 85`; `I` and `A` are words."""
    return text.isupper() and text not in ("I", "A")


def _stands_alone(lexemes: Sequence[Lexeme], at: int) -> bool:
    """Whether a lexeme is a word without sign or field, and no operator works on it."""
    word = lexemes[at]
    before = lexemes[at - 1].kind if at else ""
    behind = lexemes[at + 1].kind if at + 1 < len(lexemes) else ""
    operated = before in ("not", "must") or {before, behind} & {"or", "and", "near"}
    return word.is_plain_word and not operated


def blanked(text: str, lexemes: Sequence[Lexeme]) -> str:
    """The text with white space where the lexemes stand."""
    for each in lexemes:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def undone(text: str, lexemes: Sequence[Lexeme]) -> str:
    """The text in which each of the lexemes is asked for as it was typed."""
    for each in reversed(lexemes):
        text = text[: each.start] + "=" + text[each.start :]
    return text


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("function_words.json").read_text("utf-8")
    return {tag: frozenset(map(fold, words.split())) for tag, words in json.loads(text).items()}
