"""One thing in many spellings, each typed against a release of each.

A table, so that what the query language promises can be gone through line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Engine, SearchRequest
from search.query.neighbours import lex
from tests.search.search_corpus import engine_over, ids_found, make

SPELLINGS = {
    "grouped": ["91 000", "91,000", "91000", "91\u00a0000", "91\u2009000"],
    "millions": ["1 234 567", "1,234,567", "1234567"],
    "negative": ["-0.4%", "−0.4%", "0.4%", "- 0.4%", "–0.4 %"],
    "initials": ["U.N.", "U.N", "U N"],
    "three": ["U.S.A.", "U.S.A", "U S A"],
    "okina": ["Hawai‘i", "Hawai'i", "Hawaiʻi", "Hawai`i", "Hawai’i", "Hawaii"],
    "ampersand": ["R&D", "R & D", "R＆D", "r&d"],
    "prefix": ["co operation", "co-operation", "cooperation", "co‑operation"],
    "health": ["health care", "healthcare", "health-care"],
    "site": ["web site", "website", "web-site"],
    "maker": ["policy maker", "policymaker", "policy-maker"],
    "plus": ["C++", "c++"],
    "sharp": ["C#", "c#"],
    "dot": [".NET", ".net"],
    "apostrophe": ["O'Neil", "O’Neil", "ONeil"],
    "british": ["labour", "labor"],
    "adviser": ["adviser", "advisor"],
    "country": ["UK", "U.K", "U.K.", "U K"],
    "virus": ["covid19", "Covid 19", "Covid-19", "COVID19", "covid‑19"],
    "mail": ["email", "e mail", "e-mail", "E-Mail"],
    "line": ["online", "on line", "on-line"],
    "share": ["percent", "per cent"],
    "shirt": ["T-shirt", "tshirt", "t shirt"],
    "ray": ["x-ray", "xray", "x ray"],
    "radio": ["Wi-Fi", "WiFi", "Wi Fi"],
    "degree": ["PhD", "Ph.D.", "Ph.D", "Ph D"],
    "shop": ["co-op", "coop", "co op"],
    "plane": ["F16", "F 16", "F-16"],
    "road": ["I-95", "I95", "I 95"],
    "aircraft": ["C130J", "C-130J", "C 130J"],
    "dust": ["PM2.5", "PM 2.5"],
    "gas": ["CO2", "CO₂", "CO 2", "CO-2"],
    "way": ["7km", "7 km"],
    "hour": ["6pm", "6 pm", "6 p.m."],
    "bill": ["H.R. 1234", "HR 1234", "H.R.1234", "H. R. 1234", "HR1234"],
    "scottish": ["McDonald", "Mc Donald"],
    "irish": ["O'Brien", "OBrien", "O Brien"],
    "danish": ["Ørsted", "Orsted"],
    "city": ["St. Louis", "St Louis", "Saint Louis", "st. louis"],
    "mountain": ["Mt. Elbert", "Mount Elbert", "mt Elbert"],
    "fort": ["Ft. Knox", "Fort Knox"],
    "acronym": ["SME", "SMEs"],
    "bureau": ["QBI", "Q.B.I.", "QBIs"],
    "day": ["July 4", "4 July", "July 4th", "4th of July", "4 of July", "4th day of July"],
    "spanish": ["3 de julio", "July 3", "3rd of July"],
    "french": ["résumé", "resumé", "resume"],
    "quoted": [
        "‘pier fees’",
        "“pier fees”",
        '"pier fees"',
        "«pier fees»",
        "‹pier fees›",
        "'pier fees'",
        '""pier fees""',
        "''pier fees''",
        "``pier fees''",
    ],
}
CHINESE = {
    "year": ["二零二五年", "2025年", "二○二五年", "２０２５年"],
    "hundred-million": ["三億", "3億", "3 億"],
    "ten-thousand": ["三千五百萬", "3,500萬", "3500萬"],
    "runs": ["大埔火警", "大埔 火警"],
    "marks": ["《基本法》", "基本法", "〈基本法〉"],
    "variants": ["衞生署", "衛生署", "卫生署"],
}
GROUPS = [(name, "We saw {} here.", "en") for name in SPELLINGS] + [
    (name, "我們看見{}在此。", "zh-Hant") for name in CHINESE
]
ALL = SPELLINGS | CHINESE
WRITTEN = [
    make(f"{name}-{place}", "", text.format(form), language=language)
    for name, text, language in GROUPS
    for place, form in enumerate(ALL[name])
]
OTHERS = [
    make("dotted", "", "The E.U.-Irish border."),
    make("spaced", "", "The E U  Irish border."),
    make("apart", "", "The U E Irish border."),
    make("c", "", "Vitamin C and a net."),
    make("far", "", "Good care for health. A site with a web. An operation."),
    make("swiss", "", "The e-ID is near."),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("written") / "index", WRITTEN + OTHERS) as engine:
        yield engine


@pytest.mark.parametrize("name", ALL)
def test_every_spelling_finds_every_other_and_nothing_else(written: Engine, name: str) -> None:
    for typed in ALL[name]:
        request = SearchRequest(typed, match="strict", copies=True)
        found = {hit.release.id for hit in written.every_hit(request)}
        near = {"far"} if len(typed.split()) == 2 and name in ("health", "site") else set()
        assert found - near == {f"{name}-{place}" for place in range(len(ALL[name]))}, typed


@pytest.mark.parametrize("typed", ["Sen. Quill", "Sen Quill", "Senator Quill", "SENATOR QUILL"])
def test_a_title_before_a_name_is_found_short_and_in_full(tmp_path: Path, typed: str) -> None:
    written = [
        make("short", "", "Sen. Quill opened the pier."),
        make("full", "", "Senator Quill opened the pier."),
        make("without", "", "A quill lay on the pier, says Mr Quill."),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == {"short", "full"}
        assert ids_found(engine, typed.split()[0], match="strict") < {"short", "full"}


SIGNED = {
    "F-22": {"one", "several"},
    "F-22s": {"one", "several"},
    "F/A-18": {"one-of-two", "several-of-two"},
    "F/A-18s": {"one-of-two", "several-of-two"},
    "401(k)": {"plan", "plans", "short"},
    "1990's": {"decade", "apostrophe"},
    "1990s": {"decade", "apostrophe"},
    "1990": {"year"},
    "1/2 inch": {"half", "sign"},
    "80km/h": {"rate"},
    "80 km/h": {"rate"},
    "8.5m3/s": {"flow"},
    "mailto:pier@ellery.example": {"address"},
}
SIGNS = {
    "one": "An F-22 flew by.",
    "several": "Two F-22s flew by.",
    "one-of-two": "An F/A-18 flew by.",
    "several-of-two": "Two F/A-18s flew by.",
    "plan": "A 401(k) plan.",
    "plans": "Two 401ks and a plan.",
    "short": "A 401k plan.",
    "apart": "Of 401 farms K is the last.",
    "decade": "In the 1990s it rained.",
    "apostrophe": "In the 1990's it rained.",
    "year": "In 1990 it rained.",
    "half": "A 1/2 inch pipe.",
    "sign": "A ½ inch pipe.",
    "rate": "It takes lorries at 80 km/h.",
    "flow": "The pumps take 8.5 m³/s.",
    "walk": "80 people walked 5 km in an h.",
    "address": "Write to pier@ellery.example.",
}


@pytest.mark.parametrize("typed", SIGNED)
def test_numbers_with_letters_and_signs_are_found_as_others_write_them(
    tmp_path: Path, typed: str
) -> None:
    written = [make(name, "", text) for name, text in SIGNS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == SIGNED[typed]


@pytest.mark.parametrize(
    ("one", "other"),
    [("हिन्दी", "हिंदी"), ("गङ्गा", "गंगा"), ("पञ्चायत", "पंचायत"), ("सम्बन्ध", "संबंध"), ("ठण्ड", "ठंड")],
)
def test_hindi_nasals_are_found_with_a_point_and_as_letters(
    tmp_path: Path, one: str, other: str
) -> None:
    texts = {"one": f"यह {one} है", "other": f"यह {other} है", "none": "यह अम्मा और अन्न है"}
    with engine_over(tmp_path / "index", [make(n, "", t) for n, t in texts.items()]) as engine:
        for typed in (one, other):
            assert ids_found(engine, typed, match="strict") == {"one", "other"}


@pytest.mark.parametrize("initials", ["E.U.-", "E.U. ", "E U "])
def test_initials_in_a_phrase_are_found_with_points_and_without(
    written: Engine, initials: str
) -> None:
    found = ids_found(written, f'"{initials}Irish border"', match="strict")
    assert found == {"dotted", "spaced"}


@pytest.mark.parametrize("name", ALL)
def test_what_finds_leaves_out_as_well(written: Engine, name: str) -> None:
    every = {each.id for each in WRITTEN + OTHERS}
    for typed in ALL[name]:
        found, left = (
            ids_found(written, text, match="strict") for text in (f"({typed})", f"-({typed})")
        )
        assert found, typed
        assert left == every - found, typed


@pytest.mark.parametrize("name", ALL)
def test_one_word_finds_no_less_where_any_will_do(written: Engine, name: str) -> None:
    for typed in ALL[name]:
        if len(typed.split()) == 1:
            every, any_word = (
                {hit.release.id for hit in written.every_hit(request.changed(match=match))}
                for request in [SearchRequest(typed, copies=True)]
                for match in ("strict", "any")
            )
            assert every <= any_word, typed


@pytest.mark.parametrize("match", ["all", "any"])
def test_a_word_that_is_two_elsewhere_is_near_others(tmp_path: Path, match: str) -> None:
    releases = [make("a", "", "The web site of the port."), make("b", "", "Port. A website.")]
    with engine_over(tmp_path / "index", releases) as engine:
        found = engine.search(SearchRequest("port NEAR/5 website", match=match))
    assert {hit.release.id for hit in found.hits} == {"a", "b"}
    assert [each.code for each in found.notices] == ["read-near"]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("202.555.0100", ["Call (202) 555-0100.", "Call 202-555-0100.", "Call 202.555.0100."]),
        ("202-555-0100", ["Call (202) 555-0100.", "Call 202.555.0100.", "Call 202 555-0100."]),
        ("202.555.0100", ["Call 202 555-0100."]),
        ("2025550100", ["Call (202) 555-0100.", "Call 202.555.0100.", "Call 202 555-0100."]),
        ("55501000", ["Call 5550 1000.", "Call +990 5550 1000.", "Call 55501000."]),
        ("http://www.example.org", ["See www.example.org.", "See http://www.example.org/ today."]),
        ("St-Étienne", ["À St-Étienne.", "À Saint-Étienne.", "A saint Etienne."]),
        ("Sainte-Foy-la-Rive", ["À Ste-Foy-la-Rive.", "À Sainte-Foy-la-Rive."]),
        ("saint Étienne", ["À St-Étienne.", "À St. Étienne."]),
        ("co-spons*", ["Co-sponsored here.", "The cosponsors.", "A bill co sponsored there."]),
        ("10th of April", ["On April 10.", "On 10 April.", "On 10th April."]),
        ("10 of April", ["On April 10."]),
        ("1990's", ["In the 1990s.", "In the 1990's.", "The mid-1990s."]),
        ("the 1990’s", ["In the 1990s.", "In the 1990’s."]),
        ("le 10 de abril", ["El 10 de abril y le 10 abril."]),
        ("น้\u0e4d\u0e32ท่วม", ["เกิดน้ำท่วมที่เมือง"]),
        ("น\u0e4d้\u0e32ท่วม", ["เกิดน้ำท่วมที่เมือง"]),
    ],
)
def test_what_is_typed_otherwise_finds_what_releases_have(
    tmp_path: Path, typed: str, texts: list[str]
) -> None:
    releases = [make(str(at), "", text) for at, text in enumerate(texts)]
    with engine_over(tmp_path / "index", [*releases, make("no", "", "Call 202 or 10.")]) as engine:
        found = engine.search(SearchRequest(typed, match="strict", copies=True))
    assert {hit.release.id for hit in found.hits} == {each.id for each in releases}


@pytest.mark.parametrize(
    ("one", "other"), [("child", "children"), ("man", "men"), ("foot", "feet")]
)
def test_plurals_of_another_stem_stay_apart(tmp_path: Path, one: str, other: str) -> None:
    """A count is that of a word's stem: no word is found more often than the plain rule says."""
    releases = [make(each, "", f"The harbour and its {each}.") for each in (one, other)]
    with engine_over(tmp_path / "index", releases) as engine:
        for typed in (one, other):
            found = engine.search(SearchRequest(typed, match="strict"))
            assert [hit.release.id for hit in found.hits] == [typed]


