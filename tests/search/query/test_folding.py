"""What scripts write in several ways is one to a searcher: no search ends at zero for the spelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search import Engine, SearchRequest, open_engine
from tests.search.search_corpus import Opened, ids_found, make, write

SPELLINGS = [
    # digits of other scripts
    ("en", "1981", "١٩٨١"), ("ar", "١٩٨٢", "1982"), ("fa", "۱۳۶۱", "1361"), ("hi", "१९८४", "1984"),
    ("bn", "১৯৮৫", "1985"), ("ta", "௧௯௮௬", "1986"), ("my", "၁၉၈၇", "1987"), ("km", "១៩៨៨", "1988"),
    ("th", "๒๕๓๒", "2532"), ("lo", "໑໙໙໐", "1990"), ("ja", "１９９１", "1991"),
    # letters that Persian, Urdu and Arabic share under two codes, and points
    ("fa", "کشتی", "كشتي"), ("ar", "ملك", "ملک"), ("fa", "علی", "علي"), ("ur", "نہریں", "نهریں"),
    ("ar", "مدينة", "مدينه"), ("ar", "إدارة", "ادارة"), ("ar", "مُهَنْدِس", "مهندس"),
    # nukta, written as one character or two, or left out
    ("hi", "सड़क", "सड\u093cक"), ("hi", "बाज़ार", "बाजार"), ("pa", "ਖ਼ਬਰ", "ਖਬਰ"), ("bn", "বড়", "বড\u09bc"),
    # apostrophes that are letters
    ("en", "Hawai\u02bbi", "Hawai'i"), ("en", "O\u02bcMara", "O’Mara"), ("en", "\u02bbOpu", "Opu"),
    ("uz", "O\u02bbzbekiston", "O‘zbekiston"),
    # maqaf and points of Hebrew
    ("he", "בית־ספר", "בית ספר"), ("he", "תל־גבול", "תל-גבול"), ("he", "נָמָל", "נמל"),
    # letters that no decomposition makes plain
    ("is", "Þorlákur", "Thorlakur"), ("mt", "Ħaż-Żebbuġ", "Haz-Zebbug"), ("az", "Şəki", "Seki"),
    ("de", "Maßnahme", "Massnahme"), ("pl", "Łomża", "Lomza"),
    # the two dots of Catalan, typed as a full stop, too
    ("ca", "paral·lel", "parallel"), ("ca", "co\u0140legi", "col·legi"), ("ca", "il·lusió", "il.lusio"),
    # Greek with and without its accents
    ("el", "ἀρχή", "αρχη"), ("el", "ὁδός", "οδος"), ("el", "τῆς θαλάσσης", "της θαλασσης"),
    ("el", "τῷ λιμένι", "τω λιμενι"), ("el", "ᾨδεῖον", "Ωδείον"),
    # years and days in Chinese numerals
    ("zh-Hant", "二○○五年", "2005年"), ("zh-Hans", "二〇〇六年", "2006年"), ("ja", "二〇〇七年", "2007年"),
    ("zh-Hant", "一九九八年七月一日", "1998年7月1日"), ("zh-Hant", "民國一一二年", "民國112年"),
]  # fmt: skip
"""A language and two spellings of one thing in it."""


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each spelling in a release of its own, its number and `a` or `b` for its id."""
    folder = tmp_path_factory.mktemp("spelt") / "index"
    releases = [
        make(f"{number}{side}", "x", f"x {spelling} y", language=language)
        for number, (language, *both) in enumerate(SPELLINGS)
        for side, spelling in zip("ab", both, strict=True)
    ]
    write(folder, releases)
    engine = open_engine(folder)
    yield engine
    engine.close()


@pytest.mark.parametrize("number", range(len(SPELLINGS)), ids=[a for _, a, _ in SPELLINGS])
def test_either_spelling_finds_both(spelt: Engine, number: int) -> None:
    _, one, other = SPELLINGS[number]
    for typed in (one, other, f"x {one}", f"{other} \u0301"):
        assert ids_found(spelt, typed) == {f"{number}a", f"{number}b"}, typed


@pytest.mark.parametrize("mark", ["\u064b", "\u0301", "\u0940", "\u05b8", "\u093c"])
def test_a_mark_on_no_letter_asks_for_nothing(spelt: Engine, mark: str) -> None:
    every = spelt.count(SearchRequest("x"))
    assert every == 2 * len(SPELLINGS)
    assert spelt.count(SearchRequest(f"x {mark}")) == every
    assert spelt.count(SearchRequest(f"{mark} x")) == every


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
    assert ids_found(engine, "U.S.") == {"en", "de", "us"}
