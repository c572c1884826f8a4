"""One word in several fields, scored as one: the clause that BM25F is made of."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.query import Or, Term


class CombinedFields(Or):  # type: ignore[misc]
    """Documents that hold one of some terms in any of some fields, saturated once for all of them.

    The terms are one word: its stems in several languages, or its spellings. `boost` is its idf
    times what the query makes of it; `search.match.bm25` has the formula. Other evaluators of
    Whoosh's queries find the same documents, and add up the scores of terms and fields.
    """

    def __init__(self, fields: Sequence[str], terms: Sequence[str], boost: float = 1.0) -> None:
        self.fields, self.terms = tuple(fields), tuple(terms)
        each = [Term(field, term) for term in terms for field in fields]
        super().__init__(each, boost=boost)

    def times(self, factor: float) -> CombinedFields:
        """The same, counting so many times as much."""
        if factor == 1.0:
            return self
        return CombinedFields(self.fields, self.terms, self.boost * factor)

    def normalize(self) -> CombinedFields:
        """Itself: its parts are one word."""
        return self

    def __hash__(self) -> int:
        return hash((self.fields, self.terms, self.boost))

    def __eq__(self, other: object) -> bool:
        same = (self.fields, self.terms, self.boost)
        return type(other) is CombinedFields and (other.fields, other.terms, other.boost) == same