@pytest.mark.parametrize(
    "typed",
    [
        "teachers' fees and workers' rights",
        "SUMMER '07 PIER FEES'",
        "5'' pier fees''",
        "it''s a 'b",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(typed: str) -> None:
    assert not [each for each in lex(SearchRequest(typed))[1] if each.kind == "phrase"]


GERMAN = [
    make("dots", "", "Herr Müller sprach in Köln von der Brücke.", language="de"),
    make("without", "", "Herr Mueller sprach in Koeln von der Bruecke.", language="de"),
    make("miller", "", "Mr. Muller met Michael.", language="en"),
    make("counsel", "", "Mr. Mueller spoke of Cologne.", language="en"),
]


@pytest.mark.parametrize(
    ("typed", "found", "told"),
    [
        ("Müller", {"dots", "without", "miller", "counsel"}, ["read-spelling"]),
        ("=Müller", {"dots", "miller"}, []),
        ("Mueller", {"dots", "without", "counsel"}, []),
        ("köln", {"dots", "without"}, []),
        ("KOELN", {"dots", "without"}, []),
        ("bruecke", {"dots", "without"}, []),
        ("Michael", {"miller"}, []),
    ],
)
def test_umlauts_meet_what_is_written_for_them(
    tmp_path: Path, typed: str, found: set[str], told: list[str]
) -> None:
    with engine_over(tmp_path / "index", GERMAN) as engine:
        result = engine.search(SearchRequest(typed, match="strict"))
    assert {hit.release.id for hit in result.hits} == found
    assert [each.code for each in result.notices] == told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RAIDS", [("RAIDS", "raid")]),
        ("RAIDS harbour", [("RAIDS", "raid")]),
        ("web RAIDS", [("RAIDS", "raid")]),
        ("raids", []),
        ("=RAIDS", []),
        ("PLANS", []),
        ("GPS", []),
    ],
)
def test_capitals_that_are_read_as_a_plural_are_said(
    tmp_path: Path, typed: str, said: list[tuple[str, str]]
) -> None:
    written = [make("a", "RAIDS and PLANS of the harbour"), make("b", "A raid on the GP and GPS")]
    with engine_over(tmp_path / "index", written) as engine:
        notices = engine.search(SearchRequest(typed)).notices
    assert [each.values for each in notices if each.code == "read-plural"] == said


def test_what_names_of_places_begin_with_is_nothing_else_elsewhere(written: Engine) -> None:
    for typed in ("st louis bridge", "mount", "fort -knox", "ft 5"):
        assert written.count(SearchRequest(typed, match="strict")) == typed.count("mount"), typed
