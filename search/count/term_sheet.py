"""Term sheet: what some releases say more often than all others, by log-odds with a prior.

    z(w) = [ log (y + a) / (n + A - y - a)  -  log (y' + a) / (n' + A - y' - a) ]
           / sqrt( 1 / (y + a)  +  1 / (y' + a) )

`y` of the `n` releases asked about say the word, `y'` of the `n'` others; the informative Dirichlet
prior `a` is what as many releases as `A` would say of it by chance. Monroe, Colaresi and Quinn
(2008), "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of
Political Conflict", Political Analysis 16(4), equations 16, 20 and 22. They count every use of a
word; releases are counted here, so that one that repeats a word weighs no more than another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from index.array_types import DocIds, Flags, Ints, Ordinals, Scores
from index.codec.readers import stored_fields
from index.codec.terms import FieldTerms
from index.release import Agency
from index.text.folding import fold
from index.text.scripts import UNSPACED
from index.text.stemming import MARK, tag_of, untagged
from search.match.cache import postings_cache
from search.match.doc_values import DocValues
from search.match.evaluate import evaluate
from search.match.multi_terms import documents_of_each
from search.match.segment_searcher import SegmentSearcher, segment_of
from search.match.top_k import highest
from search.query.combined_fields import CombinedFields
from search.request import SearchRequest
from search.results import TermSheet, TermUse
from search.show.word_forms import word_forms

MIN_RELEASES = 3
"""Releases that must say a word: what one or two say is no habit."""
MIN_SCORE = 1.96
"""z-score of what one word in forty would reach by chance."""
WEIGHED = 2
"""Times as many terms as are told are looked at: of the first 80, a third are no words alone."""
SAMPLE = 16
"""Releases that are read to see how words are written: 5 ms."""
MAX_READ = 5_000
"""Characters of each that are read; of 72,623 releases most are shorter."""
MAX_POSTINGS = 5_000_000
"""Postings that are looked through, of the rarer words first: 7 ms. Of 15 million over 72,623
releases these are the words that at most every twentieth holds; what is more frequent is left
out, boilerplate for the most part. Below 20,000 releases nothing is."""

LETTERHEAD, ENOUGH = 0.9, 50
"""Part of the releases that say a word of their letterhead, and how many releases show that it is
one. Of the 112 offices of 72,623 releases, 108 have 1 to 11 such words: a first name, a state, a
newsletter's foot."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_PAIR = re.compile(f"[{UNSPACED}]{{2}}")
_SIGNS = np.array([chr(byte).isascii() and not chr(byte).isalpha() for byte in range(256)])
"""(256,) whether a byte of UTF-8 is of no letter; that of `MARK` is, for it stands behind words."""
_SIGNS[ord(MARK)] = False


class Group(NamedTuple):
    """Releases asked about, all of one language, and how many `others` of it there are."""

    doc_ids: DocIds
    others: int
    language: str
    inside: Flags
    spoken: Flags


class ScoredTerm(NamedTuple):
    """A term, how many releases of the group say it, how many others do, and its z-score."""

    term: str
    releases: int
    others: int
    score: float


class TermDocuments(NamedTuple):
    """A scored term with the documents of the group that say it."""

    term: str
    doc_ids: DocIds
    others: int
    score: float


def term_sheet(
    searcher: Searcher, values: DocValues, doc_ids: DocIds, request: SearchRequest, size: int
) -> TermSheet:
    """What documents say more often than all others of their language, at most so many words.

    They are compared in the language that most of them are in. Left out are the words of the names
    of agencies that the request chooses: that a body names itself is known.
    """
    group = _group_of(values, doc_ids)
    if not group.others:
        return TermSheet(len(group.doc_ids), 0, group.language, ())
    best = sorted(_candidates(searcher, group, WEIGHED * size), key=lambda each: -each.score)
    scored = [ScoredTerm(each.term, len(each.doc_ids), each.others, each.score) for each in best]
    texts = _sample(searcher, group, best)
    telling = without_letterhead(scored, len(group.doc_ids))
    told = uses_told(telling, texts, group.language, request, values.agencies)
    return TermSheet(len(group.doc_ids), group.others, group.language, tuple(told[:size]))


def without_letterhead(best: Iterable[ScoredTerm], releases: int) -> list[ScoredTerm]:
    """The terms without those that nearly all of so many releases say: of these it is told by their
    heads and feet, or by the words that they were searched for, not by what they speak of."""
    if releases < ENOUGH:
        return list(best)
    return [each for each in best if each.releases < LETTERHEAD * releases]


