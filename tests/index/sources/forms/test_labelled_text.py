"""Plain texts and Markdown whose first lines, or names, state what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.forms import labelled_text
from index.sources.reader import Opened
from index.sources.reading import SITEMAP, read_document
from tests.timing import processor_time

TEXT = (
    "The Postal Department issues a stamp in honour of lighthouse keepers.\n\n"
    "It can be bought at every post office.\n"
)


def read(name: str, text: str) -> Draft | Refusal:
    (found,) = read_document(Document(name=name, data=text.encode()), ReadOptions())
    return found if isinstance(found, Refusal) else found.draft


@pytest.mark.parametrize(
    "top",
    [
        (
            "Title: A stamp for keepers\nDate: 15 June 2020\nAgency: Postal Department\n"
            "URL: https://post.example/45\n\n"
        ),
        (
            "#+TITLE: A stamp for keepers\n#+DATE: <2020-06-15 Mon>\n#+AUTHOR: Postal Department\n"
            "#+OPTIONS: toc:nil\n#+LINK: https://post.example/45\n\n"
        ),
        (
            "===================\n A stamp for keepers\n===================\n\n:Date: 2020-06-15\n"
            ":Organization: Postal Department\n:url: https://post.example/45\n\n"
        ),
        (
            "A stamp for keepers\n###################\n\n:date: 2020-06-15 10:20\n:category: News\n"
            ":author: Postal Department\n:link: https://post.example/45\n\n"
        ),
        (
            "\ufeffTITULO: A stamp for keepers\r\nFECHA: 15/06/2020\r\nDEPENDENCIA: Postal Department\r\n"
            "ENLACE: https://post.example/45\r\n\r\n"
        ),
        (
            "标题：A stamp for keepers\n发布日期：2020年6月15日\n发布机构：Postal Department\n"
            "链接：https://post.example/45\nText: "
        ),
        (
            "【发布时间】2020-06-15\n【发布机构】Postal Department\n【标题】A stamp for keepers\n"
            "【链接】https://post.example/45\n【正文】\n"
        ),
    ],
)
def test_lines_that_name_the_fields_of_a_text(top: str) -> None:
    draft = read("a.txt", top + TEXT)
    assert isinstance(draft, Draft)
    assert draft.headline == "A stamp for keepers"
    assert draft.dates[0].date == "2020-06-15"
    assert draft.stated_agency == "Postal Department"
    assert draft.url == "https://post.example/45"
    assert draft.body == TEXT.strip()


def test_a_headline_with_a_colon_names_no_field() -> None:
    draft = read("a.txt", f"Stamps: a new one for keepers\n15 June 2020\n\n{TEXT}")
    assert isinstance(draft, Draft)
    assert draft.headline == "Stamps: a new one for keepers"


def test_markdown_without_a_day_has_that_of_its_name_and_its_headline_once() -> None:
    text = f"---\ntitle: A stamp for keepers\n---\n# A stamp for keepers\n\n{TEXT}"
    draft = read("news/2020-06-15-a-stamp.md", text)
    assert isinstance(draft, Draft)
    assert [date.date for date in draft.dates] == ["2020-06-15"]
    assert draft.body == TEXT.strip()


def test_a_sitemap_is_named_as_one() -> None:
    text = (
        '<?xml version="1.0"?><urlset xmlns="a"><url><loc>https://a.example/1</loc></url></urlset>'
    )
    refusal = read("sitemap.xml", text)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == SITEMAP


@given(st.text(max_size=60), st.text("abc:：\n ", max_size=60))
def test_no_text_makes_it_raise(top: str, text: str) -> None:
    found = read_document(
        Document(name="a.txt", data=f"Title: {top}\nDate: {text}\n\n{text}".encode()), ReadOptions()
    )
    assert all(not isinstance(each, Refusal) or each.reason for each in found)


def test_a_text_of_many_fields_is_looked_at_no_further_than_the_limit() -> None:
    text = "Title: a\nDate: 2020-06-15\n" * 200_000
    opened = Opened(Document(name="a.txt", data=text.encode()))
    assert len(opened.text) == len(text)
    assert processor_time(lambda: labelled_text.READER.recognise(opened)) < 1


@pytest.mark.parametrize("begin", ["\\documentclass{article}\n", "-----BEGIN PGP MESSAGE-----\n\n"])
def test_the_text_of_a_program_is_no_release(begin: str) -> None:
    found = read("a.txt", f"{begin}A stamp for keepers\n15 June 2020\n\n{TEXT}")
    assert isinstance(found, Refusal)
