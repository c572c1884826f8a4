"""What people type -> a Whoosh query and notices that say how it was read.

    search   = { either }                 all of them (or any, as the request says)
    either   = both { OR both }
    both     = item { AND item }
    item     = [NOT | -] ( "(" search ")" | word | "phrase" | field:item )

So `OR` binds its two neighbours before the space does: `customs OR excise seizure` is read as
(customs or excise) and seizure. `docs/query-language.md` is the description for people.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from whoosh.query import And, Every, NullQuery, Or, Query, Term

from index.release import Agency
from index.text.analysis import fold
from index.text.stemming import stemmer_of
from search.query.and_not import Without
from search.query.date_queries import days_query, parse_span, undated_query
from search.query.lexer import Lexeme, lex
from search.query.notices import notice
from search.query.term_queries import (
    Scope,
    Statistics,
    day_query,
    fuzzy_query,
    phrase_query,
    prefix_query,
    word_query,
)
from search.request import SearchRequest
from search.results import Notice

MAX_AGENCY_WORDS = 12
"""Words of an agency's name that may follow `agency:` without quotes."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A plain word of the search, with its place in `ParsedQuery.text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """What stands between two spaces at the top of a search, brackets and quotes kept whole.

    `role`: wanted, filter or unwanted. `query` is what it asks for, also where it is unwanted.
    """

    role: str
    query: Query
    lexemes: tuple[Lexeme, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A search as it was read. `query` holds Prefix and FuzzyTerm leaves as typed.

    `text` is the cleaned text; `words` are its plain words (no operators, nothing excluded), which
    a spelling suggestion may replace; `items` are the parts that `query` asks for together.
    """

    query: Query
    notices: tuple[Notice, ...]
    text: str
    words: tuple[TypedWord, ...] = ()
    items: tuple[Item, ...] = ()


def parse_query(
    request: SearchRequest,
    languages: Collection[str] = ("en",),
    agencies: Sequence[Agency] = (),
    statistics: Statistics | None = None,
) -> ParsedQuery:
    """Read the words of a request. Never raises, whatever the text.

    :param languages: the languages of the index, which decide the stems of a word.
    :param agencies: the agencies that `agency:` can name.
    :param statistics: of the index: they weigh words, and cut long runs of unspaced scripts.
    """
    text, lexemes, notices = lex(request)
    scope = Scope(
        languages=stem_languages(languages),
        any_word=request.match == "any",
        statistics=statistics,
    )
    parser = _Parser(request, text, lexemes, scope, tuple(languages), tuple(agencies), notices)
    query = parser.search()
    if query is None:
        query = Every()
        if text.strip():
            parser.notices.append(notice("nothing-to-search", text.strip()))
    words, items = tuple(parser.words), tuple(parser.items)
    return ParsedQuery(query, tuple(parser.notices), text, words, items)


def stem_languages(languages: Collection[str]) -> tuple[str, ...]:
    """One language for each stemmer that the languages use; English where there is none."""
    by_stemmer: dict[str | None, str] = {}
    for language in sorted(languages):
        by_stemmer.setdefault(stemmer_of(language), language)
    return tuple(by_stemmer.values()) or ("en",)


