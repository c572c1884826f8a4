"""Alerts by a real mail server and webhooks on loopback: all that is new, once, to everyone."""

from __future__ import annotations

import email
import json
import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from index.errors import DatelineError
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from tests.webapp.press_room import press_room, write
from webapp.alerts.alerts_file import MailServer, read_alerts
from webapp.alerts.delivery import DeliveryError, post, send_mail
from webapp.cli.main import main

LATER = "2999-01-01T00:00:00+00:00"


class MailBox:
    """What a mail server took; `refuse` has recipients that it does not."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, Message]] = []
        self.refuse: set[str] = set()

    async def handle_RCPT(self, _s: Any, _n: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        if address in self.refuse:
            return "451 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _n: Any, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content)
        self.mails += [(target, message) for target in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def box() -> MailBox:
    return MailBox()


@pytest.fixture
def port(box: MailBox) -> Iterator[int]:
    controller = OnFreePort(box, hostname="127.0.0.1", port=0)
    with started(controller) as port:
        yield port


class OnFreePort(Controller):
    """A server whose port is known once it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def started(controller: Controller) -> Iterator[int]:
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def webhook(statuses: list[int]) -> Iterator[tuple[str, list[Any]]]:
    """A webhook that answers with these statuses, then with 204, and keeps what it took."""
    taken: list[Any] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = statuses.pop(0) if statuses else 204
            taken.append((status, self.headers["Idempotency-Key"], body))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", taken
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "index", press_room()[:9])
    return tmp_path


def add(folder: Path, count: int, start: int = 9) -> list[str]:
    """Releases that come in later; gives the headlines of those about ferries."""
    releases = press_room()[start : start + count]
    store = FolderStore(folder / "index")
    with store.writing():
        store.apply((), [stored_release(release, LATER) for release in releases])
    return [each.headline for each in releases if "ferry" in each.headline]


def run(folder: Path, text: str) -> int:
    (folder / "alerts.toml").write_text(text)
    return main(["alerts", str(folder / "alerts.toml"), "--index", str(folder / "index")])


def mail(port: int, *alerts: str) -> str:
    return f'[mail]\nsender = "dateline@press.example"\nport = {port}\n' + "".join(alerts)


FERRIES = (
    '[[alert]]\nname = "Ferries"\nquery = "ferry"\nto = ["a@desk.example", "b@desk.example"]\n'
)
CLINICS = '[[alert]]\nname = "Clinics"\nquery = "clinic"\nto = "a@desk.example"\n'


