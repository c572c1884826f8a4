"""Term sheet of a cluster: what its matches say more often than all others, by the same formula.

A cluster is not asked for all terms of all matches. The newest of them are read, and of what they
say the terms that can score most are counted over all releases, until no other can score more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Term

from index.release import Release
from index.text.analysis import tokens
from search.cluster.counting import Counting
from search.cluster.facts import Facts
from search.cluster.translation import QueryDsl, all_of, matching
from search.count.term_sheet import (
    MAX_READ,
    MIN_RELEASES,
    MIN_SCORE,
    SAMPLE,
    WEIGHED,
    ScoredTerm,
    is_word,
    log_odds,
    uses_told,
    without_letterhead,
)
from search.query.combined_fields import CombinedFields
from search.query.filter_queries import languages_like
from search.request import SearchRequest
from search.results import TermSheet

READ = 300
"""Matches that are read, the newest: a megabyte of texts like the Senate's."""
COUNTED = 250
"""Terms that are counted in one request."""

ReadReleases = Callable[[Sequence[QueryDsl], int], list[Release]]
"""Gives the newest so many releases that pass some filters."""


class ClusterGroup(NamedTuple):
    """Filters of the releases asked about, all of one language; and of all in that language."""

    wanted: Sequence[QueryDsl]
    spoken: QueryDsl
    releases: int
    others: int
    language: str


class ReadText(NamedTuple):
    """A release that was read: its beginning, the terms of its text, and those of its headline."""

    text: str
    body: frozenset[str]
    headline: frozenset[str]


def cluster_term_sheet(
    clauses: Sequence[QueryDsl],
    facts: Facts,
    counting: Counting,
    read: ReadReleases,
    request: SearchRequest,
    size: int,
) -> TermSheet:
    """What the releases that pass some filters say more often than all others of their language.

    As `search.count.term_sheet.term_sheet` has it of a folder: the same words where at most `READ`
    releases match.
    """
    group = _group_of(clauses, facts, counting)
    if not group.releases or not group.others:
        return TermSheet(group.releases, 0, group.language, ())
    texts = [_read(each) for each in read(group.wanted, READ)]
    best = _exactly(_best_terms(texts, group, counting, WEIGHED * size), group, counting)
    telling = without_letterhead(best, group.releases)
    told = uses_told(telling, _sample(texts, best), group.language, request, facts.agencies)
    return TermSheet(group.releases, group.others, group.language, tuple(told[:size]))


def _group_of(clauses: Sequence[QueryDsl], facts: Facts, counting: Counting) -> ClusterGroup:
    """The matches in the commonest language of them."""

    def count(*wanted: QueryDsl) -> int:
        return counting.of(all_of(wanted))

    by_tag = counting.collected(
        lambda: [count(*clauses, {"term": {"language": tag}}) for tag in facts.languages]
    )
    if not any(by_tag):
        return ClusterGroup(clauses, {}, 0, 0, "")
    language = facts.languages[int(np.argmax(by_tag))]
    alike = languages_like(language.split("-")[0], facts.languages)
    spoken: QueryDsl = {"terms": {"language": alike}}
    wanted = [*clauses, spoken]
    releases, everyone = counting.collected(lambda: (count(*wanted), count(spoken)))
    return ClusterGroup(wanted, spoken, releases, everyone - releases, language)


def _read(release: Release) -> ReadText:
    headline, body = (
        frozenset(token.stem for token in tokens(text, release.language) if token.stem)
        for text in (release.headline, release.body)
    )
    return ReadText(f"{release.headline}\n{release.body}"[:MAX_READ], body, headline)


def _best_terms(
    texts: Sequence[ReadText], group: ClusterGroup, counting: Counting, most: int
) -> list[str]:
    """The terms of texts that score most there, those alone that are words of the language."""
    counts = Counter(term for each in texts for term in each.body)
    terms = [
        term
        for term, count in counts.items()
        if count >= MIN_RELEASES and is_word(term, group.language)
    ]
    said = np.array([counts[term] for term in terms], float) * (group.releases / len(texts))
    bounds = log_odds(said, group.releases, np.zeros(len(said)), group.others)
    in_order = np.argsort(-bounds, kind="stable").tolist()
    best: list[tuple[float, str]] = []
    for start in range(0, len(in_order), COUNTED):
        places = in_order[start : start + COUNTED]
        if len(best) == most and best[-1][0] < -bounds[places[0]]:
            break
        some = [terms[at] for at in places]
        documents = counting.collected(partial(_documents, some, counting))
        elsewhere = np.maximum(documents - said[places], 0)
        scores = log_odds(said[places], group.releases, elsewhere, group.others)
        best = sorted([*best, *zip((-scores).tolist(), some, strict=True)])[:most]
    return [term for _, term in best]


def _documents(terms: Sequence[str], counting: Counting) -> NDArray[np.int64]:
    """(terms,) how many releases say each in their text."""
    return np.array([counting.of_query(Term("body", term)) for term in terms])


def _exactly(terms: Sequence[str], group: ClusterGroup, counting: Counting) -> list[ScoredTerm]:
    """Terms with the releases that say them in headline or text, the highest scores first."""

    def counted() -> list[tuple[int, int]]:
        clauses = [matching(CombinedFields(("headline", "body"), (term,))) for term in terms]
        return [
            (counting.of(all_of([each, *group.wanted])), counting.of(all_of([each, group.spoken])))
            for each in clauses
        ]

    found = []
    for term, (inside, everywhere) in zip(terms, counting.collected(counted), strict=True):
        others = everywhere - inside
        score = log_odds(np.array([inside]), group.releases, np.array([others]), group.others)[0]
        if score >= MIN_SCORE and inside >= MIN_RELEASES:
            found.append(ScoredTerm(term, inside, others, float(score)))
    return sorted(found, key=lambda each: -each.score)


def _sample(texts: Sequence[ReadText], best: Sequence[ScoredTerm]) -> Iterator[str]:
    """A few texts that between them hold most of the terms."""
    wanted = {each.term for each in best}
    held = [len(wanted & (each.body | each.headline)) for each in texts]
    chosen = {
        max((at for at, each in enumerate(texts) if term in each.body | each.headline),
            key=lambda at: (held[at], -at), default=0)
        for term in wanted
    }  # fmt: skip
    for at in sorted(chosen, key=lambda at: (-held[at], at))[:SAMPLE]:
        yield texts[at].text
