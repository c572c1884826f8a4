"""Writing the inverted index of a segment: terms and their postings, field by field."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.formats import Existence, Frequency, Positions

from index.codec import packing
from index.codec.files import Component, create, narrow
from index.codec.packing import Packed
from index.codec.term_numbers import Texts

KINDS = {Existence: "existence", Frequency: "frequency", Positions: "positions"}
"""What a posting of a Whoosh format holds; every other format keeps its "values" as bytes."""

FREQUENCY_SHIFT, WIDE_POSITIONS, OWN_WEIGHTS = 2, 16, 32
"""In a term's coding byte: 2 bits documents, 2 bits frequencies, then these two flags."""


def kind_of(format_: Any) -> str:
    """Which of "existence", "frequency", "positions" and "values" a Whoosh format is."""
    return KINDS.get(type(format_), "values")


@dataclass(slots=True)
class Postings:
    """The postings of some terms of one field, term after term, documents ascending in each.

    `counts` (terms,) documents a term; `documents`, `frequencies` (n,) uint32; `positions` flat
    uint32, as many as the frequencies say; `weights` (n,) float32, where they are not frequency
    times the field's scale; `values` n byte strings, of formats that only Whoosh can read.
    """

    terms: Texts
    counts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    frequencies: NDArray[np.uint32]
    positions: NDArray[np.uint32] | None = None
    weights: NDArray[np.float32] | None = None
    values: list[bytes] | None = None


class InvertedWriter:
    """Appends terms in order to the files of a segment. Fields in order, terms in order."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = create(storage, segment, Component.TERMS)
        self._postings = create(storage, segment, Component.POSTINGS)
        self._positions = create(storage, segment, Component.POSITIONS)
        self._field: _Field | None = None
        self._fields: dict[str, Any] = {}

    def start_field(self, name: str, kind: str, scale: float) -> None:
        """Begin a field; `scale` is the weight of one occurrence."""
        self._field = _Field(name, kind, scale)

    def add(self, postings: Postings) -> None:
        """The next terms of the field. Meant for up to some million postings at a time."""
        if not len(postings.counts):
            return
        counts, field = postings.counts, self._current
        starts = packing.starts_of(counts)[:-1]
        totals = np.add.reduceat(postings.frequencies, starts, dtype=np.int64)
        documents = packing.pack_documents(postings.documents, counts)
        frequencies = packing.pack_frequencies(postings.frequencies, counts)
        coding = self._own_weights(field, postings)
        coding |= self._append("documents", self._postings, documents)
        coding |= self._append("frequencies", self._postings, frequencies) << FREQUENCY_SHIFT
        if field.kind == "positions" and postings.positions is not None:
            positions = packing.pack_positions(postings.positions, totals)
            coding |= self._append("positions", self._positions, positions) * WIDE_POSITIONS
        if field.kind == "values" and postings.values is not None:
            self._add_values(field, postings.values, counts)
        field.terms.append(postings.terms)
        field.counts.append(narrow(counts))
        field.totals.append(narrow(totals))
        field.coding.append(coding)

    def _append(self, name: str, file: Any, packed: Packed) -> NDArray[np.uint8]:
        """Writes the next terms of a stream; gives the mode of each."""
        file.append(f"{self._current.name}:{name}", packed.packed)
        self._current.sizes[name].append(narrow(packed.sizes))
        return packed.modes

    @property
    def _current(self) -> _Field:
        assert self._field is not None, "start_field comes first"  # noqa: S101
        return self._field

    def finish_field(self) -> None:
        """Write the field's term table."""
        current = self._field
        if current is None or not current.terms:
            return
        name, file = current.name, self._terms
        joined = b"".join(texts.joined for texts in current.terms)
        lengths = np.concatenate([texts.sizes for texts in current.terms])
        file.append(f"{name}:text", np.frombuffer(joined, np.uint8))
        file.append(f"{name}:starts", narrow(packing.starts_of(lengths)))
        file.append(f"{name}:counts", narrow(np.concatenate(current.counts)))
        file.append(f"{name}:totals", narrow(np.concatenate(current.totals)))
        file.append(f"{name}:coding", np.concatenate(current.coding))
        for stream, sizes in current.sizes.items():
            if sizes:
                at = packing.starts_of(np.concatenate(sizes))
                file.append(f"{name}:{stream}_at", narrow(at))
        self._fields[name] = {
            "kind": current.kind, "scale": current.scale, "terms": len(lengths),
        }  # fmt: skip
        self._field = None

    def beside(self) -> InvertedWriter:
        """Another writer to the same files, for another field at the same time."""
        made = copy(self)
        made._field = None  # noqa: SLF001, its own class
        return made

    def close(self) -> None:
        """Write the directories and close the files."""
        for close in self.closing():
            close()

    def closing(self) -> list[Callable[[], None]]:
        """What `close` does, file by file: it may be done for all of them at once."""
        self._terms.meta["fields"] = dict(sorted(self._fields.items()))
        return [file.close for file in (self._terms, self._postings, self._positions)]

    def _add_values(self, current: _Field, values: list[bytes], counts: NDArray[np.int64]) -> None:
        lengths = np.fromiter(map(len, values), np.uint32, len(values))
        self._positions.append(f"{current.name}:value_sizes", lengths)
        self._positions.append(f"{current.name}:values", np.frombuffer(b"".join(values), np.uint8))
        first = packing.starts_of(counts)[:-1]
        current.sizes["values"].append(np.add.reduceat(lengths, first, dtype=np.int64))

    def _own_weights(self, current: _Field, postings: Postings) -> NDArray[np.uint8]:
        """Weights of the terms for which they are not frequency times scale."""
        n = len(postings.counts)
        flags = np.zeros(n, np.uint8)
        if postings.weights is None:
            sizes = np.zeros(n, np.int64)
        else:
            usual = (postings.frequencies * current.scale).astype(np.float32)
            starts = packing.starts_of(postings.counts)[:-1]
            own = np.logical_or.reduceat(usual != postings.weights, starts)
            flags[own] = OWN_WEIGHTS
            sizes = np.where(own, postings.counts, 0)
            chosen = postings.weights[np.repeat(own, postings.counts)]
            self._postings.append(f"{current.name}:weights", chosen)
        current.sizes["weights"].append(narrow(sizes))
        return flags


@dataclass(slots=True)
class _Field:
    name: str
    kind: str
    scale: float
    terms: list[Texts] = field(default_factory=list)
    counts: list[NDArray[Any]] = field(default_factory=list)
    totals: list[NDArray[Any]] = field(default_factory=list)
    coding: list[NDArray[np.uint8]] = field(default_factory=list)
    sizes: dict[str, list[NDArray[Any]]] = field(
        default_factory=lambda: {
            "documents": [],
            "frequencies": [],
            "positions": [],
            "weights": [],
            "values": [],
        }
    )
