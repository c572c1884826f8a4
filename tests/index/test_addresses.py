"""Addresses that are none: split and joined without an error, and no document is refused for one."""

from __future__ import annotations

import time
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.addresses import is_web_address, join_address, split_address
from index.identity import MAX_HOST, canonical_address
from index.ingest.candidate import Candidate, candidates
from index.ingest.completion import CompletionOptions
from index.sources.draft import Document

NO_ADDRESSES = ("http://[x", "//[", "http://a:b/", "http://a:99999999/", "http://\u2100.example/")
TEXT = "The Harbour Office reopened the pier on Friday after nine weeks of repairs. " * 3
PIECES = st.lists(
    st.sampled_from(
        ("http:", "//", "[", "]", "a.example", ":", "80", "/", "?", "#", "@", "\u2100")
    ),
    max_size=8,
).map("".join)


@given(PIECES, PIECES)
def test_every_text_is_split_and_joined(base: str, link: str) -> None:
    """As the standard library does where it can, with empty parts where it cannot."""
    joined, parts = join_address(base, link), split_address(link)
    try:
        assert joined == urljoin(base, link)
    except ValueError:
        assert joined == (link if is_web_address(link) else ""), "a whole link needs no base"
    try:
        _ = urlsplit(link).port
    except ValueError:
        assert not any(parts)
    else:
        assert parts == urlsplit(link)


@pytest.mark.parametrize(
    "address", [*NO_ADDRESSES, "", "a.example", "//a.example/", "ftp://a.example/", "http:///a",
                "https://", "javascript:x", "http://\udcff.example/", "http://a.example/\ud800"]
)  # fmt: skip
def test_what_cannot_be_asked_for_is_no_address_of_the_web(address: str) -> None:
    assert not is_web_address(address)


@pytest.mark.parametrize(
    "address", ["http://a", "HTTPS://A.example:8443/ü?#", "http://[::1]:80/", "http://port.例"]
)
def test_what_can_be_asked_for_is_one(address: str) -> None:
    assert is_web_address(address)


FORMS = {
    "a.html": "<title>Harbour Office</title><h1><a href='ADDRESS'>Harbour Office</a></h1>"
    "<h2>Pier reopens after repairs</h2><p>TEXT</p>",
    "b.html": "<base href='ADDRESS'><link rel=canonical href='ADDRESS'>"
    "<h1>Pier reopens</h1><p>TEXT</p>",
    "c.xml": "<rss version='2.0'><channel><title>T</title><link>ADDRESS</link><item>"
    "<title>Pier reopens</title><link>ADDRESS</link><description>TEXT</description></item>"
    "</channel></rss>",
    "d.json": '{"title": "Pier reopens", "body": "TEXT", "url": "/a",'
    ' "from": {"site": [{"web_url": "https://["}], "home": [{"web_url": "ADDRESS"}]}}',
}


@pytest.mark.parametrize("address", NO_ADDRESSES)
@pytest.mark.parametrize("name", FORMS)
def test_no_document_is_refused_for_an_address(name: str, address: str) -> None:
    content = FORMS[name].replace("ADDRESS", address).replace("TEXT", TEXT)
    found = candidates(Document(name=name, data=content.encode()), CompletionOptions())
    assert [type(each) for each in found] == [Candidate]


@pytest.mark.parametrize("host", ["www." * 50_000, "ü." * 50_000, "a\u0301\u0323" * 50_000])
def test_a_host_has_the_length_of_a_name(host: str) -> None:
    start = time.process_time()
    assert canonical_address(f"http://{host}/1") is None
    assert time.process_time() - start < 2, "`www.` took the square of its length: five seconds"
    longest = "a" * (MAX_HOST - 4) + ".gov"
    assert canonical_address(f"http://{longest}/1") == f"{longest}/1"
    assert canonical_address(f"http://a{longest}/1") is None
