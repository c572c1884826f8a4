"""Which line of a plain text is its headline, below whatever stands above it."""

from __future__ import annotations

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Refusal
from index.sources.forms.as_page import read_marked
from index.sources.forms.opening_lines import first_headline
from index.sources.forms.paragraphs import paragraphs
from index.sources.reading import read_document

TEXT = (
    "PORT HALE -- The Harbour Board will close Pier 4 for repairs from Monday. Ferries use Pier 6\n"
    "until the work ends in the autumn, the board said."
)
CONTACTS = "CONTACT:\nJo Marten, Press Secretary\n(555) 010-2233\npress@harbour.example\n"


def headline(text: str) -> str | None:
    parts = paragraphs(text)
    found = first_headline(parts)
    return None if found is None else parts[found.start]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Pier 4 closes\n", "Pier 4 closes"),
        ("Pier 4 closes\nFerries move to Pier 6\n", "Pier 4 closes"),
        ("Harbour Board\nPress Release No. 12\n5 March 2024\n\nPier 4 closes\n", "Pier 4 closes"),
        ("FOR IMMEDIATE RELEASE\nMarch 5, 2024\n\n" + CONTACTS + "\nPier 4 closes\n",
         "Pier 4 closes"),
        ("For more information:\nJo Marten\nTel. 555 010 2233\n\nPier 4 closes\n", "Pier 4 closes"),
        ("Harbour Board\n12 Old Dock Street, Port Hale\n\nPier 4 closes\n", "Pier 4 closes"),
        ("5 Ways to Cross the Square\n", "5 Ways to Cross the Square"),
        ("press@harbour.example\n\nPier 4 closes\n", "Pier 4 closes"),
        ("HARBOUR BOARD\n\nHARBOUR BOARD CLOSES PIER 4 FOR REPAIRS\nFerries move to Pier 6\n",
         "HARBOUR BOARD CLOSES PIER 4 FOR REPAIRS"),
        ("Harbour Board Press Release\n\nFerries move to Pier 6\n", "Ferries move to Pier 6"),
        ("Harbour Board of the City of Port Hale\n\nFerries move\n", "Ferries move"),
    ],
)  # fmt: skip
def test_what_stands_above_a_headline_is_none(above: str, expected: str) -> None:
    assert headline(f"{above}\n{TEXT}") == expected


def test_a_headline_with_the_issuers_name_in_other_languages() -> None:
    german = (
        "PRESSEMITTEILUNG\nNr. 24/2024 vom 5. März 2024\n\nHafenamt sperrt Pier 4\n\n"
        "Port Hale. Das Hafenamt sperrt ab Montag den Pier 4 wegen Bauarbeiten an der Mole."
    )
    assert headline(german) == "Hafenamt sperrt Pier 4"
    chinese = (
        "港务局通告\n\n关于四号码头停用的公告\n\n"
        "港务局决定自三月十一日起停用四号码头，渡轮改停六号码头，直至秋季工程结束为止。"
    )
    assert headline(chinese) == "关于四号码头停用的公告"


def test_a_text_all_in_capitals() -> None:
    above = "HARBOUR BOARD\nFOR RELEASE: MARCH 5, 2024\n\n"
    assert headline(f"{above}HARBOUR BOARD CLOSES PIER 4 FOR REPAIRS\n\n{TEXT.upper()}") == (
        "HARBOUR BOARD CLOSES PIER 4 FOR REPAIRS"
    )


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("FERRIES MOVE TO PIER 6 FROM MONDAY UNTIL\nTHE WORK ENDS", True),
        ("Ferries move to Pier 6 from Monday until\nthe work ends", True),
        ("          Ferries move to Pier 6\n       until the work ends", True),
        ("Ferries move to Pier 6\nWork ends in autumn", False),
        ("FERRIES MOVE TO PIER 6\nHARBOUR BOARD OF PORT HALE", False),
        ("FERRIES MOVE TO PIER 6\nMARCH 5, 2024", False),
        ("Ferries move to Pier 6\n\nuntil the work ends", False),
    ],
)
def test_a_headline_in_several_lines(lines: str, whole: bool) -> None:
    text = f"HARBOUR BOARD\n5 March 2024\n\n{lines}\n\n{TEXT}"
    (found,) = read_document(Document(name="a.txt", data=text.encode()), ReadOptions())
    assert not isinstance(found, Refusal)
    first = " ".join(lines.split("\n")[0].split())
    assert found.draft.headline == (" ".join(lines.split()) if whole else first)


