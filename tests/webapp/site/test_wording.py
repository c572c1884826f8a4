"""The words of the interface: no sentence that was once replaced comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

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
