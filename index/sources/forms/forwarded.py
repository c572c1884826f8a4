"""A message that somebody passed on inside another: who wrote it, when, of what, and its text."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import NamedTuple

from index.sources.record_fields import place_among

MAX_HEADERS = 12
"""Lines of the header that stands above a message passed on."""
_MARK = re.compile(
    r"(?m)^[> \t]*(?:_{20,80}|-{2,10} ?[^\n-]{3,60}? ?-{2,10}|Begin forwarded message:|"
    r"Anfang der weitergeleiteten Nachricht:|Début du message (?:transféré|réexpédié) ?:|"
    r"Inicio del mensaje reenviado:|Inizio messaggio inoltrato:)[ \t]*\n+"
)
_HEADER = re.compile(r"[> \t]*\*?([^\W\d_][^:：\n]{0,20}?) ?[:：]\*?[ \t]*([^\n]{1,500})(?:\n|\Z)")
_FROM = frozenset(
    ("from", "von", "de", "da", "van", "fra", "från", "od", "от", "差出人", "发件人", "寄件者",
     "寄件人", "보낸 사람")
)  # fmt: skip
_SENT = frozenset(
    ("sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden", "送信日時", "发送时间",
     "寄件日期", "日期", "보낸 날짜")
)  # fmt: skip
_SUBJECT = frozenset(("betreff", "主题", "主題", "ämne", "emne", "předmět"))


class Forwarded(NamedTuple):
    """What a message passed on says of itself; what it does not is empty."""

    sender: str
    sent: str
    subject: str
    before: str
    text: str


def forwarded_in(text: str) -> Forwarded | None:
    """The first message passed on in a text, where its header names its sender and subject."""
    mark = _MARK.search(text)
    if mark is None:
        return None
    held = {"sender": "", "sent": "", "subject": ""}
    place = mark.end()
    for _ in range(MAX_HEADERS):
        line = _HEADER.match(text, place)
        if line is None:
            break
        held[_kind(line[1].lower())] = line[2].strip(" *")
        place = line.end()
    if not held["sender"] or not held["subject"]:
        return None
    sender = parseaddr(held["sender"])[0] or held["sender"].split("<")[0].strip()
    return Forwarded(sender, held["sent"], held["subject"], text[: mark.start()], text[place:])


def _kind(name: str) -> str:
    if name in _FROM:
        return "sender"
    if name in _SENT or place_among("date", name) is not None:
        return "sent"
    named = name in _SUBJECT or place_among("headline", name) is not None
    return "subject" if named else "other"
