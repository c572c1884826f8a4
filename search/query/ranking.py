"""What ranks and matches nothing new: pairs of words, forms as typed, all of a few words, repeats.

All of it is made of query clauses: terms, phrases and constants, beside what must match, in a
`RankedBy`. `docs/ranking.md` has the formula, and what each part of it is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple, Protocol

from whoosh.query import And, AndMaybe, ConstantScoreQuery, Or, Phrase, Query

from index.text.analysis import expand
from index.text.raw_tokens import raw_token_in
from search.query.boosts import boosted
from search.query.combined_fields import CombinedFields
from search.query.grains import grained
from search.query.ranked_by import RankedBy
from search.query.statistics import Statistics
from search.query.term_queries import is_plain, phrase_query, word_stems
from search.query.unspaced_runs import run_phrases
from search.query.word_clauses import Scope

K3 = 8.0
"""Saturation of a word's repetitions in a search."""
PAIR_WEIGHT = 0.1
"""Part of the sum of two words' idfs for standing side by side, and again for standing near."""
NEAR = 8
"""Positions from one word to the next that are near."""
FORM_WEIGHT = 0.5
"""Part of the difference between a form's idf and its stem's for the form as it was typed."""
MIN_FORM = 0.05
"""What a form must add at least to be asked for."""
MAX_PAIRS = 12
"""Pairs of a search that count: the first ones."""
RUN_WEIGHT = 0.15
"""The same for words and neighbours in scripts without spaces. Over 1,403 questions in Chinese the
mean reciprocal rank is 0.9512 without, 0.9535 at 0.1 and 0.9543 at 0.15."""
MAX_RUN_PHRASES = 24
"""Words and neighbours of scripts without spaces that count: the first ones."""
MIN_HEADLINE, MAX_HEADLINE = 3, 40
"""Words of a search that may be a headline: nearly all are so long."""
ONCE = 0.45
"""Part of its idf that a word scores which stands once in a text of average length."""
ALL_FIRST = 4
"""Words up to which releases with all of them come before any other."""


def ranked(
    matching: Query,
    words: Sequence[Sequence[str]],
    scope: Scope,
    headline: str | None = None,
    runs: Sequence[str] = (),
) -> Query:
    """The query, with what ranks beside it.

    :param words: runs of plain words as they were typed, without function words.
    :param headline: the whole search, where it is plain words, which may be a headline.
    :param runs: words as they were typed that may hold runs of a script without spaces.
    """
    if scope.statistics is None:
        return matching
    weighed = {word: _weighed(word, scope, scope.statistics) for run in words for word in run}
    weighed_runs = [[weighed[word] for word in run] for run in words]
    clauses = [*_pairs(weighed_runs, scope, scope.statistics)]
    clauses += _of_runs(runs, scope, scope.statistics)
    clauses += dict.fromkeys(_forms(weighed, scope, scope.statistics))
    if headline is not None and words:
        clauses += _headline(headline, sum(each.idf for each in weighed.values()), scope)
    return RankedBy(matching, Or(clauses)) if clauses else matching


class Typed(Protocol):
    """A word with its place in the text of a search."""

    @property
    def text(self) -> str:
        """The word as typed."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind it."""


def words_in_runs(text: str, words: Sequence[Typed]) -> list[list[str]]:
    """The words that are one term each, in runs that nothing but white space parts."""
    found: list[list[str]] = [[]]
    end = 0
    for word in words:
        if text[end : word.start].strip():
            found.append([])
        term = one_term(word.text)
        if term and text[word.start : word.end] == word.text:
            found[-1].append(term)
            end = word.end
    return [run for run in found if run]


def with_repeats(queries: Sequence[Query]) -> list[Query]:
    """Every query once; what was repeated counts more, `(K3 + 1) * n / (K3 + n)` times as much."""
    if len(queries) == 1:
        return list(queries)
    counted = Counter(queries)
    return [boosted(each, (K3 + 1) * n / (K3 + n)) for each, n in counted.items()]


def any_of_words(queries: list[Query]) -> Query:
    """Any of the queries; of a few words, releases that hold all come before any other."""
    if len(queries) == 1:
        return queries[0]
    if sum(map(_words, queries)) > ALL_FIRST:
        return Or(queries)
    return RankedBy(Or(queries), ConstantScoreQuery(And(queries), sum(map(most, queries))))


def once(query: Query, word: Query) -> Query:
    """A query that scores what a word does which stands once in a text.

    Where any word will do, `web site` beside `website` took 0.01 of nDCG@10 by the idfs of both its
    words (cisi), and takes 0.001 so.
    """
    return ConstantScoreQuery(query, ONCE * most(word))


