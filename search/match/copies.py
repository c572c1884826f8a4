"""Copies: releases of the same text, which results show once, under the first of them in the order.

What a text is, `index.same_text` says; the languages of one release are one too. Counts are of
releases and know nothing of copies.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from index.array_types import DocIds, Flags, Ints, Ordinals
from index.same_text import NO_KEY
from search.match.doc_sets import among


class Copies(NamedTuple):
    """Documents whose text others have too: (n,) ascending, and (n,) the number of its text."""

    doc_ids: DocIds
    texts: Ints

    @property
    def nbytes(self) -> int:
        """Bytes of both arrays."""
        return int(self.doc_ids.nbytes + self.texts.nbytes)

    @property
    def spare(self) -> int:
        """How many documents are left out where every text is shown once."""
        return len(self.doc_ids) - int(np.count_nonzero(np.bincount(self.texts)))

    def within(self, doc_ids: DocIds) -> Copies:
        """Those among some documents, ascending, that have others of their text among them."""
        if not len(self.doc_ids):
            return self
        held = among(self.doc_ids, doc_ids)
        if np.count_nonzero(held) < 2:
            return Copies(self.doc_ids[:0], self.texts[:0])
        return _repeated(self.doc_ids[held], self.texts[held])

    def firsts(self, ordered: DocIds) -> Flags:
        """(n,) which of some documents, in an order, are the first of their texts."""
        copied = np.flatnonzero(among(ordered, self.doc_ids))
        if len(copied) < 2:
            return np.ones(len(ordered), np.bool_)
        texts = self.texts[self.doc_ids.searchsorted(ordered[copied])]
        _, first = np.unique(texts, return_index=True)
        keep = np.ones(len(ordered), np.bool_)
        keep[copied] = False
        keep[copied[first]] = True
        return keep

    def in_other_languages(self, language: Ordinals) -> int:
        """How many are left out because the same stands there in another language.

        :param language: of every document.
        """
        pairs = np.sort(self.texts.astype(np.int64) << 32 | language.take(self.doc_ids))
        different = np.count_nonzero(np.diff(pairs)) + bool(len(pairs))
        return int(different - np.count_nonzero(np.bincount(self.texts)))

    def foreign(self, language: Ordinals, distance: Ints) -> DocIds:
        """Documents of which another says the same in a language nearer to the reader's.

        :param language: of every document; `distance`: of every language from the reader's.
        """
        own = distance.take(language.take(self.doc_ids))
        nearest = np.zeros(int(self.texts.max(initial=-1)) + 1, np.int64)
        for each in np.unique(distance)[::-1].tolist():  # three: the nearest is written last
            nearest[self.texts[own == each]] = each
        further: DocIds = self.doc_ids[own > nearest[self.texts]]
        return further

    def others(self, number: int) -> DocIds:
        """The other documents of a document's text."""
        at = int(self.doc_ids.searchsorted(number))
        if at == len(self.doc_ids) or int(self.doc_ids[at]) != number:
            return self.doc_ids[:0]
        alike = self.texts == self.texts[at]
        others: DocIds = self.doc_ids[alike & (self.doc_ids != number)]
        return others


def copies_of(keys: Ints) -> Copies:
    """The copies among documents whose keys (`index.same_text`) these are."""
    known = np.flatnonzero(keys != NO_KEY).astype(np.uint32)
    _, texts = np.unique(keys[known], return_inverse=True)
    found = _repeated(known, texts)
    _, texts = np.unique(found.texts, return_inverse=True)
    return Copies(found.doc_ids, texts)


def _repeated(doc_ids: DocIds, texts: Ints) -> Copies:
    """Without the documents whose text no other has: counted, as sorting took 20 microseconds."""
    several = np.bincount(texts)[texts] > 1
    return Copies(doc_ids[several], texts[several])
