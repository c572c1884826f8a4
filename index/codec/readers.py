"""What Whoosh reads through: terms, and the values beside each document."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import IndexReader, TermInfo, TermNotFound

from index.codec.lengths import LENGTHS
from index.codec.matcher import DecodedPostings, PostingsMatcher
from index.codec.segment import DatelineSegment, SegmentFiles
from index.codec.terms import FieldTerms
from index.codec.vectors import read_vector
from index.schema import in_own_language


class DatelineTerms(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment in the order of field and bytes."""

    def __init__(self, files: SegmentFiles) -> None:
        self.files = files

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.files.field(term[0])
        return field is not None and field.find(term[1]) >= 0

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        field = self.files.field(fieldname)
        if field is None:
            return base.EmptyCursor()
        return _Cursor(self, field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self.files.field_names:
            for term in self._field(name).terms():
                yield name, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in self.files.field_names:
            if name < fieldname:
                continue
            field = self._field(name)
            first = field.lower_bound(prefix) if name == fieldname else 0
            for term in field.terms(first):
                yield name, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self._with_info(self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self._with_info(self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self.info_of(*self._found(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        field, number = self._find(fieldname, text)
        return field.total_weight(number)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field, number = self._find(fieldname, text)
        return int(field.document_frequencies[number])

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> PostingsMatcher:
        field, number = self._found(fieldname, text)
        postings = DecodedPostings(field, number, format_)
        info = self.info_of(field, number)
        return PostingsMatcher(postings, info, format_, (fieldname, text), scorer)

    def indexed_field_names(self) -> list[str]:
        return self.files.field_names

    def _found(self, fieldname: str, text: bytes) -> tuple[FieldTerms, int]:
        try:
            return self._find(fieldname, text)
        except KeyError as error:
            raise TermNotFound(error.args[0]) from None

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldTerms, int]:
        field = self.files.field(fieldname)
        number = field.find(text) if field is not None else -1
        if field is None or number < 0:
            raise KeyError(f"No term {fieldname}:{text!r}")
        return field, number

    def _field(self, name: str) -> FieldTerms:
        field = self.files.field(name)
        assert field is not None  # noqa: S101, the name came from the file's own list
        return field

    def _with_info(
        self, terms: Iterator[tuple[str, bytes]]
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (((name, term), self.term_info(name, term)) for name, term in terms)

    def info_of(self, field: FieldTerms, number: int) -> TermInfo:
        """What Whoosh wants to know of a term, by its field and number."""
        documents = field.documents(number)
        weights = field.weights(number)
        codes = self.files.length_codes(field.name)
        lengths = LENGTHS[codes[documents]] if codes is not None else np.zeros(1, np.int64)
        return TermInfo(
            weight=field.total_weight(number),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Steps through the terms of one field."""

    def __init__(self, reader: DatelineTerms, field: FieldTerms, fieldobj: Any) -> None:
        self._reader = reader
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> str | None:
        self._number = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._number = self._field.lower_bound(term)
        return self.text()

    def next(self) -> str | None:
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._field.term(self._number))  # type: ignore[no-any-return]

    def term(self) -> str | None:
        return self.text()

    def term_info(self) -> TermInfo | None:
        return self._reader.info_of(self._field, self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._number < self._field.size


class DatelineDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns, stored fields and vectors of a segment's documents."""

    def __init__(self, files: SegmentFiles, segment: DatelineSegment) -> None:
        self.files = files
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.doc_count()  # type: ignore[no-any-return]

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()  # type: ignore[no-any-return]

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.files.columns

    def column_reader(self, fieldname: str, column: Any) -> Any:
        return self.files.columns.reader(fieldname, column)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        codes = self.files.length_codes(fieldname)
        if codes is None or not codes[docnum]:
            return default
        return int(LENGTHS[codes[docnum]])

    def field_length(self, fieldname: str) -> int:
        return self.files.total_length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        return self.files.extreme_lengths(fieldname)[0]

    def max_field_length(self, fieldname: str) -> int:
        return self.files.extreme_lengths(fieldname)[1]

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return read_vector(self.files.vectors, fieldname, docnum) is not None

    def vector(self, docnum: int, fieldname: str, format_: Any) -> ListMatcher:
        found = read_vector(self.files.vectors, fieldname, docnum)
        if found is None:
            raise KeyError(f"no vector of {fieldname!r} in document {docnum}")
        return ListMatcher(*found, format=format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return in_own_language(self.files.stored.fields(docnum))


def stored_fields(
    reader: IndexReader, number: int, without: Collection[str] = ()
) -> dict[str, Any]:
    """The stored fields of a document by its number in the whole index.

    What Whoosh's readers give as well, after a look at the schema for each of the fields.

    :param without: fields that are not wanted and come back empty: their texts are not read.
    """
    for leaf, offset in reader.leaf_readers():
        files = files_of(leaf)
        if files is None:
            break
        if number < offset + files.count:
            return files.stored.fields(number - offset, without)
    return reader.stored_fields(number)  # type: ignore[no-any-return]


def segment_files(reader: IndexReader) -> list[SegmentFiles]:
    """The files of every segment of ours that a reader has open."""
    found = (files_of(leaf) for leaf, _ in reader.leaf_readers())
    return [files for files in found if files is not None]


def files_of(reader: IndexReader) -> SegmentFiles | None:
    """The files of the segment that a reader is of; None where it is not one of ours.

    Whoosh's reader of a segment keeps what the codec gave it for itself: nobody else asks there.
    """
    documents = getattr(reader, "_perdoc", None)
    return documents.files if isinstance(documents, DatelineDocuments) else None
