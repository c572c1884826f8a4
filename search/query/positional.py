"""Words in their places: phrases with gaps, `NEAR`, and phrases that hold `*`.

`Slots` is what was typed. Once its prefixes and patterns are expanded it becomes phrases of terms
alone (Whoosh's, or with a gap of each step its own), which any engine with positions can evaluate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, product
from operator import is_
from typing import Any, NamedTuple

from whoosh.matching import Matcher, NullMatcher
from whoosh.query import (
    ConstantScoreQuery,
    FuzzyTerm,
    NullQuery,
    Or,
    Phrase,
    Prefix,
    Query,
    SpanNear,
    Term,
    Wildcard,
)

from index.text.stemming import MARK
from search.query.combined_fields import CombinedFields
from search.query.ranked_by import RankedBy

Gap = tuple[int, int]
"""The least and the most positions from a word to the next."""

MAX_ALTERNATIVES = 50
"""Words that one place of a phrase stands for: the most frequent."""
MAX_PHRASES = 200
"""Phrases that one `NEAR`, or one phrase with `*`, stands for in a field."""


class GapPhrase(Phrase):  # type: ignore[misc]
    """A phrase in which each step from a word to the next has a gap of its own."""

    def __init__(
        self, fieldname: str, words: Sequence[str], gaps: Sequence[Gap], boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, list(words), slop=max(most for _, most in gaps), boost=boost)
        self.gaps = tuple(gaps)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GapPhrase) and super().__eq__(other) and self.gaps == other.gaps

    def __hash__(self) -> int:
        return hash((self.fieldname, tuple(self.words), self.gaps, self.boost))

    def __str__(self) -> str:
        steps = zip(self.gaps, self.words[1:], strict=True)
        others = "".join(f" {least}..{most} {word}" for (least, most), word in steps)
        return f'{self.fieldname}:"{self.words[0]}{others}"'

    __unicode__ = __str__

    def normalize(self) -> Query:
        """Itself: nothing in it can be left out."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matcher for one segment."""
        if self.fieldname not in searcher.schema:
            return NullMatcher()
        near: Query = Term(self.fieldname, self.words[0])
        for word, (least, most) in zip(self.words[1:], self.gaps, strict=True):
            near = SpanNear(near, Term(self.fieldname, word), slop=most, mindist=least)
        return near.matcher(searcher, context)


class Run(NamedTuple):
    """Terms of one field, one after the other, and the gap of each step."""

    words: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def then(self, other: Run, gap: Gap) -> Run:
        """This run, and after a gap another."""
        return Run((*self.words, *other.words), (*self.gaps, gap, *other.gaps))


