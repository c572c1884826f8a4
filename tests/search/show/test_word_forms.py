"""Word forms: as texts write them, most often, and not as headings shout them."""

from __future__ import annotations

import pytest

from index.text.folding import fold
from index.text.stemming import stems
from search.show.word_forms import word_forms


@pytest.mark.parametrize(
    ("texts", "term", "form"),
    [
        (["Medicare pays. Medicare’s rules."], "medicar", "Medicare"),
        (["Farmers sow. The farmers reap; farmers rest."], "farmer", "farmers"),
        (["A farmer's field.", "FARMERS, FARMERS", "one farmer"], "farmer", "farmer"),
        (["AMTRAKS stop: Amtraks"], "amtrak", "Amtraks"),
        (["“NOAA” says (NOAA)"], "noaa", "NOAA"),
        (["O'Connor's rulings"], "oconnor", "O'Connor"),
        (["Don't wait"], "dont", None),
        (["Obama-Lugar"], "obamalugar", None),
        (["Senator (D-NY)"], "ny", None),
        (["New York, NY 10001"], "ny", "NY"),
        (["write to press@firegrants.example"], "firegrants", None),
        (["FOR RELEASESeptember"], "releaseseptemb", None),
        (["on Monday in June, with the others"], "june", None),
        (["on Monday in June"], "monday", None),
        (["ill at ease"], "zzz", None),
    ],
)
def test_the_form_used_most(texts: list[str], term: str, form: str | None) -> None:
    assert word_forms(texts, "en", [term]) == ({term: form} if form else {})


def test_languages_have_their_own_stems_and_chinese_its_words() -> None:
    assert word_forms(["Les ministres parlent."], "fr", ["ministr@fr", "ministr"]) == {
        "ministr@fr": "ministres"
    }
    found = word_forms(["海港處公布渡輪時間。"], "zh-Hant", ["渡轮", "轮时", "时间"])
    assert found == {"渡轮": "渡輪", "时间": "時間"}


def test_a_stem_that_is_not_plain_is_met_by_its_plain_form() -> None:
    """The Turkish stemmer makes `sonuç` of `sonuc`; the index holds stems folded."""
    assert word_forms(["Yeni sonuc duyuruldu."], "tr", ["sonuc@tr"]) == {"sonuc@tr": "sonuc"}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("nl", "gevonden"),
        ("id", "dipikirkan"),
        ("ar", "\u0627\u0644\u0648\u0632\u0627\u0631\u0629"),
        ("en", "dying"),
        ("en", "skies"),
        ("en", "cry"),
        ("en", "agencies"),
        ("en", "hoped"),
        ("en", "law"),
        ("fr", "ministères"),
        ("ga", "bhfoireann"),
        ("sr", "министарство"),
        ("pl", "szpitale"),
        ("ca", "escoles"),
    ],
)
def test_a_word_is_found_however_little_it_begins_like_its_stem(language: str, word: str) -> None:
    stem = stems([fold(word)], language)[0]
    assert word_forms([f"{word} {word}"], language, [stem, "zzz"]) == {stem: word}
