"""E-mail (.eml) and pages saved as one file (MHTML): messages of RFC 5322 and RFC 2557."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from index.dates.resolution import FoundDate, read_date
from index.sources.draft import Document, Draft, Refusal
from index.sources.encoding.decoding import decode
from index.sources.forms.as_page import NO_HEADLINE
from index.sources.forms.forwarded import forwarded_in
from index.sources.forms.opening_lines import MAX_HEADLINE, first_headline
from index.sources.forms.paragraphs import paragraphs
from index.sources.html_text import element_text, plain
from index.sources.issuers import is_body
from index.sources.page.blocks import MAY_HIDE, drop_hidden, parse, width
from index.sources.page.date_lines import is_date_line
from index.sources.page.lines import is_furniture_line
from index.sources.page.name_forms import owner_name
from index.sources.page.shown_days import date_in_line
from index.sources.page.stock_phrases import is_phrase
from index.sources.page.title_lines import is_generic
from index.sources.reader import DocumentReader, Opened, ReadOptions
from index.text.cleaning import clean, clean_line
from index.text.folding import fold

MAX_PARTS = 200
"""Parts of one message that are looked at."""
COVERING = 400
"""Letters of a message, as `width` counts them, below which it only covers the releases attached
to it."""
MIN_TEXT = 20
"""Letters of a message that can be a release by itself: a short sentence (`The pier opens again on
Monday.` has 25). What a telephone adds to an empty message is shorter."""
BETTER = 0.6
"""Part of the HTML's letters below which the plain part is a stub."""
OPENING = 6
"""Paragraphs at the start of a message that may repeat its subject, its date or its kind."""

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|\r?\n)")
_TELLING = frozenset(
    (b"from", b"date", b"subject", b"mime-version", b"message-id", b"received", b"return-path",
     b"delivered-to", b"to", b"content-type")
)  # fmt: skip
FEWEST_TELLING = 3
"""Fields of these names by which a text is told to be a message."""
_REPLY = re.compile(
    r"(?i)^\s*(?:(?:re|fwd?|aw|wg|tr|rv|enc|回复|转发|轉寄)\s*:\s*|\[[^\]]{1,40}\]\s*)+"
)
_END = re.compile(
    r"(?i)^(?:--|_{5,})$|\bunsubscribe\b|\babmelden\b|\babbestellen\b|se désabonner|désinscri|"
    r"darse de baja|取消訂閱|退订|you (?:are receiving|received) this|"
    r"view (?:this|it) in (?:your|a) browser|^stay connected with\b|\bsubscriber services\b"
)
_VIA = re.compile(r"(?i)\s+via\s+\S.*$")
"""What a list adds to the names of those who write to it, so that mail servers take it."""
_RELEASES = re.compile(
    r"(?i)\.(?:pdf|docx|odt|html?|eml|md|txt)$|^(?:application/pdf|text/html|message/rfc822|"
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml|oasis\.opendocument\.text))"
)


class _Letterhead(NamedTuple):
    """What a message says of itself; `sent`: when, best first."""

    subject: str
    sender: str
    sent: tuple[str, ...]


def _recognise(opened: Opened) -> bool:
    head = opened.data[:20_000].lstrip(b"\xef\xbb\xbf\r\n")
    names = set()
    for line in re.split(rb"\r?\n", head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]):
        field = _FIELD.match(line + b"\n")
        if field:
            names.add(field[1].lower())
        elif not line.startswith((b" ", b"\t")):
            return False
    return len(names & _TELLING) >= FEWEST_TELLING


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal | Document]:
    data = opened.data.lstrip(b"\xef\xbb\xbf\r\n")
    message = message_from_bytes(data, policy=policy.default)
    page = _saved_page(message, opened.document)
    if page is not None:
        yield page
        return
    attached = list(_attached(message, opened.document))
    said, text = _said(message)
    letters = width("".join(filter(str.isalpha, text)))
    if letters < (COVERING if attached else MIN_TEXT):
        reason = "is a message that only covers its attachments, which are read by themselves"
        yield Refusal(opened.document.name, reason if attached else _no_text(message))
    else:
        yield _draft(said, text, opened.document)
    yield from attached


def _said(message: EmailMessage) -> tuple[_Letterhead, str]:
    """What a message says of itself, and its text; of the one passed on in it, where it does little
    else."""
    text = _text(message)
    own = _Letterhead(_subject(message), _sender(message), (str(message.get("Date") or ""),))
    inner = forwarded_in(text)
    if inner is None or sum(map(str.isalpha, inner.before)) >= COVERING:
        return own, text
    return _Letterhead(_topic(inner.subject), inner.sender, (inner.sent, *own.sent)), inner.text


def _draft(said: _Letterhead, text: str, document: Document) -> Draft | Refusal:
    parts = _until_end(paragraphs(text))
    headline = _unlabelled(said.subject)
    if is_generic(headline, set()):
        found = first_headline(parts)
        if found is None:
            return Refusal(document.name, NO_HEADLINE)
        headline, parts = parts[found.start], parts[found.stop :]
    body, dates = _without_opening(parts, headline)
    sender = owner_name(said.sender) or ""
    return Draft(
        headline=headline,
        body="\n\n".join(body),
        form="mail",
        dates=(*dates, *_dates(said.sent)),
        stated_agency=sender if is_body(sender) else None,
        stated_agency_rule="mail-from" if is_body(sender) else "",
        weak_agency=None if is_body(sender) else sender or None,
    )


