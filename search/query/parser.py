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

from whoosh.query import AndMaybe, Every, NullQuery, Or, Query

from index.facet_table import Listed
from index.release import Agency
from index.text.stemming import stem_languages
from search.query.agency_forms import NO_FORMS, AgencyForms
from search.query.and_not import Without
from search.query.as_written import writing_of
from search.query.boolean_queries import all_of, any_of
from search.query.boosts import boosted
from search.query.filter_queries import NO_FACETS, FilterReader
from search.query.function_words import blanked, left_out, undone
from search.query.joined_words import JoinedWords
from search.query.known_items import first_of, is_address, is_short_number, known_item
from search.query.lexeme_stream import LexemeStream
from search.query.lexemes import Lexeme, typed_in
from search.query.lexer import Reader, narrows
from search.query.neighbours import lex, without_question_marks
from search.query.notices import add_notice, notice
from search.query.other_engines import BY_RELEASES, read_as_elsewhere
from search.query.parsed_query import Item, ParsedQuery
from search.query.ranking import any_of_words, ranked, with_repeats, words_in_runs
from search.query.slot_queries import near_query
from search.query.statistics import Statistics
from search.query.word_clauses import Scope
from search.query.word_reader import WordReader, at_least
from search.request import SearchRequest
from search.results import Notice


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
    typed, lexemes, without = _lexemes(request, facets, languages, statistics)
    text, notices = typed.text, typed.notices
    scope = Scope(
        languages=stem_languages(languages),
        any_word=request.match == "any",
        statistics=statistics,
        agencies=tuple(agencies),
        agency_forms=forms.unspaced,
    )
    tags, site = tuple(languages), _sites(statistics)
    filters = FilterReader(text, scope.agencies, tags, forms, site, facets)
    stream = LexemeStream(text, lexemes, notices, typed.say)
    reader = WordReader(stream, joined, writing_of(languages, statistics, lexemes))
    parser = _Parser(stream, scope, filters, reader)
    query = parser.search()
    if query is None and text.strip():
        add_notice(notices, "nothing-to-search", text.strip())
    words, items = tuple(reader.words), tuple(parser.items)
    in_runs = words_in_runs(blanked(text, without), words)
    whole = text.strip() if all(each.is_plain_word for each in lexemes) else None
    runs = [] if text.isascii() else [each.text for each in words]
    query = ranked(query or Every(), in_runs, scope, whole, runs)
    if item:
        notices.append(_read_release(request))
        query = first_of(item, query)
    return ParsedQuery(query, tuple(notices), text, words, items, tuple(reader.quoted))


