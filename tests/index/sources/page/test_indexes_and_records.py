"""Pages that list records, rows or answers of a site, of invented places: none is a release."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE, html


def _found(page: str) -> Draft | Refusal:
    (found,) = webpage.read(page, Document(name="p", data=b""))
    return found


def _rows(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


HEARINGS = _rows(
    "Date|Hour|Case|Room",
    "11.03.2024|9:30|Criminal case of a general kind No. 118 of 2023 against two|2",
    "11.03.2024|10:00|Civil case No. 402 of 2022 about a mooring in the harbour|1",
    "12.03.2024|9:30|Commercial case No. 77 of 2023 of the ferry company|3",
    "15.03.2024|13:30|Criminal case No. 9 of 2024 about a stolen anchor|2",
)
WANTED = "".join(
    f"<div><h3>DOE, Travis {letter}.</h3><ul><li>Charge: Theft of an anchor</li><li>Height: 180 cm</li>"
    f"<li>Date issued: 03/{day}/2024</li></ul></div>"
    for letter, day in (("A", 13), ("B", 14), ("C", 21))
)
SENT = (
    "<p>Nos services vous répondront dans un délai de quinze jours ouvrés. Un accusé de réception vient "
    "de vous être adressé à l'adresse que vous avez indiquée.</p>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (html(f"<h1>Cases of the week</h1><p>11.03.2024 - 15.03.2024</p>{HEARINGS}"), "a list of"),
        (
            html(
                "<h1>Whom we look for</h1><p>The persons below are looked for. Do not try to arrest "
                f"them yourself but call us.</p>{WANTED}",
                title="Whom we look for | Sheriff",
            ),
            "a list of",
        ),
        (html(f"<h1>Orari degli uffici</h1>{PROSE}<p>3 maggio 2024</p>", lang="it"), "a standing"),
        (html("<h1>Kursna lista</h1><p>Broj 51.</p>" + HEARINGS, lang="bs"), "a standing"),
        (
            html(
                f"<h1>Merci, votre message a bien été envoyé</h1>{SENT}", title="Merci", lang="fr"
            ),
            "a standing",
        ),
    ],
)
def test_no_release(page: str, reason: str) -> None:
    found = _found(page)
    assert isinstance(found, Refusal), found
    assert found.reason.startswith(reason), found.reason


def test_rows_below_a_dated_line_are_a_release() -> None:
    found = _found(html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p><p>The Office says:</p>{HEARINGS}"))
    assert isinstance(found, Draft), found


def test_records_below_a_text_are_a_part_of_it() -> None:
    found = _found(html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}{WANTED}"))
    assert isinstance(found, Draft), found
    assert found.body.startswith(FIRST)


def test_days_in_one_column_of_a_table_are_none_of_issue() -> None:
    found = _found(html(f"<h1>{HEADLINE}</h1>{PROSE}{HEARINGS}"))
    assert isinstance(found, Draft), found
    assert not found.dates


@pytest.mark.parametrize(
    "period",
    ["11.03.2024 - 15.03.2024", "March 11, 2024 to March 15, 2024", "11 mars 2024 au 15 mars 2024"],
)
def test_a_period_beside_the_headline_is_no_day_of_issue(period: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1><p>{period}</p><p>3 May 2024</p><p>{FIRST}</p><p>{LAST}</p>")
    found = _found(page)
    assert isinstance(found, Draft), found
    assert found.dates[0].date == "2024-05-03"