@dataclass(frozen=True, eq=True, unsafe_hash=True)
class Slots(Query):  # type: ignore[misc]
    """Places that follow each other, each with what may stand there.

    :param places: a query each, of the words that may stand there.
    :param gaps: of each step from a place to the next.
    :param ordered: whether two places must come in this order.
    :param stemmed: the query of a word as it stands in a text, found by its beginning or pattern.
    """

    fields: tuple[str, ...]
    places: tuple[Query, ...]
    gaps: tuple[Gap, ...]
    ordered: bool
    stemmed: Callable[[str], Query | None] = field(compare=False)
    typed: str
    boost: float = 1.0

    def __str__(self) -> str:
        order = "ordered" if self.ordered else "unordered"
        return f"{order}{self.gaps}({', '.join(map(str, self.places))})"

    __unicode__ = __str__

    def leaves(self) -> Iterator[Query]:
        """The leaves of all places."""
        for place in self.places:
            yield from place.leaves()

    def phrases(self, places: Sequence[Query]) -> tuple[Query, bool]:
        """Any of the phrases that it stands for, and whether some were left out.

        :param places: its own, expanded: what counts most first.
        """
        as_typed = all(map(is_, places, self.places))
        return self._as_typed if as_typed else self._phrases(places)

    @cached_property
    def _as_typed(self) -> tuple[Query, bool]:
        """Of words alone, which stay as they are: a looser search asks for all its pairs again."""
        return self._phrases(self.places)

    def _phrases(self, places: Sequence[Query]) -> tuple[Query, bool]:
        made: list[Query] = []
        cut = False
        for name in self.fields:
            runs = [[*dict.fromkeys(runs_of(each, name, self.stemmed))] for each in places]
            cut = cut or any(len(each) > MAX_ALTERNATIVES for each in runs)
            kept = product(*(each[:MAX_ALTERNATIVES] for each in runs))
            chosen = [*islice(filter(_of_one_language, kept), MAX_PHRASES + 1)]
            cut = cut or len(chosen) > MAX_PHRASES
            for each in chosen[:MAX_PHRASES]:
                made += self._in_orders(name, each)
        unique = list(dict.fromkeys(made))
        if len(unique) < 2:
            return unique[0] if unique else NullQuery, cut
        return Or(unique), cut

    def _in_orders(self, name: str, chosen: tuple[Run, ...]) -> Iterator[Query]:
        yield self._phrase(name, chosen)
        if not self.ordered and chosen != chosen[::-1]:
            yield self._phrase(name, chosen[::-1])

    def _phrase(self, name: str, chosen: tuple[Run, ...]) -> Query:
        run, *others = chosen
        for other, gap in zip(others, self.gaps, strict=True):
            run = run.then(other, gap)
        if not run.gaps:
            return Term(name, run.words[0])
        least, most = zip(*run.gaps, strict=True)
        if set(least) == {1} and len(set(most)) == 1:
            return Phrase(name, list(run.words), slop=most[0])
        return GapPhrase(name, run.words, run.gaps)


def _of_one_language(runs: Sequence[Run]) -> bool:
    """Whether a release can hold all of them: stems of two languages stand in none."""
    languages = {_language(word) for run in runs for word in run.words}
    return len(languages - {None}) < 2


@lru_cache(maxsize=1024)
def _language(word: str) -> str | None:
    """The language that a stem says it is of; None for what all languages share, as numbers."""
    stem, mark, language = word.partition(MARK)
    return language if mark or (stem.isascii() and stem.isalpha()) else None


def can_be_placed(query: Query) -> bool:
    """Whether a query is of words and phrases alone, which stand in places of a text."""
    if isinstance(query, Term):
        return not query.fieldname.endswith("_exact")
    if isinstance(query, ConstantScoreQuery):
        of_letters = isinstance(query.child, Prefix | Wildcard | FuzzyTerm)
        return of_letters or can_be_placed(query.child)
    if isinstance(query, RankedBy):
        return can_be_placed(query.a)
    if type(query) in (Or, CombinedFields):
        return all(map(can_be_placed, query.subqueries))
    return isinstance(query, Phrase)


def runs_of(query: Query, name: str, stemmed: Callable[[str], Query | None]) -> Iterator[Run]:
    """The terms and phrases of a field that a query may be satisfied by."""
    if isinstance(query, GapPhrase) and query.fieldname == name:
        yield Run(tuple(query.words), query.gaps)
    elif isinstance(query, Phrase) and query.fieldname == name:
        yield Run(tuple(query.words), ((1, query.slop),) * (len(query.words) - 1))
    elif isinstance(query, Term) and query.fieldname == name:
        yield Run((query.text,), ())
    elif isinstance(query, Term) and query.fieldname == f"{name}_exact":
        word = stemmed(query.text)
        if word is not None:
            yield from runs_of(word, name, stemmed)
    elif isinstance(query, Or):
        for child in query.subqueries:
            yield from runs_of(child, name, stemmed)
    elif isinstance(query, RankedBy):
        yield from runs_of(query.a, name, stemmed)
    elif isinstance(query, ConstantScoreQuery):
        yield from runs_of(query.child, name, stemmed)
