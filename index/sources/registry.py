"""The registry of readers: those of other packages (entry points), then ours, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from index.errors import UnreadableError
from index.sources import feeds, newswire, records, script_data
from index.sources.containers import har
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms import (
    book,
    database,
    exported_table,
    labelled_text,
    mail,
    markdown,
    old_office,
    open_document,
    parted_text,
    pdf,
    plain_text,
    rich_text,
    spreadsheet,
    sql_dump,
    word,
)
from index.sources.hongkong import pages
from index.sources.page import webpage
from index.sources.reader import DocumentReader, Opened

GROUP = "dateline.readers"
"""Entry points of other packages, each a `DocumentReader`; they are asked before ours."""


def _of_text(
    name: str,
    recognise: Callable[[Opened], bool],
    read: Callable[[str, Document], Iterable[Draft | Refusal]],
) -> DocumentReader:
    return DocumentReader(
        name=name, recognise=recognise, read=lambda opened, _: read(opened.text, opened.document)
    )


RECORDS = DocumentReader(
    name="table of records",
    recognise=lambda opened: records.recognise(opened.text, opened.document.name),
    read=lambda opened, options: records.read(opened.text, opened.document, options.mapping),
)
OURS = (
    pdf.READER,
    word.READER,
    open_document.READER,
    rich_text.READER,
    old_office.READER,
    spreadsheet.READER,
    book.READER,
    database.READER,
    mail.READER,
    _of_text("feed", lambda opened: feeds.recognise(opened.text), feeds.read),
    markdown.READER,
    _of_text("newswire text", lambda opened: newswire.recognise(opened.text), newswire.read),
    sql_dump.READER,
    har.READER,
    script_data.READER,
    RECORDS,
    exported_table.READER,
    _of_text(
        "Hong Kong page",
        lambda opened: pages.recognise(opened.text, opened.document),
        pages.read,
    ),
    _of_text("web page", lambda opened: webpage.recognise(opened.text), webpage.read),
    parted_text.READER,
    labelled_text.READER,
    plain_text.READER,
)


@lru_cache(maxsize=1)
def readers() -> tuple[DocumentReader, ...]:
    """Every reader, in the order in which they are asked.

    :raises UnreadableError: one of another package cannot be loaded.
    """
    return (*map(_load, sorted(entry_points(group=GROUP), key=lambda point: point.name)), *OURS)


def reader_of(opened: Opened) -> DocumentReader | None:
    """The first reader that recognises a document."""
    return next((each for each in readers() if each.recognise(opened)), None)


def takes_binary(name: str, head: bytes) -> bool:
    """Whether a reader takes a document that is no text, by its first bytes."""
    opened = Opened(Document(name=name, data=head))
    return any(each.binary and each.recognise(opened) for each in readers())


def _load(point: EntryPoint) -> DocumentReader:
    package = point.dist.name if point.dist else "another package"
    try:
        found = point.load()
    except Exception as error:
        raise UnreadableError(
            f"the reader {point.name!r} of {package} cannot be loaded ({error}); "
            f"mend or uninstall {package}"
        ) from error
    if not isinstance(found, DocumentReader):
        raise UnreadableError(
            f"the reader {point.name!r} of {package} is no index.sources.reader.DocumentReader; "
            f"mend or uninstall {package}"
        )
    return found