def _lexemes(
    request: SearchRequest,
    facets: Mapping[str, Listed],
    languages: Collection[str],
    statistics: Statistics | None,
) -> tuple[Reader, list[Lexeme], Sequence[Lexeme]]:
    """The lexemes of a request, and the function words that were left out of them."""
    typed, lexemes = lex(request, tuple(facets))
    if statistics is not None and "?" in typed.text:
        lexemes, said = without_question_marks(lexemes, statistics.holds)
        typed.notices += said
    if statistics is not None and BY_RELEASES.search(typed.text):
        lexemes, said = read_as_elsewhere(request, typed.text, lexemes, statistics.holds)
        typed.notices += said
    without = left_out(lexemes, languages)
    if without:
        typed.notices.append(_left_out(request, typed.text, without))
        lexemes = [each for each in lexemes if each not in without]
    return typed, lexemes, without


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
    """Recursive descent over the lexemes."""

    stream: LexemeStream
    scope: Scope
    filters: FilterReader
    words: WordReader
    items: list[Item] = field(default_factory=list)
    depth: int = 0

    def search(self, within: str | None = None, least: int = 0) -> Query | None:
        """Everything up to a closing bracket or the end; at least so many parts of it, if any."""
        parts: list[_Read] = []
        while self.stream.kind() not in ("close", "end"):
            before = self.stream.at
            read = self._either(within)
            if read.query is not None:
                parts.append(read)
                self._keep(read, before)
            if self.stream.at == before:
                self.stream.say("operator-unused", self.stream.take().text)
        return self._combined(parts, least)

    def _keep(self, read: _Read, start: int) -> None:
        """An item of the top, for a looser search."""
        if not self.depth:
            role = "wanted" if read.role == "must" else read.role
            read_from = self.stream.lexemes[start : self.stream.at]
            self.items.append(Item(role, read.query, tuple(read_from)))

    def _combined(self, parts: list[_Read], least: int) -> Query | None:
        if not parts:
            return None
        of_role: dict[str, list[Query]] = {}
        for query, role in parts:
            of_role.setdefault(role, []).append(query)
        positive = self._positive(of_role.get("wanted", []), of_role.get("must", []), least)
        positive += of_role.get("filter", [])
        if not positive:
            self.stream.say("only-without")
        query = all_of(positive) if positive else Every()
        unwanted = of_role.get("unwanted")
        return Without(query, any_of(unwanted)) if unwanted else query

    def _positive(self, wanted: list[Query], must: list[Query], least: int) -> list[Query]:
        """The queries that must all match."""
        if least and wanted:
            return [at_least(wanted, least, self.stream), *must]
        wanted = with_repeats(wanted)
        if not self.scope.any_word or len(wanted) + len(must) < 2:
            return wanted + must
        if not must:
            return [any_of_words(wanted)]
        return [AndMaybe(all_of(must), any_of(wanted))] if wanted else must

    def _either(self, within: str | None) -> _Read:
        """`both { OR both }`."""
        found = [self._both(within)]
        while self.stream.kind() == "or":
            operator = self.stream.take()
            if found[-1].query is None or self.stream.kind() in _NO_ITEM:
                self.stream.say("operator-unused", operator.text)
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
        while self.stream.kind() == "and":
            operator = self.stream.take()
            if found[-1].query is None or self.stream.kind() in _NO_ITEM:
                self.stream.say("operator-unused", operator.text)
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
        start = self.stream.at
        read = [self._item(within)]
        last = read[0]
        while self.stream.kind() == "near":
            operator = self.stream.take()
            if last.query is None or self.stream.kind() in _NO_ITEM:
                self.stream.say("operator-unused", operator.text)
                continue
            following = self._item(within)
            typed = typed_in(self.stream.text, self.stream.lexemes[start], self.stream.last())
            pair = self._pair(last, following, operator, typed)
            if pair is None:
                self.stream.say("near-unread", typed)
                read.append(following)
            else:
                undo = self.stream.replaced(operator, "AND")
                self.stream.say("read-near", typed, operator.slop, undo=undo)
                read = [*(each for each in read if each is not last), _Read(pair)]
            last = following
        return read

    def _pair(self, first: _Read, second: _Read, operator: Lexeme, typed: str) -> Query | None:
        if first.query is None or second.query is None or {first.role, second.role} != {"wanted"}:
            return None
        return near_query(first.query, second.query, operator, self.scope, typed)

    def _item(self, within: str | None) -> _Read:
        negated, must, start = False, False, self.stream.at
        while self.stream.kind() in ("not", "must"):
            negated = negated != (self.stream.kind() == "not")
            must = self.stream.take().kind == "must"
        if self.stream.kind() in _NO_ITEM:
            if self.stream.at > start:
                self.stream.say("operator-unused", self.stream.last().text)
            return _NOTHING
        excluding = self.words.excluding
        self.words.excluding = excluding != negated
        first = self.stream.take()
        read = self._primary(first, within)
        self.words.excluding = excluding
        if read.query is None:
            return read
        if negated:
            if read.query is not NullQuery:  # that nothing is called so is said
                self._say_without(self.stream.lexemes[start], first)
            return _Read(read.query, "unwanted")
        return _Read(read.query, "must") if must and read.role == "wanted" else read

    def _primary(self, lexeme: Lexeme, within: str | None) -> _Read:
        name = lexeme.field or within
        if lexeme.kind == "open":
            self.depth += 1
            query = self.search(name, lexeme.least)
            self.depth -= 1
            if self.stream.kind() == "close":
                self.stream.take()
            boost = lexeme.boost if query is not None else 1.0
            return _Read(boosted(query, boost), "filter" if narrows(name) else "wanted")
        if name is not None and narrows(name):
            return _Read(self._filter(name, lexeme), "filter")
        scope = self.scope if name is None else replace(self.scope, fields=(name,))
        query = self.words.read(lexeme, scope)
        return _Read(query if query is None else boosted(query, lexeme.boost))

    def _filter(self, name: str, lexeme: Lexeme) -> Query | None:
        read = self.filters.read(name, lexeme, self.stream.lexemes[self.stream.at :])
        self.stream.at += read.taken
        if read.code is not None:
            end = self.stream.last().end if read.taken else lexeme.end
            undo = None if read.undo is None else self.stream.replaced(lexeme, read.undo, end=end)
            if undo is not None and not read.undo:
                undo = " ".join(undo.split())
            self.stream.say(read.code, *read.values, undo=undo)
        return read.query

    def _say_or(self, operator: Lexeme) -> None:
        undo = self.stream.replaced(operator, "or" if operator.text == "OR" else " ")
        if not any(each.code == "read-or" for each in self.stream.notices):
            self.stream.say("read-or", undo=undo)

    def _say_without(self, sign: Lexeme, first: Lexeme) -> None:
        end = max(first.end, self.stream.last().end)
        start = sign.end if first.start <= sign.start else first.start
        text = self.stream.text
        typed = text[first.start : max(sign.start, first.start)] + text[start:end]
        word = "" if sign.text in ("-", "!") else "not"
        self.stream.say("read-not", typed, undo=self.stream.replaced(sign, word))


_NO_ITEM = ("close", "end", "or", "and", "near")
"""Kinds of lexemes that begin no item."""


def _standing_alone(read: _Read) -> Query:
    return Without(Every(), read.query) if read.role == "unwanted" else read.query
