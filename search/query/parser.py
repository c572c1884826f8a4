"""What people type -> a Whoosh query and notices that say how it was read.

    search   = { either }                 all of them (or any, or some, as the request says)
    either   = both { OR both }
    both     = near { AND near }
    near     = item { NEAR item }
    item     = [NOT | - | ! | +] ( "(" search ")" | word | "phrase" | field:item )

So `OR` binds its two neighbours before the space does: `customs OR excise seizure` is read as
(customs or excise) and seizure. `docs/query-language.md` is the description for people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from whoosh.query import And, AndMaybe, Every, NullQuery, Or, Query

from index.facet_table import Listed
from index.release import Agency
from index.text.analysis import raw_token_in
from index.text.stemming import stem_languages
from search.query.agency_forms import NO_FORMS, AgencyForms
from search.query.amounts import amount_query
from search.query.and_not import Without
from search.query.as_written import PLAIN, Writing, writing_of
from search.query.at_least import AtLeast
from search.query.boolean_queries import all_of, any_of
from search.query.boosts import boosted
from search.query.filter_queries import NO_FACETS, FilterReader
from search.query.function_words import blanked, left_out, undone
from search.query.joined_words import JoinedWords
from search.query.known_items import first_of, is_address, is_short_number, known_item
from search.query.lexemes import Lexeme, typed_in
from search.query.lexer import narrows
from search.query.neighbours import lex, without_question_marks
from search.query.notices import add_notice, notice
from search.query.ranking import any_of_words, once, ranked, with_repeats, words_in_runs
from search.query.slot_queries import near_query, starred_phrase
from search.query.spelling_variants import in_other_ways, place_in_other_way, read_as_plural
from search.query.statistics import Statistics
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
from search.request import SearchRequest
from search.results import Notice


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
    """A search as it was read. `query` holds prefixes, patterns and near-words as typed.

    `text` is the cleaned text; `words` are its plain words (no operators, nothing excluded), which
    a spelling suggestion may replace, as those of its phrases in `quoted`; `items` are the parts
    that `query` asks for together.
    """

    query: Query
    notices: tuple[Notice, ...]
    text: str
    words: tuple[TypedWord, ...] = ()
    items: tuple[Item, ...] = ()
    quoted: tuple[TypedWord, ...] = ()


def parse_query(
    request: SearchRequest,
    languages: Collection[str] = ("en",),
    agencies: Sequence[Agency] = (),
    statistics: Statistics | None = None,
    joined: JoinedWords | None = None,
    forms: AgencyForms = NO_FORMS,
    facets: Mapping[str, Listed] = NO_FACETS,
) -> ParsedQuery:
    """Read the words of a request. Never raises, whatever the text.

    :param languages: the languages of the index, which decide the stems of a word.
    :param agencies: the agencies that `agency:` can name.
    :param statistics: of the index: they weigh words, and cut long runs of unspaced scripts.
    :param joined: which words of the index are written as one and as two.
    :param forms: what else these agencies are called.
    :param facets: the index's own facets, by name.
    """
    item = statistics and known_item(request.text, statistics.frequency)
    if item and not is_short_number(request.text):
        return _as_item(request, item)
    text, lexemes, notices = lex(request, tuple(facets))
    if statistics is not None and "?" in text:
        lexemes, said = without_question_marks(lexemes, statistics.holds)
        notices += said
    scope = Scope(
        languages=stem_languages(languages),
        any_word=request.match == "any",
        statistics=statistics,
        agencies=tuple(agencies),
        agency_forms=forms.unspaced,
    )
    without = left_out(lexemes, languages)
    if without:
        notices.append(_left_out(request, text, without))
        lexemes = [each for each in lexemes if each not in without]
    tags, site = tuple(languages), _sites(statistics)
    reader = FilterReader(text, scope.agencies, tags, forms, site, facets)
    parser = _Parser(request, text, lexemes, scope, reader, joined, notices)
    parser.writing = writing_of(languages, statistics, lexemes)
    query = parser.search()
    if query is None and text.strip():
        add_notice(notices, "nothing-to-search", text.strip())
    words, items = tuple(parser.words), tuple(parser.items)
    typed = words_in_runs(blanked(text, without), words)
    whole = text.strip() if all(each.is_plain_word for each in lexemes) else None
    runs = [] if text.isascii() else [each.text for each in words]
    query = ranked(query or Every(), typed, scope, whole, runs)
    if item:
        notices.append(_read_release(request))
        query = first_of(item, query)
    return ParsedQuery(query, tuple(notices), text, words, items, tuple(parser.quoted))


def _left_out(request: SearchRequest, text: str, without: Sequence[Lexeme]) -> Notice:
    """That function words are left out, with the search that asks for them."""
    common = ", ".join(dict.fromkeys(each.text for each in without))
    return notice("function-words", common, undo=request.changed(text=undone(text, without)))


def _sites(statistics: Statistics | None) -> Callable[[str], bool]:
    """Whether any release is from a site; without statistics that is not known, so yes."""
    return lambda site: statistics is None or statistics.frequency("site", site) > 0


def _as_item(request: SearchRequest, item: Query) -> ParsedQuery:
    """A search that is the address, number, id or file name of a release."""
    return ParsedQuery(item, (_read_release(request),), request.text.strip())


def _read_release(request: SearchRequest) -> Notice:
    text = request.text.strip()
    undo = None if is_address(text) else request.changed(text=f'"{text}"')
    return notice("read-release", text, undo=undo)


class _Read(NamedTuple):
    """A part of a search: its query (None: left out), and what it does to the whole.

    `role`: "wanted"; "filter", which narrows rather than matches words; "unwanted", whose matches
    are left out; "must", which is there also where any word will do.
    """

    query: Query | None
    role: str = "wanted"


_NOTHING = _Read(None)


@dataclass
class _Parser:
    """Recursive descent over the lexemes; `at` is the next one."""

    request: SearchRequest
    text: str
    lexemes: list[Lexeme]
    scope: Scope
    reader: FilterReader
    joined: JoinedWords | None
    notices: list[Notice]
    words: list[TypedWord] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    quoted: list[TypedWord] = field(default_factory=list)
    at: int = 0
    depth: int = 0
    excluding: bool = False
    writing: Writing = PLAIN

    def search(self, within: str | None = None, least: int = 0) -> Query | None:
        """Everything up to a closing bracket or the end; at least so many parts of it, if any."""
        parts: list[_Read] = []
        while self._kind() not in ("close", "end"):
            before = self.at
            read = self._either(within)
            if read.query is not None:
                parts.append(read)
                self._keep(read, before)
            if self.at == before:
                self._unused()
        return self._combined(parts, least)

    def _keep(self, read: _Read, start: int) -> None:
        """An item of the top, for a looser search."""
        if not self.depth:
            role = "wanted" if read.role == "must" else read.role
            self.items.append(Item(role, read.query, tuple(self.lexemes[start : self.at])))

    def _combined(self, parts: list[_Read], least: int) -> Query | None:
        if not parts:
            return None
        of_role: dict[str, list[Query]] = {}
        for query, role in parts:
            of_role.setdefault(role, []).append(query)
        positive = self._positive(of_role.get("wanted", []), of_role.get("must", []), least)
        positive += of_role.get("filter", [])
        if not positive:
            self._say("only-without")
        query = all_of(positive) if positive else Every()
        unwanted = of_role.get("unwanted")
        return Without(query, any_of(unwanted)) if unwanted else query

    def _positive(self, wanted: list[Query], must: list[Query], least: int) -> list[Query]:
        """The queries that must all match."""
        if least and wanted:
            if least > len(wanted):
                self._say("least-narrowed", least, len(wanted))
            return [AtLeast(wanted, [1] * len(wanted), min(least, len(wanted))), *must]
        wanted = with_repeats(wanted)
        if not self.scope.any_word or len(wanted) + len(must) < 2:
            return wanted + must
        if not must:
            return [any_of_words(wanted)]
        return [AndMaybe(all_of(must), any_of(wanted))] if wanted else must

    def _either(self, within: str | None) -> _Read:
        """`both { OR both }`."""
        found = [self._both(within)]
        while self._kind() == "or":
            operator = self._take()
            if found[-1].query is None or self._kind() in _NO_ITEM:
                self._say("operator-unused", operator.text)
                continue
            found.append(self._both(within))
            self._say_or(operator)
        found = [each for each in found if each.query is not None]
        if len(found) < 2:
            return found[0] if found else _NOTHING
        queries = [_standing_alone(each) for each in found]
        roles = {each.role for each in found}
        return _Read(Or(queries), "filter" if roles == {"filter"} else "wanted")

    def _both(self, within: str | None) -> _Read:
        """`near { AND near }`."""
        found = self._near(within)
        while self._kind() == "and":
            operator = self._take()
            if found[-1].query is None or self._kind() in _NO_ITEM:
                self._say("operator-unused", operator.text)
                continue
            found += self._near(within)
        found = [each for each in found if each.query is not None]
        if len(found) < 2:
            return found[0] if found else _NOTHING
        wanted = [each.query for each in found if each.role != "unwanted"]
        unwanted = [each.query for each in found if each.role == "unwanted"]
        roles = {each.role for each in found}
        base = all_of(wanted) if wanted else Every()
        role = "filter" if roles == {"filter"} else "wanted"
        return _Read(Without(base, any_of(unwanted)) if unwanted else base, role)

    def _near(self, within: str | None) -> list[_Read]:
        """`item { NEAR item }`: pairs that are near each other, and what is in no pair."""
        start = self.at
        read = [self._item(within)]
        last = read[0]
        while self._kind() == "near":
            operator = self._take()
            if last.query is None or self._kind() in _NO_ITEM:
                self._say("operator-unused", operator.text)
                continue
            following = self._item(within)
            typed = typed_in(self.text, self.lexemes[start], self.lexemes[self.at - 1])
            pair = self._pair(last, following, operator, typed)
            if pair is None:
                self._say("near-unread", typed)
                read.append(following)
            else:
                self._say("read-near", typed, operator.slop, undo=self._replaced(operator, "AND"))
                read = [*(each for each in read if each is not last), _Read(pair)]
            last = following
        return read

    def _pair(self, first: _Read, second: _Read, operator: Lexeme, typed: str) -> Query | None:
        if first.query is None or second.query is None or {first.role, second.role} != {"wanted"}:
            return None
        return near_query(first.query, second.query, operator, self.scope, typed)

    def _item(self, within: str | None) -> _Read:
        negated, must, start = False, False, self.at
        while self._kind() in ("not", "must"):
            negated = negated != (self._kind() == "not")
            must = self._take().kind == "must"
        if self._kind() in _NO_ITEM:
            if self.at > start:
                self._say("operator-unused", self.lexemes[self.at - 1].text)
            return _NOTHING
        was, self.excluding = self.excluding, self.excluding != negated
        first = self._take()
        read = self._primary(first, within)
        self.excluding = was
        if read.query is None:
            return read
        if negated:
            if read.query is not NullQuery:  # that nothing is called so is said
                self._say_without(self.lexemes[start], first)
            return _Read(read.query, "unwanted")
        return _Read(read.query, "must") if must and read.role == "wanted" else read

    def _primary(self, lexeme: Lexeme, within: str | None) -> _Read:
        name = lexeme.field or within
        if lexeme.kind == "open":
            self.depth += 1
            query = self.search(name, lexeme.least)
            self.depth -= 1
            if self._kind() == "close":
                self._take()
            boost = lexeme.boost if query is not None else 1.0
            return _Read(boosted(query, boost), "filter" if narrows(name) else "wanted")
        if name is not None and narrows(name):
            return _Read(self._filter(name, lexeme), "filter")
        query = self._words(lexeme, self._scope(name))
        return _Read(query if query is None else boosted(query, lexeme.boost))

    def _filter(self, name: str, lexeme: Lexeme) -> Query | None:
        read = self.reader.read(name, lexeme, self.lexemes[self.at :])
        self.at += read.taken
        if read.code is not None:
            end = self.lexemes[self.at - 1].end if read.taken else lexeme.end
            undo = None if read.undo is None else self._replaced(lexeme, read.undo, end=end)
            if undo is not None and not read.undo:
                undo = " ".join(undo.split())
            self._say(read.code, *read.values, undo=undo)
        return read.query

    def _scope(self, name: str | None) -> Scope:
        return self.scope if name is None else replace(self.scope, fields=(name,))

    def _words(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        if lexeme.kind == "phrase":
            return self._phrase(lexeme, scope)
        if lexeme.kind in _SAID_IN_WAYS:
            undo = self._replaced(lexeme, f'"{lexeme.text}"')
            self._say(f"read-{lexeme.kind}", lexeme.text, undo=undo)
            return _SAID_IN_WAYS[lexeme.kind](lexeme.text, scope)
        if lexeme.prefix:
            return prefix_query(lexeme.text, scope)
        if lexeme.pattern:
            return pattern_query(lexeme.text, scope)
        if lexeme.edits:
            return fuzzy_query(lexeme.text, scope, lexeme.edits)
        if lexeme.exact:
            return word_query(lexeme.text, scope, exact=True)
        self._keep_word(lexeme)
        query = word_query(lexeme.text, scope)
        if query is None:
            return None
        query = self._in_other_ways(lexeme, scope, query)
        if self.writing is not PLAIN:
            query = self.writing.written(lexeme.text, query, scope)
        return query if self.joined is None else self._in_one(query, lexeme, scope, self.joined)

    def _keep_word(self, lexeme: Lexeme) -> None:
        if not self.excluding:
            self.words.append(TypedWord(lexeme.text, lexeme.start, lexeme.end))

    def _in_one(self, query: Query, lexeme: Lexeme, scope: Scope, joined: JoinedWords) -> Query:
        """The query of a word that others write apart; or of two, the next one taken too."""
        # Where any word will do, two that are one cost 0.002 of nDCG@10 (mean of four collections).
        second = None if scope.any_word else self._partner()
        one = second and joined.as_one(lexeme.text, second.text)
        place = second and place_in_other_way(lexeme.text, second.text)
        query = self._apart(query, lexeme, scope, joined)
        if not (second and (one or place)):
            return query
        self._keep_word(self._take())
        following = word_query(second.text, scope)
        both = [query, following and self._apart(following, second, scope, joined)]
        otherwise = word_query(one, scope) if one else phrase_query(place or "", scope)
        return Or([And(both), otherwise])

    def _apart(self, query: Query, lexeme: Lexeme, scope: Scope, joined: JoinedWords) -> Query:
        """The query of a word, or of what others write for it."""
        phrases = [phrase_query(each, scope) for each in joined.as_several(lexeme.text)]
        others = [each for each in phrases if each is not None]
        if scope.any_word:
            others = [once(each, query) for each in others]
        return any_of([query, *others])

    def _partner(self) -> Lexeme | None:
        """The plain word behind the one that was taken, where no operator stands beside the two."""
        before = self.lexemes[self.at - 2].kind if self.at > 1 else "end"
        behind = self.lexemes[self.at + 1].kind if self.at + 1 < len(self.lexemes) else "end"
        if self._kind() != "word" or {before, behind} & _BINDING:
            return None
        following = self.lexemes[self.at]
        return following if following.is_plain_word else None

    def _in_other_ways(self, lexeme: Lexeme, scope: Scope, query: Query) -> Query:
        """A word, or it as others write it, where a release has that."""
        whole, other = in_other_ways(lexeme.text, query, scope)
        singular = read_as_plural(lexeme.text, scope) if lexeme.text.isupper() else ""
        if other or singular:
            before = typed_in(self.text, lexeme)[: -len(lexeme.text)]
            exact = self._replaced(lexeme, f"{before}={lexeme.text}")
            code = "read-spelling" if other else "read-plural"
            self._say(code, lexeme.text, other or singular, undo=exact)
        return whole

    def _phrase(self, lexeme: Lexeme, scope: Scope) -> Query | None:
        if lexeme.least:
            found = [word_query(word, scope) for word in phrase_words(lexeme.text)]
            return self._combined([_Read(each) for each in found if each is not None], lexeme.least)
        if "*" in lexeme.text:
            query, unused = starred_phrase(lexeme, scope)
            if unused:
                self._say("wildcard-ignored", typed_in(self.text, lexeme))
            return query
        if not (lexeme.exact or self.excluding):
            words = raw_token_in(self.text).finditer(self.text, lexeme.start, lexeme.end)
            self.quoted.extend(TypedWord(each[0], *each.span()) for each in words)
        query = phrase_query(lexeme.text, scope, slop=lexeme.slop, exact=lexeme.exact)
        if self.writing is PLAIN or lexeme.exact:
            return query
        return self.writing.phrase(lexeme.text, query, scope, lexeme.slop)

    def _kind(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def _take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def _unused(self) -> None:
        self._say("operator-unused", self._take().text)

    def _say(self, code: str, *values: object, undo: str | None = None) -> None:
        undone = None if undo is None else self.request.changed(text=undo)
        add_notice(self.notices, code, *values, undo=undone)

    def _say_or(self, operator: Lexeme) -> None:
        undo = self._replaced(operator, "or" if operator.text == "OR" else " ")
        if not any(each.code == "read-or" for each in self.notices):
            self._say("read-or", undo=undo)

    def _say_without(self, sign: Lexeme, first: Lexeme) -> None:
        end = max(first.end, self.lexemes[self.at - 1].end)
        start = sign.end if first.start <= sign.start else first.start
        typed = self.text[first.start : max(sign.start, first.start)] + self.text[start:end]
        word = "" if sign.text in ("-", "!") else "not"
        self._say("read-not", typed, undo=self._replaced(sign, word))

    def _replaced(self, lexeme: Lexeme, by: str, end: int | None = None) -> str:
        return self.text[: lexeme.start] + by + self.text[end or lexeme.end :]


_SAID_IN_WAYS = {"day": day_query, "amount": amount_query}
"""Kinds of lexemes of several words that are said in several ways."""
_BINDING = {"or", "and", "near", "not", "must"}
"""Kinds of lexemes that bind the words beside them."""
_NO_ITEM = ("close", "end", "or", "and", "near")
"""Kinds of lexemes that begin no item."""


def _standing_alone(read: _Read) -> Query:
    return Without(Every(), read.query) if read.role == "unwanted" else read.query
