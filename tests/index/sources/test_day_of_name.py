"""The day in a file's name: where nothing else states one."""

from __future__ import annotations

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Draft
from index.sources.reading import read_document

HEADLINE = "Pier 4 closes for repairs"
TEXT = "The Harbour Board will close Pier 4 for repairs. Ferries use Pier 6 until the work ends."
PAGE = f"<html><title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><p>{TEXT}</p></body></html>"
DAY = "2024-03-05"


def draft(name: str, text: str) -> Draft:
    (found,) = read_document(Document(name=name, data=text.encode()), ReadOptions())
    assert not hasattr(found, "reason"), found
    return found.draft  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name",
    ["2024-03-05-pier.html", "20240305_pier.html", "old/2024.03.05.html", "a.zip!2024_03_05.html"],
)
def test_a_page_without_a_day_has_that_of_its_name(name: str) -> None:
    assert [each.date for each in draft(name, PAGE).dates] == [DAY]


@pytest.mark.parametrize(
    "name",
    [
        "pier-2024-03-05.html",
        "20240305123000.html",
        "2024-13-05.html",
        "2024-0305.html",
        "2024-03-05/pier.html",
    ],
)
def test_other_numbers_are_no_day(name: str) -> None:
    assert draft(name, PAGE).dates == ()


def test_a_plain_text_with_the_day_in_its_name_alone_is_read() -> None:
    assert draft("2024-03-05 pier.txt", f"{HEADLINE}\n\n{TEXT}\n\n{TEXT}\n").dates[0].date == DAY


def test_a_day_that_is_stated_goes_before_that_of_the_name() -> None:
    dated = PAGE.replace("<p>", "<p>4 March 2024</p><p>", 1)
    assert draft(f"{DAY}.html", dated).dates[0].date == "2024-03-04"
    told = PAGE.replace("<p>", "<p>PORT HALE, March 4, 2024 – ", 1)
    assert DAY not in [each.date for each in draft(f"{DAY}.html", told).dates]
