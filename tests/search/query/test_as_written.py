"""Words are found as releases of their language write them, whoever left out accents or articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, make

TEXTS = {
    "fr": "La sécurité de l'hôpital; une école près du château. MINISTERE DE LA DEFENSE.",
    "es": "El señor alcalde viajó a Canadá; la información será pública.",
    "pt": "A população pede informações; a situação é grave.",
    "de": "Die Stadt zählt 1.234 Schiffe und 2,5 Brücken.",
    "it": "La qualità dell'isola; un'università per la città.",
    "tr": "Bakanlık yılında köprü onarımı duyurdu.",
    "ar": "أعلن الوزير في المملكة العربية المتحدة عن إصلاح الجسور.",
    "nb": "Havnen har 5 678 båter.",
    "pl": "Minister otworzył nowe szpitale; ścieżki rowerowe są bezpieczne.",
    "cs": "Ministerstva oznámila opravy silnic.",
    "lt": "Ligoninės gavo naują įrangą.",
    "et": "Haiglad said uued arstid.",
    "ga": "Bhí an bhfoireann sa Dáil.",
    "sr": "Министарство отвара нове болнице.",
    "hr": "Vlada gradi ceste i željeznice.",
    "fa": "دولت بیمارستان‌های استان را افتتاح کرد.",
    "en": "Senator D'Arcy visited Canada with a school resume.",
}
SAME = [
    ("fr", ["sécurité", "securite", "SÉCURITÉ", "se\u0301curite\u0301"]),
    ("fr", ["défense", "defense", "DEFENSE"]),
    ("fr", ["l'école", "l’école", "école", "ecole", "L'École", "d'école"]),
    ("fr", ["hôpital", "l'hôpital", "hopital", "d’hôpital"]),
    ("es", ["información", "informacion"]),
    ("es", ["pública", "publica"]),
    ("pt", ["população", "populacao"]),
    ("pt", ["informações", "informacoes"]),
    ("it", ["qualità", "qualita"]),
    ("it", ["isola", "l'isola", "dell'isola", "sull’isola"]),
    ("it", ["università", "universita", "l'università", "dell'università"]),
    ("de", ["1.234", "1234", "1,234", "1 234", "1’234"]),
    ("nb", ["5 678", "5678", "5.678", "5,678"]),
    ("tr", ["yılında", "yilinda"]),
    ("ar", ["وزير", "الوزير", "والوزير", "للوزير"]),
    ("ar", ["المتحدة", "المتحده"]),
    ("pl", ["szpitale", "szpital", "szpitala"]),
    ("pl", ["ścieżki", "ścieżka", "sciezki"]),
    ("cs", ["ministerstva", "ministerstvo", "ministerstvu"]),
    ("lt", ["ligoninės", "ligoninė", "ligonines"]),
    ("et", ["haiglad", "haigla"]),
    ("ga", ["foireann", "bhfoireann"]),
    ("sr", ["болнице", "болница", "bolnice", "bolnica"]),
    ("hr", ["željeznice", "željeznica", "zeljeznice"]),
    ("fa", ["بیمارستان", "بیمارستان‌های", "بیمارستانها"]),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A release in each language, and English ones besides."""
    folder: Path = tmp_path_factory.mktemp("as-written")
    releases = [make(tag, "…", body, language=tag) for tag, body in TEXTS.items()]
    releases += [make(f"en-{at}", "…", "Nothing of this.", language="en") for at in range(5)]
    with engine_over(folder, releases) as opened:
        yield opened


def found(engine: Engine, text: str, match: str = "all") -> set[str]:
    """The languages of the releases that match."""
    results = engine.search(SearchRequest(text, match=match))
    return {hit.release.id for hit in results.hits} if results.total else set()


@pytest.mark.parametrize(("tag", "ways"), SAME, ids=[ways[0] for _, ways in SAME])
def test_every_way_to_type_a_word_finds_its_release(
    engine: Engine, tag: str, ways: list[str]
) -> None:
    """With accents and without, with an article and without, in either mode."""
    assert [found(engine, way) for way in ways] == [{tag}] * len(ways)
    assert [found(engine, f"{way} nowhere", "any") for way in ways] == [{tag}] * len(ways)


def test_what_is_found_without_its_accents_is_marked(engine: Engine) -> None:
    """The word as the release writes it, and nothing else."""
    (hit,) = engine.search(SearchRequest("securite")).hits
    assert hit.snippets[0].count("<mark>") == 1
    assert "<mark>sécurité</mark>" in hit.snippets[0]
    (hit,) = engine.search(SearchRequest("l'école")).hits
    assert hit.snippets[0].count("<mark>") == 1
    assert "<mark>école</mark>" in hit.snippets[0]


def test_a_word_without_its_accents_is_excluded_too(engine: Engine) -> None:
    """`-securite` leaves `sécurité` out."""
    assert "fr" not in found(engine, "-securite")


def test_quotation_marks_and_equals_signs_keep_an_article(engine: Engine) -> None:
    """Only a plain word is looked for without it."""
    assert found(engine, '"l\'école"') == set()
    assert found(engine, '"l\'hôpital"') == {"fr"}


def test_names_of_other_languages_lose_nothing(engine: Engine) -> None:
    """`D'Arcy` is a name of an English release, where nothing is elided."""
    assert found(engine, "D'Arcy") == {"en"}
    assert found(engine, "Arcy") == {"en"}


def test_a_ministry_is_no_visit(tmp_path: Path) -> None:
    """They are one to the stemmer where the ministry has no article."""
    releases = [
        make("ministry", "…", "أعلنت الوزارة ذلك.", language="ar"),
        make("bare", "…", "أعلنت وزارة الموانئ ذلك.", language="ar"),
        make("visit", "…", "زار الأطفال المتحف.", language="ar"),
    ]
    with engine_over(tmp_path, releases) as engine:
        assert found(engine, "الوزارة") == {"ministry", "bare"}


def test_near_asks_for_stems(engine: Engine) -> None:
    """Words beside NEAR stand in places of a text, which forms as written do not say."""
    assert found(engine, "sécurité NEAR/5 hôpital") == {"fr"}
    codes = {each.code for each in engine.search(SearchRequest("securite NEAR/5 hôpital")).notices}
    assert "near-unread" not in codes