def uses_told(
    best: Sequence[ScoredTerm],
    texts: Iterable[str],
    language: str,
    request: SearchRequest,
    agencies: Iterable[Agency],
) -> list[TermUse]:
    """Terms as texts write them; none that is no word by itself, nor of a chosen agency's name."""
    own = {
        each for agency in agencies if agency.slug in request.agencies
        for each in fold(agency.name).split()
    }  # fmt: skip
    forms = word_forms(texts, language, [each.term for each in best])
    return [
        TermUse(forms[each.term], each.releases, each.others, round(each.score, 2))
        for each in best
        if each.term in forms and fold(forms[each.term]) not in own
    ]


def _group_of(values: DocValues, doc_ids: DocIds) -> Group:
    """The documents in the commonest language of those asked about."""
    inside = np.zeros(len(values.live), bool)
    if not len(doc_ids):
        return Group(doc_ids, 0, "", inside, inside)
    language = values.languages[int(np.bincount(values.language.take(doc_ids)).argmax())]
    spoken = values.live & values.of_language.passing((language.split("-")[0],))[values.language]
    doc_ids = doc_ids[spoken.take(doc_ids)]
    inside[doc_ids] = True
    return Group(doc_ids, int(spoken.sum()) - len(doc_ids), language, inside, spoken)


def _candidates(searcher: Searcher, group: Group, most: int) -> Iterator[TermDocuments]:
    """The terms with the highest scores in texts, weighed anew with headlines."""
    terms = list(_best_terms(searcher, group, most))
    saying = [doc_ids[group.spoken.take(doc_ids)] for doc_ids in _saying(searcher, terms)]
    inside = [doc_ids[group.inside.take(doc_ids)] for doc_ids in saying]
    said = np.array([len(doc_ids) for doc_ids in inside])
    others = np.array([len(doc_ids) for doc_ids in saying]) - said
    scores = log_odds(said, len(group.doc_ids), others, group.others)
    for term, doc_ids, elsewhere, score in zip(terms, inside, others, scores, strict=True):
        if score >= MIN_SCORE and len(doc_ids) >= MIN_RELEASES:
            yield TermDocuments(term, doc_ids, int(elsewhere), float(score))


def _sample(searcher: Searcher, group: Group, best: list[TermDocuments]) -> Iterator[str]:
    """Headlines and texts of a few documents that between them hold most of the terms."""
    held = np.bincount(
        np.concatenate([np.empty(0, np.uint32), *(each.doc_ids for each in best)]),
        minlength=len(group.inside),
    )
    wanted: set[int] = set()
    for each in best:
        wanted.add(int(each.doc_ids[held[each.doc_ids].argmax()]))
    richest_first = sorted(wanted, key=lambda number: (-int(held[number]), number))
    for number in richest_first[:SAMPLE]:
        stored = stored_fields(searcher.reader(), number)
        yield f"{stored['headline']}\n{stored['body']}"[:MAX_READ]


def is_unspaced(language: str) -> bool:
    """Whether a language is written without spaces, so that pairs of characters are its terms."""
    return language.split("-")[0] in ("zh", "ja")


def is_word(term: str, language: str) -> bool:
    """Whether a term is a stem of the language, or a pair of characters that may be its word."""
    bare = untagged(term)
    pattern = _PAIR if is_unspaced(language) else _WORD
    return term == bare + tag_of(language) and pattern.fullmatch(bare) is not None


def log_odds(said: NDArray[Any], of: int, said_elsewhere: NDArray[Any], of_others: int) -> Scores:
    """z-scores, (words,), as the head of this module has it.

    :param said: (words,) releases that say each word, among `of`; `said_elsewhere` among the rest.
    """
    weight = prior_weight(of, of_others)
    prior = weight * (said + said_elsewhere) / (of + of_others + 1)
    here, there = said + prior, said_elsewhere + prior
    odds = np.log(here / (of + weight - here)) - np.log(there / (of_others + weight - there))
    return np.asarray(odds / np.sqrt(1 / here + 1 / there))


def prior_weight(of: int, of_others: int) -> float:
    """`A`, in releases."""
    return float(min(of, of_others) + 1)


def _best_terms(searcher: Searcher, group: Group, most: int) -> Iterator[str]:
    """The terms of texts that score most there, those alone that are words of the language."""
    terms, said, documents = _counts(searcher, group.inside)
    elsewhere = np.maximum(documents - said, 0)
    scores = log_odds(said, len(group.doc_ids), elsewhere, group.others)
    in_order = _highest_first(scores, WEIGHED * most)
    decoded = (terms(at).decode("utf-8", "replace") for at in in_order)
    return islice((each for each in decoded if is_word(each, group.language)), most)


