"""What scripts write in several ways is one to a searcher: no search ends at zero for the spelling."""

from __future__ import annotations

import pytest

from search import SearchRequest
from tests.search.search_corpus import Opened, make


@pytest.mark.parametrize(
    ("body", "language", "typed"),
    [
        ("في عام ٢٠٢١ بلغت النسبة ٤٠", "ar", "2021"),
        ("The office opened in 2021.", "en", "٢٠٢١"),
        ("در سال ۱۳۹۹ باز شد", "fa", "1399"),
        ("بندر شمالی باز شد", "fa", "شمالي"),
        ("کتابخانه باز شد", "fa", "كتابخانه"),
        ("کارها تمام می‌شود", "fa", "میشود"),
        ("ท่าเรือเปิดปี ๒๕๖๔", "th", "2564"),
        ("बंदरगाह २०२१ में खुला", "hi", "2021"),
        ("नई फ़ेरी", "hi", "फेरी"),
        ("נמל תל־צפון נפתח", "he", "תל צפון"),
        ("נמל תל־צפון נפתח", "he", "תלצפון"),
        ("Skrifstofan á Þórsnesi opnaði", "is", "Thorsnesi"),
        ("Il-port ta’ Ħalbajja", "mt", "Halbajja"),
        ("Şəmkir limanı açıldı", "az", "Semkir"),
        ("La col·lecció del port", "ca", "colleccio"),
        ("La coŀlecció del port", "ca", "col·lecció"),
        ("Ὁ λιμήν τῆς πόλεως ἤνοιξε", "el", "πόλεως"),
        ("The Hawaiʻi and O‘Hara piers", "en", "hawaii o'hara"),
        ("二○二一年三月一日起執行", "zh-Hant", "2021年3月1日"),
        ("The harbour office opened.", "en", "harbour \u064b"),
        ("The harbour office opened.", "en", "\u0301 harbour \u0940"),
    ],
)
def test_is_found_however_it_is_spelt(opened: Opened, body: str, language: str, typed: str) -> None:
    others = [make("other", "Other", "Nothing of the kind."), make("de", "Hafen", language="de")]
    engine = opened([make("it", "News", body, language=language), *others])
    assert [hit.release.id for hit in engine.every_hit(SearchRequest(typed))] == ["it"]


def test_initials_are_found_in_every_language(opened: Opened) -> None:
    engine = opened([
        make("en", "U.S. piers"),
        make("de", "Häfen der U.S. und der U S A", language="de"),
        make("us", "US"),
    ])  # fmt: skip
    assert {hit.release.id for hit in engine.every_hit(SearchRequest("U.S."))} == {"en", "de", "us"}
