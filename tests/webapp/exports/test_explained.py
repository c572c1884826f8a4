"""What a score is made of, on the page, in JSON and on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Page
from webapp.cli.main import main

ADDED = re.compile(r"Score ([\d.]+) = (.+)")


def adds_up(said: str) -> bool:
    found = ADDED.search(said)
    assert found is not None
    parts = [float(each.split()[0]) for each in found[2].split(" + ")]
    return abs(sum(parts) - float(found[1])) <= 0.005 * (len(parts) + 1)


def test_the_page_explains_and_leads_there_and_back(page: Page) -> None:
    plain = page("/search?q=ferry+shore")
    (why,) = [a for a in plain.select(".order a") if a.get_text() == "Why this order?"]
    assert why["href"] == "/search?q=ferry+shore&explain=1"
    assert "Score" not in plain.select_one(".hits").get_text()
    explained = page(str(why["href"]))
    said = [each.get_text() for each in explained.select(".hits .about") if "=" in each.get_text()]
    assert len(said) == 10
    assert all(map(adds_up, said))
    assert "headline 1, text 1" in said[0]
    (back,) = [a for a in explained.select(".order a") if a.get_text() == "Hide scores"]
    assert back["href"] == "/search?q=ferry+shore"
    assert "Why this order?" not in page("/search?q=ferry&sort=newest").get_text()


def test_json_explains_where_it_is_asked_to(client: FlaskClient) -> None:
    for hit in client.get("/search.json?q=ferry+shore&explain=1").get_json()["hits"]:
        parts = hit["explanation"]
        assert sum(part["score"] for part in parts) == pytest.approx(hit["score"])
        assert set(parts[0]) == {"kind", "words", "fields", "weight", "score"}
        assert set(parts[0]["fields"][0]) == {"field", "count"}
    (hit, *_) = client.get("/search.json?q=ferry").get_json()["hits"]
    assert "explanation" not in hit


def test_the_command_line_explains(index_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "--index", str(index_folder), "--explain", "ferry", "shore"])
    said = [line for line in capsys.readouterr().out.splitlines() if "Score" in line]
    assert len(said) == 10
    assert all(map(adds_up, said))