def _highest_first(scores: Scores, count: int) -> Iterator[int]:
    """The places of all scores in order. To put 35,000 in order took 2 ms, and few are asked for:
    the first `count` are, before the others are looked at."""
    first = highest(scores, count) if len(scores) > count else np.empty(0, np.intp)
    yield from first[np.argsort(-scores[first], kind="stable")].tolist()
    yield from np.argsort(-scores, kind="stable")[len(first) :].tolist()


def _counts(searcher: Searcher, inside: Flags) -> tuple[Callable[[int], bytes], Ints, Ints]:
    """The terms that enough of the documents `inside` say, by their place in the order of bytes;
    (terms,) how many of these do, and how many of all.

    Of a single segment none is decoded that nobody asks for: of 20,000 that took 15 ms.
    """
    fields = list(_fields(searcher))
    if len(fields) == 1:
        field = fields[0][1]
        numbers, said = _counts_of(*fields[0][:2], inside, MIN_RELEASES)
        numbers, said = numbers[said >= MIN_RELEASES], said[said >= MIN_RELEASES]
        return (
            lambda at: field.term(int(numbers[at])),
            said,
            field.document_frequencies[numbers].astype(np.int64),
        )
    counted: Counter[bytes] = Counter()
    documents: Counter[bytes] = Counter()
    for segment, field, offset in fields:
        numbers, said = _counts_of(segment, field, inside[offset : offset + segment.size], 1)
        names, total = field.terms_of(numbers), field.document_frequencies[numbers].tolist()
        counted.update(dict(zip(names, said.tolist(), strict=True)))
        documents.update(dict(zip(names, total, strict=True)))
    terms = sorted(each for each, count in counted.items() if count >= MIN_RELEASES)
    both = [[by_term[each] for each in terms] for by_term in (counted, documents)]
    return terms.__getitem__, np.array(both[0], np.int64), np.array(both[1], np.int64)


def _fields(searcher: Searcher) -> Iterator[tuple[SegmentSearcher, FieldTerms, int]]:
    """The field of texts in each segment of our codec, with the segment and its first document."""
    for leaf, offset in searcher.leaf_searchers():
        segment = segment_of(leaf)
        field = None if segment is None else segment.field("body")
        if segment is not None and field is not None:
            yield segment, field, offset


def _counts_of(
    segment: SegmentSearcher, field: FieldTerms, inside: Flags, least: int
) -> tuple[Ordinals, Ints]:
    """Numbers of terms that `least` documents hold, ascending, and how many `inside` do."""
    key = (segment.files.key, field.name, "looked through", least)
    numbers: Ordinals = postings_cache.get_or_make(key, lambda: _looked_through(field, least))
    return numbers, field.count_marked(numbers, inside)


def _looked_through(field: FieldTerms, least: int) -> Ordinals:
    """Terms that `least` documents hold and not too many, without those of ASCII's digits or signs.

    The same for every sheet: a millisecond of it, and a fifth of the terms are no words.
    """
    counts = field.document_frequencies.astype(np.int64)
    postings = np.cumsum(np.bincount(counts) * np.arange(counts.max(initial=0) + 1))
    most = np.searchsorted(postings, MAX_POSTINGS, "right") - 1
    signs = _SIGNS[np.frombuffer(field.text, np.uint8)]
    has_sign = np.add.reduceat(signs, field.starts[:-1].astype(np.intp), dtype=np.int32) > 0
    chosen = (counts >= least) & (counts <= most) & ~has_sign
    return np.flatnonzero(chosen).astype(np.int32)


def _saying(searcher: Searcher, terms: Sequence[str]) -> list[DocIds]:
    """The documents that say each term in headline or text, deleted ones among them."""
    leaves = [(segment_of(leaf), leaf, offset) for leaf, offset in searcher.leaf_searchers()]
    parts = [
        [each + np.uint32(offset) for each in _saying_in(segment, leaf, terms)]
        for segment, leaf, offset in leaves
    ]
    return [np.concatenate(each) for each in zip(*parts, strict=True)]


def _saying_in(
    segment: SegmentSearcher | None, leaf: Searcher, terms: Sequence[str]
) -> list[DocIds]:
    fields = ("headline", "body")
    if segment is not None:
        return documents_of_each(segment, fields, terms)
    return [evaluate(leaf, CombinedFields(fields, (each,)), scored=False).doc_ids for each in terms]
