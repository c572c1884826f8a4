"""Evaluation of a phrase over one segment: its words, the positions between them, its documents."""

from __future__ import annotations

from whoosh import query as q

from index.array_types import DocIds
from search.match import phrases
from search.match.cache import postings_cache
from search.match.doc_sets import NO_DOCUMENTS, Matches, constantly
from search.match.fallback import match_by_whoosh
from search.match.segment_searcher import SegmentSearcher
from search.query.positional import Gap, GapPhrase

FREQUENT = 1_000
"""Documents of a phrase's words from which on they are kept, and of one of some phrases, from which
on the others are looked for elsewhere."""


def phrase_matches(
    segment: SegmentSearcher, query: q.Phrase, scored: bool, within: DocIds | None = None
) -> Matches:
    """The documents of a phrase; all score its boost.

    :param within: documents, ascending, beyond which nobody asks.
    """
    field = segment.field(query.fieldname)
    if field is not None and field.kind != "positions":
        ids = match_by_whoosh(segment.searcher, query, False).doc_ids
    else:
        ids = _documents_of_phrase(segment, query, within)
    return constantly(ids, query.boost, scored)


def phrase_words(segment: SegmentSearcher, query: q.Phrase) -> phrases.PhraseWords | None:
    """The words of a phrase; None where the segment lacks one."""
    field = segment.field(query.fieldname)
    found = [segment.find_term(query.fieldname, word) for word in query.words]
    numbers = [each[1] for each in found if each is not None]
    if field is None or not numbers or len(numbers) < len(found):
        return None
    terms = {number: segment.query_term(field, number, scored=False) for number in set(numbers)}
    return phrases.PhraseWords([terms[number] for number in numbers], segment.size)


def gaps_of(query: q.Phrase) -> tuple[Gap, ...]:
    """The positions from each word of a phrase to the next."""
    if isinstance(query, GapPhrase):
        return query.gaps
    return ((1, query.slop),) * (len(query.words) - 1)


def _documents_of_phrase(
    segment: SegmentSearcher, query: q.Phrase, within: DocIds | None
) -> DocIds:
    """Those of frequent words are kept as scores of such are: where nothing holds all of a search,
    its phrases are looked for three times, which took 45 ms of `"the of and to"`."""
    words, gaps = phrase_words(segment, query), gaps_of(query)
    if words is None:
        return NO_DOCUMENTS.doc_ids
    if within is not None or words.most < FREQUENT:
        return words.match(gaps, within)
    key = (segment.files.key, query.fieldname, tuple(query.words), gaps)
    return postings_cache.get_or_make(key, lambda: words.match(gaps).copy())  # without spare room
