"""A batch of documents to a whole segment, by sorting."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from operator import itemgetter
from types import NoneType
from typing import Any

import numpy as np
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, KEYWORD, Schema

from index.array_types import Ordinals
from index.codec import packing
from index.codec.batch_analysis import PLACE_BITS, Occurrences, Vocabulary, by_term
from index.codec.columns import ColumnWriter
from index.codec.files import Component, create
from index.codec.inverted_index import InvertedWriter, Postings, kind_of
from index.codec.lengths import length_codes
from index.codec.stored import NO_DICTIONARIES, StoredWriter
from index.codec.stored_document import stored_parts
from index.codec.term_numbers import TermNumbers, Texts
from index.kernel import loop
from index.schema import analyses_exact

MAX_BATCH = 1 << 16
"""Documents of one batch."""
_MAX_WORDS = 1 << 19
"""Distinct words that a batch remembers before it is forgotten."""
_CHUNK = 1 << 20
_MAX_REMEMBERED = 1 << 17
"""Values of other fields whose terms are remembered."""

IndexDocument = dict[str, Any]


class Inverter:
    """Turns batches of documents into segments. Keeps its vocabulary from batch to batch."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._vocabulary = Vocabulary()
        self._remembered: dict[tuple[str, Any], list[bytes]] = {}
        self._dictionaries = NO_DICTIONARIES

    def write(self, documents: list[IndexDocument], storage: Any, segment: Any) -> None:
        """Write all files of a segment; the documents are keyword arguments of `add_document`.

        :raises ValueError: for a field that the schema does not know, or too many documents.
        """
        if len(documents) > MAX_BATCH:
            raise ValueError(f"{len(documents):,} documents in a batch; {MAX_BATCH:,} are the most")
        unknown = {
            name
            for name in set().union(*documents) - set(self._schema.names())
            if not name.startswith("_")  # as in Whoosh: no fields, but what concerns them
        }
        if unknown:
            raise ValueError(f"the schema has no field {sorted(unknown)[0]!r}")
        segment.set_doc_count(len(documents))
        self._write_stored(documents, storage, segment)
        self._write_columns(documents, storage, segment)
        self._write_inverted(documents, storage, segment)

    def _write_stored(self, documents: list[IndexDocument], storage: Any, segment: Any) -> None:
        file = create(storage, segment, Component.STORED)
        stored = StoredWriter(file, self._dictionaries)
        names = sorted(self._schema.stored_names())
        for document in documents:
            stored.add(stored_parts(document, names))
        stored.finish()
        file.close()
        self._dictionaries = stored.dictionaries

    def _write_columns(self, documents: list[IndexDocument], storage: Any, segment: Any) -> None:
        file = create(storage, segment, Component.COLUMNS)
        for name, field in self._schema.items():
            if not field.column_type:
                continue
            column = ColumnWriter(name, field.column_type)
            converted = _Converted(field.to_column_value)
            values = _values(documents, name)
            numbers = [number for number, value in enumerate(values) if value is not None]
            column.extend(numbers, [converted[values[number]] for number in numbers])
            column.finish(file, len(documents))
        file.close()

    def _write_inverted(self, documents: list[IndexDocument], storage: Any, segment: Any) -> None:
        inverted = InvertedWriter(storage, segment)
        lengths = create(storage, segment, Component.LENGTHS)
        totals = {}
        analysed: dict[int, tuple[Occurrences, Occurrences]] = {}
        for name in sorted(self._schema.names()):
            field = self._schema[name]
            if not field.indexed:
                continue
            values = _values(documents, name)
            names, found = self._terms(name, field, values, analysed)
            kind = kind_of(field.format)
            inverted.start_field(name, kind, float(field.format.field_boost))
            post(inverted, names, found, positions=kind == "positions")
            inverted.finish_field()
            if field.scorable and len(found.places):
                totals[name] = len(found.places)
                lengths.add(name, length_codes(found.lengths))
        inverted.close()
        lengths.meta["totals"] = totals
        lengths.close()

    def _terms(
        self,
        name: str,
        field: Any,
        values: list[Any],
        analysed: dict[int, tuple[Occurrences, Occurrences]],
    ) -> tuple[TermNumbers, Occurrences]:
        """The terms of a field; fields that are given the same texts share their analysis."""
        exact = analyses_exact(field)
        if exact is None:
            return self.terms_of_values(name, field, values)
        key = hash(tuple(map(id, values)))
        if key not in analysed:
            if len(self._vocabulary) > _MAX_WORDS and not analysed:
                self._vocabulary = Vocabulary()
            languages = [getattr(text, "language", "en") for text in values]
            analysed[key] = self._vocabulary.analyse([text or "" for text in values], languages)
        names = self._vocabulary.exacts if exact else self._vocabulary.stems
        return names, analysed[key][1 if exact else 0]

    def terms_of_values(
        self, name: str, field: Any, values: list[Any]
    ) -> tuple[TermNumbers, Occurrences]:
        """The terms of a field that is not cut into words, and the values they stand in."""
        names = TermNumbers()
        if type(field) is ID:
            present = [number for number, value in enumerate(values) if value is not None]
            numbers = names.numbers([values[number].encode("utf-8") for number in present])
            texts = np.array(present, np.uint64)
        elif _is_cut_at_blanks(field) and all(type(value) in (str, NoneType) for value in values):
            words = [field.analyzer.expression.findall(value or "") for value in values]
            chained = itertools.chain.from_iterable(words)
            numbers = names.numbers([word.encode() for word in chained])
            texts = np.repeat(np.arange(len(words), dtype=np.uint64), list(map(len, words)))
        else:
            held = _Converted(lambda value: self._terms_of(name, field, value))
            runs = [held[value] if value is not None else [] for value in values]
            counts = np.fromiter(map(len, runs), np.int64, len(runs))
            numbers = names.numbers(list(itertools.chain.from_iterable(runs)))
            texts = np.repeat(np.arange(len(runs), dtype=np.uint64), counts)
        return names, by_term(numbers, texts << np.uint64(PLACE_BITS), len(names), len(values))

    def _terms_of(self, name: str, field: Any, value: Any) -> list[bytes]:
        """The terms of a value that is no text, each as often as it stands; Whoosh says which."""
        key = (name, value)
        found = self._remembered.get(key)
        if found is None:
            if kind_of(field.format) not in ("existence", "frequency"):
                raise ValueError(f"field {name!r}: only Whoosh's own writer can index it")
            indexed = field.index(value)
            found = [term for term, frequency, _, _ in indexed for _ in range(frequency)]
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = found
        return found