def most(query: Query) -> float:
    """A bound that no score of a query is above."""
    if isinstance(query, ConstantScoreQuery):
        return grained(query.score)
    if type(query) in (And, Or):
        return grained(sum(map(most, query.subqueries)) * query.boost)
    if isinstance(query, AndMaybe):
        return most(query.a) + most(query.b)
    return grained(query.boost)


def _words(query: Query) -> int:
    """How many words a query asks for; the parts of a compound are words."""
    return sum(map(_words, query.subqueries)) if type(query) in (And, Or) else 1


class _Weighed(NamedTuple):
    """A word as typed: its stem in each language, and the idf of all of them."""

    stems: tuple[str, ...]
    idf: float


def _weighed(word: str, scope: Scope, statistics: Statistics) -> _Weighed:
    """The idf is that of `search.query.term_queries`."""
    stems = word_stems(word, scope.languages)
    unique = tuple(dict.fromkeys(stems))
    held = statistics.held(scope.fields, unique) or unique
    return _Weighed(stems, statistics.idf(scope.fields, held))


def _pairs(
    runs: Sequence[Sequence[_Weighed]], scope: Scope, statistics: Statistics
) -> Iterator[Query]:
    """Neighbours among the words: within `NEAR` positions in their order, and side by side.

    In the fields that hold both: of three languages' stems most are in no release.
    """

    def holds(field: str, stems: Sequence[str]) -> bool:
        return all(statistics.frequency(field, stem) for stem in stems)

    pairs = dict.fromkeys(pair for run in runs for pair in pairwise(run))
    telling = (pair for pair in pairs if _is_telling(*pair))
    for first, second in islice(telling, MAX_PAIRS):
        stems = dict.fromkeys(zip(first.stems, second.stems, strict=True))
        weight = PAIR_WEIGHT * (first.idf + second.idf)
        held = [(pair, name) for pair in stems for name in scope.fields if holds(name, pair)]
        for slop in (NEAR, 1) if held else ():
            alike = [Phrase(name, [*pair], slop=slop) for pair, name in held]
            yield ConstantScoreQuery(Or(alike), weight)


def _of_runs(runs: Sequence[str], scope: Scope, statistics: Statistics) -> Iterator[Query]:
    """Words of scripts without spaces as they stand, and neighbours: near, and side by side."""
    found = (each for run in runs for each in run_phrases(run, scope, NEAR))
    for terms, slop in islice(dict.fromkeys(found), MAX_RUN_PHRASES):
        weight = RUN_WEIGHT * sum(statistics.idf(scope.fields, (term,)) for term in terms)
        if weight and len({*terms}) > 1:
            alike = [Phrase(name, [*terms], slop=slop) for name in scope.fields]
            yield ConstantScoreQuery(Or(alike), weight)


def _is_telling(first: _Weighed, second: _Weighed) -> bool:
    same = any(one == other for one, other in zip(first.stems, second.stems, strict=True))
    return not same and first.idf + second.idf > 0


def _headline(typed: str, idfs: float, scope: Scope) -> Iterator[Query]:
    """The whole search side by side in a headline, function words too."""
    if MIN_HEADLINE <= len(typed.split()) <= MAX_HEADLINE and idfs:
        together = phrase_query(typed, replace(scope, fields=("headline",)))
        matching = together.a if isinstance(together, RankedBy) else together
        if matching is not None:
            yield ConstantScoreQuery(matching, PAIR_WEIGHT * idfs)


def _forms(
    words: Mapping[str, _Weighed], scope: Scope, statistics: Statistics
) -> Iterator[CombinedFields]:
    """Words exactly as they were typed, where other forms of their stems are more frequent."""
    fields = tuple(f"{field}_exact" for field in scope.fields)
    for word, weighed in words.items():
        (part,) = expand(word, "und").parts
        form = (part.term.exact,)
        if statistics.held(fields, form):
            boost = FORM_WEIGHT * (statistics.idf(fields, form) - weighed.idf)
            if boost >= MIN_FORM:
                yield CombinedFields(fields, form, boost)


def one_term(word: str) -> str | None:
    """What is one term in a word as typed, without signs around it; None in a compound or run."""
    if is_plain(word):
        return word
    raws = [match[0] for match in raw_token_in(word).finditer(word)]
    if len(raws) != 1:
        return None
    parts, extras = expand(raws[0], "und")
    return raws[0] if len(parts) == 1 and not extras and parts[0].term.exact else None
