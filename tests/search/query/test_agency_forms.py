"""What agencies are called beside their names: offered as filters, and read behind `agency:`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.agencies.gazetteer import load_gazetteer, named_bodies
from index.release import Agency
from search import Engine, SearchRequest, open_engine
from tests.search.search_corpus import ids_found, make, write

BODIES = [
    {"slug": "port-board", "names": {"en": "Isle Port Board", "zh-Hant": "海島港務局"},
     "abbreviations": ["PB"], "holders": ["Director of the Port"], "predecessors": ["harbour-office"]},
    {"slug": "harbour-office", "names": {"en": "Harbour Office"}, "successors": ["port-board"],
     "valid_to": "2001"},
    {"slug": "plan-board", "names": {"en": "Plan Board"}, "abbreviations": ["PB"]},
    {"slug": "never-here", "names": {"en": "Never Here"}, "abbreviations": ["NH"]},
    {"slug": "belt-office", "names": {"en": "Belt Office", "zh-Hant": "「一帶」辦公室",
     "zh-Hans": "統籌處（海島）"},
     "typed": ["Try", "Or"]},
]  # fmt: skip
PORT, OLD = Agency("port-board", "Isle Port Board"), Agency("harbour-office", "Harbour Office")
PLAN, BUILD = Agency("plan-board", "Plan Board"), Agency("buildings", "Buildings Department")
BELT = Agency("belt-office", "Belt Office")
RELEASES = [
    make("p1", "Ships", "A note.", agency=PORT, date="2023-01-01"),
    make("p2", "Boats", "A note.", agency=PORT, date="2022-01-01"),
    make("o1", "Boats", "A note of the Director of the Port.", agency=OLD, date="1999-01-01"),
    make("n1", "Plans", "A note.", agency=PLAN),
    make("b1", "Houses", "A note.", agency=BUILD),
    make("t1", "Belts", "They try.", agency=BELT),
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("bodies") / "isle.json"
    path.write_text(
        json.dumps({"name": "Isle", "places": ["Isle", "海島"], "bodies": BODIES}), "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def engine(gazetteer: Path) -> Iterator[Engine]:
    folder = gazetteer.parent / "index"
    write(folder, RELEASES)
    opened = open_engine(folder, [gazetteer])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("agency:port-board", {"p1", "p2"}),
        ("agency:海島港務局", {"p1", "p2"}),
        ("agency:港務局", {"p1", "p2"}),
        ('agency:"Director of the Port"', {"p1", "p2"}),
        ("agency:Director of the Port", {"p1", "p2"}),
        ("agency:Director of the Port ships", {"p1"}),
        ('agency:"the Director of the Port"', {"p1", "p2"}),
        ("agency:the Isle Port Board ships", {"p1"}),
        ("agency:PB", {"p1", "p2", "n1"}),
        ("agency:board", {"p1", "p2", "n1"}),
        ("agency:build", {"b1"}),
        ("agency:LD", set()),
        ("agency:NH", set()),
        ("agency:try", {"t1"}),
        ("agency:OR", {"t1"}),
        ("agency:統籌處（海島） belts", {"t1"}),
        ("agency:「一帶」辦公室 belts", {"t1"}),
        ("agency:「一帶」辦公室 ships", set()),
    ],
)  # fmt: skip
def test_agency_is_read_by_what_it_is_called(engine: Engine, typed: str, ids: set[str]) -> None:
    assert ids_found(engine, typed) == ids


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Isle Port Board", [(("port-board",), 2), (("harbour-office", "port-board"), 3)]),
        ("the port board", [(("port-board",), 2), (("harbour-office", "port-board"), 3)]),
        ("港務局", [(("port-board",), 2), (("harbour-office", "port-board"), 3)]),
        ("director  of the port", [(("port-board",), 2), (("harbour-office", "port-board"), 3)]),
        ("Harbour Office", [(("harbour-office",), 1), (("harbour-office", "port-board"), 3)]),
        ("pb", [(("port-board",), 2), (("plan-board",), 1), (("harbour-office", "port-board"), 3)]),
        ("Buildings Department", [(("buildings",), 1)]),
        ("plan-board", [(("plan-board",), 1)]),
        ("buildings", []),
        ("NH", []),
        ("Try", [(("belt-office",), 1)]),
        ("統籌處（海島）", [(("belt-office",), 1)]),
        ("ships", []),
        ("", []),
    ],
)
def test_a_search_that_names_an_agency_is_offered_its_releases(
    engine: Engine, typed: str, offered: list[tuple[tuple[str, ...], int]]
) -> None:
    offers = engine.search(SearchRequest(typed)).offers
    slugs = [(tuple(sorted(each.slug for each in offer.agencies)), offer.total) for offer in offers]
    assert sorted(slugs) == sorted(offered)
    assert all(engine.count(offer.request) == offer.total for offer in offers)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("海島港務局公布收費", {"named"}),
        ("港務局公布收費", {"named", "apart"}),
        ("公布海島港務局", {"named"}),
        ("海岛港务局公布", {"named"}),
    ],
)
def test_names_of_gazetteers_are_not_cut(
    gazetteer: Path, tmp_path: Path, text: str, found: set[str]
) -> None:
    said = {
        "named": "海島港務局昨日公布新的收費。",
        "apart": "新港務局在海島公布收費,港務局的電話不變。",
        "board": "碼頭重開。",
    }
    write(
        tmp_path / "index",
        [make(name, "", body, agency=PORT, language="zh-Hant") for name, body in said.items()],
    )
    engine = open_engine(tmp_path / "index", [gazetteer])
    assert ids_found(engine, text) == found
    engine.close()


def test_offers_keep_the_other_filters_and_are_none_that_is_in_force(engine: Engine) -> None:
    dated = engine.search(SearchRequest("Port Board", date_from="2023")).offers
    assert [(offer.total, offer.request.date_from) for offer in dated] == [(1, "2023")] * 2
    under = engine.search(SearchRequest("Port Board", agencies=("port-board",))).offers
    assert [len(offer.agencies) for offer in under] == [2]


def test_shipped_names_have_the_bodies_of_hong_kong() -> None:
    known = named_bodies()
    for form in (
        "hkma",
        "香港金融管理局",
        "金融管理局",
        "monetary authority",
        "chief executive of the hkma",
    ):
        assert form not in known.forms or known.forms[form] == {"hong-kong-monetary-authority"}
    assert {"hkma", "金融管理局"} <= set(known.forms)
    assert known.families
    assert all(slug in family and len(family) > 1 for slug, family in known.families.items())


def test_forms_are_those_of_the_agencies_of_the_index() -> None:
    known = named_bodies(agencies={"hong-kong-monetary-authority"})
    assert "hkma" in known.forms
    assert set().union(*known.forms.values()) == {"hong-kong-monetary-authority"}


def test_what_is_typed_for_a_body_is_read_in_no_text(gazetteer: Path) -> None:
    assert named_bodies([gazetteer]).forms["try"] >= {"belt-office"}
    assert "try" not in load_gazetteer(gazetteer).exact
