"""Messages: their parts, what is attached, and mailboxes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Document, Refusal
from index.sources.reading import read_document, read_path
from tests.index.sources.forms import documents


def test_a_mailbox_gives_every_message(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(documents.mailbox(3))
    found = list(read_path(tmp_path / "a.mbox", ReadOptions(), Counter()))
    assert [each.where.split("/")[-1] for each in found] == ["a.mbox!1", "a.mbox!2", "a.mbox!3"]
    drafts = [each.draft for each in found if not isinstance(each, Refusal)]
    assert [each.headline for each in drafts] == [
        f"Pier {n} of Brennmoor reopens" for n in (1, 2, 3)
    ]
    assert "\n\nFrom the pier ferries leave" in drafts[0].body


def test_a_message_that_is_too_large_costs_itself(tmp_path: Path) -> None:
    box = documents.mailbox(3).replace(b"Pier 2", b"Pier 2" + b" x" * 3_000)
    (tmp_path / "a.mbox").write_bytes(box)
    options = ReadOptions(limits=Limits(document_bytes=3_000))
    found = list(read_path(tmp_path / "a.mbox", options, Counter()))
    assert [isinstance(each, Refusal) for each in found] == [False, True, False]


def read(mail: bytes) -> tuple[list[str], list[str]]:
    found = list(read_document(Document(name="a.eml", data=mail), ReadOptions()))
    refused = [f"{each.where}: {each.reason}" for each in found if isinstance(each, Refusal)]
    return [
        f"{each.where}: {each.draft.headline}" for each in found if not isinstance(each, Refusal)
    ], refused


def test_attached_releases_are_read_and_a_covering_message_is_none() -> None:
    mail = documents.message()
    mail.set_content("Please find our release attached. Regards, the media unit.")
    mail.add_attachment(documents.release_pdf(), "application", "pdf", filename="pier.pdf")
    mail.add_attachment(b"\x89PNG\r\n", "image", "png", filename="logo.png")
    found, refused = read(bytes(mail))
    assert found == [f"a.eml!pier.pdf: {documents.HEADLINE}"]
    assert refused == [
        "a.eml: is a message that only covers its attachments, which are read by themselves"
    ]


def test_what_a_message_hides_is_none_of_its_text() -> None:
    mail = documents.message()
    mail.set_content(
        "<html><body><div style='display: none'>Ferries move, and more this week</div>"
        "<p>The pier opens again on Monday.</p><p hidden>Track</p></body></html>",
        subtype="html",
    )
    found = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    (body,) = [each.draft.body for each in found if not isinstance(each, Refusal)]
    assert body == "The pier opens again on Monday."


def test_a_forwarded_message_is_read() -> None:
    mail = documents.message()
    mail.set_content("See below.")
    mail.add_attachment(documents.message())
    found, _ = read(bytes(mail))
    assert found == [f"a.eml!message 2: {documents.HEADLINE}"]


def test_messages_in_messages_have_an_end() -> None:
    mail = documents.message()
    for _ in range(8):
        outer = documents.message()
        outer.add_attachment(mail)
        mail = outer
    found, refused = read(bytes(mail))
    assert len(found) <= 8
    assert [each for each in refused if "deeper than 4 documents" in each]


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("RE: FW: Pier 4 opens", "Pier 4 opens"),
        ("[list] AW: Pier 4 opens", "Pier 4 opens"),
        ("=?big5?b?qkawqrr0rKqtq7Z9?=", None),
        ("Press release", documents.TEXT[0]),
        ("Media release: Pier 4 opens", "Pier 4 opens"),
        ("Piers: 4 opens", "Piers: 4 opens"),
    ],
)
def test_subjects(subject: str, headline: str | None) -> None:
    data = bytes(documents.message()).replace(
        f"Subject: [press-list] Fwd: {documents.HEADLINE}".encode(), f"Subject: {subject}".encode()
    )
    found, _ = read(data)
    assert len(found) == 1
    assert headline is None or found == [f"a.eml: {headline}"]


def test_the_press_office_of_a_body_sends_for_it() -> None:
    data = bytes(documents.message()).replace(
        f"From: {documents.ISSUER} <".encode(), b"From: Port Authority Press Office <"
    )
    (found,) = read_document(Document(name="a.eml", data=data), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.stated_agency == "Port Authority"


def test_a_line_for_those_who_see_no_html_is_no_text() -> None:
    mail = documents.message()
    mail.set_content(f"View this email in your browser: https://a.example/1\n\n{documents.TEXT[0]}")
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.body == documents.TEXT[0]


@pytest.mark.parametrize(
    ("text", "is_release"),
    [
        ("The east pier opens again on Monday.", True),
        ("Sent from my telephone", False),
        ("Regards,\nAnna Roe", False),
    ],
)
def test_a_message_of_one_sentence_is_read(text: str, is_release: bool) -> None:
    mail = documents.message()
    mail.set_content(text)
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert is_release != isinstance(found, Refusal)
    assert isinstance(found, Refusal) or found.draft.body == text


@given(st.binary(max_size=400), st.integers(0, 2_000))
def test_no_damage_ends_the_reading(damage: bytes, place: int) -> None:
    mail = bytes(documents.message(html=True))
    for each in read_document(
        Document(name="a.eml", data=mail[:place] + damage + mail[place + 20 :]), ReadOptions()
    ):
        assert not isinstance(each, Refusal) or each.reason


def test_a_short_message_in_japanese_says_as_much_as_a_longer_one_in_english() -> None:
    mail = documents.message()
    mail.replace_header("Subject", "高速船の運航を始めます")
    mail.set_content(
        "北島県は四月から高速船の運航を始めます。\n所要時間は四十分です。\n", "plain", "iso-2022-jp"
    )
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.headline == "高速船の運航を始めます"


@pytest.mark.parametrize(
    "passed_on",
    [
        (
            "---------- Forwarded message ---------\nFrom: Water Authority <news@water.example>\n"
            "Date: Wed, Jul 7, 2021 at 9:05 AM\nSubject: Reservoir falls below half\nTo: <j@a.example>\n"
        ),
        (
            "-----Ursprüngliche Nachricht-----\nVon: Water Authority\nGesendet: Mittwoch, 7. Juli 2021 09:05\n"
            "An: Jane Roe\nBetreff: Reservoir falls below half\n"
        ),
        (
            "________________________________\nFrom: Water Authority <news@water.example>\n"
            "Sent: Wednesday, July 7, 2021 9:05 AM\nTo: Jane Roe\nSubject: Reservoir falls below half\n"
        ),
        (
            "Begin forwarded message:\n\n> From: Water Authority <news@water.example>\n"
            "> Subject: Reservoir falls below half\n> Date: 7 July 2021 at 09:05:00 GMT\n> To: j@a.example\n"
        ),
    ],
)
def test_a_release_that_somebody_passed_on_is_its_issuers(passed_on: str) -> None:
    mail = documents.message()
    mail.replace_header("Subject", "Fwd: Reservoir falls below half")
    mail.replace_header("From", "Jane Roe <jane@paper.example>")
    mail.set_content(
        f"FYI\n\n{passed_on}\nLawns may be watered twice a week, by hand only, until it rains.\n"
    )
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    draft = found.draft
    assert (draft.headline, draft.body) == (
        "Reservoir falls below half",
        "Lawns may be watered twice a week, by hand only, until it rains.",
    )
    assert (draft.stated_agency, draft.dates[0].date) == ("Water Authority", "2021-07-07")


def test_an_answer_with_a_message_below_is_its_writers() -> None:
    mail = documents.message()
    text = " ".join(documents.TEXT) * 3
    mail.set_content(
        f"{text}\n\n-----Original Message-----\nFrom: Jane Roe\nSubject: Question\n\nIs it closed?\n"
    )
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.body.startswith(documents.TEXT[0][:40])


def test_a_long_paragraph_at_the_start_is_text() -> None:
    mail = documents.message()
    lead = " ".join(documents.TEXT) * 2
    mail.set_content(f"{lead}\n\nIt is open again.\n")
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.body.startswith(lead[:40])


def test_a_list_that_writes_for_a_body_is_not_its_name() -> None:
    mail = documents.message()
    mail.replace_header("From", f'"{documents.ISSUER} via Press-List" <list@brennmoor.example>')
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.stated_agency == documents.ISSUER


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ("", "The pier of Brenn is open again, and ferries call as they did before the storm."),
        (
            "; delsp=yes",
            "The pier of Brenn is openagain, and ferries call as they didbefore the storm.",
        ),
    ],
)
def test_lines_that_flow_on_are_one_paragraph(more: str, text: str) -> None:
    mail = (
        "From: Harbour Office <press@port.example>\nSubject: Pier reopens\n"
        "Date: Thu, 14 Mar 2024 09:00:00 +0000\n"
        f"Content-Type: text/plain; charset=utf-8; format=flowed{more}\n\n"
        "The pier of Brenn is open \nagain, and ferries call as they did \nbefore the storm.\n\n"
        "Fares stay.\n"
    )
    (found,) = read_document(Document(name="a.eml", data=mail.encode()), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.body == f"{text}\n\nFares stay."


def test_a_sender_without_an_address() -> None:
    mail = (
        "From: Harbour Office\nDate: 14 March 2024\nSubject: Pier reopens after repairs\n\n"
        "The pier of Brenn is open again, and ferries call as they did before the storm.\n"
    )
    (found,) = read_document(Document(name="a.txt", data=mail.encode()), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.stated_agency == "Harbour Office"


def test_what_a_mailing_service_puts_around_a_release() -> None:
    mail = documents.message()
    text = "\n\n".join(documents.TEXT)
    mail.set_content(
        f"View as a webpage / Share\n\n{text}\n\nStay Connected with the Harbour Board\n\n"
        "SUBSCRIBER SERVICES: Manage Preferences | Help\n"
    )
    (found,) = read_document(Document(name="a.eml", data=bytes(mail)), ReadOptions())
    assert not isinstance(found, Refusal)
    assert "webpage" not in found.draft.body
    assert "Connected" not in found.draft.body
    assert "Preferences" not in found.draft.body
    assert found.draft.body.endswith(documents.TEXT[-1])
