"""One thing in many spellings, each typed against a release of each; and operators people bring.

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

STORM = [
    make("a", "Storm relief", "MERA sent aid. The harbour light near the old pier. It fell -0.4%.",
         date="2007-03-05", agency="customs", url="https://press.gov.example/a.html"),
    make("b", "Storm report", "No body here. The light of the harbour.",
         date="2008-06-01", url="https://gov.example/b.html"),
    make("c", "Budget deficit grows", "The budget and its large deficit. Women and woman.",
         date="2009-12-31"),
    make("d", "Do not travel", "Tax cuts. Bill of national security.", date="2005"),
]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("written") / "index", WRITTEN + OTHERS) as engine:
        yield engine


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("storm") / "index", STORM) as engine:
        yield engine


@pytest.mark.parametrize("name", ALL)
def test_every_spelling_finds_every_other_and_nothing_else(written: Engine, name: str) -> None:
    for typed in ALL[name]:
        request = SearchRequest(typed, match="strict", copies=True)
        found = {hit.release.id for hit in written.every_hit(request)}
        near = {"far"} if len(typed.split()) == 2 and name in ("health", "site") else set()
        assert found - near == {f"{name}-{place}" for place in range(len(ALL[name]))}, typed


@pytest.mark.parametrize("typed", ["July 4 ferry", "ferry 4th of July", "4 July ferry"])
def test_a_day_comes_before_its_words_apart(tmp_path: Path, typed: str) -> None:
    written = [
        make("apart", "Ferry 4 in July", "Ferry 4 sails in July. In July 2024 the 4 ferries sail."),
        make("day", "Works at the pier", "The works begin on July 4. " + "The ferry waits. " * 9),
        *(make(f"other-{day}", "Ferry", f"The ferry sails on July {day}.") for day in range(5, 15)),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        hits = engine.search(SearchRequest(typed)).hits
    assert next(each.release.id for each in hits) == "day"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("8/29/2005", {"words", "slashes"}),
        ("29.8.2005", {"words", "points"}),
        ("29-08-2005", {"words"}),
        ("3/4/2005", {"april"}),
        ("4/3/2005", {"april"}),
        ("31/31/2005", set()),
    ],
)
def test_a_day_in_numbers_is_found_in_words(tmp_path: Path, typed: str, found: set[str]) -> None:
    written = [
        make("words", "", "The storm came on August 29, 2005."),
        make("slashes", "", "The storm came on 8/29/2005."),
        make("points", "", "The storm came on 29.8.2005."),
        make("april", "", "The storm came on 3 April 2005."),
        make("later", "", "The storm came on August 29, 2006."),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


AMOUNTS = {
    "words": "The bridge costs 1.5 million a year.",
    "figures": "The bridge costs 1,500,000 a year.",
    "short": "The bridge costs 1.5mn a year.",
    "money": "The bridge costs CHF 1.5m a year.",
    "billion": "The bridge costs $3 billion.",
    "bn": "The bridge costs $3bn.",
    "metres": "The bridge is 3m wide, and 5 m high.",
    "wide": "The bridge is 5 million years old.",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1.5 million", {"words", "figures", "short"}),
        ("1.5-million bridge", {"words", "figures", "short"}),
        ("1.5 mln", {"words", "figures", "short"}),
        ("1,500,000", {"words", "figures", "short"}),
        ("CHF 1,500,000", {"money"}),
        ("chf 1.5 million", {"money"}),
        ("$1.5m", {"words", "figures", "short", "money"}),
        ("$3bn", {"billion", "bn"}),
        ("3 billion", {"billion", "bn"}),
        ("5 million", {"wide"}),
        ("3m", {"metres"}),
        ("3 million", set()),
        ('"1.5 million"', {"words"}),
    ],
)
def test_amounts_are_found_in_all_their_forms(tmp_path: Path, typed: str, found: set[str]) -> None:
    written = [make(name, "", text) for name, text in AMOUNTS.items()]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == found


@pytest.mark.parametrize("typed", ["US$26.1 million", "USD 26.1 million", "US$26,100,000"])
@pytest.mark.parametrize(
    ("others", "found"),
    [
        (["It costs $10 million."], True),
        (["It costs $10 million.", "It costs US$10 million."], False),
    ],
)
def test_dollars_need_no_letters_where_releases_write_none(
    tmp_path: Path, typed: str, others: list[str], found: bool
) -> None:
    texts = ["The lock costs $26.1 million.", *others]
    with engine_over(
        tmp_path / "index", [make(str(n), "", t) for n, t in enumerate(texts)]
    ) as engine:
        assert ids_found(engine, typed, match="strict") == ({"0"} if found else set())


@pytest.mark.parametrize("typed", ["HK$3 billion", "HKD 3 billion", "HKD 3,000,000,000"])
def test_money_is_found_by_its_sign_and_its_code(tmp_path: Path, typed: str) -> None:
    texts = {"sign": "It costs HK$3 billion.", "code": "It costs HKD 3bn.", "other": "NZ$3 billion"}
    with engine_over(tmp_path / "index", [make(n, "", t) for n, t in texts.items()]) as engine:
        assert ids_found(engine, typed, match="strict") == {"sign", "code"}


FIRSTS = {
    "fr": "La porte ouvre le 1er mai dans la ville.",
    "premier": "La porte ouvre le premier mai dans la ville.",
    "es": "La puerta abre el 1º de mayo en la ciudad.",
    "primero": "La puerta abre el primero de mayo en la ciudad.",
    "pt": "A porta abre em 1º de maio na cidade.",
    "it": "La porta apre il 1° maggio nella città.",
    "primo": "La porta apre il primo maggio nella città.",
    "de": "Das Tor öffnet am 1. Mai in der Stadt.",
}


@pytest.mark.parametrize(
    "typed", ["1 mai", "1er mai", "May 1", "1º de maio", "1 de mayo", "1° maggio"]
)
def test_the_first_of_a_month_is_found_in_all_its_forms(tmp_path: Path, typed: str) -> None:
    later = make("later", "", "La porte ouvre le 11 mai, le premier jour de la foire.")
    written = [make(name, "", text) for name, text in FIRSTS.items()]
    with engine_over(tmp_path / "index", [*written, later]) as engine:
        assert ids_found(engine, typed, match="strict") == {*FIRSTS}


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


@pytest.mark.parametrize(
    "typed",
    [
        *("November 26, 2025", "26 November 2025", "26th of November 2025", "26 de noviembre 2025"),
        *("2025-11-26", "26.11.2025", "2025年11月26日", "二零二五年十一月二十六日"),
    ],
)
def test_a_day_with_its_year_is_found_in_releases_of_that_year(tmp_path: Path, typed: str) -> None:
    """What a release says of its own days has no year."""
    written = [
        make("own", "", "The pier closed today (November 26).", date="2025-11-27"),
        make("zh", "", "碼頭今日（十一月二十六日）關閉。", language="zh-Hant", date="2025-11-26"),
        make("said", "", "The pier closed on 26 November 2025.", date="2026-02-03"),
        make("before", "", "The pier closed today (November 26).", date="2024-11-26"),
        make("undated", "", "The pier closed on November 26."),
        make("other", "", "The pier closed on November 25.", date="2025-11-26"),
    ]
    with engine_over(tmp_path / "index", written) as engine:
        assert ids_found(engine, typed, match="strict") == {"own", "zh", "said"}
        (first, *_) = engine.search(SearchRequest(f"{typed} pier", copies=True)).hits
        assert first.release.id == "said"


SIGNED = {
    "F-22": {"one", "several"},
    "F-22s": {"one", "several"},
    "401(k)": {"plan", "plans", "short"},
    "1990's": {"decade", "apostrophe"},
    "1990s": {"decade", "apostrophe"},
    "1990": {"year"},
    "1/2 inch": {"half", "sign"},
}
SIGNS = {
    "one": "An F-22 flew by.",
    "several": "Two F-22s flew by.",
    "plan": "A 401(k) plan.",
    "plans": "Two 401ks and a plan.",
    "short": "A 401k plan.",
    "apart": "Of 401 farms K is the last.",
    "decade": "In the 1990s it rained.",
    "apostrophe": "In the 1990's it rained.",
    "year": "In 1990 it rained.",
    "half": "A 1/2 inch pipe.",
    "sign": "A ½ inch pipe.",
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


@pytest.mark.parametrize(
    ("typed", "found", "codes"),
    [
        ("harbour NEAR/5 light", "ab", ["read-near"]),
        ("light NEAR/5 harbour", "ab", ["read-near"]),
        ("light near/5 harbour", "ab", ["read-near"]),
        ("light Near/5 harbour", "ab", ["read-near"]),
        ("harbour AROUND(5) light", "ab", ["read-near"]),
        ("harbour around(5) light", "ab", ["read-near"]),
        ("harbour W/5 light", "ab", ["read-near"]),
        ("harbour PRE/1 light", "a", ["read-near"]),
        ("harbour NEAR/999 light", "ab", ["distance-narrowed", "read-near"]),
        ("har?our", "ab", []),
        ("wom?n", "c", []),
        ("*bour", "ab", []),
        ("h*r", "", ["wildcard-short"]),
        ('"national secur*"', "d", []),
        ('"bill * national"', "d", []),
        ('"* deficit"', "c", ["wildcard-ignored"]),
        ("storm^2", "ab", []),
        ("storm^99", "ab", ["boost-narrowed"]),
        ("title:storm", "ab", []),
        ("intitle:storm", "ab", []),
        ("before:2007", "d", ["read-date"]),
        ("before:June 2007", "ad", ["read-date"]),
        ("after:2007", "bc", ["read-date"]),
        ("year:2007", "a", ["read-date"]),
        ("date:March 2007", "a", ["read-date"]),
        ("date:>2007", "bc", ["read-date"]),
        ("date:03/2007", "a", ["read-date"]),
        ("site:gov.example", "ab", ["read-site"]),
        ("site:press.gov.example", "a", ["read-site"]),
        ("id:b", "b", []),
        ('"budget deficit"~3', "c", []),
        ('"deficit budget"~5', "", []),
        ('"harbour light pier"/3', "a", []),
        ("2 OF (storm mera report)", "ab", []),
        ("2 of (storm mera report)", "ab", []),
        ("9 OF (storm mera)", "a", ["least-narrowed"]),
        ("0 OF (storm mera)", "", ["operator-unknown"]),
        ("storm !mera", "b", ["read-not"]),
        ("storm -mera", "b", ["read-not"]),
        ("!storm", "cd", ["read-not", "only-without"]),
        ("fell -0.4%", "a", ["read-minus"]),
        ("fell - 0.4", "a", []),
        ("DO NOT TRAVEL", "d", ["read-capitals"]),
        ("MERA OR BUDGET", "ac", ["read-or"]),
        ("STORM NOT MERA", "b", ["read-not"]),
        ("STORM AND NOT MERA", "b", ["read-not"]),
        ("STORM BUT NOT MERA", "b", ["read-not"]),
        ("(STORM) NOT (MERA)", "b", ["read-not"]),
        ('"STORM RELIEF" NOT BUDGET', "a", ["read-not"]),
        ("STORM -MERA", "b", ["read-not"]),
        ("NOT TRAVEL", "d", ["read-capitals"]),
        ("STORM OR NOT TRAVEL", "d", ["read-capitals", "read-or"]),
        ("TAX AND CUTS", "d", ["read-capitals", "function-words"]),
        ("tax NOT travel", "", ["read-not"]),
        ("storm headline:-report", "a", ["read-not"]),
        ("storm headline:!report", "a", ["read-not"]),
        ('storm headline:-"storm report"', "a", ["read-not"]),
        ("storm headline:-(report OR budget)", "a", ["read-or", "read-not"]),
        ("storm agency:-customs", "b", ["read-agency", "read-not"]),
        ("storm agency:-Harbour Customs", "b", ["read-agency", "read-not"]),
        ("storm agency:–harbour-customs", "b", ["read-agency", "read-not"]),
        ("storm site:-press.gov.example", "b", ["read-site", "read-not"]),
        ("storm -agency:-customs", "a", ["read-agency"]),
        ("storm language:-en-US", "", ["read-not"]),
        ("storm language:en-US", "ab", []),
        ("storm XOR mera", "", ["operator-unknown"]),
        ("storm /s mera", "a", ["operator-left-out"]),
        ("storm w/para mera", "a", ["operator-left-out"]),
        ("light /5 harbour", "ab", ["read-near"]),
        ('"light" /5 harbour', "ab", ["read-near"]),
        ("light N5 harbour", "ab", ["read-near"]),
        ("harbour W1 light", "a", ["read-near"]),
        ("harbour w1 light", "", []),
        ("ti:storm", "ab", []),
        ("hd:storm", "ab", []),
        ("TI=storm", "ab", []),
        ("HEADLINE(storm mera)", "", ["read-field"]),
        ("HEADLINE(storm)", "ab", ["read-field"]),
        ("hlead(storm) mera", "a", ["operator-left-out"]),
        ("ti,ab(storm AND mera)", "a", ["operator-left-out"]),
        ("atleast2(mera) storm", "a", ["operator-left-out"]),
        ("storm[ti] mera[MeSH Terms]", "a", ["operator-left-out"] * 2),
        ('"budget deficit"[tiab]', "c", ["operator-left-out"]),
        ("mera.ti,ab. storm", "a", ["operator-left-out"]),
        ("filetype:pdf mera", "a", ["field-left-out"]),
        ("su:mera storm", "a", ["field-left-out"]),
        ("allintitle: storm mera", "a", ["field-left-out"]),
        ("storm date>2006", "ab", ["read-date"]),
        ("sto!", "", []),
        ("stor! mera", "a", ["read-truncation"]),
        ("storm! mera", "a", []),
        ("wom!n", "", ["operator-unknown"]),
        ("storm +s mera", "", ["operator-unknown"]),
        ("storm +3 mera", "", ["operator-unknown"]),
        ("stor$", "ab", ["read-truncation"]),
        ("sto$", "", ["operator-unknown"]),
        ("storm^", "ab", ["operator-unknown"]),
        ("inurl:press", "", ["field-unknown"]),
        ("year:abc", "abcd", ["date-unreadable", "nothing-to-search"]),
    ],
)  # fmt: skip
def test_what_people_bring_is_done_or_said(
    storm: Engine, typed: str, found: str, codes: list[str]
) -> None:
    results = storm.search(SearchRequest(typed, match="strict"))
    assert "".join(sorted(hit.release.id for hit in results.hits)) == found
    told = [each.code for each in results.notices]
    assert [code for code in told if code not in _NOTHING_FOUND] == codes


_NOTHING_FOUND = ("words-unknown", "strict", "nothing-found")


@pytest.mark.parametrize(
    ("typed", "undone"),
    [
        ("stor! mera", "stor mera"),
        ("HEADLINE(storm)", "HEADLINE (storm)"),
        ("hlead(storm)", "hlead (storm)"),
        ("storm w/p mera", 'storm "w/p" mera'),
        ("mera[ti]", '"mera[ti]"'),
        ("mera filetype:pdf", 'mera "filetype:pdf"'),
        ("light N5 harbour", "light AND harbour"),
    ],
)
def test_what_is_read_of_other_engines_can_be_taken_back(
    storm: Engine, typed: str, undone: str
) -> None:
    (said,) = storm.search(SearchRequest(typed, match="strict")).notices
    assert said.undo is not None
    assert said.undo.text == undone
    again = {each.code for each in storm.search(said.undo).notices}
    assert said.code not in again


@pytest.mark.parametrize(
    "text", ["storm date(s)", "storm text(s)", "storm N/A", "storm and/or", "w/o"]
)
def test_what_looks_like_an_operator_of_elsewhere_is_text(storm: Engine, text: str) -> None:
    """A plural in brackets and a slash between letters are as texts have them."""
    codes = {each.code for each in storm.search(SearchRequest(text)).notices}
    assert not codes & {"operator-unknown", "field-unknown"}


def test_a_plus_before_a_word_alone_is_no_operator_of_elsewhere(storm: Engine) -> None:
    assert storm.search(SearchRequest("+storm +relief")).notices == ()
    assert storm.search(SearchRequest("storm +3")).notices[0].code != "operator-unknown"
