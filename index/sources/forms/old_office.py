"""Documents of older Word (.doc, since 97) and messages of Outlook (.msg): what each holds."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from index.errors import UnreadableError
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms.as_page import read_marked
from index.sources.forms.compound_file import MAGIC, streams_of
from index.sources.reader import DocumentReader, Opened, ReadOptions

Streams = Mapping[str, bytes]

MAX_PIECES = 1_000_000
"""Pieces of one text, each of one encoding."""
_OTHER = (
    "is a document of an older Microsoft Office, or one behind a password; "
    "save it as .docx, .xlsx or PDF"
)
_FIELD = re.compile("\x13[^\x13-\x15]{0,20000}\x14|\x13[^\x13-\x15]{0,20000}\x15|[\x13-\x15]")
"""What a field does (`HYPERLINK ...`), and the marks around what it shows."""
_MARKS = str.maketrans(
    {"\x07": "\r", "\x0c": "\r", "\x0e": "\r", "\x0b": "\n", "\x1e": "-", "\x1f": "",
     "\x01": "", "\x02": "", "\x03": "", "\x04": "", "\x05": "", "\x08": ""}
)  # fmt: skip
_PROPERTY = "__substg1.0_"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def _read(opened: Opened, options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    streams = streams_of(opened.data, options.limits)
    if "WordDocument" in streams:
        text = _text_of_word(streams)
        markup = "".join(
            f"<p>{html.escape(line)}</p>".replace("\n", "<br>")
            for line in text.split("\r")
            if line.strip()
        )
        yield from read_marked(markup, opened.document, "doc", title="", author="", changed="")
    elif any(name.startswith(_PROPERTY) for name in streams):
        mail = _message(streams)
        yield Document(
            name=opened.document.name, data=bytes(mail), fetched_at=opened.document.fetched_at
        )
    else:
        yield Refusal(opened.document.name, _OTHER)


def _text_of_word(streams: Streams) -> str:
    """The text of a Word document, by its table of pieces (MS-DOC 2.4.1).

    :raises UnreadableError: it is of Word before 97, behind a password, or damaged.
    """
    main = streams["WordDocument"]
    try:
        magic, version, flags = struct.unpack_from("<HH6xH", main, 0)
        if magic != 0xA5EC or version < 0xC0 or flags & 0x0100:
            raise UnreadableError(_OTHER)
        table = streams["1Table" if flags & 0x0200 else "0Table"]
        characters = struct.unpack_from("<I", main, 0x4C)[0]
        start, size = struct.unpack_from("<II", main, 0x1A2)
        text = "".join(_pieces(main, _piece_table(table[start : start + size])))[:characters]
    except (struct.error, KeyError, IndexError) as error:
        raise UnreadableError(_OTHER) from error
    return _FIELD.sub("", text).translate(_MARKS)


def _piece_table(held: bytes) -> bytes:
    """What stands behind the properties in the table of pieces."""
    place = 0
    while held[place] == 1:
        place += 3 + struct.unpack_from("<H", held, place + 1)[0]
    size = struct.unpack_from("<I", held, place + 1)[0]
    return held[place + 5 : place + 5 + size]


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    count = min((len(table) - 4) // 12, MAX_PIECES)
    bounds = struct.unpack_from(f"<{count + 1}I", table, 0)
    left = len(main)
    for number in range(count):
        stated = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        length = min(max(0, bounds[number + 1] - bounds[number]), left)
        left -= length  # pieces that overlap would make a small document a large one
        if stated & 0x40000000:
            place = (stated & 0x3FFFFFFF) // 2
            yield main[place : place + length].decode("cp1252", "replace")
        else:
            yield main[stated : stated + 2 * length].decode("utf-16-le", "replace")


def _message(streams: Streams) -> EmailMessage:
    """A message of Outlook as one of the internet, which is read as all are (MS-OXMSG)."""
    mail = EmailMessage()
    sender = _said(streams, "0C1A") or _said(streams, "0042")
    mail["From"] = f'"{sender.replace(chr(34), "")}" <sender@invalid>'
    mail["Subject"] = _said(streams, "0037")
    sent = _sent(streams)
    if sent is not None:
        mail["Date"] = format_datetime(sent)
    mail.set_content(_said(streams, "1000", whole=True) or "\n")
    page = streams.get(f"{_PROPERTY}10130102")
    if page:
        mail.add_alternative(page, "text", "html")
    return mail


def _said(streams: Streams, tag: str, *, whole: bool = False) -> str:
    """A property that is text, in one line or whole."""
    wide = streams.get(f"{_PROPERTY}{tag}001F")
    text = (
        wide.decode("utf-16-le", "replace")
        if wide is not None
        else streams.get(f"{_PROPERTY}{tag}001E", b"").decode("cp1252", "replace")
    ).replace("\0", "")
    return text.replace("\r\n", "\n") if whole else " ".join(text.split())[:2_000]


def _sent(streams: Streams) -> datetime | None:
    """When the message was sent, or else delivered."""
    held = streams.get("__properties_version1.0", b"")
    times = {}
    for place in range(32, len(held) - 15, 16):
        tag, value = struct.unpack_from("<I4xQ", held, place)
        times[tag] = value
    found = times.get(0x00390040) or times.get(0x0E060040)
    return _EPOCH + timedelta(microseconds=found // 10) if found and found < 1 << 58 else None


READER = DocumentReader(
    name="document of older Word, or message of Outlook",
    recognise=lambda opened: opened.data.startswith(MAGIC),
    read=_read,
    binary=True,
)
