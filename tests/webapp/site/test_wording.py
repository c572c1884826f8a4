"""The words of the interface: no sentence that was once replaced comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

import webapp
from webapp.site import catalogues
from webapp.site.languages import ENGLISH, LANGUAGES, Language

OLD = set(Path(__file__).with_name("old_sentences.txt").read_text("utf-8").splitlines())
"""Sentences that read badly, each replaced by a better one; a replaced one belongs here too."""


def test_no_replaced_sentence_is_said_again() -> None:
    said = {
        text
        for message in catalogues.sentences()
        if message.id
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    assert len(said) > 200
    assert said & OLD == set()


@pytest.mark.parametrize(
    "language", [each for each in LANGUAGES if each is not ENGLISH], ids=lambda each: each.tag
)
def test_no_replaced_translation_is_said_again(language: Language) -> None:
    said = {message.string for message in catalogues.read_catalogue(language) if message.id}
    assert len(said) > 200
    assert said & OLD == set()


@pytest.mark.parametrize("prefix", [each.prefix for each in LANGUAGES])
def test_nothing_is_told_as_nothing_and_parts_as_percentages(
    client: FlaskClient, prefix: str
) -> None:
    """Not `0 releases`, not `0 new since`, and of a share no part of a thousand."""
    nothing = BeautifulSoup(client.get(f"{prefix}/search?q=zebra&from=1990&to=1991").text, "lxml")
    assert nothing.h1
    assert not re.search(r"\d", nothing.h1.get_text())
    news = BeautifulSoup(client.get(f"{prefix}/search?q=flood&seen=2030-05").text, "lxml")
    told = news.select_one(".news strong")
    assert told
    assert "0" not in told.get_text().replace("2030", "")
    shares = BeautifulSoup(client.get(f"{prefix}/search?q=flood").text, "lxml")
    assert shares.select(".rate")
    assert "‰" not in shares.get_text()


@pytest.mark.parametrize(("tag", "other"), [("zh-Hant", "新聞稿"), ("zh-Hans", "新闻公报")])
def test_a_release_is_called_by_one_word(tag: str, other: str) -> None:
    """In Hong Kong a press release is 新聞公報, on the mainland 新闻稿."""
    (language,) = (each for each in LANGUAGES if each.tag == tag)
    texts = [str(message.string) for message in catalogues.read_catalogue(language)]
    assert [text for text in texts if other in text] == []


def test_no_replaced_sentence_stands_in_a_template() -> None:
    templates = sorted(Path(webapp.__file__).parent.glob("templates/*.html"))
    found = [
        (path.name, old)
        for path in templates
        for text in [path.read_text("utf-8")]
        for old in OLD
        if (old if "<code>" in old else f'_("{old}")') in text
    ]
    assert templates
    assert found == []
