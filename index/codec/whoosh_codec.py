"""The codec as Whoosh asks for it."""

from __future__ import annotations

from typing import Any

from whoosh.codec import base

from index.codec.readers import DatelineDocuments, DatelineTerms
from index.codec.segment import DatelineSegment, open_segment
from index.codec.writers import DocumentWriter, PostingsCollector


class DatelineCodec(base.Codec):  # type: ignore[misc]
    """Postings and columns as arrays. `index.writer(codec=DatelineCodec())` writes with it.

    Segments remember their codec, so `whoosh.index.open_dir` reads them without being told. An
    index may hold segments of this codec and of Whoosh's own side by side.
    """

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentWriter:
        return DocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> PostingsCollector:
        return PostingsCollector(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> DatelineTerms:
        return DatelineTerms(open_segment(storage, segment).with_terms())

    def per_document_reader(self, storage: Any, segment: Any) -> DatelineDocuments:
        return DatelineDocuments(open_segment(storage, segment).with_documents(), segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        raise NotImplementedError("postings are written through field_writer")

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        raise NotImplementedError("postings are read through terms_reader")

    def new_segment(self, storage: Any, indexname: str) -> DatelineSegment:  # noqa: ARG002
        return DatelineSegment(self, indexname)
