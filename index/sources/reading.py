"""Which reader takes which document; nothing that a document holds stops the reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from index.dates.day_order import order_in
from index.errors import LimitError
from index.limits import Limits
from index.sources.containers import walk
from index.sources.containers.members import Member
from index.sources.containers.signatures import HEAD, binary_form
from index.sources.containers.streams import damage
from index.sources.draft import Damage, Document, Draft, GroupedRefusals, Refusal, refused
from index.sources.encoding.decoding import decode
from index.sources.json_lines import each_line
from index.sources.reader import (
    DocumentReader,
    Opened,
    ReadOptions,
    any_like,
    declared_charset,
)
from index.sources.saved_page import with_address
from index.sources.script_data import holds_records

UNKNOWN_TEXT = (
    "is a text, but no page, feed, table of records, mail or release; as plain text it is "
    "read with the headline on its first line, the date on the second, then the text"
)
SITEMAP = (
    "is a sitemap: addresses of pages and no release; `dateline fetch` collects what it lists "
    "(docs/collecting.md)"
)
_SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
PIECE_BYTES = 1 << 18
"""Bytes of lines that make a piece: some tenths of a second's work."""
TELLING_PIECES = 8
"""Pieces in which the order of day and month is looked for, for later ones."""
_PAIR_VALUE = re.compile(rb'"(\d\d?[/-]\d\d?[/-]\d{2,4})\b')
_AUXILIARY = re.compile(r"\.(css|m?js|map|woff2?|ttf|otf|eot)(\?.*)?$", re.IGNORECASE)
"""What comes along when a page is saved: not worth a line of the report each."""
_LINES_NAME = re.compile(r"\.(jsonl|ndjson|jsonlines)(\.\w+)?$", re.IGNORECASE)
_RECORD_LINES = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_ONE_RECORD_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\n]*$")


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft and the document that it stood in (without its bytes where records are streamed).

    `record` is its number among the records of a stream, from 1; 0 elsewhere.
    """

    draft: Draft
    document: Document
    record: int = 0

    @property
    def where(self) -> str:
        """Where it stood, for a report."""
        return where(self.document.name, self.record)


@dataclass(frozen=True, slots=True)
class RecordLines:
    """Some lines of a member that holds a record in each; `first` is the number of the first.

    `origin` is the member without its bytes. A member's pieces come one after the other.
    `day_first`: the order of day and month in the first pieces, for one that does not tell.
    """

    origin: Document
    first: int
    lines: tuple[bytes, ...]
    day_first: bool | None = None


Piece = Document | RecordLines
"""What can be read by itself, in any process: a whole document, or some lines of a long one."""
T = TypeVar("T")


def read_path(
    path: Path, options: ReadOptions, skipped: Counter[str]
) -> Iterator[ReadDraft | Refusal]:
    """Every draft in a file or folder, and every refusal; see `walk.files` for the order."""
    for each in walk.files(path, skipped):
        if isinstance(each, Refusal):
            yield each
        else:
            yield from read_file(each, options, skipped)


def read_file(
    path: Path, options: ReadOptions, skipped: Counter[str], watch: walk.Watch | None = None
) -> Iterator[ReadDraft | Refusal]:
    """Every draft in one file, itself or what it contains. Nothing that it holds raises.

    `skipped` counts what was left aside without a refusal: scripts, styles, hidden members,
    records of a capture that hold no page.
    """
    every = pieces(path, options, skipped, watch)
    read = (
        (each, () if isinstance(each, Refusal) else read_piece(each, options)) for each in every
    )
    for each in joined(read):
        if isinstance(each, Refusal):
            yield each
        else:
            found, record = each
            yield replace(found, record=record) if record else found


def pieces(
    path: Path, options: ReadOptions, skipped: Counter[str], watch: walk.Watch | None = None
) -> Iterator[Piece | Refusal]:
    """One file, cut into pieces for `read_piece`; nothing is parsed yet."""
    told: Refusal | None = None
    for each in walk.members(path, options.limits, skipped, watch):
        if isinstance(each, Refusal):
            if each != told:  # of a compressed file both it and what is in it end too soon
                yield each
        elif _AUXILIARY.search(each.url or each.name) and not holds_records(_head(each)):
            skipped["script, style or font"] += 1
        elif not _may_be_wanted(each, options):
            skipped["document left aside by --include or --exclude"] += 1
        else:
            for piece in _cut(each, options.limits):
                told = piece if isinstance(piece, Refusal) else told
                yield piece


def _head(member: Member) -> bytes:
    try:
        return member.stream.peek(HEAD)[:HEAD]
    except LimitError:
        return b""


def _may_be_wanted(member: Member, options: ReadOptions) -> bool:
    """Whether a document is wanted by what is known before it is read: it may state an address."""
    if options.wants(member.name, member.url):
        return True
    by_address = any(pattern.startswith(("http", "*:")) for pattern in options.include)
    return by_address and member.url is None and not any_like([member.name], options.exclude)


def _wanted(found: ReadDraft, options: ReadOptions) -> ReadDraft | Refusal:
    document = found.document
    if options.wants(document.name, document.url, found.draft.url):
        return found
    return Refusal(found.where, "its address is one that --include or --exclude leaves aside")


def read_piece(piece: Piece, options: ReadOptions) -> Iterator[ReadDraft | Refusal]:
    """The drafts of a piece; those of lines are not numbered, nor their refusals gathered yet."""
    found = _read_piece(piece, options)
    if not (options.include or options.exclude):
        yield from found
        return
    for each in found:
        yield each if isinstance(each, Refusal) else _wanted(each, options)


def _read_piece(piece: Piece, options: ReadOptions) -> Iterator[ReadDraft | Refusal]:
    if isinstance(piece, Document):
        yield from read_document(piece, options)
        return
    origin = piece.origin
    longest = options.limits.line_bytes
    lines = (
        None if _is_longer(each, longest) else _line(each, origin.content_type)
        for each in piece.lines
    )
    read = each_line(
        lines, origin.name, options.mapping, origin.url, piece.first, piece.day_first, longest
    )
    for each in read:
        if isinstance(each, Refusal):
            yield each
        else:
            yield ReadDraft(_issued(each, origin.agency), origin)


def size_of(piece: Piece) -> int:
    """Bytes of a piece."""
    return len(piece.data) if isinstance(piece, Document) else sum(map(len, piece.lines))


def joined(
    read: Iterable[tuple[Piece | Refusal, Iterable[T | Refusal]]],
) -> Iterator[tuple[T, int] | Refusal]:
    """What was read of pieces in their order, with the number of each record of a stream.

    Refusals of lines come once for every reason, after the last piece of their member.
    """
    refused, record = GroupedRefusals(), 0
    for piece, results in read:
        streamed = isinstance(piece, RecordLines)
        if not (isinstance(piece, RecordLines) and piece.first > 1):
            yield from refused.refusals()
            refused, record = GroupedRefusals(), 0
        if isinstance(piece, Refusal):
            yield piece
        for each in results:
            if not isinstance(each, Refusal):
                record += streamed
                yield each, record
            elif streamed:
                refused.add(each)
            else:
                yield each
    yield from refused.refusals()


def where(name: str, record: int) -> str:
    """How a report names a record of a document; 0 means the document."""
    return name + (f", record {record}" if record else "")


def _cut(member: Member, limits: Limits) -> Iterator[Piece | Refusal]:
    """The pieces of one member, which is left where reading stopped."""
    try:
        head = member.stream.peek(HEAD)[:HEAD]
        words = binary_form(head)
        if not head and damage(member.stream):
            yield Damage(member.name, damage(member.stream))
            return
        if not head.strip(b"\0 \t\r\n"):
            yield Damage(member.name, "is empty; save it anew")
        elif words is not None and not (member.package or _takes_binary(member, head)):
            what, _, instead = words.partition("; ")
            reason = f"is {what}, which is not read; {instead or 'leave it out with --exclude'}"
            yield Refusal(member.name, reason)
        elif words is None and _holds_record_lines(head, member.name):
            yield from _in_lines(member, limits)
        else:
            yield _whole(member, limits)
    except LimitError as error:
        yield Damage(member.name, str(error))
        return
    ended = damage(member.stream)
    if ended:
        yield Damage(member.name, f"{ended}; what could be read was kept")


def _takes_binary(member: Member, head: bytes) -> bool:
    from index.sources.registry import takes_binary  # as in `_reader_of`

    return takes_binary(member.name, head)


def _holds_record_lines(head: bytes, name: str) -> bool:
    if b"\0" in head:
        return False
    if _RECORD_LINES.match(head):
        return True
    # One line that is longer than the head, or the only one: only the name can tell.
    return bool(_ONE_RECORD_LINE.match(head) and _LINES_NAME.search(name))


def _in_lines(member: Member, limits: Limits) -> Iterator[RecordLines]:
    origin = _origin(member)
    first, size, lines = 1, 0, list[bytes]()
    day_first, pieces = None, 0
    try:
        for line in _lines(member, limits.line_bytes):
            lines.append(line)
            size += len(line)
            if size >= PIECE_BYTES:
                if day_first is None and pieces < TELLING_PIECES:
                    day_first, pieces = _order_in(lines), pieces + 1
                yield RecordLines(origin, first, tuple(lines), day_first)
                first, size, lines = first + len(lines), 0, []
    except LimitError:  # what came before it is good
        yield RecordLines(origin, first, tuple(lines), day_first)
        raise
    if lines:
        yield RecordLines(origin, first, tuple(lines), day_first)


def _order_in(lines: list[bytes]) -> bool | None:
    values = (value for line in lines for value in _PAIR_VALUE.findall(line))
    return order_in(value.decode("ascii") for value in values)


def _lines(member: Member, limit: int) -> Iterator[bytes]:
    """The lines; of a longer one a beginning that is too long as well."""
    readline = member.stream.readline
    while line := readline(limit + 2):
        rest = line
        while _is_longer(rest, limit) and not rest.endswith(b"\n"):
            rest = readline(limit + 2)
        yield line


def _is_longer(line: bytes, limit: int) -> bool:
    """Whether a line has more bytes than that, its end left aside."""
    return len(line) > limit and len(line.rstrip(b"\r\n")) > limit


def _line(line: bytes, content_type: str | None) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line, declared_charset(content_type)).text


def _whole(member: Member, limits: Limits) -> Document | Refusal:
    limit = limits.document_bytes
    data = member.stream.read(limit + 1)
    if len(data) > limit:
        return Damage(
            member.name,
            f"is one document of more than {limit:,} bytes; split it (records that stand one in a "
            "line, as JSON Lines, are read singly)",
        )
    return replace(_origin(member), data=data)


def _origin(member: Member) -> Document:
    return Document(
        name=member.name, data=b"", url=member.url,
        content_type=member.content_type, fetched_at=member.fetched_at, agency=member.agency,
    )  # fmt: skip


def read_document(
    document: Document, options: ReadOptions, depth: int = 0
) -> Iterator[ReadDraft | Refusal]:
    """The drafts of one document, by the first reader that recognises it, and of those inside it.

    :param depth: how many documents it stands in, such as an attachment in a message.
    """
    document = with_address(document, options.bases)
    try:
        opened = Opened(document)
        reader = _reader_of(opened)
    except Exception as error:  # noqa: BLE001, as below
        yield refused(document.name, error)
        return
    if reader is None:
        listed = _SITEMAP.search(opened.text[:5_000])
        yield Refusal(document.name, SITEMAP if listed else UNKNOWN_TEXT)
        return
    origin = replace(document, data=b"")
    try:
        for each in reader.read(opened, options):
            if isinstance(each, Document):
                yield from _inner(each, document, options, depth)
            elif isinstance(each, Refusal):
                yield each
            else:
                note = None if reader.binary else opened.decoded.note
                yield ReadDraft(_issued(_noted(each, note), document.agency), origin)
    except Exception as error:  # noqa: BLE001, what others wrote may trip any parser
        yield refused(document.name, error)


def load_readers() -> None:
    """Load what documents are read with, which processes that are forked then have in common."""
    import index.sources.registry  # noqa: F401


def _reader_of(opened: Opened) -> DocumentReader | None:
    # Lines of records are read without one, and without waiting for all of them: 0.3 s.
    from index.sources.registry import reader_of

    return reader_of(opened)


def _inner(
    inner: Document, outer: Document, options: ReadOptions, depth: int
) -> Iterator[ReadDraft | Refusal]:
    if depth >= options.limits.depth:
        yield Refusal(inner.name, f"lies deeper than {options.limits.depth} documents")
        return
    known = replace(
        inner, fetched_at=inner.fetched_at or outer.fetched_at, agency=inner.agency or outer.agency
    )
    yield from read_document(known, options, depth + 1)


def _noted(draft: Draft, note: str | None) -> Draft:
    return draft if note is None else replace(draft, notes=(note, *draft.notes))


def _issued(draft: Draft, agency: str | None) -> Draft:
    """The draft with the issuer of its source, where it states none itself."""
    if agency is None or draft.stated_agency is not None:
        return draft
    return replace(draft, stated_agency=agency, stated_agency_rule="stated")
