"""Pages that were saved keep the address that they were saved from."""

from __future__ import annotations

import pytest

from index.ingest.completion import complete
from index.sources import ReadOptions
from index.sources.draft import Document
from index.sources.reading import ReadDraft, read_document

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
