"""Boxes for dates are the same in every form: a wrong date stays in its box and is named there."""

from __future__ import annotations

import pytest
from bs4 import Tag

from tests.webapp.conftest import Page

FORMS = ["/search?q=flood", "/trends?q=flood", "/terms?q=flood", "/zh-hant/terms?q=flood"]


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_date_stays_in_its_box_with_what_is_wrong_beside_it(page: Page, form: str) -> None:
    soup = page(f"{form}&from=2023-02-30&to=2023-06")
    start, end = (soup.find("input", id=name) for name in ("from", "to"))
    assert isinstance(start, Tag)
    assert isinstance(end, Tag)
    assert (start["value"], end["value"]) == ("2023-02-30", "2023-06")
    assert (start.get("aria-invalid"), end.get("aria-invalid")) == ("true", None)
    said = [soup.find(id=each) for each in str(start["aria-describedby"]).split()]
    assert all(said), "what a screen reader is led to is there"
    assert "2023-02-30" in said[0].get_text()  # type: ignore[union-attr]
    assert "2020" in said[-1].get_text(), "how a date is written"  # type: ignore[union-attr]


@pytest.mark.parametrize("form", [*FORMS, "/search/advanced"])
def test_each_box_has_one_name_and_an_example(page: Page, form: str) -> None:
    soup = page(form)
    for name in ("from", "to"):
        (box,) = soup.select(f"input[name={name}]")
        (label,) = soup.select(f"label[for={box['id']}]")
        assert label.get_text().strip()
        assert soup.find(id=str(box["aria-describedby"]))