def _is_cut_at_blanks(field: Any) -> bool:
    """Whether Whoosh cuts a value at blanks and does no more, which takes it ten times as long."""
    return (
        type(field) is KEYWORD
        and type(field.analyzer) is RegexTokenizer
        and field.analyzer.expression.pattern == r"[^ \t\r\n]+"
        and not field.analyzer.gaps
    )


def _values(documents: list[IndexDocument], name: str) -> list[Any]:
    """The values of a field, None where a document has none."""
    try:
        return list(map(itemgetter(name), documents))
    except KeyError:
        return [document.get(name) for document in documents]


class _Converted(dict[Any, Any]):
    """What a function makes of values, each distinct one made once."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._convert(value)
        return made


def post(
    inverted: InvertedWriter, names: TermNumbers, found: Occurrences, *, positions: bool
) -> None:
    """Write the postings of all terms, in the order of their bytes, a million places at a time."""
    counts = np.diff(found.starts)
    order, texts = names.ordered(np.flatnonzero(counts).astype(np.int32))
    for first, last in packing.chunks(packing.starts_of(counts[order]), _CHUNK):
        inverted.add(_grouped(texts.part(first, last), order[first:last], found, positions))


def _grouped(texts: Texts, order: Ordinals, found: Occurrences, positions: bool) -> Postings:
    """The postings of some terms."""
    if grouped := loop("grouped"):
        numbers = grouped(found.places, found.starts, order, positions)
        types = (np.int64, np.uint32, np.uint32, np.uint32)
        counts, documents, frequencies, flat = map(np.frombuffer, numbers, types)
        return Postings(texts, counts, documents, frequencies, flat if positions else None)
    sizes = found.starts[order + 1] - found.starts[order]
    places = found.places[packing.ranges(found.starts[order], sizes)]
    documents = places >> np.uint64(PLACE_BITS)
    owners = np.repeat(np.arange(len(order)), sizes)
    is_first = np.diff(documents, prepend=documents[:1]) != 0
    starts = np.flatnonzero(is_first | (np.diff(owners, prepend=-1) != 0))
    return Postings(
        terms=texts,
        counts=np.bincount(owners[starts], minlength=len(order)),
        documents=documents[starts].astype(np.uint32),
        frequencies=np.diff(starts, append=len(places)).astype(np.uint32),
        positions=(places & np.uint64((1 << PLACE_BITS) - 1)).astype(np.uint32)
        if positions
        else None,
    )