def _without_opening(parts: list[str], headline: str) -> tuple[list[str], list[FoundDate]]:
    """The text without its first lines that repeat the headline, and the dates that they state."""
    kept, dates = [], []
    for number, part in enumerate(parts):
        if number >= OPENING or not _is_opening(part, headline):
            kept.append(part)
        elif (found := date_in_line(part, None)) is not None:
            dates.append(found)
    return kept, dates


def _is_opening(part: str, headline: str) -> bool:
    if len(part) > MAX_HEADLINE:
        return False
    same = fold(part) == fold(headline)
    return same or is_date_line(part, None) or is_furniture_line(part) or is_generic(part, set())


def _until_end(parts: list[str]) -> list[str]:
    """The paragraphs before the signature and the ways to unsubscribe."""
    for number, part in enumerate(parts):
        if number and _END.search(part[:300]) and number >= len(parts) // 2:
            return parts[:number]
    return parts


def _subject(message: EmailMessage) -> str:
    return _topic(str(message.get("Subject") or ""))


def _topic(subject: str) -> str:
    return _REPLY.sub("", clean_line(subject))


def _unlabelled(subject: str) -> str:
    """A subject without what it says the message is (`News release: ...`)."""
    label, colon, rest = subject.replace("：", ":").partition(":")
    return rest.strip() if colon and rest.strip() and is_phrase("kind", label) else subject


def _sender(message: EmailMessage) -> str:
    header = message.get("From")
    addresses = header.addresses if isinstance(header, AddressHeader) else ()
    name = str(addresses[0].display_name) if addresses else ""
    if not name and header is not None and "@" not in header:
        name = clean_line(str(header)).strip('"')  # a message saved as text, without the address
    return _VIA.sub("", name)


def _dates(sent: tuple[str, ...]) -> tuple[FoundDate, ...]:
    """The first of these that can be read."""
    found = (read_date(text, "mail") for text in sent)
    return next(((date,) for date in found if date is not None), ())


def _text(message: EmailMessage) -> str:
    """The better of the parts: what is written plainly, unless only the HTML holds the text."""
    written = _content(message.get_body(("plain",)))
    marked = _shown(_content(message.get_body(("html",))))
    letters = sum(map(str.isalpha, written))
    stub = letters < BETTER * sum(map(str.isalpha, marked))
    return clean(marked if stub else written).replace("\n-- \n", "\n\n--\n\n")


def _shown(markup: str) -> str:
    """The text of HTML without what it hides: lines for lists of messages, mostly."""
    root = parse(markup) if MAY_HIDE.search(markup) else None
    if root is None:
        return plain(markup)
    drop_hidden(root)
    return element_text(root) or plain(markup)


def _content(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    text = decode(data, part.get_content_charset()).text if isinstance(data, bytes) else ""
    if part.get_content_type() != "text/plain" or part.get_param("format") != "flowed":
        return text
    return _unflowed(text, space="" if part.get_param("delsp") == "yes" else " ")


def _unflowed(text: str, space: str) -> str:
    """Text whose lines go on where they end in a space (RFC 3676, 4.1); `-- ` ends the text."""
    flowing = re.compile(r"(?m)(?<=[^ \r\n]) +\r?\n(?=[^\s>])")
    text, signature, below = text.replace("\r\n", "\n").partition("\n-- \n")
    return flowing.sub(space, text) + signature + below


def _no_text(message: EmailMessage) -> str:
    return (
        "is a message without a text of its own or an attached release "
        f"(it is {message.get_content_type()}); save what it shows as .eml, PDF or HTML"
    )


def _attached(message: EmailMessage, document: Document) -> Iterator[Document]:
    for number, part in enumerate(_parts(message)):
        if number >= MAX_PARTS:
            return
        name = clean_line(part.get_filename() or "")[:200]
        if not (name or part.get_content_type() == "message/rfc822"):
            continue
        if not _RELEASES.search(name) and not _RELEASES.search(part.get_content_type()):
            continue
        inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
        data = (
            inner.as_bytes() if isinstance(inner, EmailMessage) else part.get_payload(decode=True)
        )
        if isinstance(data, bytes) and data.strip():
            where = f"{document.name}!{name or f'message {number}'}"
            yield Document(name=where, data=data, content_type=part.get_content_type())


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message, without those of messages attached to it."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        yield part
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting.extend(each for each in part.iter_parts() if isinstance(each, EmailMessage))


def _saved_page(message: EmailMessage, document: Document) -> Document | None:
    """The page of an MHTML file, with the address it was saved from."""
    if message.get_content_type() != "multipart/related":
        return None
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    if page is None:
        return None
    stated = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    address = str(stated).strip()
    data = page.get_payload(decode=True)
    if not address or not isinstance(data, bytes):
        return None
    return Document(
        name=document.name,
        data=data,
        url=address if address.startswith(("http://", "https://")) else document.url,
        content_type=f"text/html; charset={page.get_content_charset() or ''}",
        fetched_at=_moment(message),
    )


def _moment(message: EmailMessage) -> str | None:
    """When a page was saved (UTC, ISO 8601)."""
    try:
        saved = parsedate_to_datetime(str(message.get("Date")))
        return saved.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, TypeError, OverflowError):
        return None


READER = DocumentReader(name="e-mail", recognise=_recognise, read=_read)
