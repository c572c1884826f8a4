"""The lexemes of a search as they are read, one after the other, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.query.lexemes import Lexeme
from search.results import Notice


@dataclass
class LexemeStream:
    """The lexemes of a cleaned text; `at` is the next one.

    :param say: what adds a notice to those, as `lexer.Reader.say` does.
    """

    text: str
    lexemes: list[Lexeme]
    notices: list[Notice]
    say: Callable[..., None]
    at: int = 0

    def kind(self) -> str:
        """The kind of the next lexeme; `end` behind the last."""
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def take(self) -> Lexeme:
        """The next lexeme, which is read by that."""
        self.at += 1
        return self.lexemes[self.at - 1]

    def last(self) -> Lexeme:
        """The one that was taken last."""
        return self.lexemes[self.at - 1]

    def replaced(self, lexeme: Lexeme, by: str, end: int | None = None) -> str:
        """The text with something else for a lexeme, or for all from it to an end."""
        return self.text[: lexeme.start] + by + self.text[end or lexeme.end :]
