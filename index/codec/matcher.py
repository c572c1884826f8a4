"""Whoosh's matcher over the postings of one term, for queries that are not evaluated as arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar
from whoosh.reading import TermInfo

from index.codec.packing import starts_of
from index.codec.terms import FieldTerms


class DecodedPostings:
    """The postings of a term as Python lists, decoded as they are asked for."""

    def __init__(self, field: FieldTerms, number: int, format_: Any) -> None:
        self._field = field
        self._number = number
        self._format = format_

    @cached_property
    def documents(self) -> list[int]:
        return self._field.documents(self._number).tolist()  # type: ignore[no-any-return]

    @cached_property
    def weights(self) -> list[float]:
        return self._field.weights(self._number).tolist()  # type: ignore[no-any-return]

    @cached_property
    def frequencies(self) -> list[int]:
        return self._field.frequencies(self._number).tolist()  # type: ignore[no-any-return]

    @cached_property
    def has_positions(self) -> bool:
        return self._field.kind == "positions"

    def positions(self, at: int) -> list[int]:
        """The positions in the document of the posting `at`."""
        return self._positions[self._starts[at] : self._starts[at + 1]]

    def value(self, at: int) -> bytes:
        """The posting's value as the field's Whoosh format encodes it."""
        if self._field.kind == "values":
            return self._values[at]
        if self.has_positions:
            return self._format.encode(self.positions(at))  # type: ignore[no-any-return]
        if self._field.kind == "frequency":
            return self.frequencies[at].to_bytes(4, "big")
        return b""

    @cached_property
    def _positions(self) -> list[int]:
        return self._field.positions(self._number).tolist()  # type: ignore[no-any-return]

    @cached_property
    def _starts(self) -> list[int]:
        return starts_of(self._field.frequencies(self._number)).tolist()  # type: ignore[no-any-return]

    @cached_property
    def _values(self) -> list[bytes]:
        return self._field.values(self._number)


class PostingsMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through the postings of one term. All of them count as one block."""

    def __init__(
        self,
        postings: DecodedPostings,
        info: TermInfo,
        format_: Any,
        term: tuple[str, bytes],
        scorer: Any,
        at: int = 0,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._postings = postings
        self._documents = postings.documents
        self._info = info
        self._term = term
        self._at = at

    def is_active(self) -> bool:
        return self._at < len(self._documents)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> PostingsMatcher:
        return PostingsMatcher(
            self._postings, self._info, self.format, self._term, self.scorer, self._at
        )

    def replace(self, minquality: float = 0) -> Any:
        if not self.is_active():
            return NullMatcher()
        if minquality and self.supports_block_quality() and self.max_quality() < minquality:
            return NullMatcher()
        return self

    def id(self) -> int:
        return self._documents[self._at]

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> None:  # noqa: A002, Whoosh's name
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, id, self._at)

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._documents)
        return 1

    def all_ids(self) -> Iterator[int]:
        return iter(self._documents[self._at :])

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        for at in range(self._at, len(self._documents)):
            yield self._documents[at], self._postings.value(at)

    def weight(self) -> float:
        return self._postings.weights[self._at]

    def value(self) -> bytes:
        return self._postings.value(self._at)

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._postings.has_positions:
            return self._postings.positions(self._at)
        if astype == "frequency":
            return self._postings.frequencies[self._at]
        return super().value_as(astype)

    def score(self) -> float:
        return self.scorer.score(self) if self.scorer else self.weight()

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def block_min_id(self) -> int:
        return self._documents[0]

    def block_max_id(self) -> int:
        return self._documents[-1]
