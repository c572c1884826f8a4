"""A briefing: the same releases, passages and citations as a page and as a Word document."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import mammoth
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree

from index.sources import ReadOptions
from index.sources.draft import Document
from index.sources.reading import ReadDraft, read_document
from search import Engine, SearchRequest
from tests.webapp.conftest import Page
from tests.webapp.press_room import press_room, write
from webapp import create_app
from webapp.exports.briefing_docx import MEDIA_TYPE
from webapp.presenters.briefing import MAX_ON_REQUEST, MAX_RELEASES

QUERIES = ["q=flood", "q=flood&sort=oldest", "q=north+shore&agency=water-board", ""]


@pytest.mark.parametrize("query", QUERIES)
def test_it_has_the_first_releases_of_the_search_in_its_order(
    client: FlaskClient, page: Page, query: str
) -> None:
    found = client.get(f"/search.json?{query}&per_page=50").get_json()
    items = page(f"/briefing?{query}").select(".briefing > li")
    assert len(items) == min(len(found["hits"]), MAX_RELEASES) > 3
    for item, hit in zip(items, found["hits"], strict=True):
        link = item.select_one("h2 a")
        assert link
        assert link["href"] == hit["path"]
        passages = ["".join(map(str, each.contents)) for each in item.select(".snippet")]
        assert passages == [
            "".join(map(str, BeautifulSoup(f"<p>{each}</p>", "lxml").p.contents))  # type: ignore[union-attr]
            for each in hit["snippets"]
        ]
        cited = item.select_one(".cited")
        assert cited
        assert (
            cited.get_text() == client.get(f"/release/{hit['path'].split('/')[2]}.txt").text.strip()
        )


@pytest.mark.parametrize("query", QUERIES)
def test_the_word_document_says_what_the_page_says(
    client: FlaskClient, page: Page, query: str
) -> None:
    answer = client.get(f"/briefing.docx?{query}")
    assert answer.mimetype == MEDIA_TYPE
    read = mammoth.convert_to_html(io.BytesIO(answer.data))
    assert [each.message for each in read.messages if each.type == "error"] == []
    soup, shown = BeautifulSoup(read.value, "lxml"), page(f"/briefing?{query}")
    texts = [squeezed(each.get_text()) for each in soup.find_all(["p", "h1"])]
    for number, item in enumerate(shown.select(".briefing > li"), 1):
        said = item.select_one("h2"), *item.select(".snippet"), item.select_one(".cited")
        wanted = [squeezed(each.get_text()) for each in said if each]
        wanted[0] = f"{number}. {wanted[0]}"
        assert [each for each in wanted if each not in texts] == []
    marked = {squeezed(each.get_text()) for each in shown.select(".briefing mark")}
    assert {squeezed(each.get_text()) for each in soup.find_all("strong")} >= marked


def test_its_parts_are_those_of_the_standard(client: FlaskClient) -> None:
    answer = client.get("/briefing.docx?q=script")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    types = {each.get("PartName") for each in parts["[Content_Types].xml"]} - {None}
    assert types == {"/word/document.xml", "/word/styles.xml"}
    named = {each.get("Target") for each in parts["_rels/.rels"]}
    assert named == {"word/document.xml"}
    styles = set(
        parts["word/styles.xml"].xpath("//*[local-name()='style']/@*[local-name()='styleId']")
    )
    used = set(parts["word/document.xml"].xpath("//*[local-name()='pStyle']/@*"))
    assert used <= styles
    assert client.get("/briefing.docx?q=script").data == answer.data
    tags = {etree.QName(each).localname for each in parts["word/document.xml"].iter()}
    assert tags <= {
        "document",
        "body",
        "p",
        "pPr",
        "pStyle",
        "r",
        "rPr",
        "b",
        "t",
        "sectPr",
        "pgMar",
    }


def test_our_own_reader_opens_it(client: FlaskClient) -> None:
    data = client.get("/briefing.docx?q=flood").data
    (found,) = read_document(Document(name="briefing.docx", data=data), ReadOptions())
    assert isinstance(found, ReadDraft)
    assert "Work number" in found.draft.body


def test_all_releases_are_had_on_request(tmp_path: Path, client: FlaskClient, page: Page) -> None:
    releases = [
        replace(press_room()[0], id=f"r{number}", body=f"Ferry {number}.")
        for number in range(MAX_ON_REQUEST + 2)
    ]
    releases[-1] = replace(releases[-1], body="Ferry, and a bell.")
    releases[: MAX_RELEASES + 1] = [
        replace(each, body=each.body + " Bell.") for each in releases[: MAX_RELEASES + 1]
    ]
    write(tmp_path / "index", releases)
    reader = create_app({"index": str(tmp_path / "index")}).test_client()

    def listed(address: str) -> tuple[int, str, str]:
        soup = BeautifulSoup(reader.get(address).text, "lxml")
        more = soup.select_one(".take a[href*='all=1'][href^='/briefing?']")
        return (
            len(soup.select(".briefing > li")),
            more.get_text() if more else "",
            str(more and more["href"]),
        )

    total = MAX_RELEASES + 2
    assert listed("/briefing?q=bell&copies=1") == (
        MAX_RELEASES, f"All {total} releases", "/briefing?q=bell&copies=1&all=1"
    )  # fmt: skip
    assert listed("/briefing?q=bell&copies=1&all=1")[:2] == (total, "")
    assert listed("/briefing?q=ferry&copies=1")[1] == f"The first {MAX_ON_REQUEST} releases"
    assert listed("/briefing?q=ferry&copies=1&all=1")[:2] == (MAX_ON_REQUEST, "")
    moved = reader.get("/briefing?all=1&q=bell")
    assert moved.headers["Location"] == "/briefing?q=bell&all=1"
    data = reader.get("/briefing.docx?q=bell&copies=1&all=1").data
    text = mammoth.extract_raw_text(io.BytesIO(data)).value
    assert f"{total}. " in text
    assert not page("/briefing?q=flood").select(".take a[href*='all=1']")


def test_filters_are_tidy_and_wrong_ones_refused(
    client: FlaskClient, page: Page, engine: Engine
) -> None:
    moved = client.get("/briefing?sort=oldest&q=flood&per_page=20&page=2")
    assert moved.headers["Location"] == "/briefing?q=flood&sort=oldest"
    assert client.get("/briefing.docx?q=flood&colour=red").status_code == 400
    assert page("/briefing?q=flood&colour=red").select(".notices li")
    assert page("/briefing?q=zzzz").select(".briefing > li") == []
    count = engine.count(SearchRequest("flood"))
    status = page("/briefing?q=flood").find(attrs={"role": "status"})
    assert status
    assert f"of {count} releases, relevance" in status.get_text()
    link = page("/search?q=flood&sort=oldest&page=2").find("a", string="Briefing to print")
    assert link
    assert link["href"] == "/briefing?q=flood&sort=oldest"  # type: ignore[index]


def squeezed(text: str) -> str:
    return " ".join(text.split())