def test_everyone_gets_one_digest_of_what_is_new_and_nothing_twice(
    folder: Path, box: MailBox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_BASE_URL", "https://press.example/in")
    text = mail(port, FERRIES, CLINICS)
    assert run(folder, text) == 0
    assert box.mails == [], "nobody is told of the past"
    headlines = add(folder, 9)
    assert run(folder, text) == 0
    assert [target for target, _ in box.mails] == ["a@desk.example", "b@desk.example"]
    both, one = (message for _, message in box.mails)
    assert both["Subject"] == "6 new: Ferries, Clinics"
    assert one["Subject"] == "3 new: Ferries"
    said = str(one.get_payload())
    assert all(headline in said for headline in headlines)
    assert "https://press.example/in/release/R009" in said
    assert run(folder, text) == 0
    assert len(box.mails) == 2
    add(folder, 1, start=18)
    assert run(folder, text) == 0
    assert [message["Subject"] for _, message in box.mails[2:]] == ["1 new: Ferries"] * 2


def test_who_was_not_reached_is_told_next_time_and_nobody_else(
    folder: Path, box: MailBox, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = mail(port, FERRIES)
    run(folder, text)
    add(folder, 9)
    box.refuse = {"a@desk.example"}
    assert run(folder, text) == 1
    assert "not sent, and tried again next time" in capsys.readouterr().out
    assert [target for target, _ in box.mails] == ["b@desk.example"]
    box.refuse = set()
    assert run(folder, text) == 0
    assert [target for target, _ in box.mails] == ["b@desk.example", "a@desk.example"]


def test_a_dead_mail_server_loses_nothing(folder: Path, box: MailBox, port: int) -> None:
    run(folder, mail(9, FERRIES))
    add(folder, 9)
    assert run(folder, mail(9, FERRIES)) == 1
    assert run(folder, mail(port, FERRIES)) == 0
    assert len(box.mails) == 2


def test_webhooks_are_posted_to_until_they_take_it(folder: Path) -> None:
    with webhook([500, 302]) as (address, taken):
        text = f'[[alert]]\nname = "All"\nwebhook = "{address}"\n'
        run(folder, text)
        add(folder, 2)
        assert [run(folder, text) for _ in range(4)] == [1, 1, 0, 0]
    assert [status for status, _, _ in taken] == [500, 302, 204]
    assert len({key for _, key, _ in taken}) == 1, "the same news has the same key"
    (news,) = taken[-1][2]["alerts"]
    assert (news["alert"], news["query"], news["total"]) == ("All", "", 2)
    assert {each["id"] for each in news["releases"]} == {"R009", "R010"}
    assert news["releases"][0]["url"].startswith("https://press.island.example/")


def test_an_alert_that_was_changed_begins_anew(folder: Path, box: MailBox, port: int) -> None:
    run(folder, mail(port, CLINICS))
    add(folder, 9)
    assert run(folder, mail(port, CLINICS.replace('"clinic"', '"reservoir"'))) == 0
    assert box.mails == []
    add(folder, 3, start=18)
    run(folder, mail(port, CLINICS.replace('"clinic"', '"reservoir"')))
    assert [message["Subject"] for _, message in box.mails] == ["1 new: Clinics"]


def test_headlines_cannot_write_headers_or_control_a_terminal(
    folder: Path, box: MailBox, port: int
) -> None:
    text = mail(port, '[[alert]]\nname = "All"\nto = "a@desk.example"\n')
    run(folder, text)
    evil = replace(press_room()[9], headline="A\r\nBcc: b@desk.example\x1b[31m")
    store = FolderStore(folder / "index")
    with store.writing():
        store.apply((), [stored_release(evil, LATER)])
    run(folder, text)
    ((_, message),) = box.mails
    assert message["Bcc"] is None
    assert "\x1b" not in str(message.get_payload())


def test_passwords_go_over_tls_to_a_server_that_is_trusted(
    box: MailBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    (tmp_path / "password").write_text("right\n")
    sign_in = lambda *a: AuthResult(success=a[-1].password == b"right", handled=False)  # noqa: E731
    controller = OnFreePort(
        box, hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True,
        authenticator=sign_in, auth_required=True,
    )  # fmt: skip
    message = EmailMessage()
    message["From"], message["To"] = "dateline@press.example", "a@desk.example"
    with started(controller) as port:
        server = MailServer(
            sender="dateline@press.example", port=port, tls="starttls", user="dateline",
            password_file=str(tmp_path / "password"),
        )  # fmt: skip
        with pytest.raises(DeliveryError, match="CERTIFICATE_VERIFY_FAILED"):
            send_mail(server, message)
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        send_mail(server, message)
        (tmp_path / "password").write_text("wrong\n")
        with pytest.raises(DeliveryError, match="Authentication"):
            send_mail(server, message)
    assert len(box.mails) == 1
    assert MailServer(sender="a@b").port == smtplib.SMTP_PORT


@pytest.mark.parametrize(
    "address", ["http://a..example/", "http://" + "a" * 70 + "/", "http://a.example/\u00fc b"]
)
def test_an_address_that_cannot_be_asked_for_did_not_take_the_news(address: str) -> None:
    with pytest.raises(DeliveryError, match="did not take the news"):
        post(address, {}, "key")


@pytest.mark.parametrize("host", ["a..example", "a" * 70, "\u2100"])
def test_a_host_that_cannot_be_asked_did_not_take_the_mail(host: str) -> None:
    with pytest.raises(DeliveryError, match="did not take the mail"):
        send_mail(MailServer(sender="a@desk.example", host=host), EmailMessage())


def test_a_password_that_is_no_text_did_not_take_the_mail(box: MailBox, tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes(b"\xff")
    with started(OnFreePort(box, hostname="127.0.0.1", port=0)) as port:
        server = MailServer(
            sender="a@desk.example", port=port, user="me", password_file=str(tmp_path / "password")
        )
        with pytest.raises(DeliveryError, match="did not take the mail"):
            send_mail(server, EmailMessage())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no alert"),
        ('[[alert]]\nname = "a"\n', "needs to or webhook"),
        ('[[alert]]\nname = "a"\nto = "x"\n', "'x' is no address"),
        ('[[alert]]\nname = "a"\nto = "x@y.example"\n', "alerts go by mail; write"),
        ('[[alert]]\nname = "a\\nb"\nwebhook = "https://x.example"\n', "a name of one line"),
        ('[[alert]]\nname = "a"\nwebhook = "file:///etc/passwd"\n', "is no address"),
        ('[[alert]]\nname = "a"\nwebhook = "http://["\n', "is no address"),
        ('[[alert]]\nname = "a"\nwebhook = "https://a.example:x/"\n', "is no address"),
        ('[[alert]]\nname = "a"\nquerry = "x"\n', "did you mean 'query'"),
        (
            '[[alert]]\nname = "a"\nmatch = "most"\nwebhook = "https://x.example"\n',
            "match is one of",
        ),
        (f"mail = 3\n{CLINICS}", "is a table"),
        (f'[mail]\nsender = "x"\n{CLINICS}', "needs a sender"),
        (f'[mail]\nsender = "x@y.example"\nuser = "u"\n{CLINICS}', "user needs password_file"),
        (f'[mail]\nsender = "x@y.example"\ntls = "ssl"\n{CLINICS}', "tls is one of"),
        (f'[mail]\nsender = "x@y.example"\nport = 0\n{CLINICS}', "port is a number"),
        (CLINICS + CLINICS, "two alerts of the name 'Clinics'"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "alerts.toml").write_text(text)
    with pytest.raises(DatelineError, match=words):
        read_alerts(tmp_path / "alerts.toml")