def test_the_name_of_a_body_is_no_headline_though_the_text_has_its_words() -> None:
    text = (
        "Ministry of Tides, Piers and Ferries\n\nNew timetable from Monday\n\n"
        "The Ministry of Tides, Piers and Ferries has a new timetable for all of its boats."
    )
    assert headline(text) == "New timetable from Monday"


def test_where_no_line_can_be_one_there_is_none() -> None:
    assert headline("5 March 2024\n\nHarbour Board\n") is None


def test_a_short_text_in_chinese_is_a_release() -> None:
    text = "关于四号码头停用的公告\n\n港务局决定自三月十一日起停用四号码头。\n\n港务局\n\n2024年3月5日\n"
    (found,) = read_document(Document(name="a.txt", data=text.encode()), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.headline == "关于四号码头停用的公告"


@pytest.mark.parametrize("date", ["3 June 2010", "Date: 3 June 2010", "2010-06-03"])
def test_a_text_of_one_sentence_with_its_date_on_the_second_line_is_a_release(date: str) -> None:
    text = f"Pier 4 opens again\n\n{date}\n\nPier 4 opened today after nine long weeks of repairs."
    (found,) = read_document(Document(name="a.txt", data=text.encode()), ReadOptions())
    assert not isinstance(found, Refusal)
    assert found.draft.headline == "Pier 4 opens again"
    assert found.draft.body == "Pier 4 opened today after nine long weeks of repairs."


def test_a_text_of_few_words_without_a_date_is_a_note() -> None:
    text = "Pier 4\nopen from 9 to 5\nclosed on Sundays"
    (found,) = read_document(Document(name="a.txt", data=text.encode()), ReadOptions())
    assert isinstance(found, Refusal)


@pytest.mark.parametrize("mark", ["b", "span"])
def test_whom_to_call_is_no_headline_of_an_office_document_either(mark: str) -> None:
    above = ("FOR IMMEDIATE RELEASE", "Contact:", "Jo Marten, Press Secretary", "(555) 010-2233")
    lines = [f"<p><{mark}>{line}</{mark}></p>" for line in (*above, "Pier 4 closes")]
    markup = f"{''.join(lines)}<p>March 5, 2024</p><p>{TEXT}</p><p>{TEXT[13:]}</p>"
    document = Document(name="a.docx", data=b"")
    (found,) = read_marked(markup, document, "word", title="", author="", changed="")
    assert not isinstance(found, Refusal)
    assert found.headline == "Pier 4 closes"


def test_a_marked_headline_that_begins_with_its_issuer_in_a_language_of_capital_nouns() -> None:
    markup = (
        "<table><tr><td><p>Hafenamt</p></td><td><p>5. März 2024</p></td></tr></table>"
        "<h1>Hafenamt für Port Hale stellt Jahresbericht vor</h1>"
        "<p>Das Hafenamt hat in Port Hale den Jahresbericht vorgestellt, der neun Piers nennt.</p>"
    )
    (draft,) = read_marked(
        markup, Document(name="a", data=b""), "odt", title="", author="", changed=""
    )
    assert not isinstance(draft, Refusal)
    assert draft.headline == "Hafenamt für Port Hale stellt Jahresbericht vor"


def test_a_form_of_label_and_value_in_an_office_document() -> None:
    rows = (
        ("Headline", "Pier 4 closes"), ("Date:", "5 March 2024"), ("Issued by", "Harbour Board"),
        ("Text", "Ferries use Pier 6.</p><p>Work ends in the autumn."),
    )  # fmt: skip
    table = "".join(f"<tr><td>{name}</td><td><p>{value}</p></td></tr>" for name, value in rows)
    (draft,) = read_marked(
        f"<table>{table}</table>",
        Document(name="a", data=b""),
        "docx",
        title="",
        author="",
        changed="",
    )
    assert not isinstance(draft, Refusal)
    assert (draft.headline, draft.stated_agency) == ("Pier 4 closes", "Harbour Board")
    assert draft.body == "Ferries use Pier 6.\n\nWork ends in the autumn."


def test_a_bold_headline_in_capitals_that_begins_with_its_issuer() -> None:
    markup = (
        "<p><b>HARBOUR BOARD</b></p><p>For immediate release</p>"
        "<p><b>HARBOUR BOARD CLOSES PIER 4 FOR REPAIRS</b></p>"
        "<p>PORT HALE, 5 March 2024 – The Harbour Board will close Pier 4 for repairs on Monday.</p>"
    )
    document = Document(name="a", data=b"")
    (draft,) = read_marked(markup, document, "docx", title="", author="", changed="")
    assert not isinstance(draft, Refusal)
    assert draft.headline == "HARBOUR BOARD CLOSES PIER 4 FOR REPAIRS"
