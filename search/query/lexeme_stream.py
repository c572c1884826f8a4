"""The lexemes of a search as they are read, one after the other, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

from search.query.lexemes import Lexeme
from search.query.notices import add_notice
from search.request import SearchRequest
from search.results import Notice


@dataclass
class LexemeStream:
    """The lexemes of a cleaned text; `at` is the next one."""

    request: SearchRequest
    text: str
    lexemes: list[Lexeme]
    notices: list[Notice]
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

    def say(self, code: str, *values: object, undo: str | None = None) -> None:
        """Add a notice, once; `undo` is the text that takes the reading back."""
        undone = None if undo is None else self.request.changed(text=undo)
        add_notice(self.notices, code, *values, undo=undone)

    def replaced(self, lexeme: Lexeme, by: str, end: int | None = None) -> str:
        """The text with something else for a lexeme, or for all from it to an end."""
        return self.text[: lexeme.start] + by + self.text[end or lexeme.end :]
