"""The concordance of a search: its lines, their orders, and its CSV."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webapp.conftest import Page
from tests.webapp.press_room import press_room, write
from webapp import create_app


def cells(page: Page, address: str, selector: str) -> list[str]:
    return [each.get_text(" ", strip=True) for each in page(address).select(f".kwic {selector}")]


def test_every_line_has_the_words_and_leads_to_their_paragraph(page: Page) -> None:
    soup = page("/concordance?q=flood")
    links = soup.select(".kwic th a")
    assert links
    assert all(re.match("flood", link.get_text(), re.IGNORECASE) for link in links)
    release, _, paragraph = str(links[0]["href"]).partition("#")
    there = page(release).find(id=paragraph)
    assert there
    assert links[0].get_text() in there.get_text()


def test_lines_are_sorted_by_what_stands_on_a_side(page: Page) -> None:
    right = [
        text.lstrip(" ,.;:").casefold()
        for text in cells(page, "/concordance?q=flood&by=right", "td:last-child")
    ]
    assert right == sorted(right)
    left = [
        text.casefold().split()[::-1]
        for text in cells(page, "/concordance?q=flood&by=left", "td.left")
    ]
    assert left == sorted(left)
    assert len(set(map(tuple, left))) > 1


def test_pages_hold_all_lines_once(page: Page) -> None:
    status = page("/concordance?q=the").find(attrs={"role": "status"})
    assert status
    total = int(re.search(r"Places: ([\d,]+)", status.get_text())[1].replace(",", ""))  # type: ignore[index]
    address, shown = "/concordance?q=the", 0
    while address:
        soup = page(address)
        shown += len(soup.select(".kwic tbody tr"))
        onward = soup.select_one("a[rel~=next]")
        address = str(onward["href"]) if onward else ""
    assert shown == total


def test_the_csv_has_the_lines_of_all_pages(client: FlaskClient, page: Page) -> None:
    rows = list(
        csv.DictReader(client.get("/concordance.csv?q=flood").text.lstrip("\ufeff").splitlines())
    )
    assert [row["match"] for row in rows][:40] == cells(page, "/concordance?q=flood", "th a")
    assert client.get("/concordance.csv?q=flood&by=up").status_code == 400


def test_of_many_releases_it_says_which_were_read_and_leads_to_the_older_ones(
    tmp_path: Path,
) -> None:
    first = press_room()[0]
    days = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 22)]
    write(tmp_path / "index", [replace(first, id=day, date=day, body="A ferry.") for day in days])
    reader = create_app({"index": str(tmp_path / "index")}).test_client()
    address, read = "/concordance?q=ferry", 0
    while address:
        soup = BeautifulSoup(reader.get(address).text, "lxml")
        status = soup.select_one("main [role=status]")
        assert status
        read += 1
        older = status.find("a", string=re.compile("Older releases"))
        assert ("in the newest 100 of" in status.get_text()) == bool(older)
        address = str(older["href"]) if older else ""  # type: ignore[index]
    assert read == 3  # of 252 days two are read twice


def test_results_lead_to_their_concordance_and_back(page: Page) -> None:
    soup = page("/search?q=flood&agency=water-board")
    link = soup.find("a", string="Concordance")
    assert link
    assert link["href"] == "/concordance?q=flood&agency=water-board"  # type: ignore[index]
    back = page(str(link["href"])).find("a", string="Back to results")  # type: ignore[index]
    assert back
    assert back["href"] == "/search?q=flood&agency=water-board"  # type: ignore[index]


def test_without_words_there_is_a_box(page: Page) -> None:
    soup = page("/concordance")
    assert soup.select_one("form[role=search] input[name=q]")
    assert not soup.select(".kwic")
    assert page("/concordance?q=zzzz&by=up&page=x&quoted=1").select(".notices li")
