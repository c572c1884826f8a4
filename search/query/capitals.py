"""Operators in a search in capitals throughout: `FBI OR CIA` means one, `DO NOT TRAVEL` not.

What only widens a search is taken for an operator, what would hide releases only where the rest of
the search shows that one is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.text.folding import fold
from search.query.function_words import function_words
from search.query.lexemes import Lexeme
from search.query.lexer import Reader

_SPELT = ("or", "and", "not", "near")
_SIGNS = {"-", "!", "|", "&&"}
"""Operators that are no words, whatever stands beside them."""


def in_capitals(lexemes: list[Lexeme], reader: Reader) -> list[Lexeme]:
    """The lexemes with operators that are words as words, which is said."""
    rest, operators = [], []
    for lexeme in lexemes:
        if lexeme.kind in _SPELT and lexeme.text not in _SIGNS and lexeme.text.isalpha():
            operators.append(lexeme)
        else:
            rest.append(lexeme)
    letters = "".join([reader.text[each.start : each.end] for each in rest])
    if not operators or letters == letters.lower() or letters != letters.upper():
        return lexemes
    if not all(each.is_plain_word for each in rest):
        return lexemes  # who quotes, brackets or names fields knows operators
    meant = [each for each in operators if _is_meant(each, operators, rest)]
    words = [each for each in operators if each not in meant and not (meant and each.kind == "and")]
    if not words:
        return lexemes
    undo = reader.text.lower()
    for lexeme in operators:
        undo = undo[: lexeme.start] + lexeme.text + undo[lexeme.end :]
    reader.say("read-capitals", words[0].text, undo=undo)
    # A word as any other, without what the operator had, so that function words are known as such.
    return [
        Lexeme("word", each.text, each.start, each.end) if each in words else each
        for each in lexemes
    ]


def _is_meant(operator: Lexeme, operators: Sequence[Lexeme], words: Sequence[Lexeme]) -> bool:
    """Whether an operator is one: `OR`, and `NOT` behind `AND` or `BUT`, or alone between two words
    of which the first is one of those that a search is about."""
    if operator.kind == "or":
        return True
    if operator.kind != "not":
        return False
    before = [each for each in (*operators, *words) if each.end <= operator.start]
    last = max(before, key=lambda each: each.end, default=None)
    if last is None:
        return False
    if last.kind == "and" or last.text == "BUT":
        return True
    alone = len(operators) == 1 and len(words) == 2
    return alone and last is words[0] and fold(last.text) not in function_words("en")
