"""Pages that were saved keep the address that they were saved from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.completion import complete
from index.sources import ReadOptions
from index.sources.draft import Document
from index.sources.reading import ReadDraft, read_document
from index.sources.saved_page import with_address

PAGE = (
    "<html><head><title>Pier 4 reopens</title>{}</head><body><h1>Pier 4 reopens</h1>"
    "<p>14 March 2023</p><p>The Harbour Office reopened the pier on Friday after nine weeks of "
    "repairs.</p></body></html>"
)
ADDRESS = "https://port.example/news/4"


def address(mark: str, head: str = "", **known: str) -> str | None:
    document = Document(name="a.html", data=(mark + PAGE.format(head)).encode(), **known)
    (found,) = read_document(document, ReadOptions())
    assert isinstance(found, ReadDraft)
    return complete(found.draft, found.document).release.url


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n", ADDRESS),
        (f"<!DOCTYPE html>\n<!-- saved from url=(0022){ADDRESS} -->\n", ADDRESS),
        (
            (
                f"<!DOCTYPE html> <!--\n Page saved with SingleFile \n url: {ADDRESS} \n "
                "saved date: Thu Mar 16 2023 07:00:00 GMT+0000\n-->"
            ),
            ADDRESS,
        ),
        (
            (
                "<!-- Mirrored from port.example/news/4 by HTTrack Website Copier/3.x [XR&CO'2014], "
                "Thu, 16 Mar 2023 07:00:00 GMT -->\n"
            ),
            "http://port.example/news/4",
        ),
        ("<!-- saved from url=(0014)about:internet -->\n", None),
        ("<!-- saved from url=(0030)javascript:alert(1) -->\n", None),
        ("", None),
    ],
)
def test_marks(mark: str, expected: str | None) -> None:
    assert address(mark) == expected


def test_what_the_page_or_the_capture_states_comes_first() -> None:
    mark = f"<!-- saved from url=(0027){ADDRESS}?from=feed -->\n"
    assert address(mark, f'<link rel="canonical" href="{ADDRESS}">') == ADDRESS
    assert address(mark, url="https://port.example/captured") == "https://port.example/captured"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/srv/port.example/news/4.html", "https://port.example/news/4.html"),
        ("port.example/news/index.html", "https://port.example/news/"),
        ("port.example/index.html", "https://port.example/"),
        ("m/www.gov.xk/a b/ü.html", "https://www.gov.xk/a%20b/%C3%BC.html"),
        ("m/http/port.example:8080/news?id=4&l=en", "http://port.example:8080/news?id=4&l=en"),
        ("m/https/port.example/news?id=4.html", "https://port.example/news?id=4"),
        ("m/port.example+8080/news@id=4.html", "https://port.example:8080/news?id=4"),
        ("mirror.zip!port.example/news/4.html", "https://port.example/news/4.html"),
        ("/srv/backup.example.org/port.example/4.html", "https://port.example/4.html"),
        ("/srv/releases.2023/4.html", None),
        ("/srv/port.example", None),
        ("/srv/Port.Example/4.html", None),
        ("/srv/site.bak/4.html", None),
    ],
)
def test_folders_that_wget_made_of_addresses(name: str, expected: str | None) -> None:
    assert with_address(Document(name=name, data=PAGE.encode())).url == expected


def test_only_pages_have_the_address_of_their_folder() -> None:
    for data in (b"date,headline,body", b"A headline\n14 March 2023\n\nText."):
        assert with_address(Document(name="port.example/a.csv", data=data)).url is None
    pdf = Document(name="port.example/a.pdf", data=b"%PDF-1.7")
    assert with_address(pdf).url == "https://port.example/a.pdf"


def test_a_mark_in_the_page_comes_before_its_folder() -> None:
    mark = f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n"
    page = Document(name="other.example/4.html", data=(mark + PAGE).encode())
    assert with_address(page, [("other.example", "https://third.example")]).url == ADDRESS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/srv/saved/4.html", "https://port.example/news/4.html"),
        ("/srv/saved/a/index.html", "https://port.example/news/a/"),
        ("/srv/saved", "https://port.example/news"),
        ("/srv/saved.zip/4.html", "https://here.example/srv/saved.zip/4.html"),
        ("news/4.html", "https://here.example/news/4.html"),
        ("/srv/all.zip!b/4.html", "https://town.example/b/4.html"),
    ],
)
def test_a_base_address_is_that_of_the_path(name: str, expected: str | None) -> None:
    bases = [
        ("/srv/saved/", "https://port.example/news"),
        ("/srv/all.zip", "https://town.example/"),
        (".", "https://here.example/"),
    ]
    assert with_address(Document(name=name, data=PAGE.encode()), bases).url == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_trips_it(name: str, place: str) -> None:
    document = Document(name=f"port.example/{name}", data=b"<html>")
    found = with_address(document, [(place, "https://town.example/")]).url
    assert found is None or found.startswith(("https://", "http://"))
