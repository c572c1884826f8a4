"""Words are found as releases of their language write them, whoever left out accents or articles."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from search import Engine, SearchRequest
from tests.search.search_corpus import engine_over, ids_found, make

TEXTS = {
    "fr": "La sécurité de l'hôpital; une école près du château. MINISTERE DE LA DEFENSE.",
    "es": "El señor alcalde viajó a Canadá; la información será pública.",
    "pt": "A população pede informações; a situação é grave.",
    "de": "Die Stadt zählt 1.234 Schiffe und 2,5 Brücken für 5.678.901,23 Euro.",
    "it": "La qualità dell'isola; un'università per la città.",
    "tr": "Bakanlık yılında köprü onarımı duyurdu.",
    "ar": "أعلن الوزير في المملكة العربية المتحدة عن إصلاح الجسور، والشرطة تحقق.",
    "nb": "Havnen har 5 678 båter.",
    "pl": "Minister otworzył nowe szpitale; ścieżki rowerowe są bezpieczne.",
    "cs": "Ministerstva oznámila opravy silnic.",
    "lt": "Ligoninės gavo naują įrangą.",
    "et": "Haiglad said uued arstid.",
    "ga": "Bhí an bhfoireann sa Dáil.",
    "sr": "Министарство отвара нове болнице.",
    "hr": "Vlada gradi ceste i željeznice.",
    "fa": "دولت بیمارستان‌های استان را افتتاح کرد.",
    "ca": "Les escoles i els ciutadans esperen les decisions de la plaça.",
    "uk": "Лікарні знижують податки; нову дільницю відкрито для виборців області.",
    "bg": "Министърът откри училищата; данъкът намалява.",
    "he": "בעיר נפתח בית חולים, והמשטרה חוקרת; הבחירות קרובות. אמר דובר צה״ל ומע״מ.",
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
    ("de", ["5.678.901,23", "5678901,23", "5.678.901"]),
    ("nb", ["5 678", "5678", "5.678", "5,678"]),
    ("tr", ["yılında", "yilinda"]),
    ("ar", ["وزير", "الوزير", "والوزير", "للوزير"]),
    ("ar", ["المتحدة", "المتحده"]),
    ("ar", ["والشرطة", "الشرطة", "شرطة"]),
    ("ca", ["escoles", "escola"]),
    ("ca", ["decisions", "decisió", "decisio"]),
    ("ca", ["ciutadans", "ciutadà", "ciutadanes"]),
    ("ca", ["plaça", "placa", "places"]),
    ("uk", ["лікарні", "лікарня", "лікарнями", "лікарень"]),
    ("uk", ["податки", "податок", "податків"]),
    ("uk", ["дільницю", "дільниця", "дільниць"]),
    ("uk", ["відкрито", "відкритий", "відкрита"]),
    ("uk", ["виборців", "виборець", "виборці"]),
    ("bg", ["министърът", "министър", "министри"]),
    ("bg", ["училищата", "училище", "училища"]),
    ("bg", ["данъкът", "данък", "данъци"]),
    ("he", ["והמשטרה", "המשטרה", "משטרה"]),
    ("he", ["בעיר", "עיר", "העיר"]),
    ("he", ["הבחירות", "בחירות", "והבחירות"]),
    ("he", ["צה״ל", 'צה"ל', "צה”ל", '"דובר צה"ל"']),
    ("he", ["ומע״מ", "מע״מ", 'מע"מ']),
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


@pytest.mark.parametrize(
    ("tag", "typed", "marked"),
    [
        ("fr", '"securite de l\'hopital"', "sécurité de l'hôpital"),
        ("fr", '"sécurité de l\'hopital"', "sécurité de l'hôpital"),
        ("fr", '"ministère de la défense"', "MINISTERE DE LA DEFENSE"),
        ("es", '"informacion sera publica"', "información será pública"),
        ("pt", '"a situacao e grave"', "a situação é grave"),
        ("tr", '"kopru onarimi"', "köprü onarımı"),
        ("pl", '"sciezki rowerowe"', "ścieżki rowerowe"),
        ("fr", '"securite hopital"~5', None),
        ("fr", "securite NEAR/5 hopital", None),
        ("fr", "defense NEAR/5 ministère", None),
        ("es", '"viajo a canada" NEAR/5 informacion', None),
        ("ca", "decisió NEAR/8 escola", None),
    ],
)
def test_phrases_and_near_go_by_no_accents(
    engine: Engine, tag: str, typed: str, marked: str | None
) -> None:
    """Whoever leaves accents out, the search or the release; a phrase is marked as one."""
    (hit,) = engine.search(SearchRequest(typed, match="strict")).hits
    assert hit.release.id == tag
    if marked:
        assert f"<mark>{escape(marked, quote=True)}</mark>" in hit.snippets[0]


@pytest.mark.parametrize("typed", ['"hopital de la securite"', '"ecole securite"', '="securite"'])
def test_a_phrase_without_accents_is_no_looser(engine: Engine, typed: str) -> None:
    """Its words stand in this order, and `=` asks for what was typed."""
    assert "fr" not in found(engine, typed) or typed.startswith("=")


@pytest.mark.parametrize(
    ("typed", "marked"), [("лікарня", "Лікарні"), ("escola", "escoles"), ("משטרה", "והמשטרה")]
)
def test_another_form_is_marked(engine: Engine, typed: str, marked: str) -> None:
    (hit,) = engine.search(SearchRequest(typed)).hits
    assert f"<mark>{marked}</mark>" in hit.snippets[0]


def test_words_of_another_language_have_no_endings_of_these(engine: Engine) -> None:
    """`resume` is English; `resumes` would be Catalan for it alone, and `=` asks for one form."""
    assert found(engine, "schools resumes") == {"en"}
    assert found(engine, "=escola") == set()


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


def test_a_word_with_a_sign_or_a_run_is_more_than_its_letters(tmp_path: Path) -> None:
    """Beside languages with accents as well: `C++` is no C, and twelve suspects are no twelve."""
    releases = [
        make("fr", "…", "La sécurité de l'hôpital.", language="fr"),
        make("sign", "…", "Written in C++.", language="en"),
        make("letter", "…", "Of 12 coins, the vitamin C and 3.5 of them.", language="en"),
        make("run", "…", "拘捕12名疑犯，涉款3.5億。", language="zh-Hant"),
    ]
    with engine_over(tmp_path, releases) as engine:
        assert found(engine, "C++") == {"sign"}
        assert found(engine, "12名疑犯") == {"run"}
        assert found(engine, "3.5億") == {"run"}


def test_few_releases_in_a_language_with_accents_are_found_without_them(tmp_path: Path) -> None:
    """Where no release has the word otherwise: a stem of the others is not looked for as well."""
    releases = [make(f"en-{at}", "…", "A matiere.", language="en") for at in range(150)]
    releases.append(make("fr", "…", "En matière de sécurité.", language="fr"))
    with engine_over(tmp_path, releases) as engine:
        assert found(engine, "securite") == found(engine, "sécurité") == {"fr"}
        assert found(engine, "securite matière") == {"fr"}
        assert engine.count(SearchRequest("matiere")) == 150
        (hit,) = engine.search(SearchRequest("securite")).hits
        assert "<mark>sécurité</mark>" in hit.snippets[0]


def test_near_asks_for_stems(engine: Engine) -> None:
    """Words beside NEAR stand in places of a text, as stems do."""
    assert found(engine, "sécurité NEAR/5 hôpital") == {"fr"}
    codes = {each.code for each in engine.search(SearchRequest("securite NEAR/5 hôpital")).notices}
    assert "near-unread" not in codes


def test_a_comma_before_a_fraction_also_finds_the_point(tmp_path: Path) -> None:
    """Not the other way round: a comma also stands between the numbers of articles."""
    releases = [
        make("de", "…", "Es sind 2,5 Meter.", language="de"),
        make("en", "…", "It is 2.5 metres."),
        make("list", "…", "Articles 2, 5 and 7."),
    ]
    with engine_over(tmp_path, releases) as engine:
        assert {"de", "en"} <= found(engine, "2,5")
        assert found(engine, "2.5") == {"en"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Goeteborg", {"town"}),
        ("Graubuenden", {"canton"}),
        ("Loewer", {"name"}),
        ("Baer", set()),
        ("lowaer", set()),
    ],
)
def test_two_letters_for_an_umlaut_find_it_where_no_release_has_them(
    tmp_path: Path, typed: str, found: set[str]
) -> None:
    written = [
        make("town", "", "The ferry comes from Göteborg."),
        make("canton", "", "The ferry comes from Graubünden."),
        make("name", "", "The ferry is that of Ann Loewer."),
        make("lower", "", "The ferry takes the lowar bar."),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found
        assert ids_found(engine, f"={typed}", match="strict") == found & {"name"}
