"""Mailboxes (mbox, RFC 4155): the messages in one, one after the other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from index.limits import Limits
from index.sources.containers.members import Member
from index.sources.containers.streams import Budget, buffered
from index.sources.draft import Damage, Refusal

_SEPARATOR = re.compile(rb"From \S[^\r\n]{0,300}\d{2}:\d{2}[^\r\n]{0,60}\r?\n\Z")
_QUOTED = re.compile(rb">+From ")


def members(box: Member, limits: Limits, budget: Budget) -> Iterator[Member | Refusal]:
    """Every message, named by its number from 1; one larger than a document may be is damage."""
    number, message, size = 0, list[bytes](), 0
    for line, begins in _marked(box, limits.line_bytes):
        if begins and number:
            yield _message(box.name, number, message, size, limits)
        if begins:
            budget.count_member()
            number, message, size = number + 1, [], 0
            continue
        size += len(line)
        if size <= limits.document_bytes:
            message.append(line[1:] if _QUOTED.match(line) else line)
    if number:
        yield _message(box.name, number, message, size, limits)


def _marked(box: Member, limit: int) -> Iterator[tuple[bytes, bool]]:
    """The lines, and whether one begins a message: it says so, after an empty line."""
    empty = True
    while line := box.stream.readline(limit):
        yield line, empty and _SEPARATOR.match(line) is not None
        empty = not line.strip(b"\r\n")


def _message(
    name: str, number: int, lines: list[bytes], size: int, limits: Limits
) -> Member | Refusal:
    where = f"{name}!{number}"
    if size > limits.document_bytes:
        return Damage(where, f"is a message of more than {limits.document_bytes:,} bytes")
    return Member(where, buffered(io.BytesIO(b"".join(lines)).read, None))
