"""A passage of a release as a page to quote: a paragraph, or a sentence of a long one."""

from __future__ import annotations

import re
from itertools import product

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.release import Release
from tests.webapp.conftest import Page
from tests.webapp.press_room import WATER, press_room, write
from webapp import create_app
from webapp.presenters.quotation import MAX_QUOTED
from webapp.site.links import Links

HOSTILE = next(each for each in press_room() if each.headline.startswith("<script>"))
SPEECH = [
    f"Sentence {number} of the harbour master says that the {what} is closed."
    for number, what in enumerate(["quay", "bridge", "lock"] * 4, 1)
]
UNBROKEN = " ".join(map("".join, product("bdfgk", "aeiou", "lmnrs", "aeio")))


@pytest.fixture(scope="module")
def of_one_block(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("one-block") / "index"
    about = {"headline": "On the harbour", "language": "en", "agency": WATER}
    write(
        folder,
        [
            Release(id="speech", body=" ".join(SPEECH), **about),  # type: ignore[arg-type]
            Release(id="unbroken", body=UNBROKEN, **about),  # type: ignore[arg-type]
            Release(id="short", body=f"{SPEECH[0]} {SPEECH[1]}", **about),  # type: ignore[arg-type]
        ],
    )
    return create_app({"index": str(folder)}).test_client()


def quoted_in(client: FlaskClient, address: str) -> str:
    pre = BeautifulSoup(client.get(address).text, "lxml").select_one("#quote-plain")
    assert pre, address
    return pre.get_text().split("\n")[0]


def test_a_text_of_one_block_is_quoted_by_the_sentence_that_matched(
    of_one_block: FlaskClient,
) -> None:
    release = BeautifulSoup(
        of_one_block.get("/release/speech?q=lock&at=1", follow_redirects=True).text, "lxml"
    )
    link = release.select_one(".tools a")
    assert link
    assert link["href"] == "/release/speech/quote/1/3"
    assert quoted_in(of_one_block, str(link["href"])) == f"“{SPEECH[2]}”"
    assert quoted_in(of_one_block, "/release/speech/quote/1") == f"“{SPEECH[0]}”"
    assert quoted_in(of_one_block, "/release/short/quote/1") == f"“{SPEECH[0]}”"


def test_from_a_quoted_sentence_links_lead_to_those_beside_it(of_one_block: FlaskClient) -> None:
    address, said = "/release/speech/quote/1", []
    while address:
        said.append(quoted_in(of_one_block, address))
        following = BeautifulSoup(of_one_block.get(address).text, "lxml").select_one("a[rel~=next]")
        address = str(following["href"]) if following else ""
    assert said == [f"“{each}”" for each in SPEECH]
    assert of_one_block.get("/release/speech/quote/1/13").status_code == 404


def test_no_quotation_is_a_whole_long_text_and_none_cuts_a_word(of_one_block: FlaskClient) -> None:
    address, said = "/release/unbroken/quote/1", []
    while address:
        said.append(quoted_in(of_one_block, address))
        assert len(said[-1]) <= MAX_QUOTED * 9 / 8 + 6
        following = BeautifulSoup(of_one_block.get(address).text, "lxml").select_one("a[rel~=next]")
        address = str(following["href"]) if following else ""
    assert " ".join(each.strip("“”… ") for each in said) == UNBROKEN
    assert said[0].endswith(" …”")
    assert said[-1].startswith("“… ")


def test_a_paragraph_is_a_page_to_quote(client: FlaskClient, page: Page) -> None:
    soup = page("/release/R004")
    link = soup.select_one("#p2 .tools a")
    assert link
    assert str(link["href"]) == "/release/R004/quote/2"
    quote = page(str(link["href"]))
    plain = quote.select_one("#quote-plain")
    assert plain
    words, said, address = plain.get_text().split("\n")
    assert words.startswith("“Work number 4 begins at dawn")
    assert "Water Board, “Notice 4 on the reservoir of the north shore”" in said
    assert address == "https://press.example/release/R004#p2"
    assert client.get("/release/R004/quote/2").headers["X-Robots-Tag"] == "noindex"
    for missing in ("/release/R004/quote/3", "/release/none/quote/1"):
        assert client.get(missing).status_code == 404
    assert client.get("/release/old-bridge/quote/1").status_code == 301


def test_markdown_of_a_quotation_says_the_words(page: Page) -> None:
    quote = page(Links().release_id(HOSTILE.id) + "/quote/1")
    markdown = quote.select_one("#quote-markdown").get_text()  # type: ignore[union-attr]
    assert markdown.startswith("> \\<img src=x onerror=alert(1)\\> flood")
    assert not re.search(r"(?<!\\)<(?!https://press\.example/)", markdown)