@dataclass
class _Parser:
    """Recursive descent over the lexemes; `at` is the next one."""

    request: SearchRequest
    text: str
    lexemes: list[Lexeme]
    scope: Scope
    languages: tuple[str, ...]
    agencies: tuple[Agency, ...]
    notices: list[Notice]
    words: list[TypedWord] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    at: int = 0
    depth: int = 0
    excluding: bool = False

    def search(self, within: str | None = None) -> Query | None:
        """Everything up to a closing bracket or the end."""
        wanted: list[Query] = []
        filters: list[Query] = []
        unwanted: list[Query] = []
        while self._kind() not in ("close", "end"):
            before = self.at
            query, filtering = self._either(within)
            if isinstance(query, _Without):
                unwanted.append(query.query)
            elif query is not None:
                (filters if filtering else wanted).append(query)
            if query is not None and not self.depth:
                self._keep(query, filtering, before)
            if self.at == before:
                self._unused()
        return self._combined(wanted, filters, unwanted)

    def _combined(
        self, wanted: list[Query], filters: list[Query], unwanted: list[Query]
    ) -> Query | None:
        any_word = self.scope.any_word
        positive = [Or(wanted)] if any_word and len(wanted) > 1 else wanted
        positive = positive + filters
        if not positive and not unwanted:
            return None
        if not positive:
            self._say("only-without")
        query = positive[0] if len(positive) == 1 else And(positive) if positive else Every()
        if not unwanted:
            return query
        return Without(query, _any_of(unwanted))

    def _keep(self, query: Query | _Without, filtering: bool, start: int) -> None:
        """An item of the top, for a looser search."""
        lexemes = tuple(self.lexemes[start : self.at])
        if isinstance(query, _Without):
            self.items.append(Item("unwanted", query.query, lexemes))
        else:
            self.items.append(Item("filter" if filtering else "wanted", query, lexemes))

    def _either(self, within: str | None) -> tuple[Query | None, bool]:
        """`both { OR both }`, and whether it narrows rather than matches words."""
        query, filtering = self._both(within)
        found = [query]
        while self._kind() == "or":
            operator = self._take()
            if query is None or self._kind() in ("close", "end", "or", "and"):
                self._say("operator-unused", operator.text)
                continue
            query, another = self._both(within)
            found.append(query)
            filtering = filtering and another
            self._say_or(operator)
        queries = [_standing_alone(each) for each in found if each is not None]
        if len(queries) < 2:
            return (found[0] if found[0] is not None else next(iter(queries), None)), filtering
        return Or(queries), filtering

    def _both(self, within: str | None) -> tuple[Query | None, bool]:
        query, filtering = self._item(within)
        found = [query]
        while self._kind() == "and":
            operator = self._take()
            if query is None or self._kind() in ("close", "end", "or", "and"):
                self._say("operator-unused", operator.text)
                continue
            query, another = self._item(within)
            found.append(query)
            filtering = filtering and another
        queries = [each for each in found if each is not None]
        if len(queries) < 2:
            return next(iter(queries), None), filtering
        wanted = [each for each in queries if not isinstance(each, _Without)]
        unwanted = [each.query for each in queries if isinstance(each, _Without)]
        base = And(wanted) if len(wanted) > 1 else wanted[0] if wanted else Every()
        return (Without(base, _any_of(unwanted)) if unwanted else base), filtering

    def _item(self, within: str | None) -> tuple[Query | None, bool]:
        negated, start = False, self.at
        while self._kind() == "not":
            self._take()
            negated = not negated
        if self._kind() in ("close", "end", "or", "and"):
            if self.at > start:
                self._say("operator-unused", self.lexemes[self.at - 1].text)
            return None, False
        was, self.excluding = self.excluding, self.excluding != negated
        first = self._take()
        query, filtering = self._primary(first, within)
        self.excluding = was
        if query is None or not negated:
            return query, filtering
        self._say_without(self.lexemes[start], first)
        return _Without(query), filtering

    def _primary(self, lexeme: Lexeme, within: str | None) -> tuple[Query | None, bool]:
        name = lexeme.field or within
        if lexeme.kind == "open":
            self.depth += 1
            query = self.search(name)
            self.depth -= 1
            if self._kind() == "close":
                self._take()
            return query, name in _FILTERS
        if name in _FILTERS:
            return _FILTERS[name](self, lexeme), True
        return self._words(lexeme, self._scope(name)), False

    def _scope(self, name: str | None) -> Scope:
        if name is None:
            return self.scope
        scope = self.scope
        return Scope((name,), scope.languages, scope.any_word, scope.statistics)

    def _words(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        if lexeme.kind == "phrase":
            return phrase_query(lexeme.text, scope, slop=lexeme.slop, exact=lexeme.exact)
        if lexeme.kind == "day":
            self._say("read-day", lexeme.text, undo=self._replaced(lexeme, f'"{lexeme.text}"'))
            return day_query(lexeme.text, scope)
        if lexeme.prefix:
            return prefix_query(lexeme.text, scope)
        if lexeme.edits:
            return fuzzy_query(lexeme.text, scope, lexeme.edits)
        if not lexeme.exact and not self.excluding:
            self.words.append(TypedWord(lexeme.text, lexeme.start, lexeme.end))
        return word_query(lexeme.text, scope, exact=lexeme.exact)

    def _agency(self, lexeme: Lexeme) -> Query | None:
        last = lexeme
        names = {fold(agency.name): agency for agency in self.agencies}
        following = self.lexemes[self.at : self.at + MAX_AGENCY_WORDS]
        typed, chosen, used = lexeme.text, self._agencies_called(lexeme.text), 0
        for count, each in enumerate(following, start=1):
            if lexeme.kind != "word" or each.kind not in ("word", "day") or each.field:
                break
            longer = self.text[lexeme.start : each.end].partition(":")[2]
            if fold(longer) in names:
                typed, chosen, used, last = longer, [names[fold(longer)]], count, each
        self.at += used
        if not chosen:
            undo = self._replaced(lexeme, typed, end=last.end)
            self._say("agency-unknown", typed, undo=undo)
            return NullQuery
        undo = self._replaced(lexeme, f'"{typed}"', end=last.end)
        called = ", ".join(agency.name for agency in chosen[:5]) + (", …" * (len(chosen) > 5))
        self._say("read-agency", self.text[lexeme.start : last.end], called, undo=undo)
        return _any_of([Term("agency", agency.slug) for agency in chosen])

    def _agencies_called(self, typed: str) -> list[Agency]:
        """By slug, else by whole name, else those whose names hold all the words."""
        wanted = fold(typed)
        for key in (lambda agency: agency.slug, lambda agency: fold(agency.name)):
            exact = [agency for agency in self.agencies if key(agency) == wanted]
            if exact:
                return exact
        words = wanted.replace("-", " ").split()
        return [
            agency
            for agency in self.agencies
            if words and all(word in fold(agency.name).replace("-", " ") for word in words)
        ]

    def _date(self, lexeme: Lexeme) -> Query | None:
        if fold(lexeme.text) == "none":
            self._say("read-date", self._typed(lexeme), "none", undo=self._without(lexeme))
            return undated_query()
        span = parse_span(lexeme.text)
        if span is None:
            self._say("date-unreadable", self._typed(lexeme), undo=self._without(lexeme))
            return None
        self._say("read-date", self._typed(lexeme), span.iso, undo=self._without(lexeme))
        return days_query(span.days)

    def _language(self, lexeme: Lexeme) -> Query | None:
        tags = languages_like(lexeme.text, self.languages)
        if not tags:
            self._say("language-unknown", lexeme.text, undo=self._without(lexeme))
            return NullQuery
        return _any_of([Term("language", tag) for tag in tags])

    def _kind(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def _take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def _unused(self) -> None:
        self._say("operator-unused", self._take().text)

    def _say(self, code: str, *values: object, undo: str | None = None) -> None:
        undone = None if undo is None else self.request.changed(text=undo)
        made = notice(code, *values, undo=undone)
        if made not in self.notices:
            self.notices.append(made)

    def _say_or(self, operator: Lexeme) -> None:
        undo = self._replaced(operator, "or" if operator.text == "OR" else " ")
        if not any(each.code == "read-or" for each in self.notices):
            self._say("read-or", undo=undo)

    def _say_without(self, sign: Lexeme, first: Lexeme) -> None:
        last = self.lexemes[self.at - 1]
        typed = self.text[first.start : max(first.end, last.end)]
        word = "" if sign.text == "-" else "not"
        self._say("read-not", typed, undo=self._replaced(sign, word))

    def _typed(self, lexeme: Lexeme) -> str:
        return self.text[lexeme.start : lexeme.end]

    def _without(self, lexeme: Lexeme) -> str:
        return " ".join(self._replaced(lexeme, "").split())

    def _replaced(self, lexeme: Lexeme, by: str, end: int | None = None) -> str:
        return self.text[: lexeme.start] + by + self.text[end or lexeme.end :]


@dataclass(frozen=True)
class _Without:
    """What an item excludes, until its neighbours are known."""

    query: Query


_FILTERS = {"agency": _Parser._agency, "date": _Parser._date, "language": _Parser._language}


def languages_like(wanted: str, languages: Collection[str]) -> list[str]:
    """The tags equal to the wanted one or more precise: `zh` is also `zh-Hant`."""
    low = wanted.lower()
    return sorted(tag for tag in languages if f"{tag.lower()}-".startswith(f"{low}-"))


def _standing_alone(query: Query | _Without) -> Query:
    return Without(Every(), query.query) if isinstance(query, _Without) else query


def _any_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Or(queries)
