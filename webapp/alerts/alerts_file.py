"""The file of alerts, ALERTS.toml: saved searches, and who is told by mail or webhook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.addresses import is_web_address
from index.errors import DatelineError
from index.toml_table import is_one_line, not_twice, only, read_toml, rows_of, texts_of, value_of
from search.choices import MATCHES
from search.request import SearchRequest

TLS = ("starttls", "tls", "none")
_ADDRESS = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Whom mail is given to. `password_file` has the password of `user` on its first line.

    `tls`: from the start (`tls`), after a greeting (`starttls`), or none, as to this machine.
    """

    sender: str
    host: str = "127.0.0.1"
    port: int = 25
    tls: str = "none"
    user: str | None = None
    password_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A saved search. `targets` are told of new matches: addresses of mail, and of webhooks."""

    name: str
    request: SearchRequest
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsFile:
    """All alerts, and the mail server, where one of them goes by mail."""

    alerts: tuple[Alert, ...]
    mail: MailServer | None


def read_alerts(path: Path) -> AlertsFile:
    """The alerts of a file.

    :raises DatelineError: it cannot be read, or something in it is not understood.
    """
    table, where = read_toml(path), str(path)
    only(table, ("alert", "mail"), where)
    rows = rows_of(table, "alert", where, "name, query and to")
    alerts = tuple(_alert(row, f"{where}, alert {at}") for at, row in enumerate(rows, 1))
    not_twice((alert.name for alert in alerts), "alerts", where)
    mail = _mail(table["mail"], f"{where}, mail") if "mail" in table else None
    if mail is None and any(is_mail(target) for alert in alerts for target in alert.targets):
        raise DatelineError(f"{where}: alerts go by mail; write [mail] and sender under it")
    return AlertsFile(alerts=alerts, mail=mail)


def is_mail(target: str) -> bool:
    """Whether a target is an address of mail; the others are webhooks."""
    return not target.startswith(("http://", "https://"))


def _alert(row: Mapping[str, Any], where: str) -> Alert:
    only(row, ("name", "query", "agency", "language", "match", "to", "webhook"), where)
    name = value_of(row, "name", str, "", where).strip()
    if not is_one_line(name, 100):
        raise DatelineError(f"{where} needs a name of one line")
    where = f"{where} ({name})"
    match = value_of(row, "match", str, "all", where)
    if match not in MATCHES:
        raise DatelineError(f"{where}: match is one of {', '.join(MATCHES)}, not {match!r}")
    mails = texts_of(row, "to", "desk@press.example", where)
    hooks = texts_of(row, "webhook", "https://hooks.example/1", where)
    wrong = [each for each in mails if not _ADDRESS.fullmatch(each)]
    wrong += [each for each in hooks if not is_web_address(each)]
    if wrong or not (mails or hooks):
        raise DatelineError(
            f"{where}: {wrong[0]!r} is no address" if wrong else f"{where} needs to or webhook"
        )
    request = SearchRequest(
        text=value_of(row, "query", str, "", where),
        match="strict" if match == "all" else match,
        agencies=texts_of(row, "agency", "harbour-office", where),
        languages=texts_of(row, "language", "en", where),
        sort="newest",
        copies=True,
    )
    return Alert(name=name, request=request, targets=tuple(dict.fromkeys([*mails, *hooks])))


def _mail(row: Any, where: str) -> MailServer:
    if not isinstance(row, dict):
        raise DatelineError(f"{where} is a table: [mail] with sender, host and port under it")
    only(row, MailServer.__slots__, where)
    sender = value_of(row, "sender", str, "", where)
    if not _ADDRESS.fullmatch(sender):
        raise DatelineError(f"{where} needs a sender such as 'dateline@press.example'")
    tls = value_of(row, "tls", str, "none", where)
    if tls not in TLS:
        raise DatelineError(f"{where}: tls is one of {', '.join(TLS)}, not {tls!r}")
    port = value_of(row, "port", int, 25, where)
    if not 1 <= port <= 65_535:
        raise DatelineError(f"{where}: port is a number from 1 to 65,535")
    user = value_of(row, "user", str, None, where)
    password_file = value_of(row, "password_file", str, None, where)
    if (user is None) != (password_file is None) or (user and tls == "none"):
        raise DatelineError(f"{where}: user needs password_file, and tls to send it by")
    return MailServer(
        sender=sender, tls=tls, port=port, user=user, password_file=password_file,
        host=value_of(row, "host", str, "127.0.0.1", where),
    )  # fmt: skip
