"""Words and phrases of a search -> their queries: as typed, and as others spell or join them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whoosh.query import And, Or, Query

from index.text.raw_tokens import raw_token_in
from search.query.amounts import amount_query, in_own_dollars
from search.query.as_written import PLAIN, Writing
from search.query.at_least import AtLeast
from search.query.boolean_queries import any_of
from search.query.fiscal_years import fiscal_year_query
from search.query.joined_words import JoinedWords
from search.query.lexeme_stream import LexemeStream
from search.query.lexemes import CLOSING, Lexeme, typed_in
from search.query.parsed_query import TypedWord
from search.query.ranking import once
from search.query.slot_queries import starred_phrase
from search.query.spelling_variants import in_other_ways, pair_in_other_ways, read_as_plural
from search.query.term_queries import (
    day_query,
    fuzzy_query,
    pattern_query,
    phrase_query,
    phrase_words,
    prefix_query,
    word_query,
)
from search.query.word_clauses import Scope

_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){1,3}")


@dataclass
class WordReader:
    """Reads what is no operator and no filter.

    `words` and `quoted` are what it read, without what is excluded.

    :param joined: which words of the index are written as one and as two.
    """

    stream: LexemeStream
    joined: JoinedWords | None
    writing: Writing = PLAIN
    excluding: bool = False
    words: list[TypedWord] = field(default_factory=list)
    quoted: list[TypedWord] = field(default_factory=list)

    def read(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        """The query of a lexeme that was taken; None where there is no letter or digit in it.

        It takes the next one too where the two are written as one word elsewhere.
        """
        if lexeme.kind == "phrase":
            return self._phrase(lexeme, scope)
        if lexeme.kind in _SAID_IN_WAYS:
            undo = self.stream.replaced(lexeme, f'"{lexeme.text}"')
            self.stream.say(f"read-{lexeme.kind}", lexeme.text, undo=undo)
            text = lexeme.text
            if lexeme.kind == "amount" and self.joined is not None:
                text = in_own_dollars(text, self.joined.together)
            return _SAID_IN_WAYS[lexeme.kind](text, scope)
        if lexeme.prefix:
            if self.stream.text[lexeme.end - 1] == "!":
                self._keep_word(lexeme)  # it may be a word that is misspelt
            return self._beginning(lexeme, scope)
        if lexeme.pattern:
            return pattern_query(lexeme.text, scope)
        if lexeme.edits:
            return fuzzy_query(lexeme.text, scope, lexeme.edits)
        if lexeme.exact:
            return word_query(lexeme.text, scope, exact=True)
        return self._plain_word(lexeme, scope)

    def _beginning(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        """Words that begin so; for `co-sponsor*` also the words of `co sponsored`."""
        query = prefix_query(lexeme.text, scope)
        if query is None or not _COMPOUND.fullmatch(lexeme.text):
            return query
        parts = f"{lexeme.text.replace('-', ' ')}*"
        apart, _ = starred_phrase(lexeme._replace(kind="phrase", text=parts), scope)
        return query if apart is None else Or([query, apart])

    def _plain_word(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        self._keep_word(lexeme)
        query = self._as_written(lexeme, scope)
        if query is None or self.joined is None:
            return query
        return self._in_one(query, lexeme, scope, self.joined)

    def _as_written(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        """The query of a word, or of it as others spell it or releases write it."""
        query = word_query(lexeme.text, scope)
        if query is None:
            return None
        query = self._in_other_ways(lexeme, scope, query)
        if self.writing is PLAIN:
            return query
        return self.writing.written(lexeme.text, query, scope)

    def _keep_word(self, lexeme: Lexeme) -> None:
        if not self.excluding:
            self.words.append(TypedWord(lexeme.text, lexeme.start, lexeme.end))

    def _in_one(self, query: Query, lexeme: Lexeme, scope: Scope, joined: JoinedWords) -> Query:
        """The query of a word that others write apart; or of two, the next one taken too."""
        # Where any word will do, two that are one cost 0.002 of nDCG@10 (mean of four collections).
        # `headline:tax fraud` asks for the first alone in headlines.
        second = None if scope.any_word or lexeme.field else self._partner()
        one = second and joined.as_one(lexeme.text, second.text)
        names = pair_in_other_ways(lexeme.text, second.text) if second else ()
        query = self._apart(query, lexeme, scope, joined)
        if not (second and (one or names)):
            return query
        self._keep_word(self.stream.take())
        following = self._as_written(second, scope)
        both = [query, following and self._apart(following, second, scope, joined)]
        if one:
            return Or([And(both), word_query(one, scope)])
        return Or([And(both), *(phrase_query(each, scope) for each in names)])

    def _apart(self, query: Query, lexeme: Lexeme, scope: Scope, joined: JoinedWords) -> Query:
        """The query of a word, or of what others write for it."""
        if scope.any_word and lexeme.text[-1] in CLOSING and lexeme.text[:-1].isalnum():
            return query  # as two words, too, they cost cisi 0.003 of nDCG@10, and cranfield 0.0002
        phrases = [phrase_query(each, scope) for each in joined.as_several(lexeme.text)]
        others = [each for each in phrases if each is not None]
        if scope.any_word:
            others = [once(each, query) for each in others]
        return any_of([query, *others])

    def _partner(self) -> Lexeme | None:
        """The plain word behind the one that was taken, where no operator stands beside the two."""
        lexemes, at = self.stream.lexemes, self.stream.at
        before = lexemes[at - 2].kind if at > 1 else "end"
        behind = lexemes[at + 1].kind if at + 1 < len(lexemes) else "end"
        if self.stream.kind() != "word" or {before, behind} & _BINDING:
            return None
        following = lexemes[at]
        return following if following.is_plain_word else None

    def _in_other_ways(self, lexeme: Lexeme, scope: Scope, query: Query) -> Query:
        """A word, or it as others write it, where a release has that."""
        whole, other = in_other_ways(lexeme.text, query, scope)
        singular = read_as_plural(lexeme.text, scope) if lexeme.text.isupper() else ""
        if other or singular:
            before = typed_in(self.stream.text, lexeme)[: -len(lexeme.text)]
            exact = self.stream.replaced(lexeme, f"{before}={lexeme.text}")
            code = "read-spelling" if other else "read-plural"
            self.stream.say(code, lexeme.text, other or singular, undo=exact)
        return whole

    def _phrase(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        if lexeme.least:
            found = [word_query(word, scope) for word in phrase_words(lexeme.text)]
            wanted = [each for each in found if each is not None]
            return at_least(wanted, lexeme.least, self.stream) if wanted else None
        if "*" in lexeme.text:
            query, unused = starred_phrase(lexeme, scope)
            if unused:
                self.stream.say("wildcard-ignored", typed_in(self.stream.text, lexeme))
            return query
        if not (lexeme.exact or self.excluding):
            text = self.stream.text
            words = raw_token_in(text).finditer(text, lexeme.start, lexeme.end)
            self.quoted.extend(TypedWord(each[0], *each.span()) for each in words)
        query = phrase_query(lexeme.text, scope, slop=lexeme.slop, exact=lexeme.exact)
        if self.writing is PLAIN or lexeme.exact:
            return query
        return self.writing.phrase(lexeme.text, query, scope, lexeme.slop)


_SAID_IN_WAYS = {"day": day_query, "amount": amount_query, "fiscal-year": fiscal_year_query}
"""Kinds of lexemes of several words that are said in several ways."""
_BINDING = {"or", "and", "near", "not", "must"}
"""Kinds of lexemes that bind the words beside them."""


def at_least(queries: list[Query], least: int, stream: LexemeStream) -> AtLeast:
    """So many of the queries; all of them where there are fewer, which is said."""
    if least > len(queries):
        stream.say("least-narrowed", least, len(queries))
    return AtLeast(queries, [1] * len(queries), min(least, len(queries)))
