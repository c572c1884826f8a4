"""Delivery of digests: mail by SMTP (RFC 5321), and webhooks by POST."""

from __future__ import annotations

import json
import smtplib
import ssl
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from index.errors import DatelineError
from webapp.alerts.alerts_file import MailServer

SEND_SECONDS = 30.0
"""Time that a server has to answer."""


class DeliveryError(DatelineError):
    """A digest was not taken; it is sent again in the next run."""


def send_mail(server: MailServer, mail: EmailMessage) -> None:
    """Give a message to the mail server.

    :raises DeliveryError: it does not answer, or does not take it.
    """
    try:
        with _connected(server) as link:
            if server.user is not None and server.password_file is not None:
                link.login(server.user, _first_line(server.password_file))
            link.send_message(mail)
    except (smtplib.SMTPException, OSError, ValueError) as error:  # a host that IDNA refuses
        raise DeliveryError(
            f"{server.host}:{server.port} did not take the mail: {error}"
        ) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SEND_SECONDS, context=context)
    link = smtplib.SMTP(server.host, server.port, timeout=SEND_SECONDS)
    if server.tls == "starttls":
        try:
            link.starttls(context=context)
        except Exception:
            link.close()
            raise
    return link


def _first_line(path: str) -> str:
    lines = Path(path).read_text("utf-8").splitlines()
    return lines[0] if lines else ""


def post(address: str, news: dict[str, Any], key: str) -> None:
    """Post JSON to a webhook. `key` is the same where the same news come again.

    :raises DeliveryError: it does not answer, or not with a status of success.
    """
    request = Request(  # noqa: S310, the file of alerts takes web addresses only
        address,
        data=json.dumps(news, ensure_ascii=False).encode(),
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Dateline",
            "Idempotency-Key": key,
        },
        method="POST",
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=SEND_SECONDS):
            return
    except (URLError, HTTPException, OSError, ValueError) as error:  # the same
        if isinstance(error, HTTPError):
            error.close()  # it is an answer too, which holds its connection
        raise DeliveryError(f"{address} did not take the news: {error}") from error


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is no success: what was posted would be lost on the way."""

    def redirect_request(self, *_: Any) -> None:
        return None
